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

    fn a_copy_of_the_desk_hears_what_goes_to_the_trash_comes_back_and_goes_for_good(db: TestDb) {
        let house = House::start(&db);
        let (ana, ada) = (house.as_(house.cast.ana), house.as_(house.cast.ada));
        let ticket = |body: serde_json::Value| ana.post("/api/v1/tickets", body).expect(201).number("/id");
        let plain = ticket(json!({"kind": "incident", "title": "The lamp hums"}));
        let sealed = ticket(json!({"kind": "incident", "title": "The door was forced", "confidential": true}));
        let heard = |who: kernel::PersonId, about: i64| -> Vec<String> {
            let page = house.as_(who).get("/api/v1/events?limit=200").expect(200).json();
            let of = page["items"].as_array().unwrap().iter().filter(|item| item["ticket"] == about);
            of.map(|item| item["kind"].as_str().unwrap().to_owned()).collect()
        };
        // The feed ends before the oldest transaction that runs, also one of another test.
        let hears = |who: kernel::PersonId, about: i64, what: &[&str]| {
            let until = std::time::Instant::now() + std::time::Duration::from_secs(30);
            while heard(who, about) != what && std::time::Instant::now() < until {
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
            assert_eq!(heard(who, about), what);
        };
        let mara = house.as_(house.cast.mara);
        mara.post(&format!("/api/v1/tickets/{plain}/trash"), json!({})).expect(204);
        // Nothing else is told while it is there; who asked is not told at all, nor is anybody of another tenant.
        hears(house.cast.ana, plain, &["ticket.trashed"]);
        hears(house.cast.mara, plain, &["ticket.trashed"]);
        for stranger in [house.cast.ursula, house.cast.cleo, house.cast.boris] {
            assert_eq!(heard(stranger, plain), [""; 0]);
        }
        mara.post(&format!("/api/v1/trash/{plain}/restore"), json!({})).expect(200);
        hears(house.cast.ana, plain, &["ticket.created", "ticket.trashed", "ticket.restored"]);
        mara.post(&format!("/api/v1/tickets/{plain}/trash"), json!({})).expect(204);
        ada.delete(&format!("/api/v1/trash/{plain}")).expect(204);
        hears(house.cast.ana, plain, &["ticket.purged"]);
        hears(house.cast.ada, plain, &["ticket.purged"]);
        for stranger in [house.cast.ursula, house.cast.cleo, house.cast.boris] {
            assert_eq!(heard(stranger, plain), [""; 0]);
        }
        // What only those see who are named on it is not told of when it is gone.
        let ria = house.cast.ria;
        let purge = move |tx: &mut db::Tx<'_>| {
            let act = events::Act::system(end_to_end::THEN, events::Cause::Page, std::sync::Arc::new(kernel::SystemEntropy));
            ticket::store::purge::remove(tx, &act, ria, kernel::TicketId::new(sealed), "trash")
        };
        db.write_wait("purge", purge).unwrap();
        assert_eq!(heard(house.cast.ada, sealed), [""; 0]);
    }
}
