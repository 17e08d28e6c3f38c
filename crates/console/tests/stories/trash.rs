//! A ticket goes to the trash and comes back, or goes for good.

use testkit::Template;

use crate::rig::{migrations, rig};

testkit::both! {
    template: Template::of(&migrations());

    fn a_ticket_is_moved_to_the_trash_and_brought_back(db: TestDb) {
        let rig = rig(db);
        let cast = rig.cast;
        let id = rig.registered(cast.ursula, "VPN drops");
        let path = format!("/desk/tickets/{id}");
        assert!(!rig.get(cast.ana, &path).has("/trash\""), "an operator may not");
        assert_eq!(rig.get(cast.ana, "/desk/trash").status, 403);
        assert_eq!(rig.post(cast.ana, &format!("{path}/trash"), &[]).status, 403);
        rig.holds(cast.clara, "manager");
        assert!(rig.get(cast.clara, &path).has(&format!("action=\"{path}/trash\"")));
        assert!(rig.get(cast.clara, "/desk/trash").has("Nothing in the trash."));
        let moved = rig.post(cast.clara, &format!("{path}/trash"), &[]);
        assert_eq!((moved.status, moved.place()), (303, path.as_str()));
        let told = rig.get(cast.clara, &path);
        assert!(told.status == 200 && told.has("This ticket is in the trash.") && told.has("Clara Vega") && !told.has("composer-form"), "{}", told.body);
        let never = rig.get(cast.ana, "/desk/tickets/99999");
        for who in [cast.ana, cast.boris, cast.ursula, cast.dario] {
            assert_eq!(rig.get(who, &path).status, 404);
            assert_eq!(rig.get(who, &format!("/t/{id}")).status, 404);
            let refused = rig.post(who, &format!("/desk/trash/{id}/restore"), &[]);
            assert_eq!(refused.status, rig.post(who, "/desk/trash/99999/restore", &[]).status);
            assert!(matches!(refused.status, 403 | 404));
        }
        assert_eq!(rig.get(cast.ana, &path).body.len(), never.body.len(), "like a number that never was");
        assert!(!rig.get(cast.ana, "/desk/tickets?q=vpn").has("VPN drops"));
        let list = rig.get(cast.clara, "/desk/trash");
        assert!(list.has("VPN drops") && list.has(&format!("/desk/trash/{id}/restore")) && !list.has("/remove\"") && !list.has("/desk/trash/days"), "{}", list.body);
        let back = rig.post(cast.clara, &format!("/desk/trash/{id}/restore"), &[]);
        assert_eq!(back.place(), format!("{path}?done=restored"));
        assert!(rig.get(cast.clara, back.place()).has("Brought back. It is as it was."));
        assert!(rig.get(cast.boris, &path).has("VPN drops"));
    }

    fn who_may_removes_it_for_good_and_says_how_long_it_stays(db: TestDb) {
        let rig = rig(db);
        let cast = rig.cast;
        let id = rig.registered(cast.ursula, "VPN drops");
        rig.holds(cast.clara, "administrator");
        rig.post(cast.clara, &format!("/desk/tickets/{id}/trash"), &[]);
        let list = rig.get(cast.clara, "/desk/trash");
        assert!(list.has(&format!("/desk/trash/{id}/remove")), "{}", list.body);
        let removed = rig.post(cast.clara, &format!("/desk/trash/{id}/remove"), &[]);
        assert_eq!(removed.place(), "/desk/trash?done=removed");
        assert!(rig.get(cast.clara, removed.place()).has("Removed for good."));
        assert_eq!(rig.get(cast.clara, &format!("/desk/tickets/{id}")).status, 404);
    }
}
