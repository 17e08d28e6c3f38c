//! Custom fields over every door: defined by an administrator, filled over page and API, found by filters,
//! told in the timeline, and hidden from whom they do not concern.

use end_to_end::{Client, House};
use serde_json::{Value, json};

fn put(client: &Client, key: &str, field: Value) -> end_to_end::Answer {
    client.send("PUT", &format!("/api/v1/fields/ticket/{key}"), Some(field), &[])
}

fn named(en: &str) -> Value {
    json!({"en": en, "es": format!("{en} (es)"), "ru": format!("{en} (ru)")})
}

/// One field of each type for tickets.
fn every_type(ada: &Client) {
    let item = |key: &str, parent: Option<&str>| json!({"key": key, "names": named(key), "parent": parent});
    let list = json!([item("red", None), item("blue", None)]);
    let tree = json!([item("hardware", None), item("laptop", Some("hardware")), item("thin", Some("laptop"))]);
    for (key, ty, more) in [
        ("room", "text", json!({"audience": "fills"})),
        ("story", "long_text", json!({})),
        ("weight", "number", json!({"decimals": 2})),
        ("cost", "money", json!({"decimals": 2, "currency": "EUR"})),
        ("bought", "date", json!({})),
        ("meeting", "time", json!({})),
        ("colour", "choice", json!({"items": list, "audience": "reads"})),
        ("colours", "several", json!({"items": list})),
        ("device", "tree", json!({"items": tree})),
        ("boss", "person", json!({})),
        ("proof", "file", json!({})),
        ("urgent-call", "checkbox", json!({})),
        ("site", "address", json!({})),
    ] {
        let mut field = json!({"type": ty, "names": named(key)});
        field.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        assert_eq!(put(ada, key, field).expect(200).number("/version"), 1, "{key}");
    }
}

fn found(client: &Client, q: &str) -> Vec<i64> {
    let q: String = q.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect();
    let page = client.get(&format!("/api/v1/tickets?q={q}")).expect(200).json();
    page["items"].as_array().unwrap().iter().map(|t| t["id"].as_i64().unwrap()).collect()
}

testkit::both! {
    template: end_to_end::template();

    fn every_type_is_filled_found_and_told(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let (ada, ana) = (house.as_(cast.ada), house.as_(cast.ana));
        every_type(&ada);
        let id = ana.post("/api/v1/tickets", json!({"kind": "incident", "title": "Printer", "requester": cast.ursula.raw(), "fields": {"room": "21:33", "colour": "red"}})).expect(201).number("/id");
        let path = format!("/api/v1/tickets/{id}");
        let upload = house.upload(cast.ana, "proof.txt", b"content").raw();
        ana.post(&format!("{path}/attachments"), json!({"upload": upload, "public": true, "description": ""})).expect(201);
        let values = json!({
            "room": "Étage 3, 21:33", "story": "One\nTwo", "weight": "12.5", "cost": 99.9, "bought": "2026-11-22", "meeting": "2026-11-23T10:00:00Z",
            "colour": "blue", "colours": ["red", "blue"], "device": "thin", "boss": cast.ana.raw(), "proof": upload, "urgent-call": true,
            "site": "Gran Vía 1\nMadrid"
        });
        let after = ana.patch(&path, json!({"fields": values})).expect(200).json();
        assert_eq!(after["fields"], json!({
            "room": "Étage 3, 21:33", "story": "One\nTwo", "weight": "12.50", "cost": "99.90", "bought": "2026-11-22", "meeting": "2026-11-23T10:00:00Z",
            "colour": "blue", "colours": ["red", "blue"], "device": "thin", "boss": cast.ana.raw(), "proof": upload, "urgent-call": true,
            "site": "Gran Vía 1\nMadrid"
        }));
        assert_eq!(after["version"], 2, "one change for all of them");
        for q in [
            "room:etage", "room:\"21:33\"", "story:two", "weight:>12", "weight:12..13", "cost:99.9", "bought:2026-11-22", "meeting:2026-11-23",
            "colour:blue", "colours:red", "device:hardware", "device:thin", "urgent-call:yes", "site:madrid", "has:room", "-room:any OR colour:blue",
        ] {
            assert_eq!(found(&ana, q), [id], "{q}");
        }
        assert_eq!(found(&ana, &format!("boss:{}", cast.ana.raw())), [id]);
        for q in ["room:cellar", "weight:<12", "cost:>100", "bought:<2026-11-22", "colour:red", "-colours:red", "urgent-call:no", "device:none"] {
            assert!(found(&ana, q).is_empty(), "{q}");
        }
        for wrong in ["colour:pink", "weight:heavy", "colour:>red", "nosuch:x"] {
            ana.get(&format!("/api/v1/tickets?q={}", wrong.replace('>', "%3E"))).expect(422);
        }
        let told = ana.get(&format!("{path}/timeline?limit=200")).expect(200).body;
        for words in ["colour: red → blue", "boss set to Ana", "cost set to 99.90 EUR", "hardware › laptop › thin", "proof set to proof.txt"] {
            assert!(told.contains(words) || told.contains(&words.replace(" set to ", ": ")), "{words} in {told}");
        }
        // Nothing that somebody wrote stands in the log itself.
        let log = db.read_wait("log", move |rd| events::of_object_since(rd, "ticket", id, 0)).unwrap();
        let payloads = serde_json::to_string(&log.iter().map(|e| &e.payload).collect::<Vec<_>>()).unwrap();
        assert!(payloads.contains("fields.room") && !payloads.contains("21:33") && !payloads.contains("Madrid"), "{payloads}");
    }

    fn a_wrong_value_is_refused_with_its_field_and_changes_nothing(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let (ada, ana) = (house.as_(cast.ada), house.as_(cast.ana));
        every_type(&ada);
        put(&ada, "only", json!({"type": "text", "names": named("Only"), "kinds": ["request"]})).expect(200);
        let id = ana.post("/api/v1/tickets", json!({"kind": "incident", "title": "Printer"})).expect(201).number("/id");
        let path = format!("/api/v1/tickets/{id}");
        let other = house.upload(cast.ursula, "other.txt", b"content").raw();
        for (key, value) in [
            ("weight", json!("1.234")), ("bought", json!("soon")), ("meeting", json!(true)), ("colour", json!("pink")), ("colours", json!(["red", "pink"])),
            ("device", json!(["laptop", "thin"])), ("boss", json!(cast.carla.raw())), ("boss", json!(987_654_321)), ("proof", json!(other)),
            ("urgent-call", json!("perhaps")), ("only", json!("x")), ("nosuch", json!("x")), ("room", json!({"a": 1})),
        ] {
            let refused = ana.patch(&path, json!({"fields": {key: value}})).expect(422);
            assert!(refused.body.contains(&format!("\"/fields/{key}\"")), "{key}: {}", refused.body);
            ana.post("/api/v1/tickets", json!({"kind": "incident", "title": "Another", "fields": {key: value}})).expect(422);
        }
        let now = ana.get(&path).expect(200).json();
        assert_eq!((now["version"].as_i64(), now.get("fields")), (Some(1), None));
        assert_eq!(found(&ana, ""), [id], "no ticket came of a refused one");
    }

    fn the_desks_own_fields_do_not_exist_for_its_requester(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let (ada, ana, ursula, carla) = (house.as_(cast.ada), house.as_(cast.ana), house.as_(cast.ursula), house.as_(cast.carla));
        every_type(&ada);
        let id = ursula.post("/api/v1/tickets", json!({"kind": "incident", "title": "Printer", "fields": {"room": "7"}})).expect(201).number("/id");
        let path = format!("/api/v1/tickets/{id}");
        for key in ["weight", "colour"] {
            ursula.post("/api/v1/tickets", json!({"kind": "incident", "title": "Printer", "fields": {key: "1"}})).expect(422);
        }
        ana.patch(&path, json!({"fields": {"weight": "777", "colour": "red"}})).expect(200);
        assert_eq!(ursula.get(&path).expect(200).json()["fields"], json!({"room": "7", "colour": "red"}));
        assert_eq!(ursula.get("/api/v1/tickets").expect(200).json()["items"][0]["fields"], json!({"room": "7", "colour": "red"}));
        let told = ursula.get(&format!("{path}/timeline")).expect(200).body;
        assert!(told.contains("colour") && !told.contains("weight") && !told.contains("777"), "{told}");
        // On PostgreSQL the feed ends before what is still running somewhere.
        let mut feed = String::new();
        for _ in 0..100 {
            feed = ursula.get("/api/v1/events").expect(200).body;
            if feed.contains("fields.colour") {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        assert!(feed.contains("fields.colour") && !feed.contains("fields.weight"), "{feed}");
        assert_eq!(found(&ursula, "colour:red room:7"), [id]);
        let hidden = ursula.get("/api/v1/tickets?q=weight%3A777").expect(422).body.replace("weight", "nosuch");
        let missing = ursula.get("/api/v1/tickets?q=nosuch%3A777").expect(422).body;
        let plain = |body: &str| body.split(",\"request_id\"").next().unwrap().to_owned();
        assert_eq!(plain(&hidden), plain(&missing), "as if it were not there");
        let listed = ursula.get("/api/v1/fields").expect(200).json();
        let keys: Vec<&str> = listed["items"].as_array().unwrap().iter().map(|f| f["key"].as_str().unwrap()).collect();
        assert_eq!(keys, ["colour", "room"]);
        assert_eq!(ana.get("/api/v1/fields").expect(200).json()["items"].as_array().unwrap().len(), 13);
        for client in [&ana, &ursula, &carla] {
            client.send("PUT", "/api/v1/fields/ticket/mine", Some(json!({"type": "text", "names": named("Mine")})), &[]).expect(403);
        }
    }

    fn a_definition_is_checked_and_has_versions(db: TestDb) {
        let house = House::start(&db);
        let (ada, ana) = (house.as_(house.cast.ada), house.as_(house.cast.ana));
        let item = |key: &str, parent: Option<&str>| json!({"key": key, "names": {"en": key}, "parent": parent});
        for (key, field, wrong) in [
            ("Big", json!({"type": "text", "names": {"en": "x"}}), "key"),
            ("x_text", json!({"type": "text", "names": {"en": "x"}}), "key"),
            ("a", json!({"type": "text", "names": {"es": "x"}}), "names"),
            ("a", json!({"type": "colour", "names": {"en": "x"}}), "type"),
            ("a", json!({"type": "choice", "names": {"en": "x"}}), "items"),
            ("a", json!({"type": "text", "names": {"en": "x"}, "items": [item("b", None)]}), "items"),
            ("a", json!({"type": "tree", "names": {"en": "x"}, "items": [item("b", Some("c")), item("c", Some("b"))]}), "items"),
            ("a", json!({"type": "choice", "names": {"en": "x"}, "items": [item("b", None), item("b", None)]}), "items"),
            ("a", json!({"type": "money", "names": {"en": "x"}, "currency": "euro"}), "currency"),
            ("a", json!({"type": "text", "names": {"en": "x"}, "kinds": ["nosuch"]}), "kinds"),
        ] {
            let refused = put(&ada, key, field).expect(422);
            assert!(refused.body.contains(&format!("\"/{wrong}\"")), "{wrong}: {}", refused.body);
        }
        let colour = |items: Value| json!({"type": "choice", "names": named("Colour"), "items": items});
        put(&ada, "colour", colour(json!([item("red", None), item("blue", None)]))).expect(200);
        let id = ana.post("/api/v1/tickets", json!({"kind": "incident", "title": "Printer", "fields": {"colour": "red"}})).expect(201).number("/id");
        put(&ada, "colour", colour(json!([item("blue", None)]))).expect(422);
        put(&ada, "colour", colour(json!([item("red", None)]))).expect(200);
        put(&ada, "colour", json!({"type": "text", "names": named("Colour")})).expect(422);
        let stale = ada.send("PUT", "/api/v1/fields/ticket/colour", Some(colour(json!([item("red", None)]))), &[("if-match", "\"1\"")]);
        assert!(matches!(stale.status, 409 | 412), "{stale:?}");
        let versions = ada.get("/api/v1/fields/ticket/colour/history").expect(200).json();
        assert_eq!(versions["items"][0]["changes"][0], json!({"place": "items.blue.key", "before": "blue", "after": ""}));
        assert_eq!(ana.get(&format!("/api/v1/tickets/{id}")).expect(200).json()["fields"], json!({"colour": "red"}));
    }

    fn the_pages_make_show_and_change_a_field(db: TestDb) {
        let house = House::start(&db);
        let origin = house.base.clone();
        let ada = house.visitor().signed_in("ada@ria.example");
        let ana = house.visitor().signed_in("ana@ria.example");
        let form = |client: &Client, path: &str, body: &str| client.send("POST", path, Some(Value::String(body.to_owned())), &[("origin", &origin)]);
        assert!(ada.get("/admin/fields").expect(200).body.contains("/admin/fields/new"));
        assert!(ada.get("/admin/fields/new").expect(200).body.contains("type=choice"));
        ada.get("/admin/fields/new?type=choice").expect(200);
        let sent = "type=choice&key=colour&object=ticket&tenant=0&names.en=Colour&names.ru=%D0%A6%D0%B2%D0%B5%D1%82&audience=desk&item.0.key=red&item.0.en=Red&item.1.key=blue&item.1.en=Blue";
        let more = form(&ada, "/admin/fields", &format!("{sent}&more=1")).expect(200);
        assert!(more.body.contains("item.21.key") && more.body.contains("value=\"blue\""), "more lines, and what was typed");
        let refused = form(&ada, "/admin/fields", &sent.replace("names.en=Colour", "names.en=")).expect(422);
        assert!(refused.body.contains("value=\"red\""), "what was typed is there");
        form(&ada, "/admin/fields", sent).expect(303);
        form(&ada, "/admin/fields", sent).expect(422);
        assert!(ada.get("/admin/fields/ticket/colour").expect(200).body.contains("value=\"Цвет\""));
        let id = house.as_(house.cast.ana).post("/api/v1/tickets", json!({"kind": "incident", "title": "Printer"})).expect(201).number("/id");
        let page = format!("/desk/tickets/{id}");
        assert!(ana.get(&page).expect(200).body.contains("id=\"fact-fields.colour\""));
        form(&ana, &format!("{page}/change"), "version=1&fields.colour=blue").expect(303);
        assert!(ana.get(&page).expect(200).body.contains("Blue"));
        let clash = form(&ana, &format!("{page}/change"), "version=1&fields.colour=red").expect(409);
        assert!(clash.body.contains("Colour") && clash.body.contains("Blue"), "{}", clash.body);
        let wrong = form(&ana, &format!("{page}/change"), "version=2&fields.colour=pink").expect(422);
        assert!(wrong.body.contains("pink"));
        let listed = ana.get("/desk/tickets?q=colour%3Ablue&c=number,title,fields.colour").expect(200).body;
        assert!(listed.contains("<th scope=\"col\">Colour") && listed.contains("Blue"), "{listed}");
        let new = ana.get("/desk/new?kind=incident").expect(200).body;
        assert!(new.contains("name=\"fields.colour\""));
        let changed = "version=1&type=choice&names.en=Hue&audience=desk&active=1&item.0.key=red&item.0.en=Red&item.1.key=blue&item.1.en=Azure";
        form(&ada, "/admin/fields/ticket/colour", changed).expect(303);
        assert!(ana.get(&page).expect(200).body.contains("Azure"));
        form(&ada, "/admin/fields/ticket/colour", changed).expect(409);
        form(&ada, "/admin/fields/ticket/colour/revert", "version=1").expect(303);
        assert!(ana.get(&page).expect(200).body.contains("Blue"));
        form(&ana, "/admin/fields", sent).expect(403);
        ana.get("/admin/fields/ticket/colour").expect(403);
    }

    fn what_must_be_filled_binds_every_door(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let origin = house.base.clone();
        let (ada, ana, ursula) = (house.as_(cast.ada), house.as_(cast.ana), house.as_(cast.ursula));
        let room = json!({"type": "text", "names": named("Room"), "audience": "fills", "required": true, "kinds": ["incident"]});
        put(&ada, "room", room).expect(200);
        put(&ada, "cause", json!({"type": "text", "names": named("Cause"), "kinds": ["incident"]})).expect(200);
        let ticket = json!({"kind": "incident", "title": "Printer", "requester": cast.ursula.raw()});
        for client in [&ana, &ursula] {
            assert!(client.post("/api/v1/tickets", ticket.clone()).expect(422).body.contains("/fields/room"));
        }
        ana.post("/api/v1/tickets", json!({"kind": "request", "title": "A chair"})).expect(201);
        let call = json!({"kind": "incident", "title": "By phone", "channel": "phone", "call_seconds": 60, "requester": cast.ursula.raw(), "service": cast.printing.raw()});
        let called = ana.post("/api/v1/tickets", call).expect(201).json();
        assert_eq!(called["incomplete"], true, "a call may leave it open");
        let path = format!("/api/v1/tickets/{}", called["id"]);
        assert_eq!(ana.patch(&path, json!({"fields": {"room": "7"}})).expect(200).json()["incomplete"], false);
        ana.patch(&path, json!({"fields": {"room": null}})).expect(422);

        // The portal shows the fields of what was chosen before it sends.
        let page = house.visitor().signed_in("ursula@ria.example");
        let form = |body: &str| page.send("POST", "/new", Some(Value::String(body.to_owned())), &[("origin", &origin)]);
        let asked = form("what=It+is+dead&kind=incident").expect(200).body;
        assert!(asked.contains("name=\"fields.room\"") && asked.contains("It is dead"), "{asked}");
        form("what=It+is+dead&kind=incident&asked=incident%3A&fields.room=").expect(422);
        let sent = form("what=It+is+dead&kind=incident&asked=incident%3A&fields.room=Cellar+3").expect(303);
        let request = sent.header("location").unwrap().split('?').next().unwrap().to_owned();
        assert!(page.get(&request).expect(200).body.contains("Cellar 3"));
        form("what=A+chair&kind=request").expect(303);

        // A state asks for fields when it is entered, and when it is left.
        let kind = "/api/v1/kinds/incident";
        let mut def = ada.get(kind).expect(200).json()["kind"].clone();
        for state in def["states"].as_array_mut().unwrap() {
            match state["key"].as_str().unwrap() {
                "held" => state["fields"] = json!(["cause"]),
                "new" => state["leaving"] = json!(["room"]),
                _ => {}
            }
        }
        ada.send("PUT", kind, Some(def.clone()), &[]).expect(200);
        let refused = ana.patch(&path, json!({"state": "held"})).expect(422);
        assert!(refused.body.contains("/fields/cause") && refused.body.contains("Cause: fill this in"), "{}", refused.body);
        assert_eq!(ana.patch(&path, json!({"state": "held", "fields": {"cause": "No part"}})).expect(200).text("/state"), "held");
        let bare = ana.post("/api/v1/tickets", json!({"kind": "incident", "title": "Again", "channel": "phone", "call_seconds": 1})).expect(201).number("/id");
        let bare = format!("/api/v1/tickets/{bare}");
        assert!(ana.patch(&bare, json!({"state": "waiting"})).expect(422).body.contains("/fields/room"));
        ana.patch(&bare, json!({"state": "waiting", "fields": {"room": "9"}})).expect(200);
        def["states"][0]["fields"] = json!(["nosuch"]);
        assert!(ada.send("PUT", kind, Some(def), &[]).expect(422).body.contains("kind-field"));
    }

    fn three_hundred_fields_do_not_slow_a_ticket(db: TestDb) {
        let house = House::start(&db);
        let origin = house.base.clone();
        let ana = house.visitor().signed_in("ana@ria.example");
        let api = house.as_(house.cast.ana);
        let id = api.post("/api/v1/tickets", json!({"kind": "incident", "title": "Printer"})).expect(201).number("/id");
        let page = format!("/desk/tickets/{id}");
        let (before, list) = (ana.get(&page).expect(200).body.len(), ana.get("/desk/tickets?q=").expect(200).body.len());
        let entropy: std::sync::Arc<dyn kernel::Entropy> = std::sync::Arc::new(kernel::SystemEntropy);
        let act = events::Act::system(kernel::Time::from_seconds(1_800_000_000), events::Cause::Page, entropy);
        db.write_wait("fields", move |tx| {
            for n in 0..300 {
                let def = json!({"object": "ticket", "key": format!("field-{n}"), "type": "text", "names": {"en": format!("Field {n}")}, "audience": "desk", "active": true});
                settings::put(tx, &act, 0, settings::field::FIELD, &format!("ticket.field-{n}"), 0, &def)?;
            }
            Ok(())
        }).unwrap();
        let many = ana.get(&page).expect(200).body;
        assert!(many.len() < before + 2_000, "the page grew from {before} to {} bytes", many.len());
        assert!(many.contains(&format!("{page}/fields")));
        let form = ana.get(&format!("{page}/fields")).expect(200).body;
        assert_eq!(form.matches("name=\"fields.field-").count(), 300);
        let send = |body: &str| ana.send("POST", &format!("{page}/fields"), Some(Value::String(body.to_owned())), &[("origin", &origin)]);
        send("version=1&was=%7B%7D&fields.field-7=seven&fields.field-8=").expect(303);
        assert!(ana.get(&page).expect(200).body.contains("seven"));
        // Somebody changed another field meanwhile: what was not touched is no wish.
        send("version=1&was=%7B%7D&fields.field-7=&fields.field-9=nine").expect(303);
        send("version=1&was=%7B%7D&fields.field-7=eight").expect(409);
        assert_eq!(api.get(&format!("/api/v1/tickets/{id}")).expect(200).json()["fields"], json!({"field-7": "seven", "field-9": "nine"}));
        assert_eq!(found(&api, "field-7:seven"), [id]);
        let all = ana.get("/desk/tickets?q=").expect(200).body.len();
        assert!(all < list + 12_000, "the list grew from {list} to {all} bytes by the menu of columns");
        let began = std::time::Instant::now();
        for _ in 0..20 {
            api.get(&format!("/api/v1/tickets/{id}")).expect(200);
        }
        assert!(began.elapsed() < std::time::Duration::from_secs(10), "{:?}", began.elapsed());
    }

    fn people_organisations_and_services_have_fields(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let origin = house.base.clone();
        let (ada, ursula, cleo) = (house.as_(cast.ada), house.as_(cast.ursula), house.as_(cast.cleo));
        let session = house.visitor().signed_in("ada@ria.example");
        for (object, list, page, id) in [
            ("person", "persons", "/desk/people", cast.ursula.raw()),
            ("organisation", "organisations", "/desk/orgs", cast.ria.raw()),
            ("service", "services", "/admin/services", cast.printing.raw()),
        ] {
            let def = |ty: &str| json!({"type": ty, "names": named("Desk card")});
            ada.send("PUT", &format!("/api/v1/fields/{object}/card"), Some(def("text")), &[]).expect(200);
            ada.send("PUT", &format!("/api/v1/fields/{object}/boss"), Some(def("person")), &[]).expect(200);
            ada.send("PUT", &format!("/api/v1/fields/{object}/proof"), Some(def("file")), &[]).expect(422);
            let path = format!("/api/v1/{list}/{id}/fields");
            let set = json!({"fields": {"card": "K-77", "boss": cast.ana.raw()}});
            assert_eq!(ada.patch(&path, set.clone()).expect(200).json(), set, "{object}");
            assert_eq!(ada.get(&path).expect(200).json(), set);
            for wrong in [json!({"boss": cast.carla.raw() + 900_000}), json!({"nosuch": 1}), json!({"card": {"a": 1}})] {
                ada.patch(&path, json!({"fields": wrong})).expect(422);
            }
            cleo.get(&path).expect(404);
            cleo.patch(&path, set.clone()).expect(404);
            assert!(matches!(ursula.patch(&path, set.clone()).status, 403 | 404), "{object}");
            assert!(!ursula.get(&path).body.contains("K-77"), "{object}: it is the desk's own");
            let shown = session.get(&format!("{page}/{id}")).expect(200).body;
            assert!(shown.contains("K-77") && shown.contains("Desk card"), "{object}");
            let form = session.get(&format!("{page}/{id}/fields")).expect(200).body;
            assert!(form.contains("name=\"fields.card\"") && form.contains("value=\"K-77\""), "{form}");
            let send = |body: &str| session.send("POST", &format!("{page}/{id}/fields"), Some(Value::String(body.to_owned())), &[("origin", &origin)]);
            send("was=%7B%22card%22%3A%22K-77%22%7D&fields.card=K-78").expect(303);
            send("was=%7B%22card%22%3A%22K-77%22%7D&fields.card=K-79").expect(409);
            assert_eq!(ada.get(&path).expect(200).text("/fields/card"), "K-78");
        }
        let log = db.read_wait("log", move |rd| events::of_object_since(rd, "person", cast.ursula.raw(), 0)).unwrap();
        let told = serde_json::to_string(&log.iter().map(|e| &e.payload).collect::<Vec<_>>()).unwrap();
        assert!(told.contains("fields.card") && !told.contains("K-77"), "{told}");
    }
}
