//! Chosen messages become a ticket, and go back.

use testkit::Template;
use ticket::actions::post::{Post, post};
use ticket::{Category, MessageKind};

use crate::rig::{migrations, rig};

testkit::both! {
    template: Template::of(&migrations());

    fn chosen_messages_are_split_off_and_put_back(db: TestDb) {
        let rig = rig(db);
        let cast = rig.cast;
        let old = rig.registered(cast.ursula, "VPN drops");
        let path = format!("/desk/tickets/{old}");
        assert!(rig.get(cast.ana, &path).has(&format!("href=\"{path}/split\"")));
        assert!(rig.get(cast.ana, &format!("{path}/split")).has("Nothing was said on it beside its description."));
        let said = rig.act(cast.ana, move |tx, frame| post(tx, frame, old, &Post::new(MessageKind::Reply, "And the printer?")).map(|(id, _)| id));
        let form = rig.get(cast.ana, &format!("{path}/split"));
        assert!(form.has("And the printer?") && form.has(&format!("name=\"m\" value=\"{said}\"")), "{}", form.body);
        for who in [cast.ursula, cast.dario] {
            assert_eq!(rig.get(who, &format!("{path}/split")).status, 404);
        }
        let message = said.to_string();
        let split = |title: &str| rig.post(cast.ana, &format!("{path}/split"), &[("m", &message), ("title", title)]);
        let untitled = split(" ");
        assert!(untitled.status == 422 && untitled.has("checked"), "what was chosen stays: {}", untitled.body);
        let done = split("The printer");
        assert_eq!(done.status, 303, "{}", done.body);
        let page = rig.get(cast.ana, done.place());
        assert!(page.has("The messages are a ticket of their own now.") && page.has("And the printer?") && page.has(&format!("Split off from ticket {old}")), "{}", page.body);
        assert!(rig.get(cast.ana, &path).has("Messages split off as ticket"));
        let new = done.place().split('?').next().unwrap().to_owned();
        let back = rig.post(cast.ana, &format!("{new}/unsplit"), &[]);
        assert_eq!(back.place(), format!("{path}?done=unsplit"));
        assert!(rig.get(cast.ana, back.place()).has("The messages are back where they were."));
        assert_eq!(rig.now(new.rsplit('/').next().unwrap().parse().unwrap()).category, Category::Cancelled);
        assert_eq!(rig.post(cast.ana, &format!("{new}/unsplit"), &[]).status, 409);
    }
}
