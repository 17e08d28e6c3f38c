//! Two people edit at once.

use kernel::ErrorKind;
use ticket::actions::change::{Base, Patch, change};

use crate::cast::world;

testkit::both! {
    template: testkit::Template::of(&crate::cast::migrations());

    fn a_stale_edit_names_who_changed_what_and_spares_the_rest(db: TestDb) {
        let world = world(&db);
        let id = world.incident("The printer is dead").id;
        world.at(1, world.boris, move |tx, frame| change(tx, frame, id, Base::Since(1), &Patch { priority: Some(4), ..Patch::default() })).unwrap();

        let other = world.at(2, world.ana, move |tx, frame| change(tx, frame, id, Base::Since(1), &Patch { title: Some("Printer 2 is dead".into()), ..Patch::default() })).unwrap();
        assert_eq!((other.priority, other.version), (4, 3), "another field is no conflict");

        let clash = world.at(3, world.ana, move |tx, frame| change(tx, frame, id, Base::Since(1), &Patch { priority: Some(1), ..Patch::default() })).unwrap_err();
        assert_eq!((clash.kind(), clash.code()), (ErrorKind::Conflict, "error-stale"));
        assert_eq!(clash.fields()[0].field, "priority");
        assert!(clash.fields()[0].args.iter().any(|(name, who)| *name == "who" && who == "Борис Ёлкин"));

        let strict = world.at(4, world.ana, move |tx, frame| change(tx, frame, id, Base::Exactly(1), &Patch { urgency: Some(1), ..Patch::default() })).unwrap_err();
        assert_eq!(strict.kind(), ErrorKind::Stale);
        assert_eq!(world.now(id).priority, 4);
    }

    fn setting_what_is_there_already_is_no_change(db: TestDb) {
        let world = world(&db);
        let made = world.incident("The printer is dead");
        let id = made.id;
        let same = world.at(1, world.ana, move |tx, frame| change(tx, frame, id, Base::Exactly(1), &Patch { title: Some("The printer is dead".into()), ..Patch::default() })).unwrap();
        assert_eq!(same.version, 1);
    }
}
