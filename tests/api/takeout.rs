//! Everything that is kept about a person as one file: what is in it, what never is, and who gets it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::time::{Duration, Instant};

use end_to_end::{Client, House};
use kernel::PersonId;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// What is in an archive, by name.
type Files = BTreeMap<String, Vec<u8>>;

fn register(client: &Client, title: &str, more: Value) -> i64 {
    let mut body = json!({"kind": "incident", "title": title, "description": format!("{title}, since this morning")});
    body.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    client.post("/api/v1/tickets", body).expect(201).number("/id")
}

fn say(client: &Client, ticket: i64, kind: &str, body: &str) {
    client.post(&format!("/api/v1/tickets/{ticket}/messages"), json!({"kind": kind, "body": body})).expect(201);
}

fn ask(client: &Client, person: PersonId, notes: bool) -> i64 {
    client.post(&format!("/api/v1/persons/{person}/exports"), json!({"notes": notes})).expect(202).number("/id")
}

/// Until the file is there, or it is said why not.
fn wait(client: &Client, person: PersonId, export: i64) -> Value {
    let start = Instant::now();
    loop {
        let found = client.get(&format!("/api/v1/persons/{person}/exports/{export}")).expect(200).json();
        if found["state"] != "running" {
            return found;
        }
        assert!(start.elapsed().as_secs() < 60, "never made: {found}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Asks for it, waits and takes it.
pub fn file_of(client: &Client, person: PersonId, notes: bool) -> Files {
    let export = ask(client, person, notes);
    let found = wait(client, person, export);
    assert_eq!(found["state"], "ready", "{found}");
    let bytes = client.bytes(found["href"].as_str().unwrap());
    assert_eq!(found["size"].as_u64(), Some(bytes.len() as u64));
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    names
        .into_iter()
        .map(|name| {
            let mut bytes = Vec::new();
            zip.by_name(&name).unwrap().read_to_end(&mut bytes).unwrap();
            (name, bytes)
        })
        .collect()
}

fn text(files: &Files, name: &str) -> String {
    String::from_utf8(files[name].clone()).unwrap()
}

fn tickets(files: &Files) -> Vec<Value> {
    text(files, "tickets.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Whether something stands in any file of it.
pub fn holds(files: &Files, word: &str) -> bool {
    files.values().any(|bytes| String::from_utf8_lossy(bytes).contains(word))
}

fn number(house: &House, sql: &'static str) -> i64 {
    house.db.read_wait("test", move |rd| rd.all_text::<i64>(sql, &[])).unwrap()[0]
}

testkit::both! {
    template: end_to_end::template();

    fn what_their_role_hides_is_not_in_it(db: TestDb) {
        let house = House::start(&db);
        let (ursula, ana) = (house.as_(house.cast.ursula), house.as_(house.cast.ana));
        let id = register(&ursula, "Printer", json!({}));
        let solved = json!({"state": "solved", "resolution_code": "fixed", "resolution_report": "Nightjar replaced"});
        ana.patch(&format!("/api/v1/tickets/{id}"), solved).expect(200);
        let told = tickets(&file_of(&ursula, house.cast.ursula, false));
        assert_eq!((&told[0]["category"], &told[0]["report"]), (&json!("resolved"), &json!("Nightjar replaced")));
        let uli = house.as_(house.cast.uli);
        let id = register(&uli, "Scanner", json!({}));
        crate::hidden::hiding(&house, house.cast.uli, &json!({"ticket.see": "own"}), &json!({"ticket": ["resolution_code"]}));
        ana.patch(&format!("/api/v1/tickets/{id}"), json!({"state": "solved", "resolution_code": "fixed", "resolution_report": "Nightjar again"})).expect(200);
        let files = file_of(&uli, house.cast.uli, false);
        let told = tickets(&files);
        assert!(told[0]["category"] == "resolved" && told[0].get("report").is_none(), "{}", told[0]);
        assert!(holds(&files, "Scanner") && !holds(&files, "Nightjar"));
    }

    fn everything_that_is_kept_is_in_it_and_no_note(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let (ursula, ana) = (house.as_(cast.ursula), house.as_(cast.ana));
        let id = register(&ursula, "Printer <script>alert(1)</script>", json!({}));
        say(&ana, id, "reply", "Which floor are you on?");
        say(&ana, id, "note", "Nightingale asks too much");
        say(&ursula, id, "reply", "The fourth & last");
        let upload = house.upload(cast.ursula, "../../..\\evil\u{202e}/boot.ini", b"what was added");
        let attach = json!({"upload": upload.raw(), "public": true, "description": ""});
        ursula.post(&format!("/api/v1/tickets/{id}/attachments"), attach).expect(201);
        let log = house.upload(cast.ana, "of-the-desk.log", b"nightingale");
        ana.post(&format!("/api/v1/tickets/{id}/attachments"), json!({"upload": log.raw(), "public": false, "description": ""})).expect(201);
        register(&house.as_(cast.uli), "Canary of somebody else", json!({}));

        let files = file_of(&ursula, cast.ursula, false);
        let names: Vec<&str> = files.keys().map(String::as_str).collect();
        let added = names.iter().find(|name| name.starts_with("files/")).unwrap();
        assert!(!added.contains("..\\") && !added.contains("/..") && added.matches('/').count() == 1 && added.ends_with("boot.ini"), "{added}");
        assert_eq!(files[*added], b"what was added");
        assert_eq!(names.len(), 5, "{names:?}");

        let person: Value = serde_json::from_str(&text(&files, "person.json")).unwrap();
        assert_eq!((&person[0]["name"], &person[0]["account"]["login"]), (&json!("Úrsula Gil"), &json!("ursula@ria.example")));
        assert!(person[0]["addresses"].to_string().contains("ursula@ria.example") && person[0]["organisations"].to_string().contains("Ría"));
        assert!(!person[0]["tokens"].as_array().unwrap().is_empty(), "{person}");
        assert!(!holds(&files, "hash") && !holds(&files, "$argon2"), "no secret of any kind");

        let told = tickets(&files);
        assert_eq!((told.len(), told[0]["number"].as_str().unwrap()), (1, format!("INC-{id}").as_str()));
        let said: Vec<&str> = told[0]["messages"].as_array().unwrap().iter().map(|m| m["body"].as_str().unwrap()).collect();
        assert_eq!(said.len(), 3, "{said:?}");
        assert_eq!(said[1..], ["Which floor are you on?", "The fourth & last"]);
        assert_eq!(told[0]["files"][0]["path"], **added);
        let page = text(&files, "index.html");
        assert!(page.contains("The fourth &#38; last") || page.contains("The fourth &amp; last"), "{page}");
        assert!(!page.contains("<script") && page.contains("Úrsula Gil") && page.contains(*added), "{page}");
        for word in ["Nightingale", "nightingale", "of-the-desk", "Canary"] {
            assert!(!holds(&files, word), "{word}");
        }

        let manifest: Value = serde_json::from_str(&text(&files, "manifest.json")).unwrap();
        let listed = manifest["files"].as_array().unwrap();
        assert_eq!(listed.len(), 4, "{manifest}");
        for one in listed {
            let digest: String = Sha256::digest(&files[one["name"].as_str().unwrap()]).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(one["sha256"], digest, "{one}");
        }
    }

    fn notes_are_for_who_may_read_them_and_asks_for_them(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let (ursula, ana, ada) = (house.as_(cast.ursula), house.as_(cast.ana), house.as_(cast.ada));
        let id = register(&ursula, "Printer", json!({}));
        say(&ana, id, "note", "Nightingale asks too much");
        assert!(!holds(&file_of(&ada, cast.ursula, false), "Nightingale"));
        assert!(holds(&file_of(&ada, cast.ursula, true), "Nightingale"));
        ursula.post(&format!("/api/v1/persons/{}/exports", cast.ursula), json!({"notes": true})).expect(403);
        // What an agent wrote is theirs, notes as well.
        let own = file_of(&ana, cast.ana, false);
        assert!(holds(&own, "Nightingale") && tickets(&own)[0]["roles"] == json!(["wrote"]), "{:?}", tickets(&own));
        let log = ada.get("/api/v1/audit/events?kind=person.export_taken").expect(200);
        assert_eq!(log.json()["items"].as_array().unwrap().len(), 3, "{}", log.body);
    }

    fn what_is_confidential_or_about_somebody_stays_so(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let (ursula, ana, ada) = (house.as_(cast.ursula), house.as_(cast.ana), house.as_(cast.ada));
        register(&ursula, "Printer", json!({}));
        register(&ursula, "Nightingale", json!({"confidential": true}));
        assert!(holds(&file_of(&ursula, cast.ursula, false), "Nightingale"), "her own");
        let theirs = file_of(&ada, cast.ursula, true);
        assert!(holds(&theirs, "Printer") && !holds(&theirs, "Nightingale"), "whoever asks is not named on it");

        let id = register(&ursula, "Kestrel", json!({}));
        say(&ana, id, "reply", "Whom do you mean?");
        assert!(holds(&file_of(&ana, cast.ana, false), "Kestrel"));
        house.db.write_wait("about", move |tx| {
            tx.exec_text(
                "INSERT INTO ticket_person (ticket_id, person_id, role) VALUES ($1, $2, 'about')",
                &db::params![id, cast.ana],
            )?;
            tx.exec_text("UPDATE person_export SET asked_at = 1", &[])
        }).unwrap();
        assert!(!holds(&file_of(&ana, cast.ana, false), "Kestrel"), "what complains of her");
    }

    fn it_is_for_whoever_asked_and_the_same_for_a_day(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let (ursula, ada) = (house.as_(cast.ursula), house.as_(cast.ada));
        register(&ursula, "Printer", json!({}));
        let export = ask(&ursula, cast.ursula, false);
        wait(&ursula, cast.ursula, export);
        assert_eq!(ask(&ursula, cast.ursula, false), export);
        let (line, file) = (format!("/api/v1/persons/{}/exports/{export}", cast.ursula), format!("/api/v1/persons/{}/exports/{export}/file", cast.ursula));
        for path in [&line, &file] {
            ada.get(path).expect(404);
            for who in [cast.uli, cast.ana, cast.boris, cast.carla, cast.cleo, cast.mara] {
                assert!(matches!(house.as_(who).get(path).status, 403 | 404), "{who}");
            }
            // Neither below somebody else's number.
            ursula.get(&path.replace(&format!("persons/{}/", cast.ursula), &format!("persons/{}/", cast.uli))).expect_any(&[403, 404]);
        }
        assert!(ada.get(&format!("/api/v1/persons/{}/exports", cast.ursula)).expect(200).json()["items"].as_array().unwrap().is_empty());
        let other = ask(&ada, cast.ursula, false);
        assert_ne!(other, export);
        wait(&ada, cast.ursula, other);
        // A key that may only read asks for nothing, and is given nothing.
        let reader = Client { token: Some(house.make_token(cast.ursula, &["read"])), ..house.visitor() };
        reader.get(&file).expect(403);
        reader.post(&format!("/api/v1/persons/{}/exports", cast.ursula), json!({})).expect(403);

        house.db.write_wait("age", |tx| tx.exec_text("UPDATE person_export SET asked_at = 1", &[])).unwrap();
        assert_ne!(ask(&ursula, cast.ursula, false), export);
        ursula.get(&file).expect(200);
        house.db.write_wait("over", |tx| {
            tx.exec_text("UPDATE person_export SET expires_at = 1", &[])?;
            tx.exec_text("UPDATE job SET run_at = 1 WHERE kind = 'person.export_end'", &[])
        }).unwrap();
        ursula.get(&file).expect(404);
        let start = Instant::now();
        while number(&house, "SELECT count(*) FROM person_export WHERE state = 'ready' AND file_id IS NOT NULL AND expires_at = 1") > 0 {
            assert!(start.elapsed().as_secs() < 60, "never let go");
            std::thread::sleep(Duration::from_millis(20));
        }
        assert_eq!(ursula.get(&line).expect(200).json()["state"], "expired");
    }

    fn pages_ask_for_it_and_give_it_and_erasing_takes_it_away(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let (ursula, ada, ana) = (house.visitor().signed_in("ursula@ria.example"), house.visitor().signed_in("ada@ria.example"), house.visitor().signed_in("ana@ria.example"));
        let form = || Some(Value::String(String::new()));
        assert!(ursula.get("/me").expect(200).body.contains("/me/export"));
        assert!(ursula.get("/me/export").expect(200).body.contains("No file was asked for yet"));
        assert_eq!(ursula.send("POST", "/me/export", form(), &[]).status, 303);
        assert!(ada.get(&format!("/desk/people/{}", cast.ursula)).expect(200).body.contains(&format!("/desk/people/{}/export", cast.ursula)));
        let page = format!("/desk/people/{}/export", cast.ursula);
        assert!(ada.get(&page).expect(200).body.contains("name=\"notes\""));
        assert_eq!(ada.send("POST", &page, Some(Value::String("notes=on".into())), &[]).status, 303);
        ana.get(&page).expect(403);
        ursula.get(&page).expect(404);
        let link = |client: &Client, page: &str| {
            let start = Instant::now();
            loop {
                let body = client.get(page).expect(200).body;
                if let Some((_, rest)) = body.split_once(&format!("href=\"{page}/")) {
                    return format!("{page}/{}", rest.split('"').next().unwrap());
                }
                assert!(start.elapsed().as_secs() < 60, "never offered: {body}");
                std::thread::sleep(Duration::from_millis(20));
            }
        };
        let (own, theirs) = (link(&ursula, "/me/export"), link(&ada, &page));
        let answer = ursula.get(&own).expect(200);
        assert_eq!((answer.header("content-type"), answer.header("cache-control")), (Some("application/zip"), Some("no-store")));
        ada.get(&theirs).expect(200);
        ada.get(&own).expect(404);

        ada.post(&format!("/api/v1/persons/{}/erasure", cast.ursula), json!({"reason": "Asked for it"})).expect(202);
        assert_eq!(number(&house, "SELECT count(*) FROM person_export"), 0);
        ada.get(&theirs).expect(404);
    }
}
