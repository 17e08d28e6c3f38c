//! By the form, and by phone.

use party::store::address;
use party::{AddressKind, NewAddress};
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
        let twice = rig.post_parts(cast.ana, "/desk/new", &fields, &[("files", "jam.png", b"\x89PNG")]);
        assert_eq!((twice.status, twice.place()), (303, made.place()), "a second press, its file stored anew");
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

    fn a_page_that_is_sent_again_with_another_requester_registers_a_second_ticket(db: TestDb) {
        let rig = rig(db);
        let cast = rig.cast;
        let send = |client: &str, who: kernel::PersonId| rig.post_parts(cast.ana, "/desk/new", &[("client_id", client), ("kind", "incident"), ("requester", &who.to_string()), ("title", "VPN drops")], &[]);
        let first = send("k", cast.ursula);
        assert_eq!(first.status, 303, "{}", first.body);
        let again = send("k", cast.boris);
        assert_eq!(again.status, 422);
        assert!(again.has("You sent this page before") && again.has("value=\"VPN drops\""), "{}", again.body);
        let fresh = again.hidden("client_id");
        assert_ne!(fresh, "k");
        let second = send(&fresh, cast.boris);
        assert_eq!(second.status, 303);
        assert_ne!(second.place(), first.place());
        let call = |client: &str, title: &str| rig.post(cast.ana, "/desk/call", &[("client_id", client), ("kind", "incident"), ("title", title)]);
        assert_eq!((call("c", "Beamer").status, call("c", "Beamer").status), (303, 303));
        let other = call("c", "Scanner");
        assert_eq!(other.status, 422);
        assert!(other.has("You sent this page before") && other.has("value=\"Scanner\""));
        assert_eq!(call(&other.hidden("client_id"), "Scanner").status, 303);
    }

    fn another_kind_keeps_what_was_typed_and_added(db: TestDb) {
        let rig = rig(db);
        let fields = [("client_id", "k"), ("kind", "incident"), ("requester", ""), ("requester_text", "Úrsula"), ("title", "A second monitor"), ("description", "For the desk"), ("switch", "request")];
        let page = rig.post_parts(rig.cast.ana, "/desk/new", &fields, &[("files", "desk.png", b"x")]);
        assert_eq!(page.status, 200);
        for part in ["value=\"Úrsula\"", "value=\"A second monitor\"", "For the desk", ":desk.png\"", "name=\"kind\" value=\"request\"", "aria-current=\"page\">Service request", "name=\"client_id\" value=\"k\""] {
            assert!(page.has(part), "{part} in {}", page.body);
        }
        assert!(!page.has("name=\"switch\" value=\"request\">"), "pressed");
    }

    fn too_many_files_lose_nothing_else(db: TestDb) {
        let rig = rig(db);
        let names: Vec<String> = (0..22).map(|n| format!("{n}.txt")).collect();
        let files: Vec<(&str, &str, &[u8])> = names.iter().map(|name| ("files", name.as_str(), b"x".as_slice())).collect();
        let refused = rig.post_parts(rig.cast.ana, "/desk/new", &[("client_id", "k"), ("kind", "incident"), ("title", "Printer jams"), ("description", "Tray 2")], &files);
        assert_eq!(refused.status, 422);
        for part in ["At most 20 files at once", "value=\"Printer jams\"", "Tray 2", ":19.txt\""] {
            assert!(refused.has(part), "{part} in {}", refused.body);
        }
        assert!(!refused.has(":20.txt"));
        let ticket = rig.registered(rig.cast.ursula, "VPN drops");
        let refused = rig.post_parts(rig.cast.ana, &format!("/desk/tickets/{ticket}/post"), &[("client_id", "k"), ("kind", "note"), ("body", "The logs")], &files);
        assert_eq!(refused.status, 422);
        assert!(refused.has("The logs</textarea>") && refused.has(":19.txt\"") && refused.has("At most 20 files"), "{}", refused.body);
        assert_eq!(rig.post_parts(rig.cast.ana, "/uploads", &[], &files).status, 422);
        let text = "x".repeat(1024 * 1024);
        let fields: Vec<(String, &str)> = (0..3).map(|n| (format!("f{n}"), text.as_str())).collect();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), *v)).collect();
        assert_eq!(rig.post_parts(rig.cast.ana, "/desk/new", &fields, &[]).status, 413, "the text of a form is bounded in all");
    }

    fn enter_registers(db: TestDb) {
        let rig = rig(db);
        let (cast, _) = (rig.cast, rig.registered(rig.cast.ursula, "VPN drops"));
        let call = rig.get(cast.ana, &format!("/desk/call?requester={}", cast.ursula));
        assert!(call.has("value=\"Úrsula Gil\"") && call.has("name=\"add\""), "{}", call.body);
        for (page, form) in [(call, "id=\"call-form\""), (rig.get(cast.ana, "/desk/new"), "action=\"/desk/new\" enctype")] {
            let first = page.body.split_once(form).unwrap().1.split_once("<button").unwrap().1.split('>').next().unwrap();
            assert!(!first.contains("name=") && !first.contains("type=") && !first.contains("formaction"), "{first}");
        }
    }

    fn a_caller_of_a_customer_is_known_wherever_one_may_register(db: TestDb) {
        let rig = rig(db);
        let cast = rig.cast;
        rig.act(cast.ana, move |tx, _| {
            address::put(tx, cast.carla, &NewAddress::main(AddressKind::Phone, "+34 911 222 333"), crate::rig::NOW)
        });
        let form = "/desk/call?from=0034911222333";
        assert!(!rig.get(cast.ana, form).has("Carla Anaya"));
        rig.act(cast.ana, move |tx, _| {
            let ribera = party::store::person::get(tx, cast.carla)?.tenant;
            access::store::grant::put(tx, &access::Actor::system(), cast.ana, "operator", ribera, crate::rig::NOW)
        });
        assert!(rig.get(cast.ana, form).has("value=\"Carla Anaya\""));
        assert!(rig.get(cast.ana, "/desk/call?from=%2B34910000112").has("value=\"Úrsula Gil\""));
        // Whose numbers are hidden from one is not recognised by them, nor found.
        rig.hides(cast.ana, "operator", access::Object::Person, &["addresses"]);
        let hidden = rig.get(cast.ana, "/desk/call?from=%2B34910000112");
        assert!(!hidden.has("Úrsula Gil") && hidden.has("value=\"+34910000112\""), "{}", hidden.body);
    }
}
