//! The access matrix over every route, derived from the router: forbidden looks like missing, and a
//! route without a row here fails.

use std::collections::BTreeMap;

use end_to_end::{Answer, Cast, Client, House};
use http::Method;
use kernel::PersonId;
use serde_json::{Value, json};

/// One row per operation: which kind of record stands in its path, and a body that is right.
const ROWS: &str = include_str!("matrix.json");

/// A number that nothing has.
const NOBODY: i64 = 987_654_321;
/// Stands in everything of Ribera.
const CANARY: &str = "canaryribera";

/// What is typed into forms, as those with files send it and as the others do.
const FORM: &str = "version=1&body=x&kind=relates&title=x&name=x&tag=x&other=1&person=1&team=1&role=watcher&query=is%3Aopen";
const PARTS: &str = "--b\r\nContent-Disposition: form-data; name=\"body\"\r\n\r\nx\r\n--b\r\nContent-Disposition: form-data; name=\"version\"\r\n\r\n1\r\n--b--\r\n";

/// Who signs in by the form, with their addresses.
type Named = (&'static str, fn(&Cast) -> PersonId);
const SIGNED: [Named; 7] = [
    ("ursula@ria.example", |cast| cast.ursula),
    ("uli@ria.example", |cast| cast.uli),
    ("ana@ria.example", |cast| cast.ana),
    ("boris@ria.example", |cast| cast.boris),
    ("mara@ria.example", |cast| cast.mara),
    ("carla@ribera.example", |cast| cast.carla),
    ("cleo@ribera.example", |cast| cast.cleo),
];

#[derive(Debug, Clone)]
struct Operation {
    id: String,
    method: Method,
    path: String,
    body: Value,
    /// The kind of record in the path.
    object: Option<String>,
    open: bool,
    /// What the query must say.
    query: String,
}

fn operations(house: &House) -> Vec<Operation> {
    let rows: BTreeMap<String, Value> = serde_json::from_str(ROWS).unwrap();
    let document = serde_json::to_value(&house.desk.openapi).unwrap();
    let mut found = Vec::new();
    let mut missing = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap().to_owned();
            let Some(row) = rows.get(&id) else {
                missing.push(id);
                continue;
            };
            found.push(Operation {
                method: method.to_uppercase().parse().unwrap(),
                path: path.clone(),
                query: row.get("query").and_then(Value::as_str).map(|q| format!("?{q}")).unwrap_or_default(),
                body: row.get("body").cloned().unwrap_or(Value::Null),
                object: row.get("object").and_then(Value::as_str).map(str::to_owned),
                open: operation["security"].as_array().is_some_and(Vec::is_empty),
                id,
            });
        }
    }
    assert!(missing.is_empty(), "operations without a row in tests/api/matrix.json: {missing:?}");
    let stale: Vec<&String> = rows.keys().filter(|id| !found.iter().any(|o| o.id == **id)).collect();
    assert!(stale.is_empty(), "rows of operations that are gone: {stale:?}");
    found
}

/// A record of each kind in Ría (seen by Úrsula or Ana) and in Ribera.
struct Records {
    ria: BTreeMap<&'static str, i64>,
    ribera: BTreeMap<&'static str, i64>,
}

fn records(house: &House) -> Records {
    let cast = house.cast;
    let of = |(user, agent, mail): (PersonId, PersonId, &str), team: i64, service: i64, organisation: i64, word: &str| {
        let (asks, works) = (house.as_(user), house.as_(agent));
        let ticket = asks
            .post("/api/v1/tickets", json!({"kind": "incident", "title": format!("Printer {word}"), "description": word}))
            .expect(201)
            .number("/id");
        works.post(&format!("/api/v1/tickets/{ticket}/messages"), json!({"kind": "note", "body": word})).expect(201);
        let view = asks.post("/api/v1/views", json!({"name": word, "query": "is:open"})).expect(201).number("/id");
        let upload = house.upload(user, &format!("{word}.txt"), b"content");
        let file = asks
            .post(&format!("/api/v1/tickets/{ticket}/attachments"), json!({"upload": upload.raw(), "public": true, "description": word}))
            .expect(201)
            .number("/id");
        let place = json!({"name": format!("Room {word}"), "tenant": organisation});
        let location = house.as_(cast.ada).post("/api/v1/locations", place).expect(201).number("/id");
        let table = house.upload(cast.ada, &format!("{word}.csv"), b"Name,E-mail\nOlga,olga@x.example\n");
        let import = json!({"upload": table.raw(), "records": "people", "source": word, "tenant": organisation});
        let import = house.as_(cast.ada).post("/api/v1/imports", import).expect(201).number("/id");
        let here = house.visitor().signed_in(mail);
        let first = |list: &str| here.get(&format!("/api/v1/{list}")).expect(200).number("/items/0/id");
        BTreeMap::from([
            ("ticket", ticket),
            ("view", view),
            ("attachment", file),
            ("person", user.raw()),
            ("team", team),
            ("service", service),
            ("organisation", organisation),
            ("upload", house.upload(user, &format!("{word}-free.txt"), b"content").raw()),
            ("location", location),
            ("import", import),
            ("token", first("tokens")),
            ("session", first("sessions")),
        ])
    };
    let ria = of((cast.ursula, cast.ana, "ana@ria.example"), cast.l1.raw(), cast.printing.raw(), cast.ria.raw(), "plain");
    let ribera =
        of((cast.carla, cast.cleo, "cleo@ribera.example"), cast.their_team.raw(), cast.their_service.raw(), cast.ribera.raw(), CANARY);
    Records { ria, ribera }
}

/// Puts an id into the first parameter; further ones get what the row names, or something harmless.
fn at(path: &str, id: &str) -> String {
    let mut out = String::new();
    let mut first = true;
    for part in path.split_inclusive(['{', '}']) {
        match part.strip_suffix('}') {
            Some(_) if first => {
                out.push_str(id);
                first = false;
            }
            Some("kind") => out.push_str("blocks"),
            Some("role") => out.push_str("watcher"),
            Some("sort") => out.push_str("person"),
            Some("tag") => out.push('x'),
            // No number of a person of these tests, so that a page is compared without that one alone.
            Some("export") => out.push_str("99"),
            Some(_) => out.push('1'),
            None => out.push_str(part.trim_end_matches('{')),
        }
    }
    out
}

fn ask(client: &Client, operation: &Operation, id: &str) -> Answer {
    let body = (!operation.body.is_null()).then(|| operation.body.clone());
    client.send(operation.method.as_str(), &format!("{}{}", at(&operation.path, id), operation.query), body, &[])
}

/// An answer without what every answer has anew.
fn plain(answer: &Answer) -> (u16, String) {
    let body = answer.body.split(",\"request_id\"").next().unwrap_or_default();
    (answer.status, body.to_owned())
}

testkit::both! {
    template: end_to_end::template();

    fn every_operation_refuses_who_is_not_signed_in(db: TestDb) {
        let house = House::start(&db);
        let before = house.events();
        for operation in operations(&house) {
            let answer = ask(&house.visitor(), &operation, "1");
            if operation.open {
                assert_ne!(answer.status, 401, "{operation:?}");
            } else {
                assert_eq!(answer.status, 401, "{operation:?} {answer:?}");
            }
            let forged = Client { token: Some("spoc_forged".into()), ..house.visitor() };
            if !operation.open {
                assert_eq!(ask(&forged, &operation, "1").status, 401, "{operation:?}");
            }
        }
        assert_eq!(house.events(), before);
    }

    fn what_may_not_be_seen_looks_like_what_does_not_exist(db: TestDb) {
        let house = House::start(&db);
        let records = records(&house);
        let cast = house.cast;
        // What belongs to an account is asked for in sessions: tokens may not.
        let signed: BTreeMap<PersonId, Client> = SIGNED.iter().map(|(mail, who)| (who(&cast), house.visitor().signed_in(mail))).collect();
        let before = house.events();
        let mut asked = 0;
        for operation in operations(&house) {
            let Some(object) = operation.object.clone() else { continue };
            let mut strangers: Vec<(PersonId, i64)> = vec![
                (cast.ursula, records.ribera[object.as_str()]),
                (cast.ana, records.ribera[object.as_str()]),
                (cast.boris, records.ribera[object.as_str()]),
                (cast.mara, records.ribera[object.as_str()]),
                (cast.carla, records.ria[object.as_str()]),
                (cast.cleo, records.ria[object.as_str()]),
            ];
            let of_account = matches!(object.as_str(), "token" | "session");
            if of_account || matches!(object.as_str(), "ticket" | "attachment" | "view") {
                // Of the same tenant, but neither theirs nor with their team.
                strangers.extend([(cast.uli, records.ria[object.as_str()]), (cast.boris, records.ria[object.as_str()])]);
            }
            for (who, id) in strangers {
                let client = if of_account { signed[&who].clone() } else { house.as_(who) };
                let hidden = ask(&client, &operation, &id.to_string());
                let missing = ask(&client, &operation, &NOBODY.to_string());
                assert_eq!(plain(&hidden), plain(&missing), "{} for {who} of {object} {id}", operation.id);
                assert!(matches!(hidden.status, 404 | 403), "{} for {who} of {object} {id}: {hidden:?}", operation.id);
                asked += 1;
            }
        }
        assert!(asked > 100, "{asked}");
        assert_eq!(house.events(), before, "nothing happened");
    }

    fn an_id_in_a_body_opens_nothing(db: TestDb) {
        let house = House::start(&db);
        let records = records(&house);
        let staff = [house.as_(house.cast.ana), house.as_(house.cast.mara)];
        let document = serde_json::to_value(&house.desk.openapi).unwrap();
        let before = house.events();
        let mut tried = 0;
        for operation in operations(&house) {
            let Some(body) = operation.body.as_object() else { continue };
            let own = operation.object.as_deref().map_or(0, |o| records.ria[o]);
            if operation.object.as_deref() == Some("view") {
                continue;
            }
            for (field, kind, list) in id_fields(&document, &operation) {
                let with = |id: i64| {
                    let mut body = body.clone();
                    if field == "team" || field == "person" {
                        body.remove("person");
                        body.remove("team");
                    }
                    body.insert(field.clone(), if list { json!([id]) } else { json!(id) });
                    Operation { body: Value::Object(body), ..operation.clone() }
                };
                // What a colleague uploaded belongs to nobody else either.
                let colleagues = (kind == "upload").then_some(records.ria[kind]);
                for (client, id) in staff.iter().flat_map(|client| [Some(records.ribera[kind]), colleagues].into_iter().flatten().map(move |id| (client, id))) {
                    let foreign = ask(client, &with(id), &own.to_string());
                    let missing = ask(client, &with(NOBODY), &own.to_string());
                    assert_eq!(plain(&foreign), plain(&missing), "{} {field}", operation.id);
                    assert!(matches!(foreign.status, 404 | 403 | 422), "{} {field}: {foreign:?}", operation.id);
                }
                tried += 1;
            }
        }
        assert!(tried >= 15, "{tried}");
        assert_eq!(house.events(), before, "nothing happened");
    }

    fn no_list_shows_a_word_of_another_tenant(db: TestDb) {
        let house = House::start(&db);
        records(&house);
        let document = serde_json::to_value(&house.desk.openapi).unwrap();
        for operation in operations(&house).iter().filter(|o| o.method == Method::GET && !o.path.contains('{') && !o.path.ends_with("/stream")) {
            let searches = document["paths"][&operation.path]["get"]["parameters"].as_array().is_some_and(|p| p.iter().any(|p| p["name"] == "q"));
            for who in [house.cast.ursula, house.cast.uli, house.cast.ana, house.cast.boris, house.cast.mara] {
                for query in if searches { vec![String::new(), format!("?q={CANARY}")] } else { vec![String::new()] } {
                    let answer = house.as_(who).get(&format!("{}{query}", operation.path));
                    let found = answer.body.to_lowercase().replace(&query.to_lowercase(), "");
                    assert!(!found.contains(CANARY) && !found.contains("ribera"), "{} for {who}: {}", operation.id, answer.body);
                }
            }
        }
    }

    fn every_page_has_its_door(db: TestDb) {
        let house = House::start(&db);
        let before = house.events();
        for route in &house.desk.routes {
            let path = at(&route.path, "1");
            let visitor = house.visitor().send(route.method.as_str(), &path, (route.method == Method::POST).then(|| json!("a=b")), &[("origin", &house.base)]);
            if route.door != api_kit::Door::Open {
                let to_login = visitor.status == 303 && visitor.header("location").is_some_and(|l| l.starts_with("/login"));
                assert!(visitor.status == 401 || to_login, "{route:?} {visitor:?}");
            }
        }
        assert_eq!(house.events(), before);
    }

    fn every_role_comes_through_the_doors_of_its_verbs_alone(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let people = [(cast.uli, house.visitor().signed_in("uli@ria.example")), (cast.ursula, house.visitor().signed_in("ursula@ria.example"))];
        let missing = people[0].1.get("/nothing-here").expect(404);
        let (mut shut, mut opened) = (0, 0);
        for (n, (key, role)) in access::delivered().unwrap().into_iter().enumerate() {
            // Two take turns, so that nobody asks too often.
            let (person, client) = &people[n % 2];
            let (person, held, now) = (*person, key.clone(), house.clock.now());
            db.write_wait("grant", move |tx| access::store::grant::put(tx, &access::Actor::system(), person, &held, cast.ria, now)).unwrap();
            let works = role.reach(access::Verb::TicketSeeInternal) > access::Reach::None;
            for route in &house.desk.routes {
                let api_kit::Door::Verb(verb) = route.door else { continue };
                let path = at(&route.path, &NOBODY.to_string());
                if role.reach(verb) == access::Reach::None {
                    let form = (route.method == Method::POST).then(|| json!(""));
                    let answer = patient(|| client.send(route.method.as_str(), &path, form.clone(), &[]));
                    let told = if works { 403 } else { 404 };
                    assert_eq!(answer.status, told, "{key} {route:?} {answer:?}");
                    assert!(works || steady(&answer.body) == steady(&missing.body), "{key} {route:?}: what is shut looks like nothing");
                    shut += 1;
                } else if route.method == Method::GET && !route.path.contains('{') {
                    let answer = patient(|| client.get(&path));
                    assert!(matches!(answer.status, 200 | 303 | 400 | 422), "{key} {route:?} {answer:?}");
                    opened += 1;
                }
            }
            let held = key.clone();
            db.write_wait("revoke", move |tx| access::store::grant::remove(tx, &access::Actor::system(), person, &held, cast.ria)).unwrap();
        }
        assert!(shut > 250 && opened > 50, "{shut} shut, {opened} opened");
    }

    fn a_page_of_what_may_not_be_seen_looks_like_one_of_nothing(db: TestDb) {
        let house = House::start(&db);
        let records = records(&house);
        let in_ = |name: &str| house.visitor().signed_in(&format!("{name}@{}.example", if matches!(name, "carla" | "cleo") { "ribera" } else { "ria" }));
        let (ours, theirs) = (["ursula", "uli", "ana", "boris", "mara"].map(in_), ["carla", "cleo"].map(in_));
        let before = house.events();
        let mut asked = 0;
        for route in house.desk.routes.iter().filter(|route| route.path.contains('{')) {
            let Some(object) = object_of(&route.path) else { continue };
            let strangers = ours.iter().map(|client| (client, records.ribera[object])).chain(theirs.iter().map(|client| (client, records.ria[object])));
            // Of the same tenant, but neither theirs nor with their team.
            let neighbours = [&ours[1], &ours[3]].map(|client| (client, records.ria[object]));
            let neighbours = neighbours.into_iter().filter(|_| matches!(object, "ticket" | "attachment" | "view" | "token" | "session"));
            for (client, id) in strangers.chain(neighbours) {
                let takes_files = route.path.ends_with("/post") || route.path.ends_with("/reply");
                let (content, headers): (_, &[(&str, &str)]) = if takes_files { (PARTS, &[("content-type", "multipart/form-data; boundary=b")]) } else { (FORM, &[]) };
                let form = (route.method == Method::POST).then(|| json!(content));
                let send = |id: i64| client.send(route.method.as_str(), &at(&route.path, &id.to_string()), form.clone(), headers);
                let (hidden, missing) = (send(id), send(NOBODY));
                let bare = |answer: &Answer, id: i64| (answer.status, steady(&answer.body.replace(&format!("/{id}"), "/#")));
                assert_eq!(bare(&hidden, id), bare(&missing, NOBODY), "{route:?}");
                assert!(matches!(hidden.status, 403 | 404), "{route:?} {hidden:?}");
                asked += 1;
            }
        }
        assert!(asked > 200, "{asked}");
        assert_eq!(house.events(), before);
    }
}

/// The kind of record that the first id of a page's address names.
fn object_of(path: &str) -> Option<&'static str> {
    let kinds = [
        ("/desk/tickets/{", "ticket"),
        ("/desk/trash/{", "ticket"),
        ("/requests/{", "ticket"),
        ("/t/{", "ticket"),
        ("/inbox/{", "ticket"),
        ("/files/{", "attachment"),
        ("/desk/people/{", "person"),
        ("/desk/orgs/{", "organisation"),
        ("/admin/teams/{", "team"),
        ("/admin/services/{", "service"),
        ("/desk/views/{", "view"),
        ("/desk/trash/{", "ticket"),
        ("/admin/locations/{", "location"),
        ("/admin/import/{", "import"),
        ("/me/sessions/{", "session"),
        ("/me/tokens/{", "token"),
    ];
    // Configuration is mostly everybody's; tests/api/audit.rs asks for whose it is. A bulk edit is its author's
    // alone, for whom these tests make none: stories of the console ask for that. An export of a person is its
    // asker's alone: tests/api/takeout.rs asks for that.
    let keys = [
        "/desk/bulk/{",
        "/me/export/{",
        "/me/notifications/browsers/{",
        "/admin/system/settings/{",
        "/admin/fields/{",
        "/admin/forms/{",
        "/admin/rules/{",
        "/admin/kinds/{",
        "/admin/checklists/{",
        "/admin/roles/{",
        "/desk/options/{",
        "/desk/suggest/{",
        "/reset/{",
    ];
    let found = kinds.iter().find(|(start, _)| path.starts_with(start)).map(|(_, kind)| *kind);
    assert!(
        found.is_some() || keys.iter().any(|start| path.starts_with(start)),
        "{path}: what does its id name? Say it in tests/api/matrix.rs"
    );
    found
}

/// A page without what every page has anew: the number of the request, keys of forms.
fn steady(body: &str) -> String {
    let mut out = String::new();
    for word in body.split_inclusive([' ', '<', '>', '"', '&', '=']) {
        let random = word.len() >= 16 && word.chars().filter(char::is_ascii_digit).count() >= 3;
        out.push_str(if random { "*" } else { word });
    }
    out
}

/// Asks again when it was too often.
fn patient(ask: impl Fn() -> Answer) -> Answer {
    loop {
        let answer = ask();
        if answer.status != 429 {
            return answer;
        }
        std::thread::sleep(std::time::Duration::from_millis(300));
    }
}

/// The fields of a body that name records: name, kind, whether it is a list. Every integer field is
/// either known here or fails the test.
fn id_fields(document: &Value, operation: &Operation) -> Vec<(String, &'static str, bool)> {
    let method = operation.method.as_str().to_lowercase();
    let schema = &document["paths"][&operation.path][&method]["requestBody"]["content"]["application/json"]["schema"];
    let Some(name) = schema["$ref"].as_str().and_then(|r| r.rsplit('/').next()) else { return Vec::new() };
    let properties = document["components"]["schemas"][name]["properties"].as_object().cloned().unwrap_or_default();
    let mut found = Vec::new();
    for (field, schema) in properties {
        let list = schema["items"]["type"] == "integer";
        let integer = schema["type"] == "integer" || schema["type"].as_array().is_some_and(|t| t.iter().any(|t| t == "integer"));
        if !list && !integer {
            continue;
        }
        let kind = match field.as_str() {
            "requester" | "beneficiary" | "assignee" | "person" | "watchers" | "about" | "lead" | "owner" | "into" => "person",
            "team" | "owner_team" => "team",
            "service" | "services" => "service",
            "organisation" | "payer" | "tenant" => "organisation",
            "location" => "location",
            "parent" if operation.path.contains("/services") => "service",
            "parent" if operation.path.contains("/organisations") => "organisation",
            "parent" if operation.path.contains("/locations") => "location",
            "parent" | "ticket" | "tickets" => "ticket",
            "upload" | "attachments" => "upload",
            "history" if operation.id == "createImport" => "upload",
            "attachment" => "attachment",
            // Looked up on the ticket of the path alone.
            "message" | "messages" | "newest" | "checklist" | "after" => continue,
            "activity" | "minutes" | "seconds" | "call_seconds" | "event" | "version" | "place" | "line" | "impact" | "from" | "to"
            | "days" | "decimals" | "close_after_days" | "reopen_within_days" | "rate_within_days" | "solution" | "analyst" => continue,
            other => panic!("{}: is {other} the id of a record? Say it in tests/api/matrix.rs", operation.id),
        };
        found.push((field, kind, list));
    }
    found
}
