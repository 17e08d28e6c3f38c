//! A complaint about a person is never theirs to see, whatever they may do at the desk.

use kernel::{ErrorKind, PageRequest, PersonId, TicketId};
use ticket::actions::change::{Base, Patch, change};
use ticket::actions::involve::{Who, involve, release};
use ticket::actions::register::{NewTicket, register};
use ticket::{Involvement, Ticket, list, serve, store};

use crate::cast::{NOW, World, world};

fn complaint(world: &World, by: PersonId, about: PersonId, confidential: Option<bool>) -> kernel::Result<Ticket> {
    let new = NewTicket {
        kind: "complaint".into(),
        title: "Rude on the phone".into(),
        description: "Twice this week".into(),
        about: vec![about],
        confidential,
        ..NewTicket::default()
    };
    world.at(0, by, move |tx, frame| register(tx, frame, &new))
}

fn sees(world: &World, who: PersonId, id: TicketId) -> bool {
    world.read(who, move |rd, frame| Ok(serve::see(rd, frame, id).is_ok())).unwrap()
}

fn found(world: &World, who: PersonId, q: &'static str) -> Vec<TicketId> {
    world
        .read(who, move |rd, frame| {
            let prepared = list::prepare(rd, frame.desk, frame.actor, q, false, NOW)?;
            let page = list::page(rd, &prepared, &PageRequest { limit: Some(50), cursor: None })?.page;
            assert_eq!(list::count(rd, &prepared)?, list::Count::Exactly(i64::try_from(page.rows.len()).unwrap()), "{q}");
            Ok(page.rows.into_iter().map(|t| t.id).collect())
        })
        .unwrap()
}

fn on_it(world: &World, id: TicketId, role: Involvement) -> Vec<PersonId> {
    let people = world.db.read_wait("story", move |rd| store::involved::people(rd, id)).unwrap();
    people.into_iter().filter(|(_, of)| *of == role).map(|(id, _)| id).collect()
}

testkit::both! {
    template: testkit::Template::of(&crate::cast::migrations());

    fn whom_it_is_about_never_sees_it(db: TestDb) {
        let world = world(&db);
        let (ana, boris, ursula) = (world.ana, world.boris, world.ursula);
        world.grant(ana, "administrator", world.ria);
        world.grant(boris, "coordinator", world.ria);
        let id = complaint(&world, ursula, ana, None).unwrap().id;
        assert!(world.now(id).confidential, "unless somebody says otherwise");
        assert_eq!((on_it(&world, id, Involvement::Named), on_it(&world, id, Involvement::About)), (vec![boris], vec![ana]), "it is kept by another");
        assert!(sees(&world, ursula, id) && sees(&world, boris, id) && !sees(&world, ana, id));
        let seal = world.at(1, ana, move |tx, frame| ticket::actions::unseal::unseal(tx, frame, id, "I administer this")).unwrap_err();
        assert_eq!(seal.kind(), ErrorKind::NotFound, "no glass to break");
        assert_eq!(found(&world, boris, "about:ana"), [id]);
        // Nobody can make it known to them by giving them a part in it.
        let patches = [
            Patch { assignee: Some(Some(ana)), ..Patch::default() },
            Patch { requester: Some(Some(ana)), ..Patch::default() },
            Patch { beneficiary: Some(Some(ana)), ..Patch::default() },
        ];
        for patch in patches {
            let refused = world.at(2, boris, move |tx, frame| change(tx, frame, id, Base::Latest, &patch)).unwrap_err();
            assert_eq!(refused.fields()[0].code, "error-about");
        }
        for role in [Involvement::Watcher, Involvement::Coworker, Involvement::Named] {
            let refused = world.at(2, boris, move |tx, frame| involve(tx, frame, id, Who::Person(ana), role)).unwrap_err();
            assert_eq!(refused.fields()[0].code, "error-about", "{role:?}");
        }
        // Their team may have it, and still they learn nothing.
        let l1 = world.l1;
        world.at(3, boris, move |tx, frame| change(tx, frame, id, Base::Latest, &Patch { team: Some(Some(l1)), confidential: Some(false), ..Patch::default() })).unwrap();
        assert!(!world.now(id).confidential && !sees(&world, ana, id) && found(&world, ana, "is:open").is_empty());
        world.at(4, boris, move |tx, frame| release(tx, frame, id, Who::Person(ana), Involvement::About)).unwrap();
        assert!(sees(&world, ana, id));
    }

    fn an_open_complaint_is_hidden_from_one_person_only(db: TestDb) {
        let world = world(&db);
        let id = complaint(&world, world.ursula, world.ana, Some(false)).unwrap().id;
        assert!(sees(&world, world.boris, id) && !sees(&world, world.ana, id));
        assert_eq!((found(&world, world.boris, ""), found(&world, world.ana, "")), (vec![id], vec![]));
        assert_eq!(found(&world, world.boris, "about:ana OR number:>0"), [id]);
    }

    fn a_complaint_is_about_somebody_else(db: TestDb) {
        let world = world(&db);
        let (ana, ursula) = (world.ana, world.ursula);
        assert_eq!(complaint(&world, ursula, ursula, None).unwrap_err().fields()[0].code, "error-about-self");
        assert_eq!(complaint(&world, ursula, world.carla, None).unwrap_err().kind(), ErrorKind::NotFound, "whom one does not see");
        let new = NewTicket { kind: "incident".into(), title: "Ana".into(), about: vec![ana], ..NewTicket::default() };
        let kind = world.at(0, ursula, move |tx, frame| register(tx, frame, &new)).unwrap_err();
        assert_eq!(kind.fields()[0].code, "error-about-kind");
        let id = complaint(&world, ursula, world.boris, Some(false)).unwrap().id;
        world.at(1, ana, move |tx, frame| change(tx, frame, id, Base::Latest, &Patch { assignee: Some(Some(ana)), ..Patch::default() })).unwrap();
        world.grant(ana, "coordinator", world.ria);
        let part = world.at(2, ana, move |tx, frame| involve(tx, frame, id, Who::Person(ursula), Involvement::About)).unwrap_err();
        assert_eq!(part.fields()[0].code, "error-about-part", "who asked knows of it");
    }
}
