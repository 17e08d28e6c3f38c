//! What is confidential is seen by the people named on it, and betrays itself to nobody else.

use std::sync::Arc;

use events::Act;
use kernel::{ErrorKind, PageRequest, PersonId, TicketId};
use ticket::actions::change::{Base, Patch, change};
use ticket::actions::draft::{self, Written};
use ticket::actions::involve::{Who, involve, release};
use ticket::actions::link::link;
use ticket::actions::register::{NewTicket, register};
use ticket::actions::unseal::unseal;
use ticket::events::TicketEvent;
use ticket::timeline::What;
use ticket::{Frame, Involvement, LinkKind, Ticket, list, serve, store};

use crate::cast::{NOW, World, world};

fn sees(world: &World, who: PersonId, id: TicketId) -> bool {
    world.read(who, move |rd, frame| Ok(serve::see(rd, frame, id).is_ok())).unwrap()
}

/// What a filter finds, and its count, which must agree in both ways of reading.
fn found(world: &World, who: PersonId, q: &'static str) -> Vec<TicketId> {
    world
        .read(who, move |rd, frame| {
            let mut prepared = list::prepare(rd, frame.desk, frame.actor, q, false, NOW)?;
            let mut all = Vec::new();
            for drive in [list::Drive::Order, list::Drive::Reach] {
                prepared.drive = drive;
                let page = list::page(rd, &prepared, &PageRequest { limit: Some(50), cursor: None })?.page;
                let mut ids: Vec<TicketId> = page.rows.into_iter().map(|t| t.id).collect();
                ids.sort_unstable();
                assert_eq!(list::count(rd, &prepared)?, list::Count::Exactly(i64::try_from(ids.len()).unwrap()), "{q}");
                all.push(ids);
            }
            assert_eq!(all[0], all[1], "{q}");
            Ok(all.remove(0))
        })
        .unwrap()
}

/// The events that somebody reads on a ticket.
fn told(world: &World, who: PersonId, id: TicketId) -> Vec<TicketEvent> {
    world
        .read(who, move |rd, frame| {
            let seen = serve::see(rd, frame, id)?;
            let (page, _) = serve::timeline_page(rd, frame, &seen, &PageRequest::default())?;
            let events = |entries: Vec<ticket::timeline::Entry>| -> Vec<TicketEvent> {
                entries.into_iter().filter_map(|e| if let What::Event(event) = e.what { Some(event) } else { None }).collect()
            };
            let whole = events(serve::timeline(rd, frame, &seen)?.entries);
            assert_eq!(events(page.entries), whole);
            Ok(whole)
        })
        .unwrap()
}

fn secret(world: &World, who: PersonId, title: &str) -> Ticket {
    let new = NewTicket {
        kind: "incident".into(),
        title: title.into(),
        description: title.into(),
        confidential: Some(true),
        ..NewTicket::default()
    };
    world.at(0, who, move |tx, frame| register(tx, frame, &new)).unwrap()
}

fn confide(world: &World, who: PersonId, id: TicketId, to: bool) -> kernel::Result<Ticket> {
    world.at(1, who, move |tx, frame| change(tx, frame, id, Base::Latest, &Patch { confidential: Some(to), ..Patch::default() }))
}

fn name(world: &World, by: PersonId, id: TicketId, whom: PersonId) -> kernel::Result<bool> {
    world.at(2, by, move |tx, frame| involve(tx, frame, id, Who::Person(whom), Involvement::Named))
}

testkit::both! {
    template: testkit::Template::of(&crate::cast::migrations());

    fn only_the_named_see_it(db: TestDb) {
        let world = world(&db);
        world.grant(world.boris, "coordinator", world.ria);
        let id = secret(&world, world.ursula, "My manager reads my mail").id;
        assert!(world.now(id).confidential);
        assert!(sees(&world, world.ursula, id) && sees(&world, world.boris, id), "whoever keeps what is confidential is named");
        assert!(!sees(&world, world.ana, id), "an operator who reaches every ticket, in the team that has it");
        assert_eq!((found(&world, world.ana, "is:open"), found(&world, world.boris, "is:confidential")), (vec![], vec![id]));
        assert_eq!(found(&world, world.ana, "title:manager"), []);
        let hidden = world.at(1, world.ana, move |tx, frame| change(tx, frame, id, Base::Latest, &Patch { impact: Some(4), ..Patch::default() })).unwrap_err();
        let missing = world.at(1, world.ana, move |tx, frame| change(tx, frame, TicketId::new(999), Base::Latest, &Patch { impact: Some(4), ..Patch::default() })).unwrap_err();
        assert_eq!((hidden.kind(), hidden.code(), hidden.args().len()), (missing.kind(), missing.code(), missing.args().len()));
        // To work for it needs no more than being named on it, with the rights of the role.
        assert_eq!(name(&world, world.ana, id, world.ana).unwrap_err().kind(), ErrorKind::NotFound);
        assert!(name(&world, world.boris, id, world.ana).unwrap());
        assert!(sees(&world, world.ana, id) && found(&world, world.ana, "is:open") == [id]);
        let ana = world.ana;
        world.at(3, ana, move |tx, frame| change(tx, frame, id, Base::Latest, &Patch { assignee: Some(Some(ana)), ..Patch::default() })).unwrap();
        let (carla, boris) = (world.carla, world.boris);
        assert_eq!(name(&world, world.ana, id, carla).unwrap_err().kind(), ErrorKind::Forbidden, "an operator names nobody");
        let watched = world.at(3, ana, move |tx, frame| involve(tx, frame, id, Who::Person(boris), Involvement::Watcher)).unwrap_err();
        assert_eq!(watched.kind(), ErrorKind::Forbidden, "nor lets anybody watch, who would see it then");
        world.at(4, boris, move |tx, frame| release(tx, frame, id, Who::Person(boris), Involvement::Named)).unwrap();
        assert!(!sees(&world, boris, id), "who takes themselves off has seen it");
        world.grant(world.ana, "coordinator", world.ria);
        confide(&world, world.ana, id, false).unwrap();
        assert!(sees(&world, boris, id));
        let lifted = told(&world, world.ursula, id);
        assert!(lifted.iter().any(|e| matches!(e, TicketEvent::Changed { changes, .. } if changes[0].field == "confidential")), "{lifted:?}");
    }

    fn an_agent_who_confides_it_still_sees_it(db: TestDb) {
        let world = world(&db);
        let id = world.incident("Salaries on the shared drive").id;
        assert_eq!(confide(&world, world.ana, id, true).unwrap_err().kind(), ErrorKind::Forbidden, "an operator does not decide that");
        assert_eq!(confide(&world, world.ursula, id, true).unwrap_err().kind(), ErrorKind::Forbidden);
        world.grant(world.boris, "coordinator", world.ria);
        confide(&world, world.boris, id, true).unwrap();
        assert!(sees(&world, world.boris, id) && sees(&world, world.ursula, id) && !sees(&world, world.ana, id));
        let ursula = world.ursula;
        let new = NewTicket { kind: "incident".into(), title: "For her".into(), requester: Some(ursula), confidential: Some(true), ..NewTicket::default() };
        let registered = world.at(3, world.ana, move |tx, frame| register(tx, frame, &new)).unwrap().id;
        assert!(sees(&world, world.ana, registered) && !sees(&world, world.boris, registered), "who registers it knows of it");
    }

    fn what_is_around_it_does_not_tell_of_it(db: TestDb) {
        let world = world(&db);
        world.grant(world.boris, "coordinator", world.ria);
        let (plain, other, below, hidden) =
            (world.incident("Printer").id, world.incident("Monitor").id, world.incident("Cable").id, world.incident("Theft").id);
        for (child, parent) in [(hidden, other), (below, hidden)] {
            world.at(1, world.ana, move |tx, frame| change(tx, frame, child, Base::Latest, &Patch { parent: Some(Some(parent)), ..Patch::default() })).unwrap();
        }
        world.at(1, world.ana, move |tx, frame| link(tx, frame, hidden, LinkKind::Blocks, other)).unwrap();
        confide(&world, world.boris, hidden, true).unwrap();
        let before = world.now(plain);
        world.at(2, world.boris, move |tx, frame| link(tx, frame, hidden, LinkKind::Blocks, plain)).unwrap();
        assert_eq!(world.now(plain), before, "a link to it leaves no trace on the other end");
        let links = |who, id| world.read(who, move |rd, frame| store::link::of_ticket(rd, &frame.actor.tickets(access::Verb::TicketSee), id)).unwrap();
        assert_eq!((links(world.ana, plain).len(), links(world.boris, plain).len()), (0, 1));
        for q in ["has:blocks", "has:children", "parent:>0", "is:confidential"] {
            assert_eq!(found(&world, world.ana, q), [], "{q}");
        }
        for id in [plain, other, below] {
            let named = told(&world, world.ana, id).into_iter().any(|event| serde_json::to_string(&event).unwrap().contains(&format!(":{hidden}")));
            assert!(!named, "the timeline of {id} tells Ana of {hidden}");
        }
        assert!(told(&world, world.boris, plain).iter().any(|e| matches!(e, TicketEvent::Linked { other, .. } if *other == hidden)));
        assert_eq!((world.now(hidden).parent, world.now(below).parent), (None, None), "it stands alone");
        let end = Patch { state: Some("resolved".into()), resolution_code: Some(Some("fixed".into())), resolution_report: Some("Done".into()), ..Patch::default() };
        let state = world.read(world.ana, move |rd, frame| { let seen = serve::see(rd, frame, plain)?; serve::steps(rd, frame, &seen) }).unwrap();
        let solved = state.into_iter().find(|s| s.category == ticket::Category::Resolved).unwrap().key;
        world.at(5, world.ana, move |tx, frame| change(tx, frame, plain, Base::Latest, &Patch { state: Some(solved.clone()), ..end.clone() })).expect("and holds nothing up");
        let parent = world.at(6, world.boris, move |tx, frame| change(tx, frame, hidden, Base::Latest, &Patch { parent: Some(Some(other)), ..Patch::default() })).unwrap_err();
        assert_eq!(parent.fields()[0].code, "error-parent-confidential");
    }

    fn an_administrator_breaks_the_glass_and_the_requester_reads_why(db: TestDb) {
        let world = world(&db);
        world.grant(world.boris, "coordinator", world.ria);
        let id = secret(&world, world.ursula, "Harassment").id;
        let plain = world.incident("Printer").id;
        let open = |who, id, reason: &'static str| world.at(3, who, move |tx, frame| unseal(tx, frame, id, reason));
        let ana = world.ana;
        assert_eq!(open(ana, id, "Curious").unwrap_err().kind(), ErrorKind::NotFound);
        assert_eq!(open(ana, plain, "Curious").unwrap_err().kind(), ErrorKind::Forbidden);
        world.grant(ana, "administrator", world.ria);
        assert!(!sees(&world, ana, id), "no role is enough");
        assert_eq!(open(ana, TicketId::new(999), "Urgent").unwrap_err().kind(), ErrorKind::NotFound);
        assert_eq!(open(ana, id, " ").unwrap_err().kind(), ErrorKind::Invalid);
        assert!(!sees(&world, ana, id));
        open(ana, id, "The requester is ill").unwrap();
        assert!(sees(&world, ana, id));
        assert_eq!(open(ana, id, "Again").unwrap_err().code(), "error-unseal-seen");
        let read = told(&world, world.ursula, id);
        assert!(read.iter().any(|e| matches!(e, TicketEvent::Unsealed { person, .. } if *person == ana)), "{read:?}");
    }

    fn why_somebody_sees_it_is_told_in_words(db: TestDb) {
        let world = world(&db);
        let id = world.incident("Printer").id;
        let (ana, boris, ursula, carla) = (world.ana, world.boris, world.ursula, world.carla);
        let asked = move |world: &World, by, id, about| {
            world.read(by, move |rd, frame| {
                let found = ticket::why::explain(rd, frame, id, about)?;
                Ok((found.is_granted(), found.words(&i18n::T::named(kernel::Lang::En, "UTC"))))
            })
        };
        assert_eq!(asked(&world, ana, id, boris).unwrap_err().kind(), ErrorKind::Forbidden);
        world.grant(boris, "manager", world.ria);
        assert_eq!(asked(&world, boris, id, carla).unwrap_err().kind(), ErrorKind::NotFound, "whom one does not see");
        let (granted, words) = asked(&world, boris, id, ana).unwrap();
        assert!(granted && words[0] == "Ana Núñez sees this ticket.", "{words:?}");
        assert!(words.iter().any(|line| line == "It is with their team Service desk (role Operator, Ría Industries, reach: All)"), "{words:?}");
        assert!(words.iter().any(|line| line.starts_with("The role reaches every ticket there")), "{words:?}");
        let (granted, words) = asked(&world, boris, id, ursula).unwrap();
        assert!(granted && words[1].starts_with("They asked for it (role User"), "{words:?}");
        confide(&world, boris, id, true).unwrap();
        let (granted, words) = asked(&world, boris, id, ana).unwrap();
        assert!(!granted && words.len() == 2 && words[1].starts_with("The ticket is confidential"), "{words:?}");
        let (granted, words) = asked(&world, boris, id, boris).unwrap();
        assert!(granted && words.iter().any(|line| line.contains("are named on it")), "{words:?}");
        for who in [ursula, ana] {
            let (granted, seen) = (asked(&world, boris, id, who).unwrap().0, sees(&world, who, id));
            assert_eq!(granted, seen, "the answer is the truth");
        }
        world.tamper("UPDATE person SET active = 0 WHERE id = $1", ana.raw());
        assert_eq!(asked(&world, boris, id, ana).unwrap().1[1], "They cannot sign in.");
    }

    fn through_other_eyes_only_what_names_both_shows(db: TestDb) {
        let world = world(&db);
        let (ana, ursula) = (world.ana, world.ursula);
        world.grant(ana, "coordinator", world.ria);
        let (hers, both, plain) = (world.incident("Salaries").id, world.incident("Badges").id, world.incident("Printer").id);
        confide(&world, ana, hers, true).unwrap();
        confide(&world, ana, both, true).unwrap();
        // Whoever confides is named: of one of them no longer.
        world.at(2, ana, move |tx, frame| release(tx, frame, hers, Who::Person(ana), Involvement::Named)).unwrap();
        let as_ursula = move |rd: &mut db::Rd<'_>| {
            let other = access::load_actor(rd, ana, NOW)?;
            Ok::<_, kernel::Error>(access::load_actor(rd, ursula, NOW)?.seen_by(&other, ana, NOW))
        };
        let sees: Vec<bool> = world.db.read_wait("eyes", move |rd| {
            let scope = as_ursula(rd)?.tickets(access::Verb::TicketSee);
            [hers, both, plain].into_iter().map(|id| Ok(store::ticket::visible(rd, &scope, id).is_ok())).collect()
        }).unwrap();
        assert_eq!(sees, [false, true, true]);
        let place = format!("ticket-{plain}");
        let written = Written { kind: "reply".into(), body: "Not sent yet".into(), key: "k".into(), ..Written::default() };
        world.at(3, ursula, move |tx, frame| draft::keep(tx, frame, &place, &written)).unwrap();
        let (desk, entropy) = (Arc::clone(&world.desk), Arc::clone(&world.entropy));
        let drafts = world.db.read_wait("drafts", move |rd| {
            let (actor, act) = (as_ursula(rd)?, Act::person(ursula, NOW, Arc::clone(&entropy)));
            let frame = Frame { desk: &desk, actor: &actor, act: &act };
            Ok((draft::all(rd, frame)?.len(), draft::tickets(rd, frame)?.len(), draft::at(rd, frame, &draft::place_of(plain))?.is_some()))
        }).unwrap();
        assert_eq!(drafts, (0, 0, false), "what is not sent yet is its writer's");
    }
}
