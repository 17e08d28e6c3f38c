//! What one question or one ticket may cost, and what a reader is told of states.

use access::Object;
use kernel::Time;
use party::store::{membership, person};
use party::{NewMembership, PersonData};
use search::{Ask, Kind, Of, similar};
use ticket::actions::change::Patch;
use ticket::actions::confirm::reopen;

use crate::rig::{NOW, asking, world};

/// Words that are nothing, joined by a sign.
fn words(count: usize, between: &str) -> String {
    (0..count)
        .map(|n| format!("qwertz{}", char::from(b'a' + u8::try_from(n % 26).unwrap())).repeat(1 + n / 26))
        .collect::<Vec<_>>()
        .join(between)
}

testkit::both! {
    template: testkit::Template::of(&crate::rig::migrations());

    fn a_question_has_so_many_words(db: TestDb) {
        let world = world(&db);
        world.ticket(world.ursula, "Qwertzx", "something");
        world.caught_up();
        let error = world.ask(world.ursula, asking(&words(60, "|"))).unwrap_err();
        assert_eq!((error.fields()[0].field.as_ref(), error.fields()[0].code), ("q", "error-search-many-words"));
        assert!(world.ask(world.ursula, asking(&words(24, " "))).is_ok());
        for typed in [words(60, "|"), format!("({}", words(60, " "))] {
            assert!(world.ask(world.ursula, Ask { prefix: true, ..asking(&typed) }).is_ok(), "while it is typed the first words count");
        }
        assert_eq!(world.ask(world.ursula, asking("qwertzy qwerttzx")).unwrap().hits.len(), 1, "a few words are forgiven");
        assert!(world.ask(world.ursula, asking(&words(20, "|"))).unwrap().corrected.is_none(), "many are looked for as they stand");
    }

    fn searches_leave_readers_to_others(db: TestDb) {
        let world = world(&db);
        let search = world.search.clone();
        testkit::block_on(async move {
            let (first, second) = (search.turn().await.unwrap(), search.turn().await.unwrap());
            let error = search.turn().await.unwrap_err();
            assert_eq!(error.kind(), kernel::ErrorKind::Busy);
            drop(first);
            assert!(search.turn().await.is_ok());
            drop(second);
        });
    }

    fn a_very_long_conversation_is_found_by_all_that_counts(db: TestDb) {
        let world = world(&db);
        let ticket = world.ticket(world.ursula, "Monitoring", "first words zirkonium");
        let (id, ria) = (ticket.raw(), world.ria.raw());
        let flood = move |tx: &mut db::Tx<'_>| {
            let (message, body, place) = (
                "INSERT INTO message (id, tenant_id, kind, public, from_requester, lang, channel, occurred_at, created_at) VALUES ($1, $2, 'reply', $3, 0, 'en', 'web', 1, 1)",
                "INSERT INTO message_body (message_id, body, salt) VALUES ($1, $2, $3)",
                "INSERT INTO placement (ticket_id, message_id) VALUES ($1, $2)",
            );
            for n in 0..2_400_i64 {
                let key = 1_000_000 + n;
                let text = format!("alarm number{n} {}", if n == 100 { "vanadium" } else if n == 900 { "palladium" } else if n == 2_399 { "rhodium" } else { "still there" });
                tx.exec_text(message, &db::params![key, ria, i64::from(n % 7 != 0)])?;
                tx.exec_text(body, &db::params![key, text, &b"salt"[..]])?;
                tx.exec_text(place, &db::params![id, key])?;
            }
            Ok(())
        };
        world.db.write_wait("flood", flood).unwrap();
        // Its event has the ticket read.
        world.post(world.ana, ticket, "Over now", true);
        world.caught_up();
        for word in ["rhodium", "palladium", "zirkonium", "number2399 number500", "monitoring"] {
            assert_eq!(world.tickets(world.ana, word), [ticket], "{word}");
        }
        assert!(world.tickets(world.ana, "vanadium").is_empty(), "older than what counts");
        assert!(world.tickets(world.ana, "monitoring -palladium").is_empty(), "to leave out, all of it is read");
        assert_eq!(world.tickets(world.ursula, "number899"), [ticket]);
        assert!(world.tickets(world.ursula, "number903").is_empty(), "a note of the desk, also deep in the conversation");
        let search = world.search.clone();
        assert!(world.read(world.ana, move |rd, frame| similar(&search, rd, frame, &Of::Ticket(ticket), 5)).is_ok());
    }

    fn who_may_not_know_the_state_learns_it_nowhere(db: TestDb) {
        let world = world(&db);
        let open = world.ticket(world.ursula, "Monitor flickers", "The screen of the monitor flickers since the update");
        let solved = world.ticket(world.ursula, "Monitor flickers a lot", "The screen of the monitor flickers");
        let report = Some("Replaced the lanthanum cable".to_owned());
        let patch = Patch { state: Some("solved".into()), resolution_code: Some(Some("fixed".into())), resolution_report: report, ..Patch::default() };
        world.patch(world.ana, solved, patch);
        world.caught_up();
        assert_eq!(world.tickets(world.ana, "lanthanum"), [solved]);
        let alike = |of: Of| {
            let search = world.search.clone();
            let found = world.read(world.ana, move |rd, frame| similar(&search, rd, frame, &of, 5)).unwrap();
            found.into_iter().map(|s| (s.ticket.id, s.resolution.is_some())).collect::<Vec<_>>()
        };
        let draft = || Of::Draft { title: "Monitor flickers".into(), text: "The screen flickers since the update".into() };
        assert_eq!(alike(draft()), [(solved, true), (open, false)]);
        world.hide(world.ana, Object::Ticket, "state");
        assert_eq!(alike(draft()), [(open, false), (solved, false)], "by likeness alone");
        assert!(world.tickets(world.ana, "lanthanum").is_empty(), "a report tells that it was solved");
        let counted = world.ask(world.ana, Ask { counts: true, ..asking("monitor") }).unwrap().counts.unwrap();
        assert!(counted.facets.iter().all(|(field, _)| *field != "category"));
    }

    fn a_withdrawn_report_is_not_read(db: TestDb) {
        let world = world(&db);
        let ticket = world.ticket(world.ursula, "Badge reader", "red light");
        let report = Some("Exchanged the strontium battery".to_owned());
        let patch = Patch { state: Some("solved".into()), resolution_code: Some(Some("fixed".into())), resolution_report: report, ..Patch::default() };
        world.patch(world.ana, ticket, patch);
        world.caught_up();
        assert_eq!(world.tickets(world.ursula, "strontium"), [ticket]);
        world.at(2, world.ursula, move |tx, frame| reopen(tx, frame, ticket, "Red again")).unwrap();
        world.caught_up();
        assert!(world.tickets(world.ursula, "strontium").is_empty());
    }

    fn a_party_is_found_by_what_it_has_now(db: TestDb) {
        let world = world(&db);
        assert_eq!(world.ids(world.ana, "600123456", Kind::Person), [world.ursula.raw()]);
        let mut world = world;
        world.restart();
        // Nobody follows: the index still has what is taken away.
        world.db.write_wait("erase", |tx| tx.exec_text("DELETE FROM person_address", &[])).unwrap();
        for gone in ["600123456", "ursula.garcia@ria.example", "\"ria example\""] {
            assert!(world.ids(world.ana, gone, Kind::Person).is_empty(), "{gone}");
        }
        assert_eq!(world.ids(world.ana, "garcia", Kind::Person), [world.ursula.raw()]);
    }

    fn what_is_left_out_while_typing_is_no_more_than_that(db: TestDb) {
        let world = world(&db);
        let apart = world.ticket(world.ursula, "Beamer apart", "the blue one, and later a basket");
        let together = world.ticket(world.ursula, "Beamer together", "a blue basket");
        world.caught_up();
        let typed = |text: &str| {
            let found = world.ask(world.ana, Ask { prefix: true, ..asking(text) }).unwrap();
            found.hits.into_iter().map(|hit| hit.id).collect::<Vec<_>>()
        };
        assert_eq!(typed("beamer blue-bas"), [together.raw()]);
        assert_eq!(typed("beamer -blue-bas"), [apart.raw()]);
    }

    fn people_are_counted_as_they_are_there(db: TestDb) {
        let world = world(&db);
        let count = |who| {
            let found = world.ask(who, Ask { counts: true, ..asking("waldner") }).unwrap();
            (found.hits.len(), found.counts.map(|counts| counts.kinds.into_iter().find(|(kind, _)| *kind == Kind::Person).and_then(|(_, n)| n)))
        };
        let (ria, soon) = (world.ria, NOW.plus(-Time::MINUTE));
        let insert = move |tx: &mut db::Tx<'_>| {
            let mut all = Vec::new();
            for n in 0..3 {
                let id = person::insert(tx, ria, &PersonData::named(format!("Waldner {n}")), NOW)?;
                let membership = NewMembership { to_at: if n == 0 { soon } else { NewMembership::main(ria, Time(0)).to_at }, ..NewMembership::main(ria, Time(0)) };
                membership::put(tx, id, &membership, NOW)?;
                all.push(id);
            }
            Ok(all)
        };
        let all = world.db.write_wait("waldner", insert).unwrap();
        world.until("they are found", || world.ids(world.ana, "waldner", Kind::Person).len() == 3);
        world.caught_up();
        assert_eq!(count(world.ana), (3, Some(Some(3))));
        assert_eq!(count(world.ursula), (2, Some(Some(2))), "one of them is no colleague any more");
        let last = all[2];
        // Without an event and without a row that tells: its document stays for a while.
        let remove = move |tx: &mut db::Tx<'_>| {
            tx.exec_text("DELETE FROM membership WHERE person_id = $1", &db::params![last])?;
            tx.exec_text("DELETE FROM person WHERE id = $1", &db::params![last])
        };
        world.db.write_wait("remove", remove).unwrap();
        assert_eq!((count(world.ana), count(world.ursula)), ((2, Some(Some(2))), (1, Some(Some(1)))));
    }

    fn a_bad_cursor_is_refused(db: TestDb) {
        let world = world(&db);
        world.ticket(world.ursula, "Cursor", "cursor");
        world.caught_up();
        let ask = |id: i64| {
            let cursor = serde_json::json!({"tier": "as_typed", "after": {"title": "", "id": id}});
            let cursor = kernel::Page::<()>::cursor_of(&cursor);
            world.ask(world.ursula, Ask { cursor: Some(cursor), ..asking("cursor sort:title") })
        };
        assert_eq!(ask(i64::MIN).unwrap_err().fields()[0].field, "cursor");
        assert_eq!(ask(0).unwrap().hits.len(), 1);
    }
}
