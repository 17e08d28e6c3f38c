//! Kinds of tickets, shaped by an administrator: states, steps, and what is refused.

use end_to_end::{Client, House};
use serde_json::{Value, json};

const KIND: &str = "/api/v1/kinds/incident";

fn with_state(kind: &Value, key: &str) -> Value {
    let mut kind = kind.clone();
    let named = json!({"en": "In the lab", "es": "En el taller", "ru": "В мастерской"});
    kind["states"].as_array_mut().unwrap().push(json!({"key": key, "category": "active", "names": named, "portal": named}));
    let step = |from: &str, to: &str| json!({"from": from, "to": to, "verb": "ticket.work", "by": ["staff"]});
    kind["transitions"].as_array_mut().unwrap().extend([step("new", key), step(key, "held")]);
    kind
}

fn put(client: &Client, kind: &Value, version: &str) -> end_to_end::Answer {
    client.send("PUT", KIND, Some(kind.clone()), &[("if-match", version)])
}

testkit::both! {
    template: end_to_end::template();

    fn a_new_state_is_worked_with_and_stays_while_tickets_are_in_it(db: TestDb) {
        let house = House::start(&db);
        let (ada, ana) = (house.as_(house.cast.ada), house.as_(house.cast.ana));
        let id = ana.post("/api/v1/tickets", json!({"kind": "incident", "title": "Printer"})).expect(201).number("/id");
        let path = format!("/api/v1/tickets/{id}");
        ana.patch(&path, json!({"state": "lab"})).expect(422);
        let before = ada.get(KIND).expect(200).json()["kind"].clone();
        put(&ada, &with_state(&before, "lab"), "\"1\"").expect(200);
        assert_eq!(ana.patch(&path, json!({"state": "lab"})).expect(200).text("/category"), "active");
        assert_eq!(ana.get("/api/v1/tickets?q=state%3Alab").expect(200).number("/items/0/id"), id);
        let refused = put(&ada, &before, "\"2\"").expect(422);
        assert!(refused.body.contains("kind-state-used"), "{}", refused.body);
        ana.patch(&path, json!({"state": "held"})).expect(200);
        put(&ada, &before, "\"2\"").expect(200);
        ana.patch(&path, json!({"state": "lab"})).expect(422);
        let versions = ada.get(&format!("{KIND}/history")).expect(200).json();
        let places: Vec<&str> = versions["items"][1]["changes"].as_array().unwrap().iter().map(|c| c["place"].as_str().unwrap()).collect();
        assert!(places.contains(&"states.lab.names.ru") && places.contains(&"transitions.new → lab.verb"), "{places:?}");
    }

    fn a_graph_that_makes_no_sense_is_refused_whole(db: TestDb) {
        let house = House::start(&db);
        let (ada, ana) = (house.as_(house.cast.ada), house.as_(house.cast.ana));
        let kind = ada.get(KIND).expect(200).json()["kind"].clone();
        let without = |list: &str, key: &str, value: &str| {
            let mut kind = kind.clone();
            kind[list].as_array_mut().unwrap().retain(|one| one[key] != value);
            kind
        };
        let mut role = with_state(&kind, "lab");
        role["transitions"][0]["roles"] = json!(["nosuch"]);
        for (wrong, code) in [
            (without("transitions", "from", "held"), "kind-trap"),
            (without("transitions", "to", "vendor"), "kind-lost"),
            (without("states", "category", "closed"), "kind-category"),
            (role, "kind-role"),
            (with_state(&with_state(&kind, "lab"), "lab"), "kind-state-twice"),
        ] {
            let refused = put(&ada, &wrong, "\"1\"").expect(422);
            assert!(refused.body.contains(code), "{code}: {}", refused.body);
        }
        assert_eq!(ada.get(KIND).expect(200).number("/version"), 1);
        let stale = put(&ada, &with_state(&kind, "lab"), "\"7\"");
        assert!(matches!(stale.status, 409 | 412), "{stale:?}");
        put(&ana, &with_state(&kind, "lab"), "\"1\"").expect(403);
        ana.get(KIND).expect(403);
    }

    fn the_page_draws_and_saves_a_kind(db: TestDb) {
        let house = House::start(&db);
        let origin = house.base.clone();
        let ada = house.visitor().signed_in("ada@ria.example");
        let form = |path: &str, body: &str| ada.send("POST", path, Some(Value::String(body.to_owned())), &[("origin", &origin)]);
        assert!(ada.get("/admin/kinds").expect(200).body.contains("/admin/kinds/incident"));
        let page = ada.get("/admin/kinds/incident").expect(200).body;
        assert!(page.contains("<svg") && page.contains("marker-end") && page.contains("name=\"state.0.names.ru\""));
        let state = |n: usize, key: &str, category: &str| {
            format!("&state.{n}.key={key}&state.{n}.category={category}&state.{n}.names.en={key}&state.{n}.portal.en={key}")
        };
        let step = |n: usize, from: &str, to: &str, verb: &str| format!("&step.{n}.from={from}&step.{n}.to={to}&step.{n}.verb={verb}&step.{n}.staff=1");
        let small = [
            "version=1&names.en=Task&plural.en=Tasks&prefix=tsk&initial=todo&children=free&close_after_days=3&reopen_within_days=3".to_owned(),
            state(0, "todo", "new"), state(1, "doing", "active"), state(2, "done", "resolved"), state(3, "closed", "closed"),
            step(0, "todo", "doing", "ticket.work"), step(1, "doing", "done", "ticket.solve"), step(2, "done", "closed", "ticket.close"),
        ].concat();
        let trap = small.replace("&step.1.staff=1", "");
        let refused = form("/admin/kinds/task", &trap).expect(422);
        assert!(refused.body.contains("value=\"doing\""), "what was typed is there");
        form("/admin/kinds/task", &small).expect(303);
        form("/admin/kinds/task", &small).expect(409);
        let ana = house.as_(house.cast.ana);
        let id = ana.post("/api/v1/tickets", json!({"kind": "task", "title": "Carry it up"})).expect(201);
        assert_eq!((id.text("/state"), id.text("/number").starts_with("TSK-")), ("todo".to_owned(), true));
        form("/admin/kinds/task/revert", "version=1").expect(422);
        assert_eq!(house.as_(house.cast.ada).get("/api/v1/kinds/task").expect(200).number("/version"), 2);
    }
}
