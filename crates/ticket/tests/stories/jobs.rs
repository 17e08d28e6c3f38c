//! What the desk does by itself: children follow their parent, what was solved closes, what is old goes.

use std::sync::Arc;
use std::time::{Duration, Instant};

use events::{Cause, Handlers, Runner};
use kernel::{Clock, MockClock, TicketId, Time};
use ticket::LinkKind;
use ticket::actions::change::{Base, Patch, change};
use ticket::actions::link::link;
use ticket::jobs::{self, Workshop};

use crate::cast::{NOW, World, world};

/// Runs the jobs that are due at a moment until none is left, those that follow from them as well.
pub fn work(world: &World, at: Time) {
    let clock = MockClock::at(at);
    let clock: Arc<dyn Clock> = Arc::new(clock);
    let (desk, entropy) = (Arc::clone(&world.desk), Arc::clone(&world.entropy));
    let shop = Workshop { db: world.db.clone(), desk, clock: Arc::clone(&clock), entropy };
    let handlers = jobs::handlers(Handlers::default(), &shop);
    let mut runner = Runner::start(world.db.clone(), clock, Vec::new(), handlers, 1).unwrap();
    let begun = Instant::now();
    let waiting = move |rd: &mut db::Rd<'_>| {
        rd.all_text::<i64>("SELECT COUNT(*) FROM job WHERE state = 'running' OR (state = 'ready' AND run_at <= $1)", &db::params![at])
    };
    while world.db.read_wait("waiting", waiting).unwrap()[0] > 0 {
        assert!(begun.elapsed() < Duration::from_secs(30), "the jobs do not end");
        std::thread::sleep(Duration::from_millis(5));
    }
    runner.stop();
}

fn go(world: &World, id: TicketId, state: &str) -> ticket::Ticket {
    let resolved = state == "solved";
    let patch = Patch {
        state: Some(state.into()),
        resolution_code: resolved.then(|| Some("fixed".into())),
        resolution_report: resolved.then(|| "The switch was replaced".into()),
        ..Patch::default()
    };
    world.at(1, world.ana, move |tx, frame| change(tx, frame, id, Base::Latest, &patch)).unwrap()
}

fn child(world: &World, parent: TicketId, kind: &str, title: &str) -> TicketId {
    let id = world.registered(world.ana, kind, title).id;
    adopt(world, id, parent);
    id
}

fn adopt(world: &World, child: TicketId, parent: TicketId) {
    let patch = Patch { parent: Some(Some(parent)), ..Patch::default() };
    world.at(1, world.ana, move |tx, frame| change(tx, frame, child, Base::Latest, &patch)).unwrap();
}

fn blocks(world: &World, blocker: TicketId, blocked: TicketId) {
    world.at(1, world.ana, move |tx, frame| link(tx, frame, blocker, LinkKind::Blocks, blocked)).unwrap();
}

testkit::both! {
    template: testkit::Template::of(&crate::cast::migrations());

    fn children_follow_their_parent_unless_something_keeps_them(db: TestDb) {
        let world = world(&db);
        let parent = world.incident("Core switch down").id;
        let incident = child(&world, parent, "incident", "No network on floor 2");
        let below = child(&world, incident, "incident", "The printer of floor 2 is gone");
        let deepest = child(&world, below, "incident", "The labels of floor 2 are gone");
        let request = child(&world, parent, "request", "A cable for floor 3");
        let task = child(&world, request, "task", "Order a cable");
        let blocked = child(&world, parent, "incident", "No network on floor 4");
        let elsewhere = world.incident("No power on floor 4").id;
        blocks(&world, elsewhere, blocked);
        let later = child(&world, parent, "incident", "No phones on floor 5");
        let sooner = child(&world, parent, "incident", "No network on floor 5");
        blocks(&world, sooner, later);
        go(&world, parent, "solved");
        assert!(world.now(incident).is_open(), "children follow in writes of their own");

        work(&world, NOW.plus(2 * Time::MINUTE));
        for id in [incident, below, deepest, sooner, later] {
            let t = world.now(id);
            assert_eq!((t.state.as_str(), t.resolution_code.as_deref()), ("solved", Some("fixed")), "{}", t.title);
            assert!(t.resolution_text.is_some(), "{} has the report of its parent", t.title);
        }
        assert!(world.now(request).is_open(), "a request waits for its tasks, whatever solved its parent");
        assert!(world.now(task).is_open());
        assert!(world.now(blocked).is_open(), "what is blocked stays open");
        assert_eq!(world.number("SELECT COUNT(*) FROM job"), 0, "and no job waits for it");
        let log = world.db.read_wait("log", move |rd| events::of_object_since(rd, "ticket", below.raw(), 0)).unwrap();
        assert_eq!(log.last().unwrap().cause, Cause::Ticket { id: incident.raw() });
    }

    fn a_parent_solved_again_takes_along_who_came_meanwhile(db: TestDb) {
        let world = world(&db);
        let parent = world.incident("Core switch down").id;
        let first = child(&world, parent, "incident", "No network on floor 2");
        go(&world, parent, "solved");
        world.tamper("UPDATE job SET state = 'dead' WHERE id > $1", 0);
        go(&world, parent, "open");
        let second = child(&world, parent, "incident", "No network on floor 3");
        go(&world, parent, "solved");
        work(&world, NOW.plus(2 * Time::MINUTE));
        for id in [first, second] {
            assert!(!world.now(id).is_open(), "a job that was put aside does not stand in for the new one");
        }
    }

    fn one_child_that_fails_keeps_no_other_from_following(db: TestDb) {
        let world = world(&db);
        let parent = world.incident("Core switch down").id;
        let broken = child(&world, parent, "incident", "A ticket of a kind that is gone");
        let whole = child(&world, parent, "incident", "No network on floor 2");
        world.tamper("UPDATE ticket SET kind = 'gone' WHERE id = $1", broken.raw());
        go(&world, parent, "solved");
        work(&world, NOW.plus(2 * Time::MINUTE));
        assert!(!world.now(whole).is_open());
        assert!(world.now(broken).is_open());
        assert_eq!(world.number("SELECT COUNT(*) FROM job WHERE state = 'ready' AND attempts = 1"), 1, "the job tries the other one again");
    }

    fn one_ticket_that_fails_keeps_no_other_from_closing(db: TestDb) {
        let world = world(&db);
        // More than are read at a time, all due before the last one.
        let broken: Vec<TicketId> = (0..55).map(|n| world.incident(&format!("A ticket of a kind that is gone {n}")).id).collect();
        let whole = world.incident("The printer is dead").id;
        for id in broken.iter().chain([&whole]) {
            go(&world, *id, "solved");
        }
        for id in &broken {
            world.tamper("UPDATE ticket SET kind = 'gone', close_due_at = close_due_at - 1 WHERE id = $1", id.raw());
        }
        let late = NOW.plus(8 * Time::DAY);
        world.db.write_wait("schedule", move |tx| jobs::schedule(tx, late)).unwrap();
        work(&world, late);
        assert_eq!(world.now(whole).state, "closed");
        assert_eq!(world.number("SELECT COUNT(*) FROM job WHERE kind = 'ticket.close_due' AND state = 'ready' AND attempts = 0"), 1, "the next turn");
    }

    fn what_comes_again_comes_once_however_often_the_desk_starts(db: TestDb) {
        let world = world(&db);
        for start in 0..4 {
            let at = NOW.plus(start * 3 * Time::MINUTE);
            world.db.write_wait("schedule", move |tx| jobs::schedule(tx, at)).unwrap();
            work(&world, at);
        }
        for kind in ["SELECT COUNT(*) FROM job WHERE kind = 'ticket.close_due'", "SELECT COUNT(*) FROM job WHERE kind = 'ticket.tidy'"] {
            let series = world.number(kind);
            assert!((1..=2).contains(&series), "{series} of: {kind}");
        }
    }

    fn all_that_is_old_is_forgotten_at_once(db: TestDb) {
        let world = world(&db);
        let (ria, ursula) = (world.ria, world.ursula);
        world.db.write_wait("old", move |tx| {
            tx.exec_text("INSERT INTO file (id, tenant_id, sha256, size, storage_key, created_at) VALUES (1, $1, 'x', 1, 'x', 0)", &db::params![ria])?;
            for n in 0..450_i64 {
                let key = "INSERT INTO idempotency (actor_id, action, request_key, digest, result, created_at) VALUES (1, 'a', CAST($1 AS TEXT), 'd', 'r', $2)";
                tx.exec_text(key, &db::params![n.to_string(), NOW])?;
                let upload = "INSERT INTO upload (id, tenant_id, person_id, file_id, name, media_type, size, created_at) VALUES ($1, $2, $3, 1, 'x', 'x', 1, $4)";
                tx.exec_text(upload, &db::params![n + 1, ria, ursula, NOW])?;
            }
            Ok(())
        }).unwrap();
        let later = NOW.plus(2 * Time::DAY);
        world.db.write_wait("schedule", move |tx| jobs::schedule(tx, later)).unwrap();
        work(&world, later);
        assert_eq!((world.number("SELECT COUNT(*) FROM idempotency"), world.number("SELECT COUNT(*) FROM upload")), (0, 0));
    }
}
