//! SEC-06: nobody gets past the door by an odd way of writing an address.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use api_kit::Door;
use end_to_end::House;
use serde_json::json;

/// Stands in everything that there is to find.
const CANARY: &str = "canaryria";

/// A request as it goes over the wire, but for host and end.
struct Odd {
    method: String,
    target: String,
    version: &'static str,
    headers: &'static str,
}

impl Odd {
    fn path(method: &str, target: String) -> Self {
        Self { method: method.to_owned(), target, version: "HTTP/1.1", headers: "" }
    }
}

/// The ways to write one address that some server somewhere has taken for another one.
fn mutations(method: &str, path: &str, host: &str) -> Vec<Odd> {
    let inner = path[1..].replacen('/', "%2f", 1);
    let dot = path.chars().nth(1).map_or_else(String::new, |first| format!("%{:02x}", u32::from(first)));
    let mut all: Vec<Odd> = [
        format!("/x/..;{path}"),
        format!("/..;/x{path}"),
        format!("/%2e{path}"),
        format!("/%2e%2e{path}"),
        format!("/login/%2e%2e{path}"),
        format!("/%252e%252e{path}"),
        format!("/{path}"),
        format!("/.{path}"),
        format!("/login/..{path}"),
        format!("/assets/..{path}"),
        format!("/assets/..%2f{}", &path[1..]),
        path.to_uppercase(),
        format!("/{dot}{}", path.chars().skip(2).collect::<String>()),
        format!("{path}."),
        format!("{path}/"),
        format!("{path}/."),
        format!("{path}%20"),
        format!("{path}%00"),
        format!("{path};x=y"),
        format!("{path}.json"),
        format!("{path}#x"),
        format!("/{inner}"),
        path.replace('/', "\\"),
        format!("{path}?_method=GET&method=GET"),
        format!("http://{host}{path}"),
        format!("http://127.0.0.1:1{path}"),
    ]
    .into_iter()
    .map(|target| Odd::path(method, target))
    .collect();
    let as_is = |headers: &'static str| Odd { headers, ..Odd::path(method, path.to_owned()) };
    all.push(as_is("X-HTTP-Method-Override: GET\r\nX-Method-Override: GET\r\n"));
    all.push(as_is("X-Forwarded-For: 127.0.0.1\r\nX-Real-IP: 127.0.0.1\r\nForwarded: for=127.0.0.1\r\n"));
    all.push(as_is("X-Forwarded-User: ada@ria.example\r\nRemote-User: ada@ria.example\r\nX-Remote-User: 7\r\n"));
    all.push(as_is("Authorization: Bearer \r\n"));
    all.push(as_is("Authorization: Basic YWRhQHJpYS5leGFtcGxlOg==\r\n"));
    all.push(as_is("Cookie: session=; __Host-session=\r\n"));
    all.push(Odd { version: "HTTP/1.0", ..as_is("") });
    all.push(Odd { method: method.to_lowercase(), ..as_is("") });
    all.push(Odd { method: "HEAD".to_owned(), ..as_is("") });
    all
}

/// Status, `Location` and the rest of the answer.
fn send(host: &str, odd: &Odd) -> (u16, String, String) {
    let body = if odd.method.eq_ignore_ascii_case("GET") || odd.method == "HEAD" { "" } else { "{}" };
    let request = format!(
        "{} {} {}\r\nHost: {host}\r\nOrigin: http://{host}\r\n{}Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        odd.method,
        odd.target,
        odd.version,
        odd.headers,
        body.len(),
    );
    let mut stream = TcpStream::connect(host).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    // A refused connection may end by a reset after its answer.
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let status = answer.split_whitespace().nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    let location = answer.lines().find_map(|line| line.strip_prefix("location: ")).unwrap_or_default().trim().to_owned();
    (status, location, answer)
}

/// Every address of the desk, with something that exists where an id stands.
fn addresses(house: &House, ticket: i64) -> Vec<(String, String, bool)> {
    let filled = |path: &str| -> String {
        path.split('/')
            .map(|part| {
                if part.starts_with('{') {
                    if part == "{sort}" { "person".to_owned() } else { ticket.to_string() }
                } else {
                    part.to_owned()
                }
            })
            .collect::<Vec<_>>()
            .join("/")
    };
    let mut all: Vec<(String, String, bool)> =
        house.desk.routes.iter().map(|route| (route.method.to_string(), filled(&route.path), route.door == Door::Open)).collect();
    let document = serde_json::to_value(&house.desk.openapi).unwrap();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let open = operation["security"].as_array().is_some_and(Vec::is_empty);
            all.push((method.to_uppercase(), filled(path), open));
        }
    }
    all
}

testkit::both! {
    template: end_to_end::template();

    fn no_way_of_writing_an_address_opens_it(db: TestDb) {
        let house = House::start(&db);
        let ticket = house
            .as_(house.cast.ursula)
            .post("/api/v1/tickets", json!({"kind": "incident", "title": CANARY, "description": CANARY}))
            .expect(201)
            .number("/id");
        let host = house.base.trim_start_matches("http://").to_owned();
        let addresses = addresses(&house, ticket);
        let before = house.events();
        let mut open: Vec<&str> = addresses.iter().filter(|(.., open)| *open).map(|(_, path, _)| path.as_str()).collect();
        open.sort_unstable();
        open.dedup();
        assert!(open.len() <= 12, "the addresses that are open to everybody have become many: {open:?}");
        let (mut asked, mut turned_away) = (0, 0);
        for (method, path, is_open) in &addresses {
            if *is_open {
                continue;
            }
            for odd in mutations(method, path, &host) {
                let (status, location, answer) = send(&host, &odd);
                let refused = matches!(status, 400 | 401 | 404 | 405 | 414 | 415 | 421) || (status == 303 && location.starts_with("/login"));
                assert!(refused, "{} {} {} {:?}: {answer}", odd.method, odd.target, odd.version, odd.headers);
                assert!(!answer.contains(CANARY), "{} {}: {answer}", odd.method, odd.target);
                asked += 1;
                turned_away += usize::from(matches!(status, 401 | 303));
            }
        }
        // Those that mean the very address arrive at its door.
        assert!(asked > 4_000 && turned_away > 500, "{asked} asked, {turned_away} at a door");
        // What another server would take for another address is not looked at.
        for headers in ["X-Original-URL: /desk/tickets\r\n", "X-Rewrite-URL: /desk/tickets\r\n"] {
            let plain = send(&host, &Odd::path("GET", "/login".to_owned()));
            let rewritten = send(&host, &Odd { headers, ..Odd::path("GET", "/login".to_owned()) });
            assert_eq!((plain.0, plain.1), (rewritten.0, rewritten.1));
        }
        assert_eq!(house.events(), before, "nothing happened");
    }
}
