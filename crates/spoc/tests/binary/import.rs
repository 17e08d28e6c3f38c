//! Imports from the command line: looked at first, interrupted, gone on with, taken back.

use std::fmt::Write as _;
use std::io::Read as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::started::{Place, ended, one_line};

const MAPPING: &str = r#"
source = "old"
kind = "incident"

[tenant]
name = "Ría Industries"
create = true

[file]
delimiter = ","
encoding = "utf-8"

[case]
number = "number"
title = "subject"
lang = "en"
refused_row = "row"

[time]
column = "at"
format = "rfc3339"

[actor]
person = "who"

[persons.who]
name = "agent"

[teams]
line = 1

[fields]
team = "team"

[fields.state]
column = "state"
values = { Open = "open", Solved = "solved" }

[fields.impact]
constant = "medium"

[fields.urgency]
constant = "medium"
"#;

/// A desk, the mapping and a file with `cases` of two rows each, the last of them with a wrong moment.
fn place(cases: usize) -> (Place, PathBuf, PathBuf) {
    let place = Place::new();
    assert_eq!(ended(place.spoc(&["migrate"])).0, 0);
    let mut csv = "number,subject,at,agent,team,state\n".to_owned();
    for case in 0..cases {
        let _ = writeln!(csv, "C{case},Printer {case} is jammed,2025-03-{:02}T08:00:00Z,Ana Núñez,First line,Open", case % 28 + 1);
        let end = if case + 1 == cases { "yesterday".to_owned() } else { format!("2025-04-{:02}T08:00:00Z", case % 28 + 1) };
        let _ = writeln!(csv, "C{case},Printer {case} is jammed,{end},Boris Ёлкин,Second line,Solved");
    }
    let (mapping, file) = (place.write("map.toml", MAPPING), place.write("old.csv", csv));
    (place, mapping, file)
}

fn spoc(place: &Place, what: &str, rest: &[&str]) -> Command {
    let mut command = place.spoc(&["import", what]);
    command.args(rest).env("SPOC_LOG_LEVEL", "error");
    command
}

fn done(command: Command) -> String {
    let (code, stdout, stderr) = ended(command);
    assert_eq!(code, 0, "{stderr}");
    stdout
}

fn count(place: &Place, table: &str) -> i64 {
    let conn = rusqlite::Connection::open(place.path().join("spoc-data/spoc.db")).expect("a database");
    conn.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).expect("a count")
}

#[test]
fn an_import_is_looked_at_made_told_and_taken_back() {
    let (place, mapping, file) = place(20);
    let (mapping, file) = (mapping.display().to_string(), file.display().to_string());
    let args = [file.as_str(), "--mapping", &mapping];
    let said = done(spoc(&place, "check", &args));
    assert!(said.contains("40 rows, 20 cases") && said.contains("1 rows would be refused: moment"), "{said}");
    assert_eq!((count(&place, "ticket"), count(&place, "organisation")), (0, 0), "a look changed something");

    let said = done(spoc(&place, "run", &args));
    assert!(said.contains("40 rows read, 39 applied, 1 refused; 20 tickets"), "{said}");
    assert_eq!(count(&place, "ticket"), 20);
    let refused = done(spoc(&place, "refused", &["1"]));
    assert!(refused.lines().count() == 2 && refused.contains("C19") && refused.contains("yesterday"), "{refused}");
    assert!(done(spoc(&place, "list", &[])).starts_with("1\tdone\t") && done(spoc(&place, "show", &["1"])).contains("39 applied"));

    let said = done(spoc(&place, "rollback", &["1"]));
    assert!(said.contains("20 tickets removed, 0 kept"), "{said}");
    assert_eq!((count(&place, "ticket"), count(&place, "organisation")), (0, 0));
}

#[test]
fn an_interrupted_import_goes_on_where_it_stopped() {
    let (place, mapping, file) = place(3000);
    let (mapping, file) = (mapping.display().to_string(), file.display().to_string());
    let args = [file.as_str(), "--mapping", &mapping];
    let mut command = spoc(&place, "run", &args);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the binary starts");
    let mut errors = child.stderr.take().expect("the errors are piped");
    let mut said = String::new();
    let mut byte = [0; 1];
    while !said.contains("Writing tickets 0 %") {
        assert!(errors.read(&mut byte).expect("it tells of its progress") == 1, "it ended early: {said}");
        said.push(char::from(byte[0]));
    }
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).expect("the signal is sent");
    errors.read_to_string(&mut said).expect("the rest");
    assert_eq!(child.wait().expect("it ends").code(), Some(75), "{said}");
    let before = count(&place, "ticket");
    assert!(before < 3000, "nothing was left to do");
    let said = done(spoc(&place, "run", &args));
    assert!(
        said.contains("went on with an earlier run") && said.contains("6000 rows read, 5999 applied, 1 refused; 3000 tickets"),
        "{said}"
    );
    assert_eq!(count(&place, "ticket"), 3000);
}

#[test]
fn a_mapping_with_mistakes_is_told_line_by_line_and_changes_nothing() {
    let (place, _, file) = place(1);
    let wrong = place.write("wrong.toml", MAPPING.replace("kind = \"incident\"", "kinds = \"incident\"").replace("rfc3339", "%Q"));
    let (code, _, stderr) = ended(spoc(&place, "run", &[&file.display().to_string(), "--mapping", &wrong.display().to_string()]));
    assert!(code == 1 && stderr.contains("wrong.toml:3: ") && stderr.contains("did you mean kind"), "{stderr}");
    assert!(one_line(stderr.lines().last().unwrap_or_default()).contains("nothing was changed"), "{stderr}");
    assert_eq!(count(&place, "import_batch"), 0);
}
