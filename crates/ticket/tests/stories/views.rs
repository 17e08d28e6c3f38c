//! Saved lists leave their traces, without what people wrote.

use events::Visibility;
use ticket::actions::view::{Share, arrange, change, delete, save};
use ticket::store;
use ticket::store::view::ViewData;

use crate::cast::world;

testkit::both! {
    template: testkit::Template::of(&crate::cast::migrations());

    fn lists_are_arranged_by_each_for_themselves(db: TestDb) {
        let world = world(&db);
        let (ana, boris) = (world.ana, world.boris);
        let data = |name: &str| ViewData { name: name.into(), query: "is:open".into(), columns: "number".into(), place: 100 };
        let (first, second) = (data("First"), data("Second"));
        let first = world.at(1, ana, move |tx, frame| save(tx, frame, Share::Me, &first)).unwrap().id;
        let second = world.at(1, ana, move |tx, frame| save(tx, frame, Share::Me, &second)).unwrap().id;
        let stands = |who| world.read(who, |rd, frame| store::view::arranged(rd, frame.person()?, &frame.actor.who.teams, frame.actor.tenant)).unwrap();
        let ids = |who| stands(who).0.iter().map(|view| view.id).collect::<Vec<_>>();
        let delivered = ids(boris);
        assert_eq!(ids(ana), [&delivered[..], &[first, second]].concat(), "as delivered, then one's own");
        assert_eq!(stands(ana).1, delivered.len() + 2);
        let unpinned = delivered[0];
        world.at(2, ana, move |tx, frame| arrange(tx, frame, &[(second, true), (unpinned, false)])).unwrap();
        assert_eq!(ids(ana), [&[second], &delivered[1..], &[first], &[unpinned]].concat());
        assert_eq!(stands(ana).1, delivered.len() + 1);
        assert_eq!((ids(boris), stands(boris).1), (delivered.clone(), delivered.len()), "another's stand as they stood");
        // What comes later stands behind, in the column.
        let third = data("Third");
        let third = world.at(3, ana, move |tx, frame| save(tx, frame, Share::Me, &third)).unwrap().id;
        assert_eq!(ids(ana), [&[second], &delivered[1..], &[first, third], &[unpinned]].concat());
        let twice = world.at(4, ana, move |tx, frame| arrange(tx, frame, &[(first, true), (first, false)])).unwrap_err();
        assert_eq!(twice.kind(), kernel::ErrorKind::Invalid);
        let foreign = world.at(4, boris, move |tx, frame| arrange(tx, frame, &[(first, true)])).unwrap_err();
        assert_eq!(foreign.kind(), kernel::ErrorKind::NotFound);
        world.at(5, ana, move |tx, frame| delete(tx, frame, second)).unwrap();
        assert_eq!(world.number("SELECT COUNT(*) FROM ticket_view_place WHERE view_id NOT IN (SELECT id FROM ticket_view)"), 0);
    }

    fn who_saved_changed_and_deleted_a_list_is_known(db: TestDb) {
        let world = world(&db);
        let data = |name: &str| ViewData { name: name.into(), query: "is:open \"secret\"".into(), columns: "number".into(), place: 1 };
        let (first, second) = (data("Mine"), data("Ours"));
        let view = world.at(1, world.ana, move |tx, frame| save(tx, frame, Share::Me, &first)).unwrap();
        let (id, version) = (view.id, view.version);
        world.at(2, world.ana, move |tx, frame| change(tx, frame, id, version, &second)).unwrap();
        world.at(3, world.ana, move |tx, frame| delete(tx, frame, id)).unwrap();
        let log = world.db.read_wait("log", move |rd| events::of_object_since(rd, "view", id.raw(), 0)).unwrap();
        let kinds: Vec<&str> = log.iter().map(|e| e.kind.as_str()).collect();
        assert_eq!(kinds, ["view.created", "view.changed", "view.deleted"]);
        assert!(log.iter().all(|e| e.by == events::By::Person(world.ana.raw()) && e.tenant == world.ria.raw()));
        assert!(log.iter().all(|e| e.visibility == Visibility::Administrative), "the lists of a person are their own");
        let written = serde_json::to_string(&log.iter().map(|e| &e.payload).collect::<Vec<_>>()).unwrap();
        assert!(!written.contains("secret") && !written.contains("Mine") && !written.contains("Ours"), "{written}");
    }
}
