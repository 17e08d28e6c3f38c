//! Two tickets become one, and two again.

use testkit::Template;
use ticket::Category;

use crate::rig::{migrations, rig};

testkit::both! {
    template: Template::of(&migrations());

    fn two_tickets_are_compared_merged_and_taken_apart(db: TestDb) {
        let rig = rig(db);
        let cast = rig.cast;
        let (a, b) = (rig.registered(cast.ursula, "VPN drops"), rig.registered(cast.ursula, "No VPN again"));
        let path = format!("/desk/tickets/{b}");
        assert!(rig.get(cast.ana, &path).has(&format!("href=\"{path}/merge\"")));
        let asked = rig.get(cast.ana, &format!("{path}/merge"));
        assert!(asked.status == 200 && !asked.has("name=\"keep\""));
        let compared = rig.get(cast.ana, &format!("{path}/merge?other_text={a}"));
        assert!(compared.has("VPN drops") && compared.has("No VPN again") && compared.has(&format!("name=\"keep\" value=\"{a}\"")), "{}", compared.body);
        assert!(!compared.has("They have different requesters"));
        assert!(rig.get(cast.ana, &format!("{path}/merge?other_text=99999")).has("There is no such ticket"));
        assert_eq!(rig.get(cast.dario, &format!("{path}/merge?other_text={a}")).status, 404);

        let merge = |keep: &str| rig.post(cast.ana, &format!("{path}/merge"), &[("other", &a.to_string()), ("keep", keep)]);
        assert_eq!(merge("7777").status, 422);
        let merged = merge(&a.to_string());
        assert_eq!((merged.status, merged.place()), (303, format!("/desk/tickets/{a}?done=merged").as_str()));
        assert_eq!(rig.now(b).category, Category::Cancelled);
        let whole = rig.get(cast.ana, merged.place());
        assert!(whole.has("Merged. This one goes on.") && whole.has(&format!("Merged with ticket {b}")), "{}", whole.body);
        let part = rig.get(cast.ana, &path);
        assert!(part.has("This ticket goes on as part of another one.") && part.has(&format!("/desk/tickets/{a}\"")) && !part.has("composer-form"));
        assert_eq!(rig.get(cast.ana, &format!("/t/{b}")).place(), format!("/desk/tickets/{a}"));
        assert_eq!(rig.get(cast.ursula, &format!("/t/{b}")).place(), format!("/requests/{a}"));
        assert_eq!(rig.post(cast.ana, &format!("{path}/change"), &[("priority", "4")]).status, 409);
        assert_eq!(rig.post(cast.dario, &format!("{path}/unmerge"), &[]).status, 404);
        let apart = rig.post(cast.ana, &format!("{path}/unmerge"), &[]);
        assert_eq!(apart.place(), format!("{path}?done=unmerged"));
        assert!(rig.get(cast.ana, apart.place()).has("Taken apart. This one is as it was."));
        assert!(rig.now(b).is_open());
        assert_eq!(rig.get(cast.ana, &format!("/t/{b}")).place(), path);
    }
}
