//! Rights that differ by tenant, by field and by whose ticket it is.

use access::{Object, Reach, Verb};
use kernel::{ErrorKind, TicketId};
use ticket::actions::change::{Base, Patch, change};
use ticket::actions::confirm::{confirm, reopen};
use ticket::actions::involve::{Who, involve};
use ticket::actions::post::{Post, post};
use ticket::actions::register::{NewTicket, register};
use ticket::{Category, Involvement, KindDef, MessageKind, list, serve};

use crate::cast::{NOW, World, world};

fn finish(world: &World, who: kernel::PersonId, id: TicketId) -> kernel::Result<ticket::Ticket> {
    let patch = Patch {
        state: Some("solved".into()),
        resolution_code: Some(Some("fixed".into())),
        resolution_report: Some("New toner".into()),
        ..Patch::default()
    };
    world.at(1, who, move |tx, frame| change(tx, frame, id, Base::Latest, &patch))
}

/// What a stale edit is told of, by somebody who read the first version.
fn told(world: &World, who: kernel::PersonId, id: TicketId) -> Vec<String> {
    let stale = world.at(5, who, move |tx, frame| change(tx, frame, id, Base::Exactly(1), &Patch::default())).unwrap_err();
    assert_eq!((stale.kind(), stale.code()), (ErrorKind::Stale, "error-stale"));
    stale.fields().iter().map(|f| f.field.to_string()).collect()
}

testkit::both! {
    template: testkit::Template::of(&crate::cast::migrations());

    fn a_stale_edit_tells_only_what_its_reader_may_know(db: TestDb) {
        let world = world(&db);
        let id = world.incident("The printer is dead").id;
        let (ana, boris, l2) = (world.ana, world.boris, world.l2);
        let patch = Patch { priority: Some(4), owner_team: Some(Some(l2)), title: Some("Printer 2 is dead".into()), ..Patch::default() };
        world.at(1, boris, move |tx, frame| change(tx, frame, id, Base::Latest, &patch)).unwrap();
        world.at(2, ana, move |tx, frame| change(tx, frame, id, Base::Latest, &Patch { assignee: Some(Some(ana)), ..Patch::default() })).unwrap();
        let mut staff = told(&world, ana, id);
        staff.sort();
        assert_eq!(staff, ["assignee", "owner_team", "priority", "state", "title"]);
        let mut requester = told(&world, world.ursula, id);
        requester.sort();
        assert_eq!(requester, ["assignee", "state", "title"], "priority and owner are the desk's own business");
        world.grant(world.ursula, "customer", world.ria);
        let mut customer = told(&world, world.ursula, id);
        customer.sort();
        assert_eq!(customer, ["state", "title"], "the assignee is hidden from customers");
    }

    fn a_flag_hides_with_the_field_it_tells_of(db: TestDb) {
        let world = world(&db);
        world.incident("The printer is dead");
        let understood = |who, q: &'static str| world.read(who, move |rd, frame| list::prepare(rd, frame.desk, frame.actor, q, false, NOW).map(|_| ()));
        world.grant(world.ursula, "customer", world.ria);
        for q in ["is:unassigned", "is:mine", "-is:mine", "assignee:none"] {
            let refused = understood(world.ursula, q).unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::Invalid, "{q}");
        }
        for q in ["is:open", "is:requested", "is:watching", "category:new"] {
            understood(world.ursula, q).unwrap();
        }
        world.own_role(world.boris, "operator", |role| {
            role.hide(Object::Ticket, "state");
            role.hide(Object::Ticket, "team");
        });
        for q in ["is:open", "is:solved", "is:waiting", "is:closed", "is:reopened", "category:new", "resolved:any", "is:ours", "line:1", "sort:line"] {
            let refused = understood(world.boris, q).unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::Invalid, "{q}");
        }
        understood(world.boris, "is:mine is:incomplete").unwrap();
    }

    fn a_step_for_a_role_is_for_those_who_hold_it_there(db: TestDb) {
        let world = world(&db);
        let act = events::Act::system(NOW, events::Cause::Page, std::sync::Arc::clone(&world.entropy));
        world.db.write_wait("kind", move |tx| {
            let stored = settings::get(tx, 0, ticket::catalogue::KIND, "incident")?.unwrap();
            let mut kind: KindDef = serde_json::from_str(&stored.data).unwrap();
            for step in kind.transitions.iter_mut().filter(|t| t.to == "solved") {
                step.roles = vec!["coordinator".into()];
            }
            settings::put(tx, &act, 0, ticket::catalogue::KIND, "incident", stored.version, &kind)
        }).unwrap();
        let id = world.incident("The printer is dead").id;
        world.grant(world.boris, "coordinator", world.ribera);
        let refused = finish(&world, world.boris, id).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::Forbidden, "a coordinator of Ribera is an operator here");
        world.grant(world.boris, "coordinator", world.ria);
        finish(&world, world.boris, id).unwrap();
    }

    fn a_super_user_goes_on_for_the_whole_organisation(db: TestDb) {
        let world = world(&db);
        let somebody = world.db.write_wait("person", { let ria = world.ria; move |tx| {
            let id = party::store::person::insert(tx, ria, &party::PersonData::named("Sara Super"), NOW)?;
            party::store::membership::put(tx, id, &party::NewMembership::main(ria, kernel::Time(0)), NOW)?;
            Ok(id)
        }}).unwrap();
        let id = world.incident("The printer is dead").id;
        finish(&world, world.ana, id).unwrap();
        world.at(1, world.ana, move |tx, frame| involve(tx, frame, id, Who::Person(somebody), Involvement::Watcher)).unwrap();
        let watching = world.at(2, somebody, move |tx, frame| confirm(tx, frame, id)).unwrap_err();
        assert_eq!(watching.kind(), ErrorKind::Conflict, "to watch a ticket is not to speak for its requester");
        let steps = |who| world.read(who, move |rd, frame| { let seen = serve::see(rd, frame, id)?; serve::steps(rd, frame, &seen) }).unwrap().len();
        assert_eq!(steps(somebody), 0);

        world.grant(somebody, "super_user", world.ria);
        assert_eq!(steps(somebody), 2, "close and reopen");
        world.at(3, somebody, move |tx, frame| reopen(tx, frame, id, "Ours as well")).unwrap();
        assert_eq!(world.now(id).state, "open");
        world.at(4, world.ana, move |tx, frame| change(tx, frame, id, Base::Latest, &Patch { state: Some("waiting".into()), ..Patch::default() })).unwrap();
        world.at(5, somebody, move |tx, frame| post(tx, frame, id, &Post::new(MessageKind::Reply, "The second floor"))).unwrap();
        assert_eq!(world.now(id).category, Category::Active, "their answer ends the waiting for one");
        world.at(6, somebody, move |tx, frame| change(tx, frame, id, Base::Latest, &Patch { state: Some("cancelled".into()), ..Patch::default() })).unwrap();
        assert_eq!(world.now(id).category, Category::Cancelled);
        let theirs = world.registered(world.carla, "incident", "Of another customer").id;
        let foreign = world.at(7, somebody, move |tx, frame| change(tx, frame, theirs, Base::Latest, &Patch { state: Some("cancelled".into()), ..Patch::default() })).unwrap_err();
        assert_eq!(foreign.kind(), ErrorKind::NotFound);
    }

    fn taking_is_not_giving(db: TestDb) {
        let world = world(&db);
        let (ana, boris, l1, l2) = (world.ana, world.boris, world.l1, world.l2);
        let (one, two) = (world.incident("The printer is dead").id, world.incident("The scanner is dead").id);
        world.own_role(boris, "operator", |role| role.set(Verb::TicketAssign, Reach::None).unwrap());
        let to = |team, person| Patch { team, assignee: person, ..Patch::default() };
        let tried = |id, patch: Patch| world.at(1, boris, move |tx, frame| change(tx, frame, id, Base::Latest, &patch));
        for patch in [to(None, Some(Some(ana))), to(Some(Some(l2)), None), to(Some(Some(l2)), Some(Some(boris))), to(None, Some(None))] {
            assert_eq!(tried(one, patch.clone()).unwrap_err().kind(), ErrorKind::Forbidden, "{patch:?}");
        }
        let taken = tried(one, to(Some(Some(l1)), Some(Some(boris)))).unwrap();
        assert_eq!((taken.assignee, taken.state.as_str()), (Some(boris), "open"));
        let new = |person| NewTicket { kind: "incident".into(), title: "By phone".into(), assignee: Some(person), ..NewTicket::default() };
        let (mine, hers) = (new(boris), new(ana));
        world.at(1, boris, move |tx, frame| register(tx, frame, &mine)).unwrap();
        assert_eq!(world.at(1, boris, move |tx, frame| register(tx, frame, &hers)).unwrap_err().kind(), ErrorKind::Forbidden);
        world.tamper("DELETE FROM role_grant WHERE person_id = $1", ana.raw());
        world.grant(ana, "user", world.ria);
        let user = world.at(2, ana, move |tx, frame| change(tx, frame, two, Base::Latest, &Patch { assignee: Some(Some(ana)), ..Patch::default() })).unwrap_err();
        assert_eq!(user.kind(), ErrorKind::NotFound);
    }
}
