//! The whole desk through somebody else's eyes, and the trash over the whole desk.

use end_to_end::House;
use serde_json::{Value, json};

testkit::both! {
    template: end_to_end::template();

    fn every_page_says_whose_eyes_these_are_and_every_door_refuses_a_change(db: TestDb) {
        let house = House::start(&db);
        let ursula = house.as_(house.cast.ursula);
        let id = ursula.post("/api/v1/tickets", json!({"kind": "incident", "title": "Printer", "description": "It is dead"})).expect(201).number("/id");
        let ada = house.visitor().signed_in("ada@ria.example");
        let begin = |person: kernel::PersonId| ada.post("/api/v1/seeing", json!({"person": person.raw(), "reason": "She misses a queue"}));
        begin(house.cast.ana).expect(201);
        let before = house.events();
        for path in ["/desk/tickets?v=unassigned", "/desk/drafts", "/desk/people"] {
            let page = ada.get(path).expect(200);
            assert!(page.body.contains("id=\"seeing\"") && page.body.contains("Seeing as"), "{path}: {}", page.body);
        }
        assert!(ada.get(&format!("/desk/tickets/{id}")).expect(200).body.contains("id=\"seeing\""));
        let form = || Some(Value::String("version=1&priority=4".to_owned()));
        assert_eq!(ada.send("POST", &format!("/desk/tickets/{id}/change"), form(), &[]).status, 403);
        assert_eq!(ada.send("PATCH", &format!("/api/v1/tickets/{id}"), Some(json!({"title": "Else"})), &[]).status, 403);
        assert_eq!(ada.send("PUT", "/api/v1/drafts/ticket-1", Some(json!({"body": "x", "key": "k"})), &[]).status, 403);
        let refused = ada.post(&format!("/api/v1/tickets/{id}/messages"), json!({"kind": "note", "body": "x"})).expect(403);
        assert!(refused.body.contains("can change nothing"), "{}", refused.body);
        assert_eq!(house.events(), before);
        ada.send("DELETE", "/api/v1/seeing", None, &[]).expect(204);
        begin(house.cast.ursula).expect(201);
        let page = ada.get(&format!("/requests/{id}")).expect(200);
        assert!(page.body.contains("id=\"seeing\""), "{}", page.body);
        assert_eq!(ada.send("POST", "/seeing/end", Some(Value::String(String::new())), &[]).status, 303);
        let log = ada.get("/api/v1/audit/events?kind=account.seeing_began").expect(200);
        assert!(log.body.contains("She misses a queue"), "{}", log.body);
    }

    fn what_is_in_the_trash_is_as_if_it_had_never_been(db: TestDb) {
        let house = House::start(&db);
        let (ursula, ana, mara) = (house.as_(house.cast.ursula), house.as_(house.cast.ana), house.as_(house.cast.mara));
        let new = |title: &str| ursula.post("/api/v1/tickets", json!({"kind": "incident", "title": title, "description": "zanzibar"})).expect(201).number("/id");
        let (id, other) = (new("Printer"), new("Scanner"));
        ana.post(&format!("/api/v1/tickets/{id}/links"), json!({"kind": "relates", "ticket": other})).expect(204);
        house.indexed();
        ana.post(&format!("/api/v1/tickets/{id}/trash"), json!({})).expect(403);
        mara.post(&format!("/api/v1/tickets/{id}/trash"), json!({})).expect(204);
        house.indexed();
        for who in [&ursula, &ana, &mara] {
            assert_eq!(who.get(&format!("/api/v1/tickets/{id}")).status, 404);
            assert_eq!(who.get("/api/v1/tickets/count").expect(200).number("/count"), 1);
            assert_eq!(who.get("/api/v1/search?q=zanzibar").expect(200).json()["items"].as_array().unwrap().len(), 1);
        }
        let links = ana.get(&format!("/api/v1/tickets/{other}/links")).expect(200);
        assert_eq!(links.json()["items"], json!([]));
        let trash = mara.get("/api/v1/trash").expect(200);
        assert_eq!((trash.number("/items/0/id"), trash.number("/days")), (id, 30));
        assert_eq!(ana.get("/api/v1/trash").expect(200).json()["items"], json!([]));
        mara.post(&format!("/api/v1/trash/{id}/restore"), json!({})).expect(200);
        assert_eq!(ursula.get(&format!("/api/v1/tickets/{id}")).expect(200).text("/title"), "Printer");
        mara.post(&format!("/api/v1/tickets/{id}/trash"), json!({})).expect(204);
        mara.send("DELETE", &format!("/api/v1/trash/{id}"), None, &[]).expect(403);
        let ada = house.as_(house.cast.ada);
        ada.send("DELETE", &format!("/api/v1/trash/{id}"), None, &[]).expect(204);
        mara.post(&format!("/api/v1/trash/{id}/restore"), json!({})).expect(404);
        ana.send("PUT", "/api/v1/trash", Some(json!({"days": 3})), &[]).expect(403);
        assert_eq!(ada.send("PUT", "/api/v1/trash", Some(json!({"days": 3})), &[]).expect(200).number("/days"), 3);
    }
}
