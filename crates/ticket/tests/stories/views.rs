//! Saved lists leave their traces, without what people wrote.

use events::Visibility;
use ticket::actions::view::{Share, change, delete, save};
use ticket::store::view::ViewData;

use crate::cast::world;

testkit::both! {
    template: testkit::Template::of(&crate::cast::migrations());

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
