//! Parents, children and blockers: the rules of closing, also when two act at once.

use std::sync::{Arc, Barrier};

use kernel::TicketId;
use ticket::LinkKind;
use ticket::actions::change::{Base, Patch, change};
use ticket::actions::link::link;

use crate::cast::{World, world};

fn finish(world: &World, id: TicketId, state: &str) -> kernel::Result<ticket::Ticket> {
    let patch = Patch {
        state: Some(state.into()),
        resolution_code: Some(Some("delivered".into())),
        resolution_report: Some("Done".into()),
        ..Patch::default()
    };
    world.at(1, world.ana, move |tx, frame| change(tx, frame, id, Base::Latest, &patch))
}

fn adopt(world: &World, child: TicketId, parent: TicketId) -> kernel::Result<ticket::Ticket> {
    world.at(1, world.ana, move |tx, frame| {
        change(tx, frame, child, Base::Latest, &Patch { parent: Some(Some(parent)), ..Patch::default() })
    })
}

testkit::both! {
    template: testkit::Template::of(&crate::cast::migrations());

    fn a_request_waits_for_its_tasks(db: TestDb) {
        let world = world(&db);
        let parent = world.registered(world.ursula, "request", "A desk for the new colleague").id;
        let child = world.registered(world.ana, "task", "Order a chair").id;
        adopt(&world, child, parent).unwrap();
        assert_eq!(finish(&world, parent, "fulfilled").unwrap_err().code(), "error-children-open");
        finish(&world, child, "done").unwrap();
        finish(&world, parent, "fulfilled").unwrap();
        let circle = adopt(&world, parent, child).unwrap_err();
        assert_eq!(circle.fields()[0].code, "error-parent-circle");
    }

    fn a_blocked_ticket_waits_for_its_blocker(db: TestDb) {
        let world = world(&db);
        let blocker = world.incident("Core switch down").id;
        let blocked = world.incident("No network on floor 2").id;
        world.at(1, world.ana, move |tx, frame| link(tx, frame, blocker, LinkKind::Blocks, blocked)).unwrap();
        assert_eq!(finish(&world, blocked, "solved").unwrap_err().code(), "error-blocked");
        finish(&world, blocker, "solved").unwrap();
        finish(&world, blocked, "solved").unwrap();
    }

    fn a_parent_never_ends_with_a_child_that_was_opened_at_the_same_moment(db: TestDb) {
        let world = world(&db);
        for round in 0..12 {
            let parent = world.registered(world.ursula, "request", "A desk for the new colleague").id;
            let child = world.registered(world.ana, "task", "Order a chair").id;
            let gate = Arc::new(Barrier::new(2));
            let (a, b) = (world.clone(), world.clone());
            let (gate_a, gate_b) = (Arc::clone(&gate), Arc::clone(&gate));
            let ends = std::thread::spawn(move || { gate_a.wait(); finish(&a, parent, "fulfilled") });
            let adopts = std::thread::spawn(move || { gate_b.wait(); adopt(&b, child, parent) });
            let (ended, adopted) = (ends.join().unwrap(), adopts.join().unwrap());
            let parent_now = world.now(parent);
            let child_now = world.now(child);
            // Adopting an open child into an ended parent is allowed by order; ending with an open
            // child is not: whoever came second must have seen the first.
            if child_now.parent == Some(parent) && !parent_now.is_open() {
                let order = (parent_now.resolved_at, child_now.updated_at);
                assert!(ended.is_ok() && adopted.is_ok(), "round {round}: {order:?}");
                let log = world.db.read_wait("log", move |rd| events::of_object_since(rd, "ticket", child.raw(), 0)).unwrap();
                let parents = world.db.read_wait("log", move |rd| events::of_object_since(rd, "ticket", parent.raw(), 0)).unwrap();
                let (adoption, end) = (log.last().unwrap().seq, parents.last().unwrap().seq);
                assert!(adoption > end, "round {round}: the child was there when the parent ended");
            }
        }
    }
}
