//! Fields in place, people, tags, links.

use testkit::Template;
use ticket::Category;
use ticket::actions::change::{Base, Patch, change};

use crate::rig::{migrations, rig};

testkit::both! {
    template: Template::of(&migrations());

    fn fields_are_changed_by_id_or_by_words(db: TestDb) {
        let rig = rig(db);
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "VPN drops"));
        let change = |fields: &[(&str, &str)]| rig.post(cast.ana, &format!("/desk/tickets/{ticket}/change"), fields);
        let ana = cast.ana.to_string();
        assert_eq!(change(&[("version", "1"), ("assignee", &ana)]).status, 303);
        let now = rig.now(ticket);
        assert_eq!((now.assignee, now.team, now.category), (Some(cast.ana), Some(cast.l1), Category::Active), "taking it begins the work");
        assert_eq!(change(&[("team", ""), ("team_text", "workplace")]).status, 303, "words that name one team");
        assert_eq!((rig.now(ticket).team, rig.now(ticket).assignee), (Some(cast.l2), None));
        assert_eq!(change(&[("team", &cast.l2.to_string()), ("team_text", "Service desk")]).status, 303, "without script the id stays behind");
        assert_eq!(rig.now(ticket).team, Some(cast.l1), "the words decide");
        assert_eq!(change(&[("team", &cast.l1.to_string()), ("team_text", "")]).status, 303);
        assert_eq!(rig.now(ticket).team, None, "emptied");
        assert_eq!(change(&[("team", &cast.l2.to_string()), ("team_text", "workplace")]).status, 303);
        assert_eq!(rig.now(ticket).team, Some(cast.l2));
        assert_eq!(change(&[("service", &cast.printing.to_string()), ("service_text", "Printing")]).status, 303);
        assert_eq!(rig.now(ticket).service, Some(cast.printing));
        assert_eq!(change(&[("service", ""), ("service_text", "")]).status, 303, "emptied");
        assert_eq!(rig.now(ticket).service, None);
        assert_eq!(change(&[("impact", "4"), ("urgency", "4")]).status, 303);
        assert_eq!(rig.now(ticket).priority, 4, "by the matrix");
        let refused = change(&[("team", ""), ("team_text", "nobody knows")]);
        assert_eq!(refused.status, 422);
        assert!(refused.has("Choose one of the list") && refused.has("role=\"alert\""));
        assert_eq!(change(&[("title", " ")]).status, 422);
        assert_eq!(change(&[("impact", "9")]).status, 422);
    }

    fn a_stale_edit_names_who_changed_what_and_either_can_be_kept(db: TestDb) {
        let rig = rig(db);
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "VPN drops"));
        let version = rig.get(cast.ana, &format!("/desk/tickets/{ticket}")).hidden("version");
        rig.act(cast.boris, move |tx, frame| change(tx, frame, ticket, Base::Latest, &Patch { priority: Some(4), ..Patch::default() }).map(|_| ()));
        let path = format!("/desk/tickets/{ticket}/change");
        // Another field is no clash.
        assert_eq!(rig.post(cast.ana, &path, &[("version", &version), ("title", "VPN drops daily")]).status, 303);
        let clash = rig.post(cast.ana, &path, &[("version", &version), ("priority", "1")]);
        assert_eq!(clash.status, 409);
        assert!(clash.has("id=\"conflict\"") && clash.has("Борис Ёлкин") && clash.has("Urgent") && clash.has("<td dir=\"auto\">Low</td>"), "{}", clash.body);
        assert_eq!(rig.now(ticket).priority, 4, "nothing is lost");
        let now = rig.now(ticket).version.to_string();
        assert!(clash.has(&format!("name=\"version\" value=\"{now}\"")) && clash.has("name=\"priority\" value=\"1\""), "mine is one press");
        assert_eq!(rig.post(cast.ana, &path, &[("version", &now), ("priority", "1")]).status, 303);
        assert_eq!(rig.now(ticket).priority, 1);
    }

    fn a_change_can_be_taken_back_where_it_is_told_of(db: TestDb) {
        let rig = rig(db);
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "VPN drops"));
        let path = format!("/desk/tickets/{ticket}");
        let saved = rig.post(cast.ana, &format!("{path}/change"), &[("priority", "4")]);
        assert_eq!(saved.place(), format!("{path}?done=changed"));
        let page = rig.get(cast.ana, saved.place());
        assert!(page.has("Saved: Priority: Medium → Urgent"), "{}", page.body);
        let form = page.body.split_once(&format!("action=\"{path}/undo/")).unwrap().1.split('"').next().unwrap().to_owned();
        assert!(!rig.get(cast.boris, &path).has("/undo/"), "it is not his to take back");
        assert_eq!(rig.post(cast.boris, &format!("{path}/undo/{form}"), &[]).status, 403);
        assert_eq!(rig.post(cast.dario, &format!("{path}/undo/{form}"), &[]).status, 404);
        let undone = rig.post(cast.ana, &format!("{path}/undo/{form}"), &[]);
        assert_eq!((undone.status, undone.place()), (303, format!("{path}?done=undone").as_str()));
        assert_eq!(rig.now(ticket).priority, 2);
        assert!(rig.get(cast.ana, undone.place()).has("The change is taken back."));
        let twice = rig.post(cast.ana, &format!("{path}/undo/{form}"), &[]);
        assert!(twice.status == 409 && twice.has("changed again since then"), "{}", twice.body);
        rig.clock.advance(11 * kernel::Time::MINUTE);
        assert!(!rig.get(cast.ana, &path).has("/undo/"), "too late");
    }

    fn a_reason_goes_with_the_hand_over(db: TestDb) {
        let rig = rig(db);
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "VPN drops"));
        let path = format!("/desk/tickets/{ticket}");
        let boris = cast.boris.to_string();
        let given = rig.post(cast.ana, &format!("{path}/change"), &[("assignee", &boris), ("handover_reason", "wish"), ("handover_words", "She knows him")]);
        assert_eq!(given.status, 303, "{}", given.body);
        assert!(rig.get(cast.ana, &path).has("Handed over: The requester asked for it · She knows him"));
        let refused = rig.post(cast.ana, &format!("{path}/change"), &[("assignee", &boris), ("handover_reason", "wish")]);
        assert!(refused.status == 422 && refused.has("A reason belongs to a new team or assignee"));
    }

    fn people_tags_and_links_come_and_go(db: TestDb) {
        let rig = rig(db);
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "VPN drops"));
        let other = rig.registered(cast.ursula, "Gateway is down");
        let send = |form: &str, fields: &[(&str, &str)]| rig.post(cast.ana, &format!("/desk/tickets/{ticket}/{form}"), fields);
        let page = || rig.get(cast.ana, &format!("/desk/tickets/{ticket}")).body;
        let boris = cast.boris.to_string();
        assert_eq!(send("involve", &[("role", "coworker"), ("person", &boris)]).status, 303);
        assert!(page().contains("Co-worker added: Борис Ёлкин"));
        assert_eq!(send("involve", &[("role", "coworker"), ("person", &boris), ("remove", "1")]).status, 303);
        let me = cast.ana.to_string();
        assert_eq!(send("involve", &[("role", "watcher"), ("person", &me)]).status, 303);
        assert!(page().contains("Stop watching"));
        assert_eq!(send("involve", &[("role", "watcher"), ("person", &cast.carla.to_string())]).status, 404, "of another tenant");
        assert_eq!(send("tag", &[("tag", "vpn, Gateway")]).status, 303);
        assert!(page().contains("href=\"/desk/tickets?q=tag:gateway\""));
        assert_eq!(send("tag", &[("remove", "vpn")]).status, 303);
        assert!(!page().contains("value=\"vpn\""));
        assert_eq!(send("link", &[("kind", "parent"), ("other", ""), ("other_text", &format!("INC-{other}"))]).status, 303);
        assert_eq!(rig.now(ticket).parent, Some(other));
        let third = rig.registered(cast.ursula, "Third");
        assert_eq!(send("link", &[("kind", "parent"), ("other", &other.to_string()), ("other_text", &format!("INC-{third} Third"))]).status, 303);
        assert_eq!(rig.now(ticket).parent, Some(third), "the number that stands there");
        assert_eq!(send("link", &[("kind", "parent"), ("other", &other.to_string()), ("other_text", &format!("INC-{other} Gateway is down"))]).status, 303);
        assert_eq!(send("link", &[("kind", "parent"), ("other", &other.to_string()), ("other_text", "something else")]).status, 422);
        assert_eq!(send("link", &[("kind", "caused_by-out"), ("other", &other.to_string())]).status, 303);
        assert!(page().contains("Caused by") && page().contains("Gateway is down"));
        assert_eq!(send("link", &[("kind", "caused_by-out"), ("other", &other.to_string()), ("remove", "1")]).status, 303);
        let theirs = rig.registered(cast.carla, "Cold oven");
        let (seen, never) = (send("link", &[("kind", "relates-out"), ("other", &theirs.to_string())]), send("link", &[("kind", "relates-out"), ("other", "99999")]));
        assert_eq!((seen.status, never.status), (422, 422));
        assert!(!seen.has("Cold oven"));
    }

    fn other_slices_stand_beside_a_ticket(db: TestDb) {
        let rig = rig(db);
        let ticket = rig.registered(rig.cast.ursula, "VPN drops");
        let page = rig.get(rig.cast.ana, &format!("/desk/tickets/{ticket}"));
        let at = format!("/desk/tickets/{ticket}/other");
        assert!(page.has(&format!("id=\"side-other\" hx-get=\"{at}\"")) && page.has(&format!("<a href=\"{at}\">Show</a>")), "{}", page.body);
    }

    fn only_what_one_may_do_is_offered(db: TestDb) {
        let rig = rig(db);
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "VPN drops"));
        let page = rig.get(cast.ana, &format!("/desk/tickets/{ticket}"));
        for part in ["id=\"take\"", "id=\"solve\"", "id=\"composer\"", "id=\"edit-team\"", "id=\"edit-priority\""] {
            assert!(page.has(part), "{part}");
        }
        // Somebody who sees everything and works on nothing.
        rig.act(cast.ana, move |tx, _| {
            access::store::grant::remove(tx, &access::Actor::system(), cast.boris, "operator", cast.ria)?;
            access::store::grant::put(tx, &access::Actor::system(), cast.boris, "cio", cast.ria, crate::rig::NOW)
        });
        let looking = rig.get(cast.boris, &format!("/desk/tickets/{ticket}"));
        assert_eq!(looking.status, 200);
        for part in ["id=\"take\"", "id=\"solve\"", "id=\"edit-team\"", "id=\"edit-priority\"", "id=\"state-menu\""] {
            assert!(!looking.has(part), "{part}");
        }
        assert_eq!(rig.post(cast.boris, &format!("/desk/tickets/{ticket}/change"), &[("priority", "4")]).status, 403);
    }
}
