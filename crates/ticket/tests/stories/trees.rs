//! A place with more in it than any list of ids can hold.

use kernel::{LocationId, OrganisationId, PageRequest, ServiceId, TicketId};
use party::store::{location, organisation, service};
use party::{LocationData, OrganisationData, OrganisationKind, ServiceData};
use ticket::actions::change::{Base, Patch, change};
use ticket::list;

use crate::cast::{NOW, World, world};

/// More than were ever included, and rooms enough for a few more places of that size.
const ROOMS: usize = 2100;

/// A house with its rooms, the last of them in the order of their paths first.
fn house(world: &World, name: &'static str) -> Vec<LocationId> {
    let ria = world.ria;
    world
        .db
        .write_wait("house", move |tx| {
            let house = location::insert(tx, ria, None, &LocationData::named(name), NOW)?;
            let mut rooms = Vec::new();
            for n in 0..ROOMS {
                rooms.push(location::insert(tx, ria, Some(house), &LocationData::named(format!("{name} room {n}")), NOW)?);
            }
            rooms.sort_by_key(|room| std::cmp::Reverse(room.raw().to_string()));
            Ok(rooms)
        })
        .unwrap()
}

fn placed(world: &World, title: &str, patch: Patch) -> TicketId {
    let id = world.incident(title).id;
    world.at(1, world.ana, move |tx, frame| change(tx, frame, id, Base::Latest, &patch)).unwrap();
    id
}

fn found(world: &World, q: &'static str) -> Vec<TicketId> {
    world
        .read(world.ana, move |rd, frame| {
            let prepared = list::prepare(rd, frame.desk, frame.actor, q, false, NOW)?;
            let page = list::page(rd, &prepared, &PageRequest { limit: Some(50), cursor: None })?.page;
            assert_eq!(list::count(rd, &prepared)?, list::Count::Exactly(i64::try_from(page.rows.len()).unwrap()), "{q}");
            let mut ids: Vec<TicketId> = page.rows.into_iter().map(|t| t.id).collect();
            ids.sort_unstable();
            Ok(ids)
        })
        .unwrap()
}

testkit::both! {
    template: testkit::Template::of(&crate::cast::migrations());

    fn every_room_of_a_large_house_is_found(db: TestDb) {
        let world = world(&db);
        let (north, south) = (house(&world, "North"), house(&world, "South"));
        let at = |place: LocationId| Patch { location: Some(Some(place)), ..Patch::default() };
        let last = placed(&world, "In the last room", at(north[0]));
        let first = placed(&world, "In the first room", at(north[ROOMS - 1]));
        let other = placed(&world, "In another house", at(south[0]));
        let nowhere = world.incident("Nowhere").id;
        assert_eq!(found(&world, "location:North"), [last, first]);
        assert_eq!(found(&world, "-location:North"), [other, nowhere], "what stands nowhere is not in the north");
        assert_eq!(found(&world, "location:North,South"), [last, first, other]);
        assert_eq!(found(&world, "location:\"North room 7\",South"), [other]);
        assert_eq!(found(&world, "location:none"), [nowhere]);
    }

    fn a_large_tree_of_organisations_or_services_is_found_whole(db: TestDb) {
        let world = world(&db);
        let ria = world.ria;
        let (branch, below, service): (OrganisationId, OrganisationId, ServiceId) = world
            .db
            .write_wait("trees", move |tx| {
                let branch = organisation::insert(tx, Some(ria), &OrganisationData::named("Branches", OrganisationKind::Internal), NOW)?;
                let root = service::insert(tx, ria, None, "work", &ServiceData::live("Workplace"), NOW)?;
                let (mut office, mut lowest) = (branch, root);
                for n in 0..30 {
                    office = organisation::insert(tx, Some(branch), &OrganisationData::named(format!("Office {n}"), OrganisationKind::Internal), NOW)?;
                    lowest = service::insert(tx, ria, Some(root), &format!("work-{n}"), &ServiceData::live(format!("Part {n}")), NOW)?;
                }
                Ok((branch, office, lowest))
            })
            .unwrap();
        let ours = placed(&world, "In an office", Patch { organisation: Some(Some(below)), service: Some(Some(service)), ..Patch::default() });
        let above = placed(&world, "At the top", Patch { organisation: Some(Some(branch)), ..Patch::default() });
        let elsewhere = world.incident("In the head office").id;
        assert_eq!(found(&world, "org:Branches"), [ours, above]);
        assert_eq!(found(&world, "-org:Branches"), [elsewhere]);
        assert_eq!(found(&world, "service:work"), [ours]);
        assert_eq!(found(&world, "service:Workplace -org:Branches"), []);
        assert_eq!(found(&world, "service:work-3"), []);
    }
}
