//! Another type for a custom field: what would be lost is told before, the values follow in small writes that
//! a crash does not stop, every reader sees the new type at once, and it can be taken back.

use std::sync::Arc;
use std::time::{Duration, Instant};

use db::params;
use end_to_end::{Answer, Client, House};
use kernel::{Clock, SystemClock, SystemEntropy};
use serde_json::{Value, json};
use settings::changes::ChangeId;
use ticket::jobs::Workshop;

fn named(en: &str) -> Value {
    json!({"en": en, "es": format!("{en} (es)"), "ru": format!("{en} (ru)")})
}

fn field(ada: &Client, place: &str, more: &Value) {
    let mut field = json!({"type": "text", "names": named("Size"), "audience": "reads"});
    field.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    ada.send("PUT", &format!("/api/v1/fields/{place}"), Some(field), &[]).expect(200);
}

fn ticket(ana: &Client, title: &str, size: &str) -> i64 {
    ana.post("/api/v1/tickets", json!({"kind": "incident", "title": title, "fields": {"size": size}})).expect(201).number("/id")
}

fn size(client: &Client, id: i64) -> Value {
    client.get(&format!("/api/v1/tickets/{id}")).expect(200).json()["fields"]["size"].clone()
}

fn change(ada: &Client, place: &str, version: i64, wish: Value) -> Answer {
    ada.send("POST", &format!("/api/v1/fields/{place}/type"), Some(wish), &[("if-match", &format!("\"{version}\""))])
}

/// Until the job is done.
fn done(ada: &Client, place: &str) -> Value {
    let begun = Instant::now();
    loop {
        let now = ada.get(&format!("/api/v1/fields/{place}/type")).expect(200).json();
        if now["state"] != "running" {
            return now;
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "the change does not end: {now}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn counts(answer: &Value) -> [i64; 3] {
    ["kept", "changed", "lost"].map(|name| answer[name].as_i64().unwrap())
}

fn found(client: &Client, q: &str) -> usize {
    client.get(&format!("/api/v1/tickets?q={q}")).expect(200).json()["items"].as_array().unwrap().len()
}

fn updated(client: &Client, id: i64) -> String {
    client.get(&format!("/api/v1/tickets/{id}")).expect(200).text("/updated_at")
}

testkit::both! {
    template: end_to_end::template();

    fn what_would_be_lost_is_told_before_and_comes_back(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let (ada, ana, ursula) = (house.as_(cast.ada), house.as_(cast.ana), house.as_(cast.ursula));
        field(&ada, "ticket/size", &json!({}));
        let (twelve, comma, wide, free) = (ticket(&ana, "A", "12.00"), ticket(&ana, "B", "12,5"), ticket(&ana, "C", "very wide"), ticket(&ana, "D", "huge"));
        let wish = json!({"type": "number", "decimals": 2});
        for (who, status) in [(&ursula, 403), (&ana, 403)] {
            who.post("/api/v1/fields/ticket/size/type/preview", wish.clone()).expect(status);
            change(who, "ticket/size", 1, wish.clone()).expect(status);
            who.post("/api/v1/fields/ticket/size/type/revert", json!({})).expect(status);
        }
        ada.get("/api/v1/fields/ticket/size/type").expect(404);
        let told = ada.post("/api/v1/fields/ticket/size/type/preview", wish.clone()).expect(200).json();
        assert_eq!((counts(&told), told["version"].as_i64()), ([1, 1, 2], Some(1)));
        assert_eq!(told["changed_examples"], json!([{"id": comma, "name": "B", "before": "12,5", "after": "12.50", "why": "written"}]));
        assert_eq!(told["lost_examples"][0], json!({"id": wide, "name": "C", "before": "very wide", "after": null, "why": "no-number"}));
        assert_eq!(size(&ana, wide), "very wide", "to look changes nothing");

        ada.post("/api/v1/fields/ticket/size/type", wish.clone()).expect(412);
        change(&ada, "ticket/size", 2, wish.clone()).expect(409);
        let refused = change(&ada, "ticket/size", 1, wish.clone()).expect(422);
        assert!(refused.body.contains("/confirm") && refused.body.contains("2"), "{}", refused.body);
        change(&ada, "ticket/size", 1, json!({"type": "person"})).expect(422);
        change(&ada, "ticket/size", 1, json!({"type": "text"})).expect(422);
        let before = (found(&ana, "is:unread"), updated(&ana, comma));
        change(&ada, "ticket/size", 1, json!({"type": "number", "decimals": 2, "confirm": true})).expect(200);
        let after = done(&ada, "ticket/size");
        assert_eq!((counts(&after), after["state"].as_str(), after["revertible"].as_bool()), ([1, 1, 2], Some("done"), Some(true)));
        assert_eq!([twelve, comma, wide].map(|id| size(&ana, id)), [json!("12.00"), json!("12.50"), Value::Null]);
        assert_eq!((found(&ana, "size:%3E12"), found(&ana, "size:12..13"), found(&ana, "has:size")), (1, 2, 2));
        let told = ana.get(&format!("/api/v1/tickets/{comma}/timeline?limit=100")).expect(200).body;
        assert!(told.contains("12,5 → 12.50") && told.contains("\"cause\":\"field\""), "{told}");
        assert_eq!((found(&ana, "is:unread"), updated(&ana, comma)), before, "nothing new for anybody");

        // Somebody writes one of the lost ones anew, and clears nothing else.
        ana.patch(&format!("/api/v1/tickets/{free}"), json!({"fields": {"size": "99"}})).expect(200);
        ana.patch(&format!("/api/v1/tickets/{twelve}"), json!({"fields": {"size": "wide"}})).expect(422);
        ada.send("POST", "/api/v1/fields/ticket/size/type/revert", None, &[("if-match", "\"1\"")]).expect(409);
        ada.post("/api/v1/fields/ticket/size/type/revert", json!({})).expect(200);
        let back = done(&ada, "ticket/size");
        assert_eq!((back["overtaken"].as_i64(), back["lost"].as_i64(), back["revertible"].as_bool()), (Some(1), Some(0), Some(false)));
        assert_eq!(back["overtaken_examples"][0]["id"], free);
        assert_eq!([twelve, comma, wide, free].map(|id| size(&ana, id)), [json!("12.00"), json!("12,5"), json!("very wide"), json!("99.00")]);
        assert_eq!(ada.get("/api/v1/fields/ticket/size").expect(200).text("/field/type"), "text");
        ada.post("/api/v1/fields/ticket/size/type/revert", json!({})).expect(409);
        let log = ada.get("/api/v1/audit/events?limit=100").body;
        assert_eq!(log.matches("setting.retyped").count(), 2, "one entry for each: {log}");
    }

    fn a_change_goes_on_where_it_stopped_and_readers_see_the_new_type_at_once(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let (ada, ana) = (house.as_(cast.ada), house.as_(cast.ana));
        field(&ada, "ticket/size", &json!({}));
        let ids: Vec<i64> = (0..60).map(|n| ticket(&ana, &format!("Box {n}"), &format!("{n},5"))).collect();
        // Nobody works on it: its turn is far away.
        house.db.write_wait("hold", |tx| {
            let text = "INSERT INTO job (id, kind, payload, state, run_at, attempts, lease_until, fence, unique_key, created_at) \
                        VALUES (900001, 'field.retype', '{\"change\":1}', 'ready', 9000000000000000000, 0, 0, 0, 'field.retype:1', 0)";
            tx.exec_text(text, &params![])
        }).unwrap();
        let begun = change(&ada, "ticket/size", 1, json!({"type": "number", "decimals": 1})).expect(200).json();
        assert_eq!((begun["id"].as_i64(), begun["state"].as_str(), begun["left"].as_i64()), (Some(1), Some("running"), Some(60)));
        change(&ada, "ticket/size", 2, json!({"type": "text"})).expect(409);
        ada.post("/api/v1/fields/ticket/size/type/revert", json!({})).expect(409);
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let shop = Workshop { db: house.db.clone(), desk: Arc::clone(&house.desk.tickets), clock, entropy: Arc::new(SystemEntropy) };
        assert!(forms::job::some(&shop, ChangeId::new(1)).unwrap(), "there is more");
        let now = ada.get("/api/v1/fields/ticket/size/type").expect(200).json();
        assert_eq!((now["left"].as_i64(), now["changed"].as_i64()), (Some(10), Some(50)));
        assert_eq!((size(&ana, ids[0]), size(&ana, ids[59])), (json!("0.5"), json!("59.5")), "done or not, it is read alike");
        let listed = ana.get("/api/v1/tickets?limit=100").expect(200).body;
        assert!(listed.contains("\"size\":\"59.5\"") && !listed.contains("59,5"), "{listed}");
        ana.patch(&format!("/api/v1/tickets/{}", ids[58]), json!({"fields": {"size": "wide"}})).expect(422);
        ana.patch(&format!("/api/v1/tickets/{}", ids[58]), json!({"fields": {"size": "7"}})).expect(200);
        let new = ticket(&ana, "Later", "8");

        house.db.write_wait("go on", |tx| tx.exec_text("UPDATE job SET run_at = 0 WHERE id = 900001", &params![])).unwrap();
        let after = done(&ada, "ticket/size");
        assert_eq!(counts(&after), [0, 59, 0], "one was written since");
        assert_eq!([ids[0], ids[57], ids[58], ids[59], new].map(|id| size(&ana, id)), ["0.5", "57.5", "7.0", "59.5", "8.0"].map(|text| json!(text)));
        assert_eq!(found(&ana, "size:%3E=57"), 2);
    }

    fn missing_choices_are_added_and_rules_are_kept_from_breaking(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let (ada, ana) = (house.as_(cast.ada), house.as_(cast.ana));
        field(&ada, "ticket/size", &json!({}));
        let (small, large) = (ticket(&ana, "A", "Small"), ticket(&ana, "B", "Вы́ше, large"));
        let wish = json!({"type": "choice", "items": [{"key": "s", "names": {"en": "small"}}]});
        let told = ada.post("/api/v1/fields/ticket/size/type/preview", wish.clone()).expect(200).json();
        assert_eq!((counts(&told), told["missing"].as_i64()), ([0, 1, 1], Some(1)));
        let wish = json!({"type": "choice", "items": [{"key": "s", "names": {"en": "small"}}], "add_missing": true});
        let told = ada.post("/api/v1/fields/ticket/size/type/preview", wish.clone()).expect(200).json();
        assert_eq!(counts(&told), [1, 1, 0]);
        let rule = json!({"names": named("Sizes"), "when": [{"on": "field", "field": "size", "test": "is", "values": ["Medium"]}], "then": [{"field": "size", "does": "require"}]});
        ada.send("PUT", "/api/v1/rules/sizes", Some(rule), &[]).expect(200);
        let refused = change(&ada, "ticket/size", 1, wish.clone()).expect(422);
        assert!(refused.body.contains("Sizes"), "{}", refused.body);
        ada.send("PUT", "/api/v1/rules/sizes", Some(json!({"names": named("Sizes"), "when": [{"on": "field", "field": "size", "test": "filled", "values": []}], "then": [{"field": "size", "does": "require"}]})), &[]).expect(200);
        change(&ada, "ticket/size", 1, wish).expect(200);
        done(&ada, "ticket/size");
        let items = ada.get("/api/v1/fields/ticket/size").expect(200).json()["field"]["items"].clone();
        assert_eq!((items.as_array().unwrap().len(), items[1]["names"]["en"].as_str()), (2, Some("Вы́ше, large")));
        assert_eq!(size(&ana, small), "s");
        assert_eq!(size(&ana, large), items[1]["key"]);
        assert_eq!(found(&ana, "size:s"), 1);
    }

    fn people_have_fields_as_well_and_what_is_hidden_is_no_example(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let (ada, ana) = (house.as_(cast.ada), house.as_(cast.ana));
        field(&ada, "person/desk-no", &json!({"audience": "desk"}));
        for (who, value) in [(cast.ursula, "12"), (cast.uli, "near the door")] {
            ada.patch(&format!("/api/v1/persons/{}/fields", who.raw()), json!({"fields": {"desk-no": value}})).expect(200);
        }
        let told = ada.post("/api/v1/fields/person/desk-no/type/preview", json!({"type": "number"})).expect(200).json();
        assert_eq!((counts(&told), told["lost_examples"][0]["id"].as_i64()), ([1, 0, 1], Some(cast.uli.raw())));
        change(&ada, "person/desk-no", 1, json!({"type": "number", "confirm": true})).expect(200);
        assert_eq!(counts(&done(&ada, "person/desk-no")), [1, 0, 1]);
        let events = house.db.read_wait("events", move |rd| events::of_object(rd, "person", cast.uli.raw(), (kernel::Time(0), 0), 99)).unwrap();
        assert!(events.iter().any(|event| event.kind == "person.changed" && matches!(event.cause, events::Cause::Field { .. })));
        ada.post("/api/v1/fields/person/desk-no/type/revert", json!({})).expect(200);
        done(&ada, "person/desk-no");
        let fields = ada.get(&format!("/api/v1/persons/{}/fields", cast.uli.raw())).expect(200).body;
        assert!(fields.contains("near the door"), "{fields}");

        field(&ada, "ticket/size", &json!({}));
        let secret = ticket(&ana, "About the boss", "enormous");
        house.db.write_wait("hide", move |tx| tx.exec_text("UPDATE ticket SET confidential = 1 WHERE id = $1", &params![secret])).unwrap();
        let told = ada.post("/api/v1/fields/ticket/size/type/preview", json!({"type": "number"})).expect(200).json();
        assert_eq!((counts(&told), told["lost_examples"].as_array().unwrap().len()), ([0, 0, 1], 0), "counted, not shown");
    }

    fn the_page_looks_first_and_asks(db: TestDb) {
        let house = House::start(&db);
        let ana = house.as_(house.cast.ana);
        field(&house.as_(house.cast.ada), "ticket/size", &json!({}));
        ticket(&ana, "Wide one", "very wide");
        let origin = house.base.clone();
        let ada = house.visitor().signed_in("ada@ria.example");
        let send = |path: &str, body: &str| ada.send("POST", path, Some(Value::String(body.to_owned())), &[("origin", &origin)]);
        let page = ada.get("/admin/fields/ticket/size").expect(200).body;
        assert!(page.contains("/admin/fields/ticket/size/type"), "{page}");
        let page = ada.get("/admin/fields/ticket/size/type?type=number&decimals=2").expect(200).body;
        assert!(page.contains("1 value is lost.") && page.contains("very wide") && page.contains("Wide one") && page.contains("is no number"), "{page}");
        let refused = send("/admin/fields/ticket/size/type", "version=1&type=number&decimals=2").expect(422).body;
        assert!(refused.contains("Confirm that they may be") && refused.contains("name=\"confirm\""), "{refused}");
        ada.get("/admin/fields/ticket/size/type?type=number&decimals=x").expect(200);
        send("/admin/fields/ticket/size/type", "version=1&type=number&decimals=2&confirm=1").expect(303);
        done(&house.as_(house.cast.ada), "ticket/size");
        let page = ada.get("/admin/fields/ticket/size/type").expect(200).body;
        assert!(page.contains("Text became Number") && page.contains("very wide"), "{page}");
        send("/admin/fields/ticket/size/type/revert", "version=2").expect(303);
        done(&house.as_(house.cast.ada), "ticket/size");
        assert!(ada.get("/admin/fields/ticket/size/type").expect(200).body.contains("Taken back"));
        let ana = house.visitor().signed_in("ana@ria.example");
        ana.get("/admin/fields/ticket/size/type").expect(403);
    }
}
