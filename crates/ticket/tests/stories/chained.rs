//! Reasons that people gave are part of the audit chain: whoever rewrites one is found out.

use std::sync::Arc;

use events::chain::{Chain, Depth, Fault, Text, Texts, verify};
use kernel::Time;
use ticket::actions::change::{Base, Patch, Why, change};
use ticket::actions::post::{Post, post};
use ticket::actions::reveal::reveal;
use ticket::actions::unseal::unseal;
use ticket::chain::{TEXT, TicketTexts};
use ticket::{Desk, HandoverReason, MessageKind};

use crate::cast::{NOW, World, world as cast};

/// The cast at a desk that keeps what it masks.
fn world(db: &db::Db) -> World {
    let mut world = cast(db);
    world.desk = Arc::new(Desk::sealed_by(&[7; 32]).unwrap());
    world
}

/// What the chain finds, after everything has its link.
fn fault(world: &World) -> Option<Fault> {
    let texts: Arc<dyn Texts> = Arc::new(TicketTexts);
    let chain = Chain::new(Arc::clone(&texts));
    let begun = std::time::Instant::now();
    loop {
        while chain.advance(&world.db, NOW.plus(Time::DAY)).unwrap() > 0 {}
        // On the shared server other tests may hold the feed back for a moment.
        if world.number("SELECT count(*) FROM event e LEFT JOIN chain c ON c.seq = e.seq WHERE c.seq IS NULL") == 0 {
            return verify(&world.db, &texts, &[], Depth::All, |_| {}).unwrap().bad.map(|bad| bad.fault);
        }
        assert!(begun.elapsed().as_secs() < 20);
    }
}

/// Rewrites the reason, as nobody can through the desk.
fn is_found(world: &World) {
    assert_eq!(fault(world), None);
    let id = world.number("SELECT id FROM text_body WHERE body = 'Because I say so'");
    let text = "UPDATE text_body SET body = 'Because he asked' WHERE body = 'Because I say so'";
    world.db.write_wait("tamper", move |tx| tx.exec_text(text, &[])).unwrap();
    assert_eq!(fault(world), Some(Fault::Text(Text { kind: TEXT, id })));
}

testkit::both! {
    template: testkit::Template::of(&crate::cast::migrations());

    fn of_a_hand_over(db: TestDb) {
        let world = world(&db);
        let id = world.incident("The printer is dead").id;
        let why = Why { reason: HandoverReason::Other, words: "Because I say so".into() };
        let patch = Patch { assignee: Some(Some(world.boris)), handover: Some(why), ..Patch::default() };
        world.at(1, world.ana, move |tx, frame| change(tx, frame, id, Base::Latest, &patch)).unwrap();
        is_found(&world);
    }

    fn of_breaking_the_glass(db: TestDb) {
        let world = world(&db);
        let id = world.registered(world.ursula, "complaint", "He shouts").id;
        world.grant(world.boris, "administrator", world.ria);
        world.at(1, world.boris, move |tx, frame| unseal(tx, frame, id, "Because I say so")).unwrap();
        is_found(&world);
    }

    fn of_reading_a_secret(db: TestDb) {
        let world = world(&db);
        world.grant(world.ana, "manager", world.ria);
        let id = world.incident("The card is refused").id;
        world.at(1, world.ursula, move |tx, frame| post(tx, frame, id, &Post::new(MessageKind::Reply, "4111 1111 1111 1111"))).unwrap();
        world.at(2, world.ana, move |tx, frame| reveal(tx, frame, id, 1, "Because I say so")).unwrap();
        is_found(&world);
    }
}
