//! Several tickets at once, and all of it back.

use i18n::T;
use kernel::{Entropy, ErrorKind, Lang, PersonId, SeededEntropy, TicketId, Time};
use ticket::actions::bulk::{self, Wanted};
use ticket::actions::change::{Base, Patch, change};
use ticket::store::bulk::{BulkId, BulkState, Fate, One};
use ticket::{Ticket, store};

use crate::cast::{NOW, World, world};
use crate::jobs::work;

fn begun(world: &World, minutes: i64, tickets: &[TicketId], wanted: Wanted) -> BulkId {
    let tickets = tickets.to_vec();
    let id = world.at(minutes, world.ana, move |tx, frame| bulk::start(tx, frame, &tickets, &wanted)).unwrap();
    work(world, NOW.plus(minutes * Time::MINUTE));
    id
}

fn fates(world: &World, id: BulkId) -> (BulkState, Vec<One>) {
    let (bulk, all) = world.read(world.ana, move |rd, frame| bulk::progress(rd, frame, id)).unwrap();
    (bulk.state, all)
}

fn back(world: &World, minutes: i64, id: BulkId) {
    world.at(minutes, world.ana, move |tx, frame| bulk::take_back(tx, frame, id)).unwrap();
    work(world, NOW.plus(minutes * Time::MINUTE));
}

/// All but how often and when, with the tags.
fn state(world: &World, id: TicketId) -> (Ticket, Vec<String>) {
    let tags = world.db.read_wait("tags", move |rd| store::involved::tags(rd, id)).unwrap();
    (Ticket { version: 0, activity: 0, updated_at: Time(0), team_count: 0, ..world.now(id) }, tags)
}

fn some(world: &World, dice: &mut impl FnMut(u8) -> u8) -> Wanted {
    let person = |id: PersonId| id.raw();
    let mut wanted = Wanted { priority: Some(i64::from(dice(4)) + 1), ..Wanted::default() };
    match dice(6) {
        0 => wanted.team = Some(if dice(2) == 0 { world.l1.raw() } else { world.l2.raw() }),
        1 => wanted.assignee = Some([0, person(world.ana), person(world.boris)][usize::from(dice(3))]),
        2 => wanted.service = Some([0, world.printing.raw()][usize::from(dice(2))]),
        3 => wanted.state = Some(["open", "waiting", "held"][usize::from(dice(3))].into()),
        4 => {
            wanted.state = Some("solved".into());
            wanted.resolution_code = Some("fixed".into());
            wanted.resolution_report = Some("All at once".into());
        }
        _ => {
            wanted.add_tags = vec!["flood".into(), "old".into()];
            wanted.remove_tags = vec!["kept".into()];
        }
    }
    wanted
}

testkit::both! {
    template: testkit::Template::of(&crate::cast::migrations());

    fn taken_back_each_is_as_it_was_unless_somebody_changed_it_since(db: TestDb) {
        let world = world(&db);
        let entropy = SeededEntropy::new(9);
        let mut dice = |n: u8| {
            let mut byte = [0];
            entropy.fill(&mut byte);
            byte[0] % n
        };
        let ids: Vec<TicketId> = (0..5).map(|n| world.incident(&format!("Printer {n}")).id).collect();
        for (n, id) in ids.iter().enumerate() {
            let (id, tag) = (*id, if n % 2 == 0 { "kept" } else { "old" });
            world.at(0, world.ana, move |tx, frame| ticket::actions::tag::tag(tx, frame, id, tag)).unwrap();
        }
        for round in 0..8 {
            let before: Vec<_> = ids.iter().map(|id| state(&world, *id)).collect();
            let id = begun(&world, round * 10 + 1, &ids, some(&world, &mut dice));
            let (how, all) = fates(&world, id);
            assert_eq!((how, all.len()), (BulkState::Done, 5));
            let touched = ids[usize::from(dice(5))];
            let since = if dice(2) == 0 { Patch { priority: Some(i64::from(dice(4)) + 1), ..Patch::default() } } else { Patch { title: Some(format!("Title {round}")), ..Patch::default() } };
            let version = world.now(touched).version;
            world.at(round * 10 + 2, world.boris, { let since = since.clone(); move |tx, frame| change(tx, frame, touched, Base::Latest, &since) }).unwrap();
            let theirs = world.now(touched);
            back(&world, round * 10 + 3, id);
            let (how, all) = fates(&world, id);
            assert_eq!(how, BulkState::Undone);
            for (one, before) in all.iter().zip(&before) {
                let now = state(&world, one.ticket);
                let overtaken = one.ticket == touched && since.priority.is_some() && theirs.version != version && one.fate == Fate::Kept;
                if overtaken {
                    assert_eq!(now.0.priority, theirs.priority, "the later change wins");
                    assert!(!one.words.is_empty(), "and is listed");
                } else if one.ticket == touched {
                    assert_eq!(now.0.title, theirs.title);
                } else {
                    assert_eq!(&now, before, "round {round} {:?}", one.fate);
                }
            }
        }
    }

    fn what_is_not_allowed_is_said_before_and_left_out(db: TestDb) {
        let world = world(&db);
        let (open, fresh) = (world.incident("Printer 1").id, world.incident("Printer 2").id);
        let closed = world.incident("Printer 3").id;
        for (id, state) in [(closed, "cancelled"), (open, "open")] {
            let patch = Patch { state: Some(state.into()), ..Patch::default() };
            world.at(1, world.ana, move |tx, frame| change(tx, frame, id, Base::Latest, &patch)).unwrap();
        }
        let theirs = world.registered(world.carla, "incident", "Elsewhere").id;
        let wanted = Wanted { state: Some("waiting".into()), note: "Parts are ordered".into(), ..Wanted::default() };
        let before = (world.number("SELECT COUNT(*) FROM event"), state(&world, open));
        let tried = world.at(2, world.ana, { let wanted = wanted.clone(); move |tx, frame| {
            bulk::preview(tx, frame, &[open, fresh, closed, theirs], &wanted, &T::new(Lang::En, jiff::tz::TimeZone::UTC))
        } }).unwrap();
        assert_eq!((world.number("SELECT COUNT(*) FROM event"), state(&world, open)), before, "a try leaves nothing");
        let words: Vec<Option<&str>> = tried.iter().map(|(_, words)| words.as_deref()).collect();
        assert_eq!(words[0], None);
        assert!(words[2].unwrap().starts_with("The ticket cannot go from cancelled to waiting"), "{words:?}");
        assert!(words[3].is_some());

        let unseen = world.at(3, world.ana, { let wanted = wanted.clone(); move |tx, frame| bulk::start(tx, frame, &[open, theirs], &wanted) }).unwrap_err();
        assert_eq!(unseen.kind(), ErrorKind::NotFound);
        let nothing = world.at(3, world.ana, move |tx, frame| bulk::start(tx, frame, &[open], &Wanted::default())).unwrap_err();
        assert_eq!(nothing.fields()[0].code, "error-bulk-nothing");
        let id = begun(&world, 4, &[open, closed], wanted);
        let (how, all) = fates(&world, id);
        assert_eq!((how, all[0].fate, all[1].fate), (BulkState::Done, Fate::Done, Fate::Refused));
        assert!(all[1].words.contains("cancelled"));
        assert_eq!(world.now(open).state, "waiting");
        assert_eq!(world.number("SELECT COUNT(*) FROM event WHERE object = 'bulk'"), 1, "one entry for all");
        assert!(world.read(world.boris, move |rd, frame| bulk::progress(rd, frame, id).map(|_| ())).is_err(), "nobody else's");
        assert!(world.at(5, world.boris, move |tx, frame| bulk::take_back(tx, frame, id)).is_err());
        back(&world, 5, id);
        assert_eq!(world.now(open).state, "open");
        assert_eq!(world.at(6, world.ana, move |tx, frame| bulk::take_back(tx, frame, id)).unwrap_err().code(), "error-bulk-state");
    }

    fn several_go_to_the_trash_and_come_back_as_they_were(db: TestDb) {
        let world = world(&db);
        let ids: Vec<TicketId> = (0..3).map(|n| world.incident(&format!("Printer {n}")).id).collect();
        let wanted = || Wanted { trash: true, priority: Some(4), ..Wanted::default() };
        let refused = begun(&world, 1, &ids, wanted());
        assert!(fates(&world, refused).1.iter().all(|one| one.fate == Fate::Refused && !one.words.is_empty()), "an operator may not");
        world.grant(world.ana, "manager", world.ria);
        let before: Vec<_> = ids.iter().map(|id| state(&world, *id)).collect();
        let id = begun(&world, 2, &ids, wanted());
        assert!(fates(&world, id).1.iter().all(|one| one.fate == Fate::Done));
        assert!(ids.iter().all(|id| world.now(*id).trashed));
        back(&world, 3, id);
        let after: Vec<_> = ids.iter().map(|id| state(&world, *id)).collect();
        assert_eq!(after, before);
    }
}
