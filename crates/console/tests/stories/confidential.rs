//! A confidential ticket on the pages of the desk.

use testkit::Template;

use crate::rig::{migrations, rig};

testkit::both! {
    template: Template::of(&migrations());

    fn it_is_set_with_one_press_and_is_gone_for_everybody_else(db: TestDb) {
        let rig = rig(db);
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "Salaries on the shared drive"));
        rig.holds(cast.boris, "coordinator");
        let at = format!("/desk/tickets/{ticket}");
        assert!(!rig.get(cast.ana, &at).has("id=\"confide\""), "an operator may not");
        let page = rig.get(cast.boris, &at);
        assert!(page.has("id=\"confide\"") && page.has("Make confidential"));
        let change = format!("{at}/change");
        assert_eq!(rig.post(cast.ana, &change, &[("version", "1"), ("confidential", "1")]).status, 403);
        assert_eq!(rig.post(cast.boris, &change, &[("version", &page.hidden("version")), ("confidential", "1")]).status, 303);
        let (hidden, missing) = (rig.get(cast.ana, &at), rig.get(cast.ana, "/desk/tickets/999999"));
        assert_eq!((hidden.status, hidden.body), (404, missing.body), "it does not exist");
        assert!(!rig.get(cast.ana, "/desk/tickets?q=is%3Aopen").has("Salaries"));
        assert_eq!(rig.get(cast.ana, "/desk/suggest/tickets?q=Salaries").body, "[]");
        assert_eq!(rig.get(cast.ana, &format!("/t/{ticket}")).status, rig.get(cast.ana, "/t/999999").status);
        let page = rig.get(cast.boris, &at);
        assert!(page.has("May see it") && page.has("No longer confidential") && page.has("Made confidential"), "{}", page.body);
        let ana = cast.ana.to_string();
        assert_eq!(rig.post(cast.boris, &format!("{at}/involve"), &[("role", "named"), ("person", &ana)]).status, 303);
        assert_eq!(rig.get(cast.ana, &at).status, 200);
        assert!(rig.get(cast.ana, "/desk/tickets?q=is%3Aconfidential").has("Salaries"));
    }

    fn whoever_must_see_it_says_why(db: TestDb) {
        let rig = rig(db);
        let cast = rig.cast;
        let form = rig.get(cast.ana, "/desk/new");
        assert!(form.has("name=\"confidential\""));
        let (key, ursula) = (form.hidden("client_id"), cast.ursula.to_string());
        let fields = [("client_id", key.as_str()), ("kind", "incident"), ("requester", ursula.as_str()), ("title", "Theft"), ("description", "A laptop"), ("confidential_asked", "1"), ("confidential", "1")];
        let sent = rig.post_parts(cast.ana, "/desk/new", &fields, &[]);
        assert_eq!(sent.status, 303, "{}", sent.body);
        let number: String = sent.place().chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        assert!(rig.now(number.parse().unwrap()).confidential);
        let at = format!("/desk/tickets/{number}");
        assert_eq!((rig.get(cast.ana, &at).status, rig.get(cast.boris, &at).status), (200, 404));
        assert_ne!(rig.get(cast.boris, "/desk/unseal").status, 200, "for administrators alone");
        rig.holds(cast.boris, "administrator");
        assert_eq!(rig.get(cast.boris, &at).status, 404);
        assert_eq!(rig.get(cast.boris, "/desk/unseal").status, 200);
        let none = rig.post(cast.boris, "/desk/unseal", &[("number", "999999"), ("reason", "Police")]);
        assert!(none.status == 422 && none.has("There is no such confidential ticket"));
        let why = rig.post(cast.boris, "/desk/unseal", &[("number", &number), ("reason", "")]);
        assert!(why.status == 422 && why.has("Write why"));
        assert_eq!(rig.post(cast.boris, "/desk/unseal", &[("number", &number), ("reason", "The police asks")]).status, 303);
        assert!(rig.get(cast.boris, &at).has("opened this confidential ticket. Reason: The police asks"));
    }

    fn a_complaint_is_not_shown_to_whom_it_is_about(db: TestDb) {
        let rig = rig(db);
        let cast = rig.cast;
        let form = rig.get(cast.ana, "/desk/new?kind=complaint");
        assert!(form.has("name=\"about_text\"") && form.has("name=\"confidential\" value=\"1\" checked"), "{}", form.body);
        assert!(!rig.get(cast.ana, "/desk/new?kind=incident").has("name=\"about_text\""));
        let (key, ursula) = (form.hidden("client_id"), cast.ursula.to_string());
        let fields = [("client_id", key.as_str()), ("kind", "complaint"), ("requester", ursula.as_str()), ("title", "Rude on the phone"), ("about_text", "Борис Ёлкин"), ("confidential_asked", "1")];
        let sent = rig.post_parts(cast.ana, "/desk/new", &fields, &[]);
        assert_eq!(sent.status, 303, "{}", sent.body);
        let number: String = sent.place().chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        let at = format!("/desk/tickets/{number}");
        let page = rig.get(cast.ana, &at);
        assert!(!rig.now(number.parse().unwrap()).confidential && page.has("About") && page.has("It is about: Борис Ёлкин"));
        assert_eq!((rig.get(cast.boris, &at).status, rig.get(cast.clara, &at).status), (404, 200));
        assert!(!rig.get(cast.boris, "/desk/tickets?q=is%3Aopen").has("Rude"));
        let boris = cast.boris.to_string();
        let refused = rig.post(cast.ana, &format!("{at}/change"), &[("assignee", &boris)]);
        assert!(refused.status == 422 && refused.has("The ticket is about this person"));
    }

    fn why_somebody_sees_it_is_a_page(db: TestDb) {
        let rig = rig(db);
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "VPN drops"));
        let at = format!("/desk/tickets/{ticket}");
        assert!(!rig.get(cast.ana, &at).has(&format!("{at}/why")) && rig.get(cast.ana, &format!("{at}/why")).status != 200);
        rig.holds(cast.boris, "manager");
        assert!(rig.get(cast.boris, &at).has(&format!("{at}/why")));
        let blank = rig.get(cast.boris, &format!("{at}/why"));
        assert!(blank.status == 200 && blank.has("VPN drops"), "{}", blank.body);
        let ursula = rig.get(cast.boris, &format!("{at}/why?person={}", cast.ursula));
        assert!(ursula.has("Úrsula Gil sees this ticket.") && ursula.has("They asked for it"), "{}", ursula.body);
        let typed = rig.get(cast.boris, &format!("{at}/why?person=&person_text=Carla"));
        assert_eq!(typed.status, 422, "who may not be seen is nobody");
        assert_eq!(rig.get(cast.boris, "/desk/tickets/999999/why").status, 404);
    }
}
