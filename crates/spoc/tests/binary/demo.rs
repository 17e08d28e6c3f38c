//! The demo: the same seed and moment make the same company, and its log-ins stand on the first page.

use std::process::Stdio;

use crate::started::http::{get, post};
use crate::started::running::Running;
use crate::started::{Place, ended};

const SMALL: [&str; 7] = ["demo", "--people", "80", "--tickets", "60", "--until", "2026-11-22T12:00:00Z"];

/// Runs the demo; answers what it printed.
fn made(place: &Place, seed: &str) -> String {
    let mut command = place.spoc(&SMALL);
    command.args(["--seed", seed]).stderr(Stdio::null());
    let (code, stdout, _) = ended(command);
    assert_eq!(code, 0, "{stdout}");
    stdout
}

/// The tickets and the log of a desk.
fn told(place: &Place) -> Vec<String> {
    let conn = rusqlite::Connection::open(place.path().join("spoc-data/spoc.db")).expect("a database");
    let text = "SELECT 'ticket ' || id || ' ' || title || ' ' || state FROM ticket UNION ALL \
                SELECT 'event ' || seq || ' ' || kind || ' ' || occurred_at || ' ' || payload FROM event WHERE object = 'ticket'";
    let mut statement = conn.prepare(text).expect("a query");
    let rows = statement.query_map([], |row| row.get::<_, String>(0)).expect("rows");
    rows.map(|row| row.expect("a row")).collect()
}

#[test]
fn the_same_seed_makes_the_same_desk_and_another_seed_another() {
    let (first, again, other) = (Place::new(), Place::new(), Place::new());
    assert_eq!(made(&first, "7"), made(&again, "7"));
    made(&other, "8");
    let story = told(&first);
    assert!(story.len() > 300, "{} lines", story.len());
    assert!(story == told(&again), "the same seed told another story");
    assert!(story != told(&other), "another seed told the same story");
}

#[test]
fn everybody_who_is_shown_can_sign_in() {
    let place = Place::new();
    let printed = made(&place, "1");
    let running = Running::start(place.spoc(&["serve", "--listen", "127.0.0.1:0"]));
    let page = get(running.address(), "/login").body;
    let log_ins: Vec<(&str, &str)> = printed
        .lines()
        .filter_map(|line| {
            let mut words = line.split_whitespace().skip(1);
            Some((words.next().filter(|login| login.contains('@'))?, words.next()?))
        })
        .collect();
    assert!(log_ins.len() >= 11, "{printed}");
    for (login, password) in log_ins {
        assert!(page.contains(login) && page.contains(password), "{login} is not shown");
        let answer = post(running.address(), "/login", &format!("email={}&password={password}", login.replace('@', "%40")));
        assert!(answer.status == 303 && answer.location == "/", "{login}: {answer:?}");
    }
}
