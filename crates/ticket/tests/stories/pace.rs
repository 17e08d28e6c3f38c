//! How long it usually takes is measured from what was, and from enough of it.

use kernel::{TicketId, Time};
use ticket::actions::change::{Base, Patch, change};
use ticket::actions::post::{Post, post};
use ticket::pace::{self, Expected};
use ticket::{MessageKind, store};

use crate::cast::{NOW, World, world};

/// Asked at the beginning, answered and solved after so many minutes.
fn worked(world: &World, minutes: i64, service: bool) -> TicketId {
    let (id, printing) = (world.incident("Printer").id, world.printing);
    world
        .at(minutes, world.ana, move |tx, frame| {
            post(tx, frame, id, &Post::new(MessageKind::Note, "not for the requester"))?;
            post(tx, frame, id, &Post::new(MessageKind::Reply, "We look"))
        })
        .unwrap();
    let patch = Patch {
        state: Some("solved".into()),
        resolution_code: Some(Some("fixed".into())),
        resolution_report: Some("Done".into()),
        service: service.then_some(Some(printing)),
        ..Patch::default()
    };
    world.at(2 * minutes, world.ana, move |tx, frame| change(tx, frame, id, Base::Latest, &patch)).unwrap();
    id
}

fn expected(world: &World, id: TicketId) -> Expected {
    pace::measure(&world.db, NOW.plus(Time::DAY)).unwrap();
    world
        .db
        .read_wait("expected", move |rd| {
            let ticket = store::ticket::by_id(rd, id)?;
            pace::expected(rd, &ticket)
        })
        .unwrap()
}

testkit::both! {
    template: testkit::Template::of(&crate::cast::migrations());

    fn fewer_than_twenty_say_nothing_and_the_service_says_it_better(db: TestDb) {
        let world = world(&db);
        let asked = world.incident("Mine");
        for n in 1..=19 {
            worked(&world, n, false);
        }
        assert_eq!(expected(&world, asked.id), Expected::default());
        for n in 20..=40 {
            worked(&world, n, n > 20);
        }
        let found = expected(&world, asked.id);
        let answer = found.answer.unwrap();
        assert_eq!((answer.measured, answer.low, answer.half, answer.high), (40, 4 * Time::MINUTE, 20 * Time::MINUTE, 36 * Time::MINUTE));
        assert_eq!(found.solution.unwrap().half, 40 * Time::MINUTE);
        let (id, printing) = (asked.id, world.printing);
        let patch = Patch { service: Some(Some(printing)), ..Patch::default() };
        world.at(50, world.ana, move |tx, frame| change(tx, frame, id, Base::Latest, &patch)).unwrap();
        let own = expected(&world, id).answer.unwrap();
        assert_eq!((own.measured, own.half), (20, 30 * Time::MINUTE), "by the tickets of the service alone");
        let request = world.registered(world.ursula, "request", "A chair").id;
        assert_eq!(expected(&world, request), Expected::default(), "another kind says nothing of it");
    }

    fn confidential_tickets_tell_nothing(db: TestDb) {
        let world = world(&db);
        let asked = world.incident("Mine").id;
        let ids: Vec<TicketId> = (1..=25).map(|n| worked(&world, n, false)).collect();
        assert!(expected(&world, asked).answer.is_some());
        for id in ids {
            world.tamper("UPDATE ticket SET confidential = 1 WHERE id = $1", id.raw());
        }
        assert_eq!(expected(&world, asked), Expected::default());
    }
}
