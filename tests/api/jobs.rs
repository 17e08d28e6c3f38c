//! Jobs of the desk that were given up: seen and tried again by whoever keeps the installation, and by
//! nobody else.

use std::time::{Duration, Instant};

use db::{Db, params};
use end_to_end::House;
use serde_json::json;

/// A job that was given up. It does nothing to speak of, once it is tried again.
fn given_up(db: &Db, id: i64) {
    db.write_wait("test", move |tx| {
        let text = "INSERT INTO job (id, kind, payload, state, run_at, attempts, lease_until, fence, unique_key, last_error, created_at) \
                    VALUES ($1, 'ticket.tidy', 'null', 'dead', 0, 5, 0, 5, NULL, 'nobody answers', 0)";
        tx.exec_text(text, &params![id])
    })
    .unwrap();
}

testkit::both! {
    template: end_to_end::template();

    fn what_was_given_up_is_seen_and_tried_again_by_administrators(db: TestDb) {
        let house = House::start(&db);
        for id in [900_001, 900_002] {
            given_up(&db, id);
        }
        let ada = house.as_(house.cast.ada);
        let first = ada.get("/api/v1/jobs?state=dead&limit=1").expect(200);
        assert_eq!((first.number("/items/0/id"), first.text("/items/0/last_error")), (900_002, "nobody answers".to_owned()));
        let second = ada.get(&format!("/api/v1/jobs?state=dead&cursor={}", first.text("/next"))).expect(200);
        assert_eq!((second.number("/items/0/id"), second.json()["items"].as_array().unwrap().len()), (900_001, 1));
        ada.get("/api/v1/jobs").expect(200);
        ada.get("/api/v1/jobs?state=undead").expect(422);
        ada.get("/api/v1/jobs?nonsense=1").expect(400);

        let again = |key: &'static str| ada.send("POST", "/api/v1/jobs/900001/retry", Some(json!({})), &[("idempotency-key", key)]);
        let answer = again("a").expect(200);
        assert_eq!((answer.text("/state"), answer.number("/attempts")), ("ready".to_owned(), 0));
        assert_eq!(again("a").expect(200).body, answer.body, "pressed twice, tried once");
        again("b").expect(404);
        let begun = Instant::now();
        while ada.get("/api/v1/jobs").expect(200).body.contains("900001") {
            assert!(begun.elapsed() < Duration::from_secs(20), "a worker does it");
            std::thread::sleep(Duration::from_millis(20));
        }
        let told = db.read_wait("test", |rd| events::of_object(rd, "job", 900_001, (kernel::Time(0), 0), 9)).unwrap();
        assert_eq!(told.iter().map(|e| (e.kind.as_str(), e.by)).collect::<Vec<_>>(), [("job.retried", events::By::Person(house.cast.ada.raw()))]);
    }

    fn to_everybody_else_a_job_is_nothing(db: TestDb) {
        let house = House::start(&db);
        given_up(&db, 900_001);
        for who in [house.cast.ursula, house.cast.ana, house.cast.mara, house.cast.cleo] {
            let client = house.as_(who);
            client.get("/api/v1/jobs?state=dead").expect(403);
            let there = client.post("/api/v1/jobs/900001/retry", json!({})).expect(403);
            let missing = client.post("/api/v1/jobs/900009/retry", json!({})).expect(403);
            assert_eq!(there.json()["type"], missing.json()["type"]);
        }
        assert!(house.as_(house.cast.ada).get("/api/v1/jobs?state=dead").expect(200).body.contains("900001"));
    }
}
