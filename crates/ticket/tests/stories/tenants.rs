//! Two customers and an agent who works for both: what a ticket names stays within its own.

use kernel::{ErrorKind, LocationId, OrganisationId, PersonId, ServiceId, TeamId};
use party::store::{location, membership, organisation, person, service, team};
use party::{LocationData, NewMembership, OrganisationData, OrganisationKind, PersonData, SHARED, ServiceData, TeamData, TeamRole};
use ticket::actions::change::{Base, Patch, change};
use ticket::actions::involve::{Who, involve};
use ticket::actions::register::{NewTicket, register};
use ticket::{Involvement, Ticket};

use crate::cast::{NOW, World, world};

/// What Ribera has of its own.
#[derive(Clone, Copy)]
struct Ribera {
    branch: OrganisationId,
    hall: LocationId,
    ovens: ServiceId,
    team: TeamId,
}

/// Ana works for both; so does a desk of the operator with its service.
fn both(world: &World) -> (Ribera, ServiceId, TeamId) {
    let tenant = world.ribera;
    let made = world
        .db
        .write_wait("ribera", move |tx| {
            let branch = organisation::insert(tx, Some(tenant), &OrganisationData::named("Ribera North", OrganisationKind::Customer), NOW)?;
            let hall = location::insert(tx, tenant, None, &LocationData::named("Hall 1"), NOW)?;
            let ovens = service::insert(tx, tenant, None, "ovens", &ServiceData::live("Ovens"), NOW)?;
            let own = team::insert(tx, tenant, "ribera", &TeamData::named("Ribera desk", 1), NOW)?;
            let mail = service::insert(tx, SHARED, None, "mail", &ServiceData::live("Mail"), NOW)?;
            let night = team::insert(tx, SHARED, "night", &TeamData::named("Night shift", 1), NOW)?;
            Ok((Ribera { branch, hall, ovens, team: own }, mail, night))
        })
        .unwrap();
    world.grant(world.ana, "operator", world.ribera);
    made
}

fn tried(world: &World, id: kernel::TicketId, patch: Patch) -> kernel::Result<Ticket> {
    world.at(1, world.ana, move |tx, frame| change(tx, frame, id, Base::Latest, &patch))
}

fn new(requester: PersonId) -> NewTicket {
    NewTicket { kind: "incident".into(), title: "The printer is dead".into(), requester: Some(requester), ..NewTicket::default() }
}

fn registered(world: &World, new: NewTicket) -> kernel::Result<Ticket> {
    world.at(1, world.ana, move |tx, frame| register(tx, frame, &new))
}

fn refused(result: kernel::Result<Ticket>) -> (String, &'static str) {
    let error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");
    (error.fields()[0].field.to_string(), error.fields()[0].code)
}

testkit::both! {
    template: testkit::Template::of(&crate::cast::migrations());

    fn a_change_names_nothing_of_another_customer(db: TestDb) {
        let world = world(&db);
        let (ribera, mail, night) = both(&world);
        let id = world.incident("The printer is dead").id;
        let none = Patch::default;
        for (field, patch) in [
            ("requester", Patch { requester: Some(Some(world.carla)), ..none() }),
            ("beneficiary", Patch { beneficiary: Some(Some(world.carla)), ..none() }),
            ("organisation", Patch { organisation: Some(Some(ribera.branch)), ..none() }),
            ("location", Patch { location: Some(Some(ribera.hall)), ..none() }),
            ("service", Patch { service: Some(Some(ribera.ovens)), ..none() }),
            ("team", Patch { team: Some(Some(ribera.team)), ..none() }),
            ("owner_team", Patch { owner_team: Some(Some(ribera.team)), ..none() }),
        ] {
            assert_eq!(refused(tried(&world, id, patch)), (field.to_owned(), "error-other-tenant"));
        }
        let team = ribera.team;
        let watch = world.at(1, world.ana, move |tx, frame| involve(tx, frame, id, Who::Team(team), Involvement::Watcher)).unwrap_err();
        assert_eq!(watch.fields()[0].code, "error-other-tenant");
        let shared = tried(&world, id, Patch { service: Some(Some(mail)), team: Some(Some(night)), ..none() }).unwrap();
        assert_eq!((shared.service, shared.team), (Some(mail), Some(night)), "what the operator shares is everybody's");
        let back = tried(&world, id, Patch { team: Some(Some(world.l2)), beneficiary: Some(Some(world.ana)), ..none() }).unwrap();
        assert_eq!((back.team, back.beneficiary), (Some(world.l2), Some(world.ana)));
    }

    fn a_desk_works_for_other_customers_with_its_own_teams(db: TestDb) {
        let world = world(&db);
        both(&world);
        let theirs = world.registered(world.carla, "incident", "The oven is cold").id;
        let taken = tried(&world, theirs, Patch { assignee: Some(Some(world.ana)), ..Patch::default() }).unwrap();
        assert_eq!((taken.team, taken.assignee), (Some(world.l1), Some(world.ana)));
        let moved = tried(&world, theirs, Patch { team: Some(Some(world.l2)), ..Patch::default() }).unwrap();
        assert_eq!((moved.team, moved.assignee), (Some(world.l2), None));
    }

    fn a_registration_names_nothing_of_another_customer(db: TestDb) {
        let world = world(&db);
        let (ribera, mail, _) = both(&world);
        let ursula = world.ursula;
        for (field, asked) in [
            ("beneficiary", NewTicket { beneficiary: Some(world.carla), ..new(ursula) }),
            ("organisation", NewTicket { organisation: Some(ribera.branch), ..new(ursula) }),
            ("location", NewTicket { location: Some(ribera.hall), ..new(ursula) }),
            ("service", NewTicket { service: Some(ribera.ovens), ..new(ursula) }),
            ("team", NewTicket { team: Some(ribera.team), ..new(ursula) }),
        ] {
            assert_eq!(refused(registered(&world, asked)), (field.to_owned(), "error-other-tenant"));
        }
        let theirs = NewTicket { organisation: Some(ribera.branch), location: Some(ribera.hall), service: Some(ribera.ovens), ..new(world.carla) };
        assert_eq!(registered(&world, theirs).unwrap().tenant, world.ribera);
        assert_eq!(registered(&world, NewTicket { service: Some(mail), ..new(ursula) }).unwrap().service, Some(mail));
    }

    fn a_child_has_a_parent_of_the_same_customer(db: TestDb) {
        let world = world(&db);
        both(&world);
        let parent = world.incident("Core switch down").id;
        let foreign = registered(&world, NewTicket { parent: Some(parent), ..new(world.carla) }).unwrap_err();
        assert_eq!(foreign.kind(), ErrorKind::NotFound);
        let own = registered(&world, NewTicket { parent: Some(parent), ..new(world.ursula) }).unwrap();
        assert_eq!(own.parent, Some(parent));
    }

    fn nothing_goes_to_a_team_that_is_no_longer_active(db: TestDb) {
        let world = world(&db);
        let (ria, l2) = (world.ria, world.l2);
        let (gone, labels) = world
            .db
            .write_wait("team", move |tx| {
                let gone = team::insert(tx, ria, "labels", &TeamData::named("Labels", 2), NOW)?;
                let labels = service::insert(tx, ria, None, "labels", &ServiceData { team: Some(gone), ..ServiceData::live("Labels") }, NOW)?;
                Ok((gone, labels))
            })
            .unwrap();
        let before = registered(&world, NewTicket { service: Some(labels), ..new(world.ursula) }).unwrap();
        assert_eq!(before.team, Some(gone));
        world.db.write_wait("close", move |tx| team::update(tx, gone, 1, &TeamData { active: false, ..TeamData::named("Labels", 2) }, NOW)).unwrap();
        let after = registered(&world, NewTicket { service: Some(labels), ..new(world.ursula) }).unwrap();
        assert_eq!(after.team, Some(world.l1), "the first line has what the team would not see");
        assert_eq!(refused(registered(&world, NewTicket { team: Some(gone), ..new(world.ursula) })), ("team".to_owned(), "error-team-inactive"));
        let hand_over = Patch { team: Some(Some(gone)), ..Patch::default() };
        assert_eq!(refused(tried(&world, after.id, hand_over.clone())), ("team".to_owned(), "error-team-inactive"));
        let owner = Patch { owner_team: Some(Some(gone)), ..Patch::default() };
        assert_eq!(refused(tried(&world, after.id, owner)), ("owner_team".to_owned(), "error-team-inactive"));
        tried(&world, before.id, hand_over).unwrap();
        assert_eq!(tried(&world, before.id, Patch { team: Some(Some(l2)), ..Patch::default() }).unwrap().team, Some(l2));
    }

    fn a_colleague_of_the_operator_may_work_everywhere(db: TestDb) {
        let world = world(&db);
        let (_, _, night) = both(&world);
        let ria = world.ria;
        let olga = world
            .db
            .write_wait("olga", move |tx| {
                let id = person::insert(tx, ria, &PersonData::named("Olga Night"), NOW)?;
                membership::put(tx, id, &NewMembership::main(ria, kernel::Time(0)), NOW)?;
                team::put_member(tx, night, id, TeamRole::Member)?;
                Ok(id)
            })
            .unwrap();
        let theirs = world.registered(world.carla, "incident", "The oven is cold").id;
        let given = tried(&world, theirs, Patch { team: Some(Some(night)), assignee: Some(Some(olga)), ..Patch::default() }).unwrap();
        assert_eq!((given.team, given.assignee), (Some(night), Some(olga)));
    }
}
