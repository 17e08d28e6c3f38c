//! Long lists in pages, links that lead somewhere, lists that stay whose they are, a log that was restored.

use end_to_end::{Client, House};
use serde_json::{Value, json};

/// All items of a list, so many at a time.
fn walk(client: &Client, path: &str, limit: usize) -> Vec<Value> {
    let (mut items, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = client.get(&format!("{path}?limit={limit}{cursor}")).expect(200).json();
        let found = page["items"].as_array().unwrap().clone();
        assert!(found.len() <= limit, "{path}: {} of {limit}", found.len());
        items.extend(found);
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return items,
        }
    }
}

testkit::both! {
    template: end_to_end::template();

    fn messages_and_timeline_come_in_pages_to_the_newest(db: TestDb) {
        let house = House::start(&db);
        let (ursula, ana) = (house.as_(house.cast.ursula), house.as_(house.cast.ana));
        let id = ursula.post("/api/v1/tickets", json!({"kind": "incident", "title": "Printer", "description": "It is dead"})).expect(201).number("/id");
        let path = format!("/api/v1/tickets/{id}");
        for n in 0..9 {
            let kind = if n % 3 == 0 { "reply" } else { "note" };
            ana.post(&format!("{path}/messages"), json!({"kind": kind, "body": format!("word {n}")})).expect(201);
            ana.patch(&path, json!({"title": format!("Printer {n}"), "impact": if n % 2 == 0 { "high" } else { "low" }})).expect(200);
        }
        for (client, messages) in [(&ana, 10), (&ursula, 4)] {
            for list in ["messages", "timeline"] {
                let path = format!("{path}/{list}");
                let whole = walk(client, &path, 200);
                for limit in [1, 2, 7] {
                    assert_eq!(walk(client, &path, limit), whole, "{list} by {limit}");
                }
                let bodies: Vec<&str> = whole.iter().filter_map(|i| i.pointer("/message/body").or(i.get("body"))?.as_str()).collect();
                assert_eq!(bodies.len(), messages, "{list}");
                assert_eq!(bodies.last(), Some(&if messages == 10 { "word 8" } else { "word 6" }), "the newest is reached");
                assert!(messages == 10 || !whole.iter().any(|i| i.to_string().contains("word 1") || i.to_string().contains("impact")));
            }
        }
        ana.get(&format!("{path}/messages?cursor=junk")).expect(422);
        ana.get(&format!("{path}/timeline?cursor=junk")).expect(422);
        ana.get(&format!("{path}/timeline?limit=201")).expect(400);
    }

    fn the_link_of_a_file_leads_to_it_whatever_its_name(db: TestDb) {
        let house = House::start(&db);
        let ursula = house.as_(house.cast.ursula);
        let id = ursula.post("/api/v1/tickets", json!({"kind": "incident", "title": "Printer"})).expect(201).number("/id");
        for name in ["plain.txt", "Discount 50%;.txt", "план\\а.txt", ".."] {
            let upload = house.upload(house.cast.ursula, name, b"content");
            let file = json!({"upload": upload.raw(), "public": true, "description": ""});
            let href = ursula.post(&format!("/api/v1/tickets/{id}/attachments"), file).expect(201).text("/href");
            assert_eq!(ursula.get(&href).expect(200).body, "content", "{name}: {href}");
        }
    }

    fn a_list_stays_whose_it_is(db: TestDb) {
        let house = House::start(&db);
        let ada = house.as_(house.cast.ada);
        let list = |extra: Value| {
            let mut body = json!({"name": "Printers", "query": "is:open"});
            body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
            body
        };
        let own = ada.post("/api/v1/views", list(json!({}))).expect(201).number("/id");
        let shared = ada.post("/api/v1/views", list(json!({"everyone": true}))).expect(201).number("/id");
        let put = |id: i64, extra: Value| ada.send("PUT", &format!("/api/v1/views/{id}"), Some(list(extra)), &[]);
        for (id, extra, field) in [
            (own, json!({"everyone": true}), "/everyone"),
            (own, json!({"team": house.cast.l1.raw()}), "/team"),
            (shared, json!({"everyone": false}), "/everyone"),
        ] {
            assert_eq!(put(id, extra).expect(422).text("/errors/0/pointer"), field);
        }
        let versions = ada.get("/api/v1/views").expect(200).json();
        let untouched = versions["items"].as_array().unwrap().iter().filter(|v| v["name"] == "Printers").all(|v| v["version"] == 1);
        assert!(untouched, "what is refused changes nothing: {versions}");
        assert_eq!(put(own, json!({"everyone": false})).expect(200).text("/share"), "me");
        assert_eq!(put(shared, json!({})).expect(200).text("/share"), "everyone");
        assert_eq!(put(shared, json!({"everyone": true})).expect(200).number("/version"), 3);
    }

    fn a_stream_behind_a_restore_is_refused(db: TestDb) {
        let house = House::start(&db);
        let ana = house.as_(house.cast.ana);
        let refused = ana.send("GET", "/api/v1/events/stream", None, &[("last-event-id", "99-0-0")]).expect(409);
        assert!(refused.text("/type").ends_with("/cursor-epoch"), "{refused:?}");
    }

    fn too_much_of_something_is_told_of_that(db: TestDb) {
        let house = House::start(&db);
        let ana = house.as_(house.cast.ana);
        for field in ["watchers", "attachments"] {
            let many: Vec<i64> = (1..=51).collect();
            let refused = ana.post("/api/v1/tickets", json!({"kind": "incident", "title": "x", field: many})).expect(422);
            assert_eq!(refused.text("/errors/0/pointer"), format!("/{field}"));
        }
    }
}
