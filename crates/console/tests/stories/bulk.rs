//! Several tickets at once: chosen in the list, tried, done.

use testkit::Template;

use crate::rig::{migrations, rig};

testkit::both! {
    template: Template::of(&migrations());

    fn several_tickets_are_chosen_tried_and_changed(db: TestDb) {
        let rig = rig(db);
        let cast = rig.cast;
        let (a, b) = (rig.registered(cast.ursula, "VPN drops").to_string(), rig.registered(cast.ursula, "VPN is slow").to_string());
        let list = rig.get(cast.ana, "/desk/tickets?q=vpn");
        assert!(list.has("id=\"bulk\"") && list.has(&format!("name=\"t\" value=\"{a}\" form=\"bulk\"")), "{}", list.body);
        let form = rig.get(cast.ana, &format!("/desk/bulk?t={a}&t={b}"));
        assert!(form.has(&format!("name=\"t\" value=\"{b}\"")) && !form.has("value=\"run\""), "first a try: {}", form.body);
        let key = form.hidden("client_id");
        let send = |fields: &[(&str, &str)]| {
            let mut all = vec![("client_id", key.as_str()), ("t", &a), ("t", &b)];
            all.extend_from_slice(fields);
            rig.post(cast.ana, "/desk/bulk", &all)
        };
        let nothing = send(&[("do", "try")]);
        assert!(nothing.status == 422 && nothing.has("Say what is to be changed"));
        let unknown = send(&[("do", "try"), ("team_text", "nobody knows")]);
        assert_eq!(unknown.status, 422);
        let tried = send(&[("do", "try"), ("state", "solved")]);
        assert!(tried.has("0 of 2 can be changed.") && tried.has("Choose how it was solved") && tried.has("value=\"run\""), "{}", tried.body);
        assert_eq!(rig.now(a.parse().unwrap()).priority, 2, "nothing is done yet");
        assert_eq!(rig.post(cast.ana, "/desk/bulk", &[("do", "run"), ("priority", "4")]).status, 422, "of no ticket");
        let foreign = rig.post(cast.dario, "/desk/bulk", &[("t", &a), ("do", "run"), ("priority", "4")]);
        assert!(foreign.status == 422 && !foreign.has("VPN"), "{}", foreign.body);

        let begun = send(&[("do", "run"), ("priority", "4"), ("add_tags", "flood")]);
        assert_eq!(begun.status, 303, "{}", begun.body);
        assert_eq!(send(&[("do", "run"), ("priority", "4"), ("add_tags", "flood")]).place(), begun.place(), "a second press is the same");
        let place = begun.place().to_owned();
        assert!(rig.get(cast.ana, &place).has("0 of 2 are done."));
        assert_eq!(rig.get(cast.boris, &place).status, 404);
        assert_eq!(rig.post(cast.boris, &format!("{place}/undo"), &[]).status, 404);
        assert_eq!(rig.post(cast.ana, &format!("{place}/undo"), &[]).status, 409, "not before it is done");
    }
}
