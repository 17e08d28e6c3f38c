//! Attacks that other desks have fallen to: fields that nobody should read or write (SEC-04, SEC-05),
//! text that wants to be a query (SEC-13), files that want to be programs (SEC-16).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use end_to_end::{Client, House};
use serde_json::{Value, json};

/// Bodies that are right, by operation.
const ROWS: &str = include_str!("matrix.json");
/// What each role reads of each answer; `UPDATE_SHOWN=1` writes it anew.
const SHOWN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/api/shown.txt");

/// What a body must not set: where a record belongs, who may, what it is, what it counted.
const FORBIDDEN: [&str; 12] = [
    "tenant_id",
    "role",
    "is_admin",
    "roles",
    "created_at",
    "created_by",
    "password_hash",
    "out_server",
    "activity",
    "number",
    "state_category",
    "__proto__",
];
/// No key of any answer holds one of these words.
const SECRET: [&str; 6] = ["hash", "salt", "digest", "password", "private_key", "sealed"];

/// Characters that mean something to a database, a pattern, a shell or a terminal.
const HOSTILE: [&str; 12] = [
    "x' OR '1'='1",
    "x'; DROP TABLE ticket; --",
    "\\' UNION SELECT 1 --",
    "100%_sure",
    "%",
    "_",
    "a\"b",
    "a\\b",
    "a;b--c/*d*/",
    "\u{2019}quoted\u{2018}",
    "$1 ?1 :name @x {y}",
    "\u{202e}gnp.exe",
];

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, b| {
        if b.is_ascii_alphanumeric() {
            out.push(char::from(b))
        } else {
            let _ = write!(out, "%{b:02X}");
        }
        out
    })
}

/// The keys of an answer, lists without their places: `items[].requester.name`. Keys that are data (of
/// custom fields, counts by value) are a star.
fn keys(value: &Value, at: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let name = |c: char| c.is_ascii_lowercase() || c == '_';
                let key = if key.chars().all(name) && !at.ends_with("fields") { key } else { "*" };
                let path = if at.is_empty() { key.to_owned() } else { format!("{at}.{key}") };
                keys(value, &path, found);
                found.insert(path);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| keys(item, &format!("{at}[]"), found)),
        _ => {}
    }
}

/// A desk with something of everything that the lists and records of the API show.
fn furnished(house: &House) -> i64 {
    let (ana, cast) = (house.as_(house.cast.ana), house.cast);
    let new = json!({"kind": "incident", "title": "Printer", "description": "blank", "service": cast.printing.raw()});
    let id = house.as_(cast.ursula).post("/api/v1/tickets", new).expect(201).number("/id");
    let path = format!("/api/v1/tickets/{id}");
    ana.patch(&path, json!({"impact": "extensive", "urgency": "critical", "assignee": cast.ana.raw()})).expect(200);
    ana.post(&format!("{path}/messages"), json!({"kind": "reply", "body": "Restart it"})).expect(201);
    ana.post(&format!("{path}/messages"), json!({"kind": "note", "body": "Again"})).expect(201);
    ana.post(&format!("{path}/tags"), json!({"tag": "paper"})).expect(200);
    let upload = house.upload(cast.ana, "log.txt", b"log");
    ana.post(&format!("{path}/attachments"), json!({"upload": upload.raw(), "public": true})).expect(201);
    ana.post("/api/v1/views", json!({"name": "Mine", "query": "is:open", "everyone": false})).expect(201);
    house.indexed();
    id
}

fn document(house: &House) -> Value {
    serde_json::to_value(&house.desk.openapi).unwrap()
}

/// Operations by method: id, path.
fn of_method(document: &Value, method: &str) -> Vec<(String, String)> {
    let paths = document["paths"].as_object().unwrap().iter();
    let found = paths.filter_map(|(path, item)| Some((item.get(method)?["operationId"].as_str()?.to_owned(), path.clone())));
    found.collect()
}

fn id_of(path: &str, ticket: i64) -> String {
    let id = if path.contains("/tickets/{") { ticket.to_string() } else { "1".to_owned() };
    let mut out = String::new();
    for part in path.split_inclusive(['{', '}']) {
        match part.strip_suffix('}') {
            Some(name) => out.push_str(if name == "key" || name == "kind" { "incident" } else { &id }),
            None => out.push_str(part.trim_end_matches('{')),
        }
    }
    out
}

/// Titles that a list finds by a filter that is written here.
fn titled(client: &Client, filter: &str) -> Vec<String> {
    let found = client.get(&format!("/api/v1/tickets?q={}", encoded(filter))).expect(200).json();
    found["items"].as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect()
}

testkit::both! {
    template: end_to_end::template();

    fn each_role_reads_the_fields_that_are_written_down_and_no_others(db: TestDb) {
        let house = House::start(&db);
        let ticket = furnished(&house);
        let cast = house.cast;
        let roles = [("user", cast.ursula), ("operator", cast.ana), ("responsible", cast.boris), ("manager", cast.mara), ("administrator", cast.ada)];
        let mut shown = String::new();
        let mut asked = 0;
        for (id, path) in of_method(&document(&house), "get") {
            let whole = ["/stream", "/export", "/openapi", "/content", "/preview"].iter().any(|end| path.ends_with(end));
            if whole || path.contains("/exports") || path.contains("{format}") {
                continue;
            }
            for (role, who) in roles {
                let answer = house.as_(who).get(&id_of(&path, ticket));
                let is_json = answer.header("content-type").is_some_and(|kind| kind.starts_with("application/json"));
                if answer.status != 200 || !is_json {
                    continue;
                }
                let mut found = BTreeSet::new();
                keys(&answer.json(), "", &mut found);
                for key in &found {
                    let last = key.rsplit('.').next().unwrap_or_default();
                    // Whether there is one may be told to who keeps accounts, and what is done with those in texts.
                    // A digest of notices is none of bytes.
                    let mail = last == "digest" && id.contains("Notification");
                    let tells = !mail && last != "has_password" && key != "policy.password" && SECRET.iter().any(|word| last.contains(word));
                    assert!(!tells, "{id} shows {key} to a {role}");
                }
                let found: Vec<String> = found.into_iter().collect();
                writeln!(shown, "{id} {role}: {}", found.join(" ")).unwrap();
                asked += 1;
            }
        }
        assert!(asked > 80, "{asked}");
        if std::env::var_os("UPDATE_SHOWN").is_some() {
            std::fs::write(SHOWN, &shown).unwrap();
        }
        let known = std::fs::read_to_string(SHOWN).unwrap();
        let (known, shown): (BTreeSet<&str>, BTreeSet<&str>) = (known.lines().collect(), shown.lines().collect());
        let differs: Vec<_> = known.symmetric_difference(&shown).collect();
        assert!(differs.is_empty(), "what roles read has changed; if it is right, run with UPDATE_SHOWN=1: {differs:#?}");
    }

    fn no_body_sets_what_it_does_not_name(db: TestDb) {
        let house = House::start(&db);
        let ticket = furnished(&house);
        let rows: BTreeMap<String, Value> = serde_json::from_str(ROWS).unwrap();
        let ada = house.visitor().signed_in("ada@ria.example");
        let before = house.events();
        let mut tried = 0;
        let document = document(&house);
        for method in ["post", "put", "patch"] {
            for (id, path) in of_method(&document, method) {
                let schema = &document["paths"][&path][method]["requestBody"]["content"]["application/json"]["schema"];
                let Some(body) = rows.get(&id).and_then(|row| row.get("body")?.as_object()) else { continue };
                let named = schema["$ref"].as_str().and_then(|name| name.rsplit('/').next()).unwrap_or_default();
                for field in FORBIDDEN {
                    if schema.is_null() || !document["components"]["schemas"][named]["properties"][field].is_null() {
                        continue;
                    }
                    let mut body = body.clone();
                    body.insert(field.to_owned(), json!(1));
                    let send = || ada.send(&method.to_uppercase(), &id_of(&path, ticket), Some(Value::Object(body.clone())), &[]);
                    let mut answer = send();
                    while answer.status == 429 {
                        std::thread::sleep(std::time::Duration::from_secs(1));
                        answer = send();
                    }
                    assert!(matches!(answer.status, 400 | 403 | 404 | 422), "{id} takes {field}: {answer:?}");
                    tried += usize::from(answer.status == 422);
                }
            }
        }
        assert!(tried > 300, "{tried} refused because of the field");
        assert_eq!(house.events(), before, "nothing happened");
    }

    fn hostile_text_is_text(db: TestDb) {
        let house = House::start(&db);
        let ana = house.as_(house.cast.ana);
        for title in HOSTILE.into_iter().chain(["qqqq"]) {
            ana.post("/api/v1/tickets", json!({"kind": "incident", "title": title, "requester": house.cast.ursula.raw()})).expect(201);
        }
        house.indexed();
        for title in HOSTILE {
            let quoted = title.replace('\\', "\\\\").replace('"', "\\\"");
            let found = titled(&ana, &format!("title:\"{quoted}\""));
            assert!(found.contains(&title.to_owned()), "{title} is not found by itself: {found:?}");
            // Without a word nothing is asked for; with one it is no pattern that fits all.
            assert!(!title.contains(char::is_alphanumeric) || !found.contains(&"qqqq".to_owned()), "{title} finds {found:?}");
        }
        let everything = titled(&ana, "is:open").len();
        // Wherever a text can be asked for, it is answered or refused, never broken off.
        for door in ["tickets?q=", "tickets/count?q=", "search?q=", "search?prefix=true&q=", "people?q=", "organisations?q=", "teams?q=", "services?q="] {
            for text in HOSTILE.into_iter().chain(["\0", "((((", "))))", "is:open or", "sort:; drop", "id:1e999", "created:99999999-99-99", "-", "\"", "tag:'", "requester:\"x' or 1=1\""]) {
                let answer = ana.get(&format!("/api/v1/{door}{}", encoded(text)));
                assert!(matches!(answer.status, 200 | 400 | 404 | 422), "{door}{text}: {answer:?}");
            }
        }
        assert_eq!(titled(&ana, "is:open").len(), everything, "nothing is gone");
    }

    fn a_name_of_a_file_is_a_name_and_no_place(db: TestDb) {
        let house = House::start(&db);
        let ana = house.visitor().signed_in("ana@ria.example");
        let ticket = ana.post("/api/v1/tickets", json!({"kind": "incident", "title": "Files", "requester": house.cast.ursula.raw()})).expect(201).number("/id");
        let before = house.stored();
        let long = format!("{}.txt", "n".repeat(300));
        let names = ["../../x", "..\\..\\x", "/etc/passwd", "C:\\x", "CON", "a\0b", &long, "\u{202e}fdp.exe", ".htaccess", "x.html", "x.svg", "a%0D%0Aset-cookie: b=c"];
        let mut kept = 0;
        for name in names {
            let part = format!("--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: text/html\r\n\r\n<script>alert(1)</script>\r\n--b--\r\n");
            let answer = ana.send("POST", "/uploads", Some(json!(part)), &[("content-type", "multipart/form-data; boundary=b")]);
            if answer.status != 201 {
                assert!(matches!(answer.status, 400 | 422), "{name:?}: {answer:?}");
                continue;
            }
            let file = ana.post(&format!("/api/v1/tickets/{ticket}/attachments"), json!({"upload": answer.number("/uploads/0/id"), "public": true})).expect(201).number("/id");
            let read = ana.get(&format!("/files/{file}/x")).expect(200);
            let said = read.header("content-disposition").unwrap_or_default().to_owned();
            assert!(said.starts_with("attachment") && !said.contains(['\r', '\n', '\0', '\u{202e}']), "{name:?}: {said}");
            assert_eq!(read.header("x-content-type-options"), Some("nosniff"));
            assert!(read.header("content-type").is_some_and(|kind| !kind.contains("html") && !kind.contains("svg")), "{name:?}: {read:?}");
            kept += 1;
        }
        assert!(kept >= 6, "{kept} were taken");
        for path in house.stored().difference(&before) {
            let name = path.file_name().unwrap().to_string_lossy();
            assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'), "{path:?} was named by who sent it");
        }
    }
}
