//! Replies on their way, as their writer sees them.

use testkit::Template;

use crate::rig::{migrations, rig};

testkit::both! {
    template: Template::of(&migrations());

    fn a_reply_waits_is_shown_to_its_writer_and_can_be_taken_back(db: TestDb) {
        let rig = rig(db);
        rig.undo.set(10);
        let (ana, ticket) = (rig.cast.ana, rig.registered(rig.cast.ursula, "VPN drops"));
        let base = format!("/desk/tickets/{ticket}");
        let sent = rig.post(ana, &format!("{base}/post"), &[("kind", "reply"), ("body", "Which version is it?")]);
        assert_eq!(sent.status, 303);
        let place = sent.headers["location"].to_str().unwrap().to_owned();
        assert!(place.starts_with(&format!("{base}?done=held&held=held-{ticket}-")), "{place}");
        let page = rig.get(ana, place.split('#').next().unwrap());
        assert!(page.body.contains("Will be sent") && page.body.contains("Which version is it?"), "{}", page.body);
        assert!(page.body.contains("sent in 10 seconds"), "the toast says so");
        assert!(!rig.get(rig.cast.boris, &base).body.contains("Which version is it?"));
        let held = place.split("held=").nth(1).unwrap().split('#').next().unwrap().to_owned();
        let back = rig.post(ana, &format!("{base}/held/{held}/back"), &[]);
        assert!(back.headers["location"].to_str().unwrap().contains("done=unsent"), "{}", back.body);
        let page = rig.get(ana, &base);
        assert!(!page.body.contains("Will be sent") && page.body.contains("Which version is it?"), "it is a draft again");
        assert_eq!(rig.post(ana, &format!("{base}/held/{held}/back"), &[]).status, 409);
    }

    fn it_is_sent_at_once_when_one_says_so_or_later_when_one_says_when(db: TestDb) {
        let rig = rig(db);
        rig.undo.set(30);
        let (ana, ticket) = (rig.cast.ana, rig.registered(rig.cast.ursula, "VPN drops"));
        let base = format!("/desk/tickets/{ticket}");
        let sent = rig.post(ana, &format!("{base}/post"), &[("kind", "reply"), ("body", "At once, please")]);
        let held = sent.headers["location"].to_str().unwrap().split("held=").nth(1).unwrap().split('#').next().unwrap().to_owned();
        assert!(rig.post(ana, &format!("{base}/held/{held}/send"), &[]).headers["location"].to_str().unwrap().contains("done=sent"));
        assert!(rig.get(rig.cast.boris, &base).body.contains("At once, please"));
        let note = rig.post(ana, &format!("{base}/post"), &[("kind", "note"), ("body", "For the desk")]);
        assert!(note.headers["location"].to_str().unwrap().contains("done=sent"), "a note waits for nothing");
        let fields = [("kind", "note"), ("body", "On Friday"), ("later", "1"), ("send_at", "2031-01-01T09:00")];
        assert_eq!(rig.post(ana, &format!("{base}/post"), &fields).status, 422, "more than a year ahead");
        let soon = rig.app.now().plus(kernel::Time::DAY).to_rfc3339();
        let fields = [("kind", "note"), ("body", "Tomorrow"), ("later", "1"), ("send_at", &soon[..16])];
        assert!(rig.post(ana, &format!("{base}/post"), &fields).headers["location"].to_str().unwrap().contains("done=held"));
    }

    fn what_came_meanwhile_stops_a_reply_once_and_keeps_its_text(db: TestDb) {
        let rig = rig(db);
        let (ana, ticket) = (rig.cast.ana, rig.registered(rig.cast.ursula, "VPN drops"));
        let base = format!("/desk/tickets/{ticket}");
        let newest = |page: &str| page.split("name=\"newest\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let seen = newest(&rig.get(ana, &base).body);
        rig.act(rig.cast.ursula, move |tx, frame| {
            ticket::actions::post::post(tx, frame, ticket, &ticket::actions::post::Post::new(ticket::MessageKind::Reply, "It works again")).map(|_| ())
        });
        let refused = rig.post(ana, &format!("{base}/post"), &[("kind", "reply"), ("body", "Please restart it"), ("newest", &seen)]);
        assert_eq!(refused.status, 409);
        assert!(refused.body.contains("Somebody wrote meanwhile") && refused.body.contains("Please restart it") && refused.body.contains("It works again"));
        let again = newest(&refused.body);
        assert_ne!(seen, again);
        assert_eq!(rig.post(ana, &format!("{base}/post"), &[("kind", "reply"), ("body", "Please restart it"), ("newest", &again)]).status, 303);
    }
}
