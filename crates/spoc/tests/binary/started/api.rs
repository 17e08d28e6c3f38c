//! A program that uses the API of a running desk.

use std::time::Duration;

use serde_json::{Value, json};

use super::Place;
use super::ended;

/// A desk with a small company, and the log-in of somebody who may have tokens.
pub struct Company {
    pub place: Place,
    url: Option<String>,
    login: String,
    password: String,
}

impl Company {
    /// On SQLite, or on PostgreSQL at a URL.
    pub fn new(url: Option<String>) -> Self {
        let mut company = Self { place: Place::new(), url, login: String::new(), password: String::new() };
        let (code, said, stderr) = ended(company.spoc(&["demo", "--people", "60", "--tickets", "12"]));
        assert_eq!(code, 0, "{stderr}");
        let line = said.lines().find(|line| line.trim_start().starts_with("operator ")).expect("an operator is told");
        let words: Vec<&str> = line.split_whitespace().collect();
        company.login = words[1].to_owned();
        company.password = words[2].to_owned();
        company
    }

    /// The binary on this desk.
    pub fn spoc(&self, args: &[&str]) -> std::process::Command {
        let mut command = self.place.spoc(args);
        command.env("SPOC_LOG_LEVEL", "error").env("SPOC_LIMITS_PERSON_PER_SECOND", "100000");
        if let Some(url) = &self.url {
            command.env("SPOC_DATABASE_URL", url);
        }
        command
    }

    /// The cookie of a session that begins.
    pub fn cookie(&self, address: &str) -> String {
        let form = format!("email={}&password={}", self.login.replace('@', "%40"), self.password);
        let answer = super::http::post(address, "/login", &form);
        assert_eq!(answer.status, 303, "{answer:?}");
        answer.cookies.join("; ")
    }

    /// A token that lives for a day.
    pub fn token(&self, address: &str) -> String {
        let cookie = self.cookie(address);
        let ends = kernel::Clock::now(&kernel::SystemClock).plus(kernel::Time::DAY).to_rfc3339();
        let wanted = json!({"name": "test", "scopes": ["read", "write"], "expires_at": ends});
        let headers = [("cookie", cookie), ("origin", format!("http://{address}"))];
        let (status, made) = send(address, "/api/v1/tokens", &headers, &wanted).expect("an answer");
        assert_eq!(status, 201, "{made}");
        made["token"].as_str().expect("a token").to_owned()
    }
}

/// Registers a ticket; nothing when the connection ended before the whole answer came.
pub fn register(address: &str, token: &str, title: &str) -> Option<(u16, Value)> {
    let body = json!({"kind": "incident", "title": title, "description": format!("About {title}")});
    send(address, "/api/v1/tickets", &[("authorization", format!("Bearer {token}")), ("idempotency-key", title.to_owned())], &body)
}

/// The status of a GET with a header.
pub fn look(address: &str, path: &str, header: (&str, &str)) -> u16 {
    let request = ureq::http::Request::get(format!("http://{address}{path}")).header(header.0, header.1).body(()).expect("a request");
    agent().run(request).expect("the desk answers").status().as_u16()
}

/// What a GET answers.
pub fn get(address: &str, token: &str, path: &str) -> Value {
    let request = ureq::http::Request::get(format!("http://{address}{path}")).header("authorization", format!("Bearer {token}"));
    let mut answer = agent().run(request.body(()).expect("a request")).expect("the desk answers");
    let text = answer.body_mut().read_to_string().expect("a text");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn send(address: &str, path: &str, headers: &[(&str, String)], body: &Value) -> Option<(u16, Value)> {
    let mut request = ureq::http::Request::post(format!("http://{address}{path}")).header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, value);
    }
    let mut answer = agent().run(request.body(body.to_string()).expect("a request")).ok()?;
    let status = answer.status().as_u16();
    let text = answer.body_mut().read_to_string().ok()?;
    Some((status, serde_json::from_str(&text).ok()?))
}

fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).timeout_global(Some(Duration::from_secs(30)));
    ureq::Agent::new_with_config(config.build())
}
