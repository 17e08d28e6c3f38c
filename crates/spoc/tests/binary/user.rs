//! Log-ins from the command line: on SQLite while no server has the folder, on PostgreSQL beside it.

use std::io::Write as _;
use std::process::{Command, Stdio};

use testkit::Dialect;

use crate::started::http::{get, post};
use crate::started::running::Running;
use crate::started::{Place, ended, one_line};

const PASSWORD: &str = "seven quiet otters";

/// A desk with a small demo company in it.
fn desk(url: Option<&str>) -> Place {
    let place = Place::new();
    let mut command = spoc(&place, url, &["demo", "--people", "60", "--tickets", "3"]);
    command.stderr(Stdio::null());
    let (code, stdout, _) = ended(command);
    assert!(code == 0 && stdout.contains("administrator"), "{stdout}");
    place
}

fn spoc(place: &Place, url: Option<&str>, args: &[&str]) -> Command {
    let mut command = place.spoc(args);
    command.env("SPOC_LOG_LEVEL", "error");
    if let Some(url) = url {
        command.env("SPOC_DATABASE_URL", url);
    }
    command
}

fn done(command: Command) -> String {
    let (code, stdout, stderr) = ended(command);
    assert_eq!(code, 0, "{stderr}");
    stdout
}

/// The path of the link that a command printed.
fn link(said: &str) -> String {
    let url = said.trim().rsplit(' ').next().expect("a link");
    url.strip_prefix("http://127.0.0.1:8080").expect("the usual address").to_owned()
}

fn may_enter(address: &str, login: &str, password: &str) -> bool {
    let form = format!("email={}&password={}", login.replace('@', "%40"), password.replace(' ', "+"));
    let answer = post(address, "/login", &form);
    assert!(matches!(answer.status, 303 | 422), "{answer:?}");
    answer.status == 303 && !answer.cookies.is_empty()
}

/// Chooses a password by a link.
fn choose(address: &str, link: &str) -> u16 {
    assert_eq!(get(address, link).status, 200, "the link opens a form");
    let form = format!("password={0}&again={0}", PASSWORD.replace(' ', "+"));
    post(address, link, &form).status
}

#[test]
fn a_user_is_added_by_a_link_that_works_once_and_shut_out_again() {
    let place = desk(None);
    let said = done(spoc(&place, None, &["user", "add", "neo@ria.example", "--name", "Neo", "--organisation", "1", "--role", "operator"]));
    let link = link(&said);
    let running = Running::start(spoc(&place, None, &["serve", "--listen", "127.0.0.1:0"]));
    assert_eq!(choose(running.address(), &link), 303);
    assert_eq!(get(running.address(), &link).status, 400, "the link worked once");
    assert!(may_enter(running.address(), "neo@ria.example", PASSWORD));
    let (code, _, stderr) = ended(spoc(&place, None, &["user", "list"]));
    assert!(code == 3 && one_line(&stderr).contains("stop it first"), "{code} {stderr}");
    drop(running);
    assert!(done(spoc(&place, None, &["user", "list"])).contains("neo@ria.example\tNeo\toperator\t20"), "role and last log-in are listed");
    assert_eq!(done(spoc(&place, None, &["user", "disable", "NEO@ria.example"])), "NEO@ria.example is shut out.\n");
    let running = Running::start(spoc(&place, None, &["serve", "--listen", "127.0.0.1:0"]));
    assert!(!may_enter(running.address(), "neo@ria.example", PASSWORD));
}

#[test]
fn a_password_can_come_from_a_script_and_must_be_a_good_one() {
    let place = desk(None);
    let add = |login: &str, password: &str| {
        let mut command = spoc(&place, None, &["user", "add", login, "--name", "Robin Vega", "--organisation", "1", "--password-stdin"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary starts");
        writeln!(child.stdin.take().expect("an input"), "{password}").expect("it reads");
        let output = child.wait_with_output().expect("it ends");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    assert_eq!(add("robin@ria.example", PASSWORD), (Some(0), String::new()));
    let (code, stderr) = add("short@ria.example", "short");
    assert!(code == Some(1) && one_line(&stderr).contains("without a password"), "{stderr}");
    let running = Running::start(spoc(&place, None, &["serve", "--listen", "127.0.0.1:0"]));
    assert!(may_enter(running.address(), "robin@ria.example", PASSWORD));
    assert!(!may_enter(running.address(), "short@ria.example", "short"));
}

#[test]
fn what_cannot_be_done_is_said_in_one_line_and_changes_nothing() {
    let place = desk(None);
    let before = done(spoc(&place, None, &["user", "list"]));
    let cases: [(&[&str], &str); 6] = [
        (&["user", "reset", "nobody@ria.example"], "nobody signs in as nobody@ria.example"),
        (&["user", "disable", "nobody@ria.example"], "nobody signs in as"),
        (&["user", "add", "a@ria.example", "--name", "A"], "name an organisation with --organisation: "),
        (&["user", "add", "a@ria.example", "--name", "A", "--organisation", "1", "--role", "opertor"], "there is no such role: opertor"),
        (&["user", "add", "a@ria.example", "--name", "", "--organisation", "1"], ""),
        (&["demo"], "already has data"),
    ];
    for (args, said) in cases {
        let (code, stdout, stderr) = ended(spoc(&place, None, args));
        assert!(code == 1 && one_line(&stderr).contains(said) && stdout.is_empty(), "{args:?}: {code} {stdout} {stderr}");
    }
    let administrator = before.lines().find(|line| line.contains("\tadministrator\t")).and_then(|line| line.split('\t').next());
    let administrator = administrator.expect("the demo has an administrator");
    let (code, _, stderr) = ended(spoc(&place, None, &["user", "disable", administrator]));
    assert!(code == 1 && one_line(&stderr).contains("must remain an administrator"), "{stderr}");
    assert_eq!(done(spoc(&place, None, &["user", "list"])), before);
}

#[test]
fn on_postgresql_a_link_is_made_beside_the_server() {
    let database = testkit::Place::empty(Dialect::Postgres);
    let db::Location::Postgres(url) = database.options().location else { unreachable!("a PostgreSQL database") };
    let place = desk(Some(&url));
    let running = Running::start(spoc(&place, Some(&url), &["serve", "--listen", "127.0.0.1:0"]));
    let said = done(spoc(&place, Some(&url), &["user", "list"]));
    let login = said.lines().find(|line| line.contains("\toperator\t")).and_then(|line| line.split('\t').next()).expect("an operator");
    let link = link(&done(spoc(&place, Some(&url), &["user", "reset", login])));
    assert_eq!(choose(running.address(), &link), 303);
    assert!(may_enter(running.address(), login, PASSWORD));
    done(spoc(&place, Some(&url), &["user", "disable", login]));
    assert!(!may_enter(running.address(), login, PASSWORD));
}
