//! What is in the trash is nowhere else, comes back as it was, and goes for good when its time has come.

use std::sync::Arc;

use events::chain::{Chain, Depth, Texts, verify};
use kernel::{ErrorKind, PageRequest, PersonId, Result, TicketId, Time};
use ticket::actions::change::{Base, Patch, change};
use ticket::actions::draft::{self, Written};
use ticket::actions::link::link;
use ticket::actions::post::{Post, post};
use ticket::actions::{merge, trash as action};
use ticket::chain::TicketTexts;
use ticket::jobs;
use ticket::{LinkKind, MessageKind, Ticket, list, serve, store, trash};

use crate::cast::{NOW, World, world};
use crate::jobs::work;

fn manager(world: &World) -> PersonId {
    world.grant(world.ana, "manager", world.ria);
    world.ana
}

fn discard(world: &World, who: PersonId, id: TicketId) -> Result<()> {
    world.at(5, who, move |tx, frame| action::discard(tx, frame, id))
}

fn restore(world: &World, who: PersonId, id: TicketId) -> Result<Ticket> {
    world.at(9, who, move |tx, frame| action::restore(tx, frame, id))
}

fn sees(world: &World, who: PersonId, id: TicketId) -> bool {
    world.read(who, move |rd, frame| serve::see(rd, frame, id).map(|_| ())).is_ok()
}

fn lists(world: &World, who: PersonId, query: &'static str) -> (Vec<TicketId>, list::Count) {
    world
        .read(who, move |rd, frame| {
            let prepared = list::prepare(rd, frame.desk, frame.actor, query, false, NOW)?;
            let listed = list::page(rd, &prepared, &PageRequest::default())?;
            Ok((listed.page.rows.into_iter().map(|t| t.id).collect(), list::count(rd, &prepared)?))
        })
        .unwrap()
}

fn there(world: &World, who: PersonId) -> Vec<TicketId> {
    let rows = world.read(who, |rd, frame| trash::list(rd, frame, &PageRequest::default())).unwrap().page.rows;
    rows.into_iter().map(|one| one.ticket.id).collect()
}

fn solved(world: &World, id: TicketId) {
    let patch = Patch {
        state: Some("solved".into()),
        resolution_code: Some(Some("fixed".into())),
        resolution_report: Some("Done".into()),
        ..Patch::default()
    };
    world.at(2, world.ana, move |tx, frame| change(tx, frame, id, Base::Latest, &patch)).unwrap();
}

fn adopt(world: &World, child: TicketId, parent: TicketId) {
    let patch = Patch { parent: Some(Some(parent)), ..Patch::default() };
    world.at(1, world.ana, move |tx, frame| change(tx, frame, child, Base::Latest, &patch)).unwrap();
}

/// What is due at a moment is done.
fn until(world: &World, days: i64) {
    let at = NOW.plus(days * Time::DAY);
    world.db.write_wait("schedule", move |tx| jobs::schedule(tx, at)).unwrap();
    work(world, at);
}

fn exists(world: &World, id: TicketId) -> bool {
    world.db.read_wait("exists", move |rd| store::ticket::by_id(rd, id)).is_ok()
}

testkit::both! {
    template: testkit::Template::of(&crate::cast::migrations());

    fn what_is_in_the_trash_is_seen_by_nobody_but_whoever_may_bring_it_back(db: TestDb) {
        let world = world(&db);
        let (id, other) = (world.incident("The printer is dead").id, world.incident("The scanner is dead").id);
        let child = world.incident("So is its tray").id;
        adopt(&world, child, id);
        world.at(1, world.ana, move |tx, frame| link(tx, frame, other, LinkKind::Relates, id)).unwrap();
        let before = world.now(id);
        assert_eq!(discard(&world, world.ana, id).unwrap_err().kind(), ErrorKind::Forbidden, "an operator");
        assert_eq!(discard(&world, world.ursula, id).unwrap_err().kind(), ErrorKind::Forbidden, "its requester");
        assert_eq!(discard(&world, world.carla, id).unwrap_err().kind(), ErrorKind::NotFound, "a stranger");
        let ana = manager(&world);
        discard(&world, ana, id).unwrap();
        assert_eq!(discard(&world, ana, id).unwrap_err().kind(), ErrorKind::NotFound, "once");
        for who in [ana, world.boris, world.ursula] {
            assert!(!sees(&world, who, id));
            let (rows, count) = lists(&world, who, "");
            assert!(!rows.contains(&id) && rows.contains(&other));
            assert_eq!(count, list::Count::Exactly(2));
            assert!(!lists(&world, who, "is:open").0.contains(&id));
        }
        let links = world.read(ana, move |rd, frame| store::link::of_ticket(rd, &frame.actor.tickets(access::Verb::TicketSee), other)).unwrap();
        assert!(links.is_empty(), "{links:?}");
        let told = world.read(ana, move |rd, frame| {
            let seen = serve::see(rd, frame, other)?;
            Ok(format!("{:?}", serve::timeline(rd, frame, &seen)?.entries))
        }).unwrap();
        assert!(!told.contains("Linked"), "{told}");
        assert_eq!((there(&world, ana), there(&world, world.boris), there(&world, world.ursula)), (vec![id], vec![], vec![]));
        let one = world.read(ana, move |rd, frame| trash::one(rd, frame, id)).unwrap();
        assert_eq!((one.by, one.at, one.until, one.removes), (Some(ana), NOW.plus(5 * Time::MINUTE), NOW.plus(5 * Time::MINUTE + 30 * Time::DAY), false));
        for who in [world.boris, world.ursula, world.carla] {
            assert_eq!(world.read(who, move |rd, frame| trash::one(rd, frame, id)).unwrap_err().kind(), ErrorKind::NotFound);
            assert_eq!(restore(&world, who, id).unwrap_err().kind(), ErrorKind::NotFound);
        }
        let says = |who| world.at(6, who, move |tx, frame| post(tx, frame, id, &Post::new(MessageKind::Reply, "Hello?")).map(|_| ()));
        assert_eq!(says(world.ursula).unwrap_err().code(), "error-trash-gone", "its requester had it open");
        assert_eq!(says(world.boris).unwrap_err().kind(), ErrorKind::NotFound);
        assert_eq!(says(world.carla).unwrap_err().kind(), ErrorKind::NotFound);
        let back = restore(&world, ana, id).unwrap();
        assert_eq!(Ticket { version: 0, activity: 0, ..back }, Ticket { version: 0, activity: 0, ..before });
        assert!(sees(&world, world.ursula, id) && there(&world, ana).is_empty());
        assert_eq!(restore(&world, ana, id).unwrap_err().kind(), ErrorKind::NotFound);
        let told = world.read(world.ursula, move |rd, frame| {
            let seen = serve::see(rd, frame, id)?;
            Ok(format!("{:?}", serve::timeline(rd, frame, &seen)?.entries))
        }).unwrap();
        assert!(!told.contains("Trashed") && !told.contains("Restored"), "its requester is not told: {told}");
    }

    fn what_is_confidential_or_complains_of_somebody_is_so_in_the_trash(db: TestDb) {
        let world = world(&db);
        let ana = manager(&world);
        world.grant(world.boris, "manager", world.ria);
        let id = world.incident("Salaries").id;
        let patch = Patch { confidential: Some(true), ..Patch::default() };
        world.at(1, ana, move |tx, frame| change(tx, frame, id, Base::Latest, &patch)).unwrap();
        discard(&world, ana, id).unwrap();
        assert_eq!((there(&world, ana), there(&world, world.boris)), (vec![id], vec![]));
        assert_eq!(restore(&world, world.boris, id).unwrap_err().kind(), ErrorKind::NotFound);
    }

    fn nothing_happens_to_it_and_it_holds_nothing_up(db: TestDb) {
        let world = world(&db);
        let ana = manager(&world);
        let (parent, child) = (world.incident("The parent").id, world.incident("The child").id);
        adopt(&world, child, parent);
        let kept = world.incident("Solved and thrown away").id;
        solved(&world, kept);
        discard(&world, ana, kept).unwrap();
        discard(&world, ana, child).unwrap();
        solved(&world, parent);
        until(&world, 9);
        assert_eq!((world.now(kept).state.as_str(), world.now(child).is_open(), world.now(parent).state.as_str()), ("solved", true, "closed"));
        let (a, b) = (world.incident("One").id, world.incident("Two").id);
        world.at(1, ana, move |tx, frame| merge::merge(tx, frame, a, b)).unwrap();
        for id in [a, b] {
            assert_eq!(discard(&world, ana, id).unwrap_err().code(), "error-trash-merged");
        }
    }

    fn after_its_days_it_goes_for_good_and_the_chain_stays_whole(db: TestDb) {
        let world = world(&db);
        let ana = manager(&world);
        let (id, later) = (world.incident("Old paper").id, world.incident("Newer paper").id);
        let child = world.incident("It stays").id;
        adopt(&world, child, id);
        let written = Written { kind: "reply".into(), body: "I was about to".into(), key: "form-1".into(), ..Written::default() };
        let place = format!("ticket-{id}");
        world.at(1, world.boris, move |tx, frame| draft::keep(tx, frame, &place, &written)).unwrap();
        let bodies = world.number("SELECT COUNT(*) FROM message_body");
        discard(&world, ana, id).unwrap();
        until(&world, 29);
        assert!(exists(&world, id));
        world.at(28 * 24 * 60, ana, move |tx, frame| action::discard(tx, frame, later)).unwrap();
        until(&world, 31);
        assert!(!exists(&world, id) && exists(&world, later));
        assert_eq!(world.now(child).parent, None);
        assert_eq!(world.number("SELECT COUNT(*) FROM message_body"), bodies - 1);
        assert_eq!(world.number("SELECT COUNT(*) FROM draft"), 0);
        assert_eq!(world.number("SELECT COUNT(*) FROM ticket_trash"), 1);
        assert_eq!(world.number("SELECT COUNT(*) FROM purge_tombstone WHERE object = 'ticket' AND reason = 'trash' AND events > 1"), 1);
        assert_eq!(world.number("SELECT COUNT(*) FROM event WHERE kind = 'purge.done' AND actor_kind = 'system'"), 1);
        let texts: Arc<dyn Texts> = Arc::new(TicketTexts);
        while Chain::new(Arc::clone(&texts)).advance(&world.db, NOW).unwrap() > 0 {}
        assert_eq!(verify(&world.db, &texts, &[], Depth::All, |_| {}).unwrap().bad, None);
    }

    fn an_administrator_removes_it_at_once_and_says_how_long_it_stays(db: TestDb) {
        let world = world(&db);
        let ana = manager(&world);
        let (id, other) = (world.incident("By mistake").id, world.incident("By mistake, too").id);
        let remove = |who, id| world.at(6, who, move |tx, frame| action::remove(tx, frame, id));
        world.grant(world.boris, "administrator", party::SHARED);
        assert_eq!(remove(world.boris, id).unwrap_err().kind(), ErrorKind::NotFound, "not before it is in the trash");
        discard(&world, ana, id).unwrap();
        discard(&world, ana, other).unwrap();
        assert_eq!(remove(ana, id).unwrap_err().kind(), ErrorKind::Forbidden);
        remove(world.boris, id).unwrap();
        assert!(!exists(&world, id));
        assert_eq!(restore(&world, ana, id).unwrap_err().kind(), ErrorKind::NotFound);
        assert_eq!(world.number("SELECT COUNT(*) FROM event WHERE kind = 'purge.done' AND actor_kind = 'person'"), 1);

        let keep = |who, days| world.at(7, who, move |tx, frame| action::keep(tx, frame, days));
        assert_eq!(keep(ana, 3).unwrap_err().kind(), ErrorKind::Forbidden);
        assert_eq!(keep(world.boris, 0).unwrap_err().fields()[0].code, "error-trash-days");
        keep(world.boris, 3).unwrap();
        keep(world.boris, 2).unwrap();
        until(&world, 3);
        assert!(!exists(&world, other));
    }
}
