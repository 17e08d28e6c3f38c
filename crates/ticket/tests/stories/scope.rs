//! Who sees what: in lists, by number, and through every id that a request can name.

use kernel::{ErrorKind, Page, PageRequest, TicketId};
use ticket::actions::change::{Base, Patch, change};
use ticket::actions::register::{NewTicket, register};
use ticket::list;
use ticket::{facts_of, serve};

use crate::cast::{NOW, World, world};

fn listed(world: &World, who: kernel::PersonId, q: &'static str) -> Vec<TicketId> {
    world
        .read(who, move |rd, frame| {
            let prepared = list::prepare(rd, frame.desk, frame.actor, q, false, NOW)?;
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
            for sort in ["sort:created", "sort:-updated", "sort:priority", "sort:title", ""] {
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
