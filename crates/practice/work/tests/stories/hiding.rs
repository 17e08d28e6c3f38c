//! Who does not see a ticket from the inside hears nothing of its tasks.

use testkit::Template;
use ticket::actions::change::{Base, Patch, change};
use work::actions::task::{To, Wanted, add};

use crate::rig::{migrations, rig};

testkit::both! {
    template: Template::of(&migrations());

    fn tasks_are_for_the_desk_of_their_tenant(db: TestDb) {
        let rig = rig(db);
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "New notebook"));
        let one = rig.act(cast.ana, move |tx, frame| add(tx, frame, ticket, &To::First("To do".into()), &Wanted::titled("canary")));
        let base = format!("/desk/tickets/{ticket}/tasks");
        for who in [cast.ursula, cast.dario, cast.carla] {
            for answer in [rig.get(who, &base), rig.get(who, &format!("{base}/{one}")), rig.post(who, &format!("{base}/{one}/complete"), &[])] {
                assert!(matches!(answer.status, 404 | 422) && !answer.has("canary"), "{}", answer.body);
            }
        }
        assert_eq!(rig.api(cast.ursula, &format!("/api/v1/tickets/{ticket}/checklists")).status, 404);
        assert!(rig.api(cast.ana, &format!("/api/v1/tickets/{ticket}/checklists")).has("canary"));
    }

    fn nobody_is_given_a_task_of_a_ticket_that_they_do_not_see(db: TestDb) {
        let rig = rig(db);
        rig.holds(rig.cast.ana, "coordinator");
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "A complaint"));
        rig.act(cast.ana, move |tx, frame| {
            change(tx, frame, ticket, Base::Latest, &Patch { confidential: Some(true), ..Patch::default() })
        });
        let refused = rig.tries(cast.ana, move |tx, frame| {
            add(tx, frame, ticket, &To::First("To do".into()), &Wanted { owner: Some(cast.boris), ..Wanted::titled("Ask him") })
        });
        assert_eq!(refused.unwrap_err().fields()[0].code, "error-worker-blind");
        assert_eq!(rig.get(cast.boris, &format!("/desk/tickets/{ticket}/tasks")).status, 404);
    }

    fn whom_one_does_not_see_one_gives_nothing(db: TestDb) {
        let rig = rig(db);
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "New notebook"));
        let give = |owner| {
            rig.tries(cast.ana, move |tx, frame| {
                add(tx, frame, ticket, &To::First("To do".into()), &Wanted { owner: Some(owner), ..Wanted::titled("Order it") })
            })
        };
        let (theirs, nobody) = (give(cast.dario).unwrap_err(), give(kernel::PersonId::new(987_654)).unwrap_err());
        assert_eq!((theirs.kind(), theirs.code()), (nobody.kind(), nobody.code()));
    }

    fn a_role_that_hides_who_has_a_ticket_hides_who_has_its_tasks(db: TestDb) {
        let rig = rig(db);
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "New notebook"));
        let one = rig.act(cast.ana, move |tx, frame| {
            add(tx, frame, ticket, &To::First("To do".into()), &Wanted { owner: Some(cast.ana), ..Wanted::titled("Order it") })
        });
        rig.hides(cast.boris, "operator", access::Object::Ticket, &["assignee"]);
        let base = format!("/desk/tickets/{ticket}/tasks");
        let page = rig.get(cast.boris, &base);
        assert!(page.status == 200 && page.has("Order it") && !page.has("Ana Núñez"), "{}", page.body);
        assert!(!rig.get(cast.boris, &format!("{base}/{one}")).has("owner_text"));
        let fields = [("title", "Order two"), ("sort", "tick")];
        assert_eq!(rig.post(cast.boris, &format!("{base}/{one}"), &fields).status, 303);
        assert!(rig.get(cast.ana, &base).has("Ana Núñez"), "who is hidden keeps it");
    }
}
