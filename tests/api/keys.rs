//! Request keys and versions.

use end_to_end::House;
use serde_json::json;

testkit::both! {
    template: end_to_end::template();

    fn the_same_key_has_one_effect_also_at_the_same_time(db: TestDb) {
        let house = House::start(&db);
        let ursula = house.as_(house.cast.ursula);
        let body = json!({"kind": "incident", "title": "Once"});
        let together: Vec<_> = (0..8)
            .map(|_| {
                let (ursula, body) = (ursula.clone(), body.clone());
                std::thread::spawn(move || ursula.send("POST", "/api/v1/tickets", Some(body), &[("idempotency-key", "k-1")]))
            })
            .collect();
        let ids: Vec<i64> = together.into_iter().map(|t| t.join().unwrap().expect(201).number("/id")).collect();
        assert!(ids.windows(2).all(|w| w[0] == w[1]), "{ids:?}");
        assert_eq!(ursula.get("/api/v1/tickets/count").number("/count"), 1);
        let other = json!({"kind": "incident", "title": "Twice"});
        ursula.send("POST", "/api/v1/tickets", Some(other.clone()), &[("idempotency-key", "k-1")]).expect(422);
        let uli = house.as_(house.cast.uli);
        uli.send("POST", "/api/v1/tickets", Some(other), &[("idempotency-key", "k-1")]).expect(201);
        let wrong = json!({"kind": "nonsense", "title": "x"});
        ursula.send("POST", "/api/v1/tickets", Some(wrong.clone()), &[("idempotency-key", "k-2")]).expect(422);
        ursula.send("POST", "/api/v1/tickets", Some(body), &[("idempotency-key", "k-2")]).expect(201);
    }

    fn if_match_refuses_a_change_of_another_version(db: TestDb) {
        let house = House::start(&db);
        let ana = house.as_(house.cast.ana);
        let id = ana.post("/api/v1/tickets", json!({"kind": "incident", "title": "Versions"})).expect(201).number("/id");
        let path = format!("/api/v1/tickets/{id}");
        let change = |title: &str, tag: &str| ana.send("PATCH", &path, Some(json!({"title": title})), &[("if-match", tag)]);
        assert_eq!(change("Two", "\"1\"").expect(200).header("etag"), Some("\"2\""));
        let stale = change("Three", "\"1\"").expect(412);
        assert!(stale.body.contains("Ana Núñez"), "who changed it is named: {}", stale.body);
        change("Three", "\"2\"").expect(200);
        change("Four", "junk").expect(412);
        let unknown = ana.patch(&path, json!({"title": "x", "tenant_id": 2, "is_admin": true}));
        assert_eq!(unknown.status, 422, "{}", unknown.body);
    }
}
