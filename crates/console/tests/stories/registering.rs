//! By the form, and by phone.

use testkit::Template;
use ticket::{Category, Channel};

use crate::rig::{migrations, rig};

testkit::both! {
    template: Template::of(&migrations());

    fn an_agent_registers_for_somebody(db: TestDb) {
        let rig = rig(db);
        let cast = rig.cast;
        let form = rig.get(cast.ana, &format!("/desk/new?kind=request&requester={}", cast.ursula));
        assert!(form.has("value=\"Úrsula Gil\"") && form.has("aria-current=\"page\">Service request"), "{}", form.body);
        let (requester, service) = (cast.ursula.to_string(), cast.printing.to_string());
        let fields = [
            ("client_id", form.hidden("client_id")), ("kind", "incident".into()), ("requester", requester), ("title", "Printer jams".into()), ("description", "Tray 2".into()),
            ("service", service), ("impact", "4".into()), ("urgency", "4".into()), ("channel", "email".into()), ("tags", "printer, urgent".into()),
        ];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let made = rig.post_parts(cast.ana, "/desk/new", &fields, &[("files", "jam.png", b"\x89PNG")]);
        assert_eq!(made.status, 303, "{}", made.body);
        let again = rig.post_parts(cast.ana, "/desk/new", &fields, &[]);
        assert_eq!(again.status, 422, "the same key for another form");
        let page = rig.get(cast.ana, made.place());
        for part in ["The ticket is registered.", "Printer jams", "Tray 2", "jam.png", "Urgent", "tag:printer", "E-mail"] {
            assert!(page.has(part), "{part} in {}", page.body);
        }
    }

    fn a_refused_form_comes_back_as_it_was(db: TestDb) {
        let rig = rig(db);
        let fields = [("client_id", "k"), ("kind", "incident"), ("requester", ""), ("requester_text", "nobody at all"), ("title", "Printer jams"), ("description", "Tray 2"), ("impact", "3")];
        let refused = rig.post_parts(rig.cast.ana, "/desk/new", &fields, &[("files", "a.txt", b"x")]);
        assert_eq!(refused.status, 422);
        for part in ["value=\"nobody at all\"", "value=\"Printer jams\"", "Tray 2", ":a.txt\"", "value=\"k\"", "Choose one of the list"] {
            assert!(refused.has(part), "{part} in {}", refused.body);
        }
        assert_eq!(rig.post_parts(rig.cast.ana, "/desk/new", &[("client_id", "k2"), ("kind", "incident"), ("title", "")], &[]).status, 422);
        // For somebody of another tenant: as for nobody.
        let carla = rig.cast.carla.to_string();
        let foreign = rig.post_parts(rig.cast.ana, "/desk/new", &[("client_id", "k3"), ("kind", "incident"), ("requester", &carla), ("title", "x")], &[]);
        let never = rig.post_parts(rig.cast.ana, "/desk/new", &[("client_id", "k3"), ("kind", "incident"), ("requester", "99999"), ("title", "x")], &[]);
        assert_eq!((foreign.status, never.status), (422, 422));
    }

    fn registered_and_solved_in_one_step(db: TestDb) {
        let rig = rig(db);
        let requester = rig.cast.ursula.to_string();
        let code = rig.act(rig.cast.ana, |tx, frame| Ok(frame.desk.catalogue(tx)?.codes()[0].key.clone()));
        let fields = [("client_id", "k"), ("kind", "incident"), ("requester", requester.as_str()), ("title", "Password"), ("then", "resolved"), ("resolution_report", "Reset it")];
        assert_eq!(rig.post_parts(rig.cast.ana, "/desk/new", &fields, &[]).status, 422, "how it was solved is missing");
        let fields: Vec<_> = fields.into_iter().chain([("resolution_code", code.as_str())]).collect();
        let made = rig.post_parts(rig.cast.ana, "/desk/new", &fields, &[]);
        let id = made.place().trim_start_matches("/desk/tickets/").split('?').next().unwrap().parse().unwrap();
        assert_eq!(rig.now(id).category, Category::Resolved);
    }

    fn priority_follows_as_one_chooses(db: TestDb) {
        let rig = rig(db);
        assert!(rig.get(rig.cast.ana, "/desk/new/priority?impact=4&urgency=4").has("Urgent"));
        assert!(rig.get(rig.cast.ana, "/desk/new/priority?impact=1&urgency=1").has("Low"));
    }

    fn a_call_needs_only_who_or_what(db: TestDb) {
        let rig = rig(db);
        let (cast, ursula) = (rig.cast, rig.cast.ursula.to_string());
        let id = |place: &str| place.rsplit('=').next().unwrap().parse().unwrap();
        let what = rig.post(cast.ana, "/desk/call", &[("client_id", "1"), ("kind", "incident"), ("title", "Beamer dark")]);
        assert_eq!(what.status, 303, "{}", what.body);
        let ticket = rig.now(id(what.place()));
        assert_eq!((ticket.requester, ticket.channel, ticket.incomplete), (None, Channel::Phone, true));
        assert!(rig.get(cast.ana, what.place()).has(&format!("INC-{}", ticket.id)), "the number is read to the caller");
        let who = rig.post(cast.ana, "/desk/call", &[("client_id", "2"), ("kind", "incident"), ("requester", &ursula), ("requester_text", "Úrsula Gil")]);
        assert_eq!(rig.now(id(who.place())).requester, Some(cast.ursula));
        let unknown = rig.post(cast.ana, "/desk/call", &[("client_id", "3"), ("kind", "incident"), ("requester", ""), ("requester_text", "+7 916 000"), ("title", "No mail")]);
        let page = rig.get(cast.ana, &format!("/desk/tickets/{}", unknown.place().rsplit('=').next().unwrap()));
        assert!(page.has("Unknown caller: +7 916 000") && page.has("No mail"), "{}", page.body);
        assert_eq!(rig.post(cast.ana, "/desk/call", &[("client_id", "4"), ("kind", "incident")]).status, 422);
    }

    fn a_caller_is_known_by_their_number_and_a_call_joins_an_open_ticket(db: TestDb) {
        let rig = rig(db);
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "VPN drops"));
        let form = rig.get(cast.ana, "/desk/call?from=%2B34910000112");
        assert!(form.has("value=\"Úrsula Gil\"") && form.has("VPN drops"), "{}", form.body);
        assert!(rig.get(cast.ana, &format!("/desk/call/open?requester={}", cast.ursula)).has("VPN drops"));
        assert!(!rig.get(cast.dario, &format!("/desk/call/open?requester={}", cast.ursula)).has("VPN drops"));
        let added = rig.post(cast.ana, "/desk/call", &[("client_id", "1"), ("requester", &cast.ursula.to_string()), ("title", "Still the same"), ("add", &ticket.to_string())]);
        assert_eq!((added.status, added.place()), (303, &*format!("/desk/tickets/{ticket}?done=added")));
        assert!(rig.get(cast.ana, added.place()).has("Still the same"));
    }
}
