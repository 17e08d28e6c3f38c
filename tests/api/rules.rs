//! Rules of fields over every door: what is shown, required, limited and filled in, and by which rule.

use end_to_end::{Answer, Client, House};
use serde_json::{Value, json};

fn named(en: &str) -> Value {
    json!({"en": en, "es": format!("{en} (es)"), "ru": format!("{en} (ru)")})
}

fn field(ada: &Client, key: &str, more: &Value) {
    let mut field = json!({"type": "text", "names": named(key), "audience": "fills"});
    field.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    ada.send("PUT", &format!("/api/v1/fields/ticket/{key}"), Some(field), &[]).expect(200);
}

fn rule(ada: &Client, key: &str, name: &str, when: &Value, then: &Value) -> Answer {
    ada.send("PUT", &format!("/api/v1/rules/{key}"), Some(json!({"names": {"en": name}, "when": when, "then": then})), &[])
}

fn when(on: &str, values: &[&str]) -> Value {
    json!({"on": on, "test": "is", "values": values})
}

fn of_field(field: &str, test: &str, values: &[&str]) -> Value {
    json!({"on": "field", "field": field, "test": test, "values": values})
}

fn then(field: &str, does: &str, values: &[&str]) -> Value {
    json!({"field": field, "does": does, "values": values})
}

/// A device; of a laptop a serial number, and only grey or black; the cost centre of printing.
fn laptops(house: &House, ada: &Client) {
    let item = |key: &str| json!({"key": key, "names": named(key)});
    field(ada, "device", &json!({"type": "choice", "items": [item("laptop"), item("phone")]}));
    field(ada, "colour", &json!({"type": "choice", "items": [item("grey"), item("black"), item("red")]}));
    field(ada, "serial", &json!({}));
    field(ada, "centre", &json!({"audience": "reads"}));
    let laptop = of_field("device", "is", &["laptop"]);
    let printing = house.cast.printing.raw().to_string();
    rule(
        ada,
        "serials",
        "Laptops have a serial number",
        &json!([laptop]),
        &json!([then("serial", "show", &[]), then("serial", "require", &[])]),
    )
    .expect(200);
    rule(ada, "colours", "Laptops are grey or black", &json!([laptop]), &json!([then("colour", "limit", &["grey", "black"])])).expect(200);
    rule(ada, "centres", "Printing pays itself", &json!([when("service", &[&printing])]), &json!([then("centre", "preset", &["P-1"])]))
        .expect(200);
}

testkit::both! {
    template: end_to_end::template();

    fn a_rule_binds_whoever_registers_and_whoever_changes(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let (ada, ana, ursula) = (house.as_(cast.ada), house.as_(cast.ana), house.as_(cast.ursula));
        laptops(&house, &ada);
        let new = |fields: Value| json!({"kind": "incident", "title": "Broken", "requester": cast.ursula.raw(), "fields": fields});
        for client in [&ana, &ursula] {
            let refused = client.post("/api/v1/tickets", new(json!({"device": "laptop"}))).expect(422).body;
            assert!(refused.contains("/fields/serial") && refused.contains("Laptops have a serial number"), "{refused}");
            let refused = client.post("/api/v1/tickets", new(json!({"device": "phone", "serial": "X"}))).expect(422).body;
            assert!(refused.contains("/fields/serial") && refused.contains("Laptops have a serial number"), "{refused}");
            let refused = client.post("/api/v1/tickets", new(json!({"device": "laptop", "serial": "X", "colour": "red"}))).expect(422).body;
            assert!(refused.contains("/fields/colour") && refused.contains("Laptops are grey or black"), "{refused}");
            client.post("/api/v1/tickets", new(json!({"device": "phone", "colour": "red"}))).expect(201);
        }
        let mut made = new(json!({"device": "laptop", "serial": "X-1", "colour": "grey"}));
        made["service"] = cast.printing.raw().into();
        let made = ursula.post("/api/v1/tickets", made).expect(201).json();
        assert_eq!(made["fields"], json!({"device": "laptop", "serial": "X-1", "colour": "grey", "centre": "P-1"}), "filled by the rule, though the requester may not");
        let path = format!("/api/v1/tickets/{}", made["id"]);
        for (wrong, field) in [(json!({"serial": null}), "serial"), (json!({"colour": "red"}), "colour")] {
            assert!(ana.patch(&path, json!({"fields": wrong})).expect(422).body.contains(&format!("/fields/{field}")), "{field}");
        }
        // A service that comes later fills what nobody filled; what somebody emptied stays empty.
        let other = ana.post("/api/v1/tickets", new(json!({"device": "phone"}))).expect(201).number("/id");
        let other = format!("/api/v1/tickets/{other}");
        let after = ana.patch(&other, json!({"service": cast.printing.raw()})).expect(200).json();
        assert_eq!(after["fields"], json!({"device": "phone", "centre": "P-1"}));
        ana.patch(&other, json!({"fields": {"centre": null}})).expect(200);
        assert_eq!(ana.patch(&other, json!({"title": "Still broken"})).expect(200).json()["fields"], json!({"device": "phone"}));
        // What is required from now on is asked for with the change, and what is not there keeps its value.
        assert!(ana.patch(&other, json!({"fields": {"device": "laptop"}})).expect(422).body.contains("/fields/serial"));
        ana.patch(&other, json!({"fields": {"device": "laptop", "serial": "X-2"}})).expect(200);
        assert_eq!(ana.patch(&other, json!({"fields": {"device": "phone"}})).expect(200).json()["fields"], json!({"device": "phone", "serial": "X-2"}));
        // A call may leave it open.
        let call = json!({"kind": "incident", "title": "Call", "channel": "phone", "call_seconds": 1, "requester": cast.ursula.raw(), "service": cast.printing.raw(), "fields": {"device": "laptop"}});
        assert_eq!(ana.post("/api/v1/tickets", call).expect(201).json()["incomplete"], true);
    }

    fn a_rule_looks_at_the_step_the_role_and_the_organisation(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let (ada, ana) = (house.as_(cast.ada), house.as_(cast.ana));
        for key in ["cause", "reason", "badge"] {
            field(&ada, key, &json!({"audience": "desk"}));
        }
        rule(&ada, "held", "Say why it is held", &json!([when("enters", &["held"])]), &json!([then("reason", "require", &[])])).expect(200);
        rule(&ada, "begun", "Say the cause when work is left", &json!([when("leaves", &["held"])]), &json!([then("cause", "require", &[])])).expect(200);
        let org = cast.ria.raw().to_string();
        rule(&ada, "ria", "Ria has badges", &json!([when("organisation", &[&org])]), &json!([then("badge", "preset", &["RIA"])])).expect(200);
        rule(&ada, "agents", "Agents have badges", &json!([when("role", &["operator"]), of_field("badge", "filled", &[])]), &json!([then("cause", "preset", &["staff"])])).expect(200);
        let made = ana.post("/api/v1/tickets", json!({"kind": "incident", "title": "Printer", "requester": cast.ursula.raw()})).expect(201).json();
        assert_eq!(made["fields"], json!({"badge": "RIA"}));
        let own = ana.post("/api/v1/tickets", json!({"kind": "incident", "title": "Mine", "requester": cast.ana.raw()})).expect(201).json();
        assert_eq!(own["fields"], json!({"badge": "RIA", "cause": "staff"}), "what one rule filled lets the next one hold");
        let path = format!("/api/v1/tickets/{}", made["id"]);
        assert!(ana.patch(&path, json!({"state": "held"})).expect(422).body.contains("Say why it is held"));
        ana.patch(&path, json!({"state": "held", "fields": {"reason": "No part"}})).expect(200);
        assert!(ana.patch(&path, json!({"state": "open"})).expect(422).body.contains("/fields/cause"));
        ana.patch(&path, json!({"state": "open", "fields": {"cause": "Dust"}})).expect(200);
    }

    fn a_rule_that_makes_no_sense_is_refused_and_every_save_is_a_version(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let (ada, ana, ursula, carla) = (house.as_(cast.ada), house.as_(cast.ana), house.as_(cast.ursula), house.as_(cast.carla));
        laptops(&house, &ada);
        let show = json!([then("serial", "show", &[])]);
        for (whens, thens, code) in [
            (json!([when("kind", &["nosuch"])]), show.clone(), "rule-unknown"),
            (json!([when("role", &["nosuch"])]), show.clone(), "rule-unknown"),
            (json!([when("service", &["987654"])]), show.clone(), "rule-unknown"),
            (json!([when("kind", &[])]), show.clone(), "rule-values"),
            (json!([of_field("nosuch", "filled", &[])]), show.clone(), "rule-field"),
            (json!([of_field("device", "is", &["car"])]), show.clone(), "rule-value"),
            (json!([of_field("serial", "at_least", &["1"])]), show.clone(), "rule-test"),
            (json!([]), json!([]), "rule-then"),
            (json!([]), json!([then("device", "limit", &["car"])]), "rule-value"),
            (json!([]), json!([then("serial", "limit", &["x"])]), "rule-value"),
            (json!([of_field("serial", "filled", &[])]), json!([then("device", "preset", &["laptop"])]), "rule-circle"),
        ] {
            let refused = rule(&ada, "wrong", "Wrong", &whens, &thens).expect(422).body;
            assert!(refused.contains(code), "{code}: {refused}");
        }
        for client in [&ana, &ursula, &carla] {
            assert!(matches!(rule(client, "mine", "Mine", &json!([]), &show).status, 403 | 404));
        }
        ursula.get("/api/v1/rules").expect(403);
        let path = "/api/v1/rules/colours";
        let before = ada.get(path).expect(200).json();
        let mut changed = before["rule"].clone();
        changed["names"]["en"] = "Laptops are grey".into();
        changed["then"][0]["values"] = json!(["grey"]);
        ada.send("PUT", path, Some(changed.clone()), &[("if-match", "\"1\"")]).expect(200);
        assert!(matches!(ada.send("PUT", path, Some(changed), &[("if-match", "\"1\"")]).status, 409 | 412));
        let history = ada.get(&format!("{path}/history")).expect(200).json();
        assert_eq!(history["items"].as_array().unwrap().len(), 2);
        assert_eq!(ada.get("/api/v1/rules").expect(200).json()["items"].as_array().unwrap().len(), 3);
    }

    fn a_trial_says_what_follows_and_why(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let ada = house.as_(cast.ada);
        laptops(&house, &ada);
        let trial = |body: Value| ada.post("/api/v1/rules/serials/trial", body).expect(200).json();
        let said = trial(json!({"kind": "incident", "values": {"device": "phone"}}));
        assert_eq!((said["applying"].clone(), said["hidden"].clone()), (json!([]), json!({"serial": "serials"})));
        let said = trial(json!({"kind": "incident", "service": cast.printing.raw(), "values": {"device": "laptop"}}));
        assert_eq!(said["applying"], json!(["centres", "colours", "serials"]));
        let asked = |key: &str| said["asked"].as_array().unwrap().iter().find(|one| one["field"] == key).unwrap().clone();
        assert_eq!((asked("serial")["required"].clone(), asked("colour")["choices"].clone()), (json!(true), json!(["grey", "black"])));
        assert_eq!((asked("centre")["preset"].clone(), asked("centre")["because"][0]["name"].clone()), (json!("P-1"), json!("Printing pays itself")));
        // A rule is tried before it is saved.
        let draft = json!({"names": {"en": "Phones too"}, "when": [of_field("device", "filled", &[])], "then": [then("serial", "show", &[])]});
        let said = trial(json!({"rule": draft, "kind": "incident", "values": {"device": "phone"}}));
        assert_eq!(said["hidden"], json!({}));
        ada.post("/api/v1/rules/nosuch/trial", json!({"kind": "incident"})).expect(404);
        ada.post("/api/v1/rules/serials/trial", json!({"kind": "nosuch"})).expect(422);
    }

    fn the_pages_make_try_and_follow_a_rule(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let origin = house.base.clone();
        laptops(&house, &house.as_(cast.ada));
        let send = |client: &Client, path: &str, body: &str| client.send("POST", path, Some(Value::String(body.to_owned())), &[("origin", &origin)]);
        let ada = house.visitor().signed_in("ada@ria.example");
        assert!(ada.get("/admin/rules").expect(200).body.contains("serial must be filled"));
        let form = "key=phones&names.en=Phones+have+a+colour&place=5&when.0.on=field&when.0.field=device&when.0.test=is&when.0.values=phone&then.0.field=colour&then.0.does=require";
        let tried = send(&ada, "/admin/rules", &format!("{form}&try=1&trial.kind=incident&trial.values=device+%3D+phone")).expect(200).body;
        assert!(tried.contains("Rules that apply") && tried.contains("device is phone"), "{tried}");
        send(&ada, "/admin/rules", form).expect(303);
        assert!(send(&ada, "/admin/rules", form).expect(422).body.contains("Phones have a colour"), "the key is taken, what was typed stays");
        let page = ada.get("/admin/rules/phones").expect(200).body;
        assert!(page.contains("colour must be filled") && page.contains("Version 1"), "{page}");
        send(&ada, "/admin/rules/phones", "version=1&names.en=Phones+have+colours&active=1&then.0.field=colour&then.0.does=require").expect(303);
        send(&ada, "/admin/rules/phones/revert", "version=1").expect(303);
        assert!(ada.get("/admin/rules/phones").expect(200).body.contains("Version 3"));

        // The portal: more is asked before it is sent, and what rules take away is no wish.
        let ursula = house.visitor().signed_in("ursula@ria.example");
        let first = send(&ursula, "/new", "what=Dead&kind=incident").expect(200).body;
        assert!(first.contains("name=\"fields.device\"") && !first.contains("name=\"fields.serial\""), "{first}");
        let part = send(&ursula, "/new/fields", "what=Dead&kind=incident&asked=incident%3A&fields.device=laptop").expect(200).body;
        assert!(part.contains("name=\"fields.serial\"") && !part.contains("value=\"red\""), "{part}");
        let typed = "what=Dead&kind=incident&asked=incident%3A&fields.device=laptop&fields.colour=";
        let more = send(&ursula, "/new", typed).expect(200).body;
        assert!(more.contains("name=\"fields.serial\"") && more.contains("value=\"incident::colours,serials\""), "{more}");
        let shown = "what=Dead&kind=incident&asked=incident%3A%3Acolours%2Cserials&fields.colour=grey";
        assert!(send(&ursula, "/new", &format!("{shown}&fields.device=laptop&fields.serial=")).expect(422).body.contains("Laptops have a serial number"));
        send(&ursula, "/new", &format!("{shown}&fields.device=laptop&fields.serial=X")).expect(303);
        send(&ursula, "/new", &format!("{shown}&fields.device=phone&fields.serial=X&asked=")).expect(303);

        // The console: the same answer while typing, and a change in place asks for what it brings.
        let ana = house.visitor().signed_in("ana@ria.example");
        let service = cast.printing.raw();
        let part = send(&ana, "/desk/new/fields", &format!("kind=incident&service={service}&fields.device=laptop&fields.centre=&asked=")).expect(200).body;
        assert!(part.contains("name=\"fields.serial\"") && part.contains("value=\"P-1\""), "{part}");
        let kept = send(&ana, "/desk/new/fields", &format!("kind=incident&service={service}&fields.centre=&asked=centres")).expect(200).body;
        assert!(!kept.contains("value=\"P-1\""), "who emptied it meant it: {kept}");
        let id = house.as_(cast.ana).post("/api/v1/tickets", json!({"kind": "incident", "title": "Dead", "fields": {"device": "phone", "colour": "red"}})).expect(201).number("/id");
        let page = format!("/desk/tickets/{id}");
        assert!(!ana.get(&page).expect(200).body.contains("fields.serial"), "a field that is not there is not offered");
        let refused = send(&ana, &format!("{page}/change"), "version=1&fields.device=laptop").expect(422).body;
        assert!(refused.contains("name=\"fields.serial\"") && refused.contains("name=\"fields.device\" value=\"laptop\""), "{refused}");
        send(&ana, &format!("{page}/change"), "version=1&fields.device=laptop&fields.serial=X-9").expect(303);
    }
}
