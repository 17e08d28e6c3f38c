//! The event feed: nothing is skipped, nothing leaks.

use std::collections::BTreeSet;

use end_to_end::House;
use serde_json::json;

testkit::both! {
    template: end_to_end::template();

    fn a_reader_that_polls_while_many_write_misses_nothing(db: TestDb) {
        let house = House::start(&db);
        let ana = house.as_(house.cast.ana);
        let writers: Vec<_> = (0..8)
            .map(|w| {
                let ursula = house.as_(house.cast.ursula);
                std::thread::spawn(move || {
                    (0..25).map(|n| ursula.post("/api/v1/tickets", json!({"kind": "incident", "title": format!("{w}-{n}")})).expect(201).number("/id")).collect::<Vec<_>>()
                })
            })
            .collect();
        let mut seen = BTreeSet::new();
        let mut cursor = String::new();
        let mut done = false;
        let mut writers = Some(writers);
        let mut written = BTreeSet::new();
        let mut quiet = 0;
        while quiet < 20 {
            let page = ana.get(&format!("/api/v1/events?limit=50{}", if cursor.is_empty() { String::new() } else { format!("&cursor={cursor}") })).expect(200).json();
            let items = page["items"].as_array().unwrap();
            for item in items.iter().filter(|i| i["kind"] == "ticket.created") {
                assert!(seen.insert(item["ticket"].as_i64().unwrap()), "an event came twice");
            }
            cursor = page["next"].as_str().unwrap().to_owned();
            if !done && writers.as_ref().is_some_and(|w| w.iter().all(std::thread::JoinHandle::is_finished)) {
                for writer in writers.take().unwrap() {
                    written.extend(writer.join().unwrap());
                }
                done = true;
            }
            if done && items.is_empty() {
                quiet += 1;
                if seen.len() >= written.len() {
                    break;
                }
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
        }
        assert_eq!(written.len(), 200);
        assert_eq!(seen, written);
        let carla = house.as_(house.cast.carla).get("/api/v1/events?limit=200").expect(200).json();
        assert_eq!(carla["items"].as_array().unwrap().len(), 0, "nothing of another tenant");
        house.visitor().get("/api/v1/events").expect(401);
        ana.get("/api/v1/events?cursor=junk").expect(422);
        ana.get("/api/v1/events?cursor=99-0-0").expect(409);
    }
}
