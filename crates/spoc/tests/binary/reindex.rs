//! What is written is found, also after an end by force, and the index can be made anew at any time.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::started::api::{Company, get, register};
use crate::started::ended;
use crate::started::running::Running;

/// Asks until a ticket is found by its title; answers how long that took.
fn found(address: &str, token: &str, title: &str) -> Duration {
    let start = Instant::now();
    loop {
        let answer = get(address, token, &format!("/api/v1/search?kind=ticket&q={title}"));
        let hits = answer["items"].as_array().map_or(0, Vec::len);
        if hits == 1 && answer["state"] == "ready" {
            return start.elapsed();
        }
        assert!(start.elapsed() < Duration::from_secs(60), "{title} is never found: {answer}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn written(address: &str, token: &str, title: &str) {
    let (status, made) = register(address, token, title).expect("an answer");
    assert_eq!(status, 201, "{made}");
}

#[test]
fn an_index_survives_force_and_is_made_anew() {
    let company = Company::new(None);
    let serve = || Running::start(company.spoc(&["serve", "--listen", "127.0.0.1:0"]));
    let server = serve();
    let token = company.token(server.address());
    written(server.address(), &token, "Zeppelin");
    found(server.address(), &token, "Zeppelin");
    let (code, said, stderr) = ended(company.spoc(&["reindex"]));
    assert!(code == 0 && said.contains("The index was made anew"), "beside the server: {said}{stderr}");
    found(server.address(), &token, "zeppelins");
    written(server.address(), &token, "Gyroscope");
    server.kill();

    let server = serve();
    found(server.address(), &token, "gyroscope");
    assert!(server.terminate().success());
    std::fs::remove_dir_all(company.place.path().join("spoc-data/index")).expect("the index is a folder");
    let (code, said, stderr) = ended(company.spoc(&["reindex"]));
    assert!(code == 0 && said.contains("The index was made anew"), "alone: {said}{stderr}");

    let server = serve();
    assert!(found(server.address(), &token, "zeppelin") < Duration::from_secs(20));
    let tickets = get(server.address(), &token, "/api/v1/search?q=is:open&counts=true");
    assert!(matches!(tickets["counts"]["kinds"]["ticket"], Value::Number(_)), "{tickets}");
    let id = tickets["items"][0]["id"].as_i64().expect("an id");
    let alike = get(server.address(), &token, &format!("/api/v1/tickets/{id}/similar"));
    assert!(alike["items"].is_array(), "{alike}");
}
