//! The index follows the desk, survives its own end, and is made anew while the desk works.

use std::time::Duration;

use kernel::TicketId;
use party::store::person;
use party::{OrganisationData, OrganisationKind, PersonData};
use search::{Kind, State};
use ticket::actions::change::Patch;

use crate::rig::{NOW, World, asking, quiet, world};

/// Damages every segment of the index that answers.
fn damage(world: &World) {
    let folder = world.indexes().pop().unwrap();
    for file in std::fs::read_dir(folder).unwrap().flatten() {
        let path = file.path();
        if path.extension().is_some_and(|e| e == "store" || e == "term" || e == "idx") {
            std::fs::write(&path, b"broken").unwrap();
        }
    }
}

testkit::both! {
    template: testkit::Template::of(&crate::rig::migrations());

    fn new_text_is_found_within_a_second(db: TestDb) {
        let world = world(&db);
        let mut longest = Duration::ZERO;
        for n in 0..5 {
            let ticket = world.ticket(world.ursula, &format!("Anlage {n}"), &format!("kaputt{n}"));
            longest = longest.max(world.caught_up());
            assert_eq!(world.tickets(world.ana, &format!("kaputt{n}")), [ticket]);
        }
        // Slow machines exist: the limit is of a quiet one, with room.
        assert!(longest < Duration::from_secs(5), "{longest:?}");
    }

    fn every_change_is_followed(db: TestDb) {
        let world = world(&db);
        let ticket = world.ticket(world.ursula, "Heating cold", "radiator");
        world.caught_up();
        world.patch(world.ana, ticket, Patch { title: Some("Cooling warm".into()), ..Patch::default() });
        world.post(world.ana, ticket, "Valve replaced", true);
        world.caught_up();
        assert!(world.tickets(world.ana, "heating").is_empty(), "what was overwritten is gone");
        assert_eq!(world.tickets(world.ana, "cooling valve"), [ticket]);
    }

    fn people_that_come_without_an_event_are_found(db: TestDb) {
        let world = world(&db);
        let ria = world.ria;
        let (id, team) = world
            .db
            .write_wait("import", move |tx| {
                let id = person::insert(tx, ria, &PersonData::named("Zoe Quintana"), NOW)?;
                let new = party::TeamData::named("Night watch", 1);
                Ok((id, party::store::team::insert(tx, ria, "night", &new, NOW.plus(-1_000_000_000_000))?))
            })
            .unwrap();
        world.until("she is found", || world.ids(world.ana, "quintana", Kind::Person) == [id.raw()]);
        world.until("an old stamp does not hide a new row", || world.ids(world.ana, "night", Kind::Team) == [team.raw()]);
        let later = NOW.plus(60_000_000);
        world
            .db
            .write_wait("rename", move |tx| {
                let version = person::get(tx, id)?.version;
                person::update(tx, id, version, &PersonData::named("Zoe Robles"), later)
            })
            .unwrap();
        world.until("she is found by her new name", || world.ids(world.ana, "robles", Kind::Person) == [id.raw()]);
        assert!(world.ids(world.ana, "quintana", Kind::Person).is_empty());
    }

    fn an_index_goes_on_where_its_commit_stands(db: TestDb) {
        let mut world = world(&db);
        let first = world.ticket(world.ursula, "Router hangs", "lights");
        world.caught_up();
        let reached = world.search.reached().unwrap();
        world.restart();
        assert_eq!(world.search.reached(), Some(reached), "the place is in the commit");
        let second = world.ticket(world.ursula, "Router smokes", "lights");
        assert_eq!(world.tickets(world.ana, "router"), [first], "as it was");
        world.follow();
        let mut found = world.tickets(world.ana, "router");
        found.sort_unstable();
        assert_eq!(found, [first, second]);
        assert_eq!(world.indexes().len(), 1, "nothing was made anew");
    }

    fn a_step_that_was_done_twice_changes_nothing(db: TestDb) {
        let mut world = world(&db);
        let ticket = world.ticket(world.ursula, "Switch dead", "port");
        world.caught_up();
        let saved = tempfile::tempdir().unwrap();
        let folder = world.indexes().pop().unwrap();
        world.restart();
        // The state of the disk before the last commit.
        for file in std::fs::read_dir(&folder).unwrap().flatten() {
            std::fs::copy(file.path(), saved.path().join(file.file_name())).unwrap();
        }
        world.post(world.ana, ticket, "New power supply", true);
        world.follow();
        assert_eq!(world.tickets(world.ana, "supply"), [ticket]);
        world.restart();
        std::fs::remove_dir_all(&folder).unwrap();
        std::fs::create_dir(&folder).unwrap();
        for file in std::fs::read_dir(saved.path()).unwrap().flatten() {
            std::fs::copy(file.path(), folder.join(file.file_name())).unwrap();
        }
        world.restart();
        world.follow();
        assert_eq!(world.tickets(world.ana, "supply switch"), [ticket], "once, and found");
        assert_eq!(world.search.documents(), u64::try_from(1 + 4 + 2 + 2 + 1).unwrap());
    }

    fn a_missing_or_damaged_folder_is_made_anew(db: TestDb) {
        let mut world = world(&db);
        let ticket = world.ticket(world.ursula, "Beamer dark", "lamp");
        world.caught_up();
        world.restart();
        std::fs::remove_dir_all(world.index()).unwrap();
        world.restart();
        assert!(matches!(world.search.state(), State::Rebuilding { answers: false, .. }));
        assert!(world.ask(world.ana, asking("beamer")).unwrap().hits.is_empty());
        world.follow();
        assert_eq!(world.tickets(world.ana, "beamer"), [ticket]);
        world.restart();
        damage(&world);
        // An end by force leaves the mark of use, and then the bytes are checked.
        std::fs::write(world.indexes().pop().unwrap().join("in-use"), b"").unwrap();
        world.restart();
        world.follow();
        assert_eq!(world.tickets(world.ana, "beamer"), [ticket]);
        assert_eq!(world.indexes().len(), 1, "the damaged one is gone");
        world.restart();
        std::fs::write(world.indexes().pop().unwrap().join("meta.json"), b"{").unwrap();
        world.restart();
        world.follow();
        assert_eq!(world.tickets(world.ana, "beamer"), [ticket]);
    }

    fn a_new_index_is_made_under_writes(db: TestDb) {
        let world = world(&db);
        let mut all: Vec<TicketId> = (0..150).map(|n| world.ticket(world.ursula, &format!("Cable {n}"), "cable")).collect();
        world.caught_up();
        let old = world.indexes();
        world.search.rebuild();
        for n in 150..200 {
            all.push(world.ticket(world.ursula, &format!("Cable {n}"), "cable"));
            assert!(!world.search(world.ana, "cable").hits.is_empty(), "it answers meanwhile");
        }
        world.until("the new one is in use", || world.search.state() == State::Ready && world.indexes() != old && world.indexes().len() == 1);
        world.caught_up();
        let found = world.ask(world.ana, search::Ask { counts: true, ..asking("cable") }).unwrap();
        assert!(found.counts.unwrap().kinds.contains(&(Kind::Ticket, Some(200))), "each once");
        assert_eq!(all.len(), 200);
    }

    fn an_index_of_another_time_is_not_used(db: TestDb) {
        let mut world = world(&db);
        let ticket = world.ticket(world.ursula, "Phone mute", "handset");
        world.caught_up();
        world.restart();
        let old = world.indexes();
        world.db.write_wait("restore", |tx| tx.exec_text("UPDATE installation SET value = '2' WHERE name = 'epoch'", &[])).unwrap();
        world.follow();
        assert_ne!(world.indexes(), old, "made anew after a restore");
        assert_eq!(world.tickets(world.ana, "phone"), [ticket]);
        world.restart();
        let folder = world.indexes().pop().unwrap();
        let other = world.index().join("0-0000000000000000.9");
        std::fs::rename(&folder, &other).unwrap();
        world.restart();
        world.follow();
        assert!(!other.exists(), "one of another version is not used and not kept");
        assert_eq!(world.tickets(world.ana, "phone"), [ticket]);
    }

    fn what_is_purged_is_gone(db: TestDb) {
        let world = world(&db);
        let ticket = world.ticket(world.ursula, "Trial ticket", "trial");
        let kept = world.ticket(world.ursula, "Trial kept", "trial");
        world.caught_up();
        let before = world.search.documents();
        world.purge(ticket);
        assert_eq!(world.tickets(world.ana, "trial"), [kept], "at once");
        world.search.wake();
        world.until("its document is gone", || world.search.documents() == before - 1);
    }

    fn an_empty_desk_has_an_index(db: TestDb) {
        let mut world = quiet(&db);
        assert!(world.search(world.ana, "anything").hits.is_empty());
        world.follow();
        assert!(world.search(world.ana, "anything").hits.is_empty());
        assert_eq!(world.ids(world.ana, "boris", Kind::Person), Vec::<i64>::new());
        assert_eq!(world.ids(world.ana, "борис", Kind::Person), [world.boris.raw()]);
        let none = OrganisationData::named("Vivero Sur", OrganisationKind::Customer);
        let id = world.db.write_wait("organisation", move |tx| party::store::organisation::insert(tx, None, &none, NOW)).unwrap();
        world.grant(world.ana, "operator", id);
        world.until("a new organisation is found", || world.ids(world.ana, "vivero", Kind::Organisation) == [id.raw()]);
    }
}
