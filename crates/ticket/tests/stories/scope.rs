//! Who sees what: in lists, by number, and through every id that a request can name.

use kernel::{ErrorKind, Page, PageRequest, TicketId};
use ticket::Involvement;
use ticket::actions::change::{Base, Patch, change};
use ticket::actions::involve::{Who, involve};
use ticket::actions::register::{NewTicket, register};
use ticket::list;
use ticket::{facts_of, serve};

use crate::cast::{NOW, World, world};

/// The whole list, page by page; each way of reading it finds the same.
fn listed(world: &World, who: kernel::PersonId, q: &'static str) -> Vec<TicketId> {
    let by_order = listed_by(world, who, q, list::Drive::Order);
    assert_eq!(by_order, listed_by(world, who, q, list::Drive::Reach), "{who} {q}");
    by_order
}

fn listed_by(world: &World, who: kernel::PersonId, q: &'static str, drive: list::Drive) -> Vec<TicketId> {
    world
        .read(who, move |rd, frame| {
            let mut prepared = list::prepare(rd, frame.desk, frame.actor, q, false, NOW)?;
            prepared.drive = drive;
            let mut all = Vec::new();
            let mut request = PageRequest { limit: Some(3), cursor: None };
            loop {
                let Page { rows, next } = list::page(rd, &prepared, &request)?.page;
                all.extend(rows.into_iter().map(|t| t.id));
                match next {
                    Some(cursor) => request.cursor = Some(cursor),
                    None => return Ok(all),
                }
            }
        })
        .unwrap()
}

testkit::both! {
    template: testkit::Template::of(&crate::cast::migrations());

    fn a_list_is_all_tickets_filtered_by_can_see(db: TestDb) {
        let world = world(&db);
        let mut all = Vec::new();
        for n in 0..8 {
            all.push(world.incident(&format!("Printer {n}")).id);
            all.push(world.registered(world.carla, "question", &format!("Invoice {n}")).id);
            all.push(world.registered(world.ana, "task", &format!("Task {n}")).id);
        }
        let l2 = world.l2;
        let moved = all[0];
        world.at(1, world.ana, move |tx, frame| change(tx, frame, moved, Base::Latest, &Patch { team: Some(Some(l2)), ..Patch::default() })).unwrap();
        for who in [world.ursula, world.ana, world.boris, world.carla] {
            // The priority is the desk's own.
            let last = if [world.ana, world.boris].contains(&who) { "sort:priority" } else { "sort:-customer" };
            for sort in ["sort:created", "sort:-updated", "sort:title", "", last] {
                let mut list = listed(&world, who, sort);
                let ids = all.clone();
                let mut seen: Vec<TicketId> = world
                    .read(who, move |rd, frame| {
                        let scope = frame.actor.tickets(access::Verb::TicketSee);
                        let mut seen = Vec::new();
                        for id in ids {
                            let t = ticket::store::ticket::by_id(rd, id)?;
                            let facts = facts_of(rd, &t)?;
                            assert_eq!(scope.sees(&facts), serve::see(rd, frame, id).is_ok(), "{id}");
                            if scope.sees(&facts) {
                                seen.push(id);
                            }
                        }
                        Ok(seen)
                    })
                    .unwrap();
                let length = list.len();
                list.sort_unstable();
                list.dedup();
                assert_eq!(list.len(), length, "no row comes twice");
                seen.sort_unstable();
                assert_eq!(list, seen, "{who} {sort}");
            }
        }
        assert_eq!(listed(&world, world.ursula, "").len(), 8);
        assert_eq!(listed(&world, world.carla, "").len(), 8);
    }

    fn filters_find_the_same_in_each_way_of_reading(db: TestDb) {
        let world = world(&db);
        let all: Vec<TicketId> = (0..6).map(|n| world.incident(&format!("Printer {n}")).id).collect();
        let (ana, l1) = (world.ana, world.l1);
        for (place, who) in [(0, Who::Person(ana)), (3, Who::Team(l1)), (4, Who::Person(ana))] {
            let id = all[place];
            world.at(1, world.ana, move |tx, frame| involve(tx, frame, id, who, Involvement::Watcher)).unwrap();
        }
        let sorted = |q| {
            let mut list = listed(&world, world.ana, q);
            list.sort_unstable();
            list
        };
        let watched = [all[0], all[3], all[4]];
        assert_eq!(sorted("is:watching"), watched);
        assert_eq!(sorted("-is:watching"), [all[1], all[2], all[5]]);
        assert_eq!(sorted("is:watching OR number:>0"), all);
        assert_eq!(sorted("category:new"), all);
        assert_eq!(sorted("category:new,closed"), all);
        assert_eq!(sorted("-category:new"), []);
        assert_eq!(sorted("is:waiting OR is:solved"), []);
    }

    fn counts_are_remembered_until_one_s_own_next_deed(db: TestDb) {
        let world = world(&db);
        let counted = |who| {
            world.read(who, |rd, frame| list::counts(rd, frame.desk, frame.actor, &["is:open", "is:watching", "colour:red"], NOW)).unwrap()
        };
        let exactly = |open, watched| vec![Some(list::Count::Exactly(open)), Some(list::Count::Exactly(watched)), None];
        let id = world.incident("Printer").id;
        assert_eq!(counted(world.ana), exactly(1, 0));
        let ana = world.ana;
        world.at(1, world.ana, move |tx, frame| involve(tx, frame, id, Who::Person(ana), Involvement::Watcher)).unwrap();
        assert_eq!(counted(world.ana), exactly(1, 1), "what one has done oneself is counted at once");
        world.incident("Monitor");
        assert_eq!(counted(world.ana), exactly(1, 1), "others may be a few seconds late");
        assert_eq!(counted(world.boris), exactly(2, 0), "nobody gets the counts of another");
    }

    fn what_is_invisible_does_not_exist(db: TestDb) {
        let world = world(&db);
        let foreign = world.registered(world.carla, "question", "Invoice").id;
        let mine = world.incident("Printer").id;
        let nowhere = TicketId::new(999_999);
        for id in [foreign, nowhere] {
            let by_number = world.read(world.ursula, move |rd, frame| serve::see(rd, frame, id)).unwrap_err();
            let as_parent = world.at(1, world.ana, move |tx, frame| change(tx, frame, mine, Base::Latest, &Patch { parent: Some(Some(id)), ..Patch::default() })).unwrap_err();
            for error in [by_number, as_parent] {
                assert_eq!((error.kind(), error.code(), error.args().len()), (ErrorKind::NotFound, "error-not-found", 0));
            }
        }
        let carla = world.carla;
        let stranger = world.at(1, world.ursula, move |tx, frame| {
            register(tx, frame, &NewTicket { kind: "incident".into(), title: "For her".into(), requester: Some(carla), ..NewTicket::default() })
        }).unwrap_err();
        assert_eq!(stranger.kind(), ErrorKind::NotFound);
        assert_eq!(world.tenant(), world.ria);
        assert_ne!(world.ribera, world.ria);
        let service = world.printing;
        let other = world.at(1, world.carla, move |tx, frame| {
            register(tx, frame, &NewTicket { kind: "incident".into(), title: "Theirs".into(), service: Some(service), ..NewTicket::default() })
        }).unwrap_err();
        assert_eq!(other.kind(), ErrorKind::NotFound);
    }
}
