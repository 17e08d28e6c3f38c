//! The main job over the API.

use std::time::{Duration, Instant};

use end_to_end::House;
use serde_json::json;

testkit::both! {
    template: end_to_end::template();

    fn registered_worked_solved_confirmed(db: TestDb) {
        let house = House::start(&db);
        let (ursula, ana) = (house.as_(house.cast.ursula), house.as_(house.cast.ana));
        let made = ursula.post("/api/v1/tickets", json!({"kind": "incident", "title": "The printer prints blank pages", "description": "Since **today**"})).expect(201);
        let id = made.number("/id");
        assert_eq!(made.text("/number"), format!("INC-{id}"));
        assert_eq!(made.header("etag"), Some("\"1\""));
        assert!(made.json().get("priority").is_none(), "a requester reads nothing of the desk's own business");

        let path = format!("/api/v1/tickets/{id}");
        let taken = ana.patch(&path, json!({"assignee": house.cast.ana.raw()})).expect(200);
        assert_eq!((taken.text("/state"), taken.text("/priority")), ("open".into(), "medium".into()));
        ana.post(&format!("{path}/messages"), json!({"kind": "note", "body": "Probably the toner"})).expect(201);
        ana.post(&format!("{path}/messages"), json!({"kind": "reply", "body": "Which floor?", "with": {"state": "waiting"}})).expect(201);
        ursula.post(&format!("{path}/messages"), json!({"kind": "reply", "body": "The second"})).expect(201);
        assert_eq!(ana.get(&path).text("/state"), "open");

        let missing = ana.patch(&path, json!({"state": "solved"})).expect(422);
        assert_eq!(missing.header("content-type"), Some("application/problem+json"));
        assert_eq!(missing.json()["errors"].as_array().unwrap().len(), 2, "{}", missing.body);
        ana.patch(&path, json!({"state": "solved", "resolution_code": "fixed", "resolution_report": "New toner"})).expect(200);
        let seen = ursula.get(&format!("{path}/timeline")).expect(200);
        assert!(!seen.body.contains("Probably"), "the note stays inside: {}", seen.body);
        let words = ana.get(&format!("{path}/timeline")).expect(200).body;
        assert!(words.contains("Status: Open → Solved"), "{words}");
        assert_eq!(ursula.post(&format!("{path}/confirm"), json!({})).expect(200).text("/state"), "closed");
        ursula.post(&format!("{path}/confirm"), json!({})).expect(409);
    }

    fn a_filter_finds_and_a_mistake_points_at_its_place(db: TestDb) {
        let house = House::start(&db);
        let (ursula, ana) = (house.as_(house.cast.ursula), house.as_(house.cast.ana));
        for n in 0..5 {
            ursula.post("/api/v1/tickets", json!({"kind": "incident", "title": format!("Printer {n} is dead")})).expect(201);
        }
        ursula.post("/api/v1/tickets", json!({"kind": "question", "title": "How do I print on both sides?"})).expect(201);
        let found = ana.get("/api/v1/tickets?q=is:open+kind:incident+printer+team:service-desk&limit=3").expect(200).json();
        assert_eq!(found["items"].as_array().unwrap().len(), 3);
        let cursor = found["next"].as_str().unwrap();
        let rest = ana.get(&format!("/api/v1/tickets?q=is:open+kind:incident+printer+team:service-desk&limit=3&cursor={cursor}")).expect(200).json();
        assert_eq!(rest["items"].as_array().unwrap().len(), 2);
        assert!(rest.get("next").is_none());
        // The live counts hear of what others did a moment later.
        let until = Instant::now() + Duration::from_secs(20);
        while ana.get("/api/v1/tickets/count?q=is:open").number("/count") != 6 {
            assert!(Instant::now() < until, "the six are not counted");
            std::thread::sleep(Duration::from_millis(50));
        }
        let wrong = ana.get("/api/v1/tickets?q=is:open+prioritty:high").expect(422).body;
        assert!(wrong.contains("priority"), "what may have been meant is proposed: {wrong}");
        ana.get("/api/v1/tickets?q=is:open&cursor=junk").expect(422);
        ana.get("/api/v1/tickets?nonsense=1").expect(400);
    }

    fn links_people_tags_and_views(db: TestDb) {
        let house = House::start(&db);
        let (ursula, ana) = (house.as_(house.cast.ursula), house.as_(house.cast.ana));
        let register = |title: &str| ursula.post("/api/v1/tickets", json!({"kind": "incident", "title": title})).expect(201).number("/id");
        let (a, b) = (register("Core switch down"), register("No network on floor 2"));
        ana.post(&format!("/api/v1/tickets/{a}/links"), json!({"kind": "blocks", "ticket": b})).expect(204);
        assert_eq!(ana.get(&format!("/api/v1/tickets/{b}/links")).json()["items"][0]["outward"], false);
        let blocked = ana.patch(&format!("/api/v1/tickets/{b}"), json!({"state": "solved", "resolution_code": "fixed", "resolution_report": "x"})).expect(409);
        assert!(blocked.text("/type").ends_with("/blocked"), "{}", blocked.body);
        ana.delete(&format!("/api/v1/tickets/{a}/links/blocks/{b}")).expect(204);
        ana.post(&format!("/api/v1/tickets/{a}/people"), json!({"role": "watcher", "person": house.cast.uli.raw()})).expect(204);
        house.as_(house.cast.uli).get(&format!("/api/v1/tickets/{a}")).expect(200);
        ana.delete(&format!("/api/v1/tickets/{a}/people/watcher/person/{}", house.cast.uli)).expect(204);
        house.as_(house.cast.uli).get(&format!("/api/v1/tickets/{a}")).expect(404);
        assert_eq!(ana.post(&format!("/api/v1/tickets/{a}/tags"), json!({"tag": "#Core Net"})).expect(200).text("/tag"), "core-net");
        assert_eq!(ana.get("/api/v1/tickets/count?q=tag:core-net").number("/count"), 1);
        ana.delete(&format!("/api/v1/tickets/{a}/tags/core-net")).expect(204);
        let view = ana.post("/api/v1/views", json!({"name": "Network", "query": "is:open network"})).expect(201);
        ana.send("PUT", &format!("/api/v1/views/{}", view.number("/id")), Some(json!({"name": "Net", "query": "is:open"})), &[("if-match", "\"1\"")]).expect(200);
        ana.send("PUT", &format!("/api/v1/views/{}", view.number("/id")), Some(json!({"name": "Net", "query": "is:open"})), &[("if-match", "\"1\"")]).expect(409);
        ana.post("/api/v1/views", json!({"name": "Bad", "query": "prioritty:high"})).expect(422);
        ana.delete(&format!("/api/v1/views/{}", view.number("/id"))).expect(204);
    }
}
