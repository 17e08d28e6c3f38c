//! Reading a ticket and answering it: reply, note, call, files, solving.

use testkit::Template;
use ticket::actions::draft::{self, Written};
use ticket::actions::post::{Post, post};
use ticket::{Category, MessageKind};

use crate::rig::{Rig, migrations, rig};

fn key(rig: &Rig, who: kernel::PersonId, ticket: kernel::TicketId) -> String {
    rig.get(who, &format!("/desk/tickets/{ticket}")).hidden("client_id")
}

testkit::both! {
    template: Template::of(&migrations());

    fn a_reply_waits_for_the_requester_and_a_note_stays_inside(db: TestDb) {
        let rig = rig(db);
        let (ana, ticket) = (rig.cast.ana, rig.registered(rig.cast.ursula, "VPN drops"));
        let path = format!("/desk/tickets/{ticket}/post");
        let page = rig.get(ana, &format!("/desk/tickets/{ticket}"));
        assert!(page.has("VPN drops, since this morning") && page.has("value=\"waiting\" selected"), "{}", page.body);
        let sent = rig.post_parts(ana, &path, &[("client_id", &key(&rig, ana, ticket)), ("version", "1"), ("kind", "reply"), ("body", "Which **floor**?\n<script>alert(1)</script>"), ("then_reply", "waiting")], &[]);
        assert_eq!(sent.status, 303, "{}", sent.body);
        assert!(sent.place().starts_with(&format!("/desk/tickets/{ticket}?done=sent#m-")));
        assert_eq!(rig.now(ticket).category, Category::Waiting);
        let noted = rig.post_parts(ana, &path, &[("client_id", &key(&rig, ana, ticket)), ("kind", "note"), ("body", "Known fault of the client"), ("then_reply", "open")], &[]);
        assert_eq!(noted.status, 303);
        assert_eq!(rig.now(ticket).category, Category::Waiting, "a note does not take the reply's status");
        let page = rig.get(ana, &format!("/desk/tickets/{ticket}"));
        assert!(page.has("<strong>floor</strong>") && page.has("&lt;script&gt;") && !page.has("<script>alert"));
        assert!(page.has("entry-note") && page.has("Known fault"));
        assert!(!rig.get(ana, &format!("/desk/tickets/{ticket}?show=conversation")).has("Known fault"));
        assert!(!rig.get(ana, &format!("/desk/tickets/{ticket}?show=notes")).has("floor"));
    }

    fn a_second_press_of_the_button_sends_nothing_more(db: TestDb) {
        let rig = rig(db);
        let (ana, ticket) = (rig.cast.ana, rig.registered(rig.cast.ursula, "VPN drops"));
        let client = key(&rig, ana, ticket);
        let press = || rig.post_parts(ana, &format!("/desk/tickets/{ticket}/post"), &[("client_id", &client), ("kind", "reply"), ("body", "Hello Úrsula")], &[]);
        let (first, second) = (press(), press());
        assert_eq!((first.status, first.place()), (303, second.place()));
        assert_eq!(rig.get(ana, &format!("/desk/tickets/{ticket}")).body.matches("Hello Úrsula").count(), 1);
    }

    fn solving_asks_for_what_was_done_and_keeps_what_was_written(db: TestDb) {
        let rig = rig(db);
        let (ana, ticket) = (rig.cast.ana, rig.registered(rig.cast.ursula, "VPN drops"));
        let path = format!("/desk/tickets/{ticket}/post");
        let fields = [("client_id", "k1"), ("kind", "reply"), ("body", "It works again"), ("then", "resolved")];
        let refused = rig.post_parts(ana, &path, &fields, &[("files", "log.txt", b"line")]);
        assert_eq!(refused.status, 422);
        assert!(refused.has("It works again") && refused.has("Choose how it was solved"), "{}", refused.body);
        assert!(refused.has(":log.txt\""), "the file is kept");
        assert_eq!(rig.now(ticket).category, Category::New, "nothing at all was written");
        assert!(!rig.get(ana, &format!("/desk/tickets/{ticket}")).has("It works again"));
        let kept = refused.hidden("upload");
        let again: Vec<(&str, &str)> = fields.into_iter().chain([("resolution_code", "fixed"), ("resolution_report", "Client updated"), ("upload", &kept)]).collect();
        let code = rig.act(ana, |tx, frame| Ok(frame.desk.catalogue(tx)?.codes()[0].key.clone()));
        let again: Vec<(&str, &str)> = again.into_iter().map(|(n, v)| if n == "resolution_code" { (n, code.as_str()) } else { (n, v) }).collect();
        let solved = rig.post_parts(ana, &path, &again, &[]);
        assert_eq!(solved.status, 303, "{}", solved.body);
        assert_eq!(rig.now(ticket).category, Category::Resolved);
        let page = rig.get(ana, &format!("/desk/tickets/{ticket}"));
        assert!(page.has("Client updated") && page.has("log.txt"));
    }

    fn a_file_goes_to_whoever_may_see_it_and_never_runs(db: TestDb) {
        let rig = rig(db);
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "VPN drops"));
        let path = format!("/desk/tickets/{ticket}/post");
        let html = b"<script>alert(document.domain)</script>";
        let sent = rig.post_parts(cast.ana, &path, &[("client_id", "k1"), ("kind", "note"), ("body", "see file")], &[("files", "../../ev\u{202e}il.html", html)]);
        assert_eq!(sent.status, 303, "{}", sent.body);
        let page = rig.get(cast.ana, &format!("/desk/tickets/{ticket}"));
        let href = page.body.split_once("href=\"/files/").unwrap().1.split('"').next().unwrap();
        let file = rig.get(cast.ana, &format!("/files/{href}"));
        assert_eq!((file.status, file.body.as_bytes()), (200, html.as_slice()));
        let header = |name: &str| file.headers[name].to_str().unwrap().to_owned();
        assert!(header("content-disposition").starts_with("attachment; filename=\"evil.html\""), "{}", header("content-disposition"));
        assert_eq!(header("content-type"), "application/octet-stream");
        assert!(header("content-security-policy").starts_with("sandbox; default-src 'none'"));
        assert_eq!(header("x-content-type-options"), "nosniff");
        // A file of a note is not the requester's, nor another tenant's.
        assert_eq!(rig.get(cast.ursula, &format!("/files/{href}")).status, 404);
        assert_eq!(rig.get(cast.dario, &format!("/files/{href}")).status, 404);
        assert_eq!(rig.get(cast.ana, "/files/99999/x").status, 404);
        let id = href.split('/').next().unwrap();
        let told = rig.post(cast.ana, &format!("/desk/tickets/{ticket}/file"), &[("file", id), ("public", "1"), ("description", "The log")]);
        assert_eq!(told.status, 303);
        assert_eq!(rig.get(cast.ursula, &format!("/files/{href}")).status, 200);
        let other = rig.registered(cast.ursula, "Another");
        assert_eq!(rig.post(cast.ana, &format!("/desk/tickets/{other}/file"), &[("file", id)]).status, 404, "only by its own ticket");
    }

    fn an_upload_of_somebody_else_cannot_be_attached(db: TestDb) {
        let rig = rig(db);
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "VPN drops"));
        let stored = rig.post_parts(cast.dario, "/uploads", &[], &[("file", "secret.txt", b"secret")]);
        assert_eq!(stored.status, 201, "{}", stored.body);
        let id = stored.body.split_once("\"id\":").unwrap().1.split([',', '}']).next().unwrap().to_owned();
        let upload = format!("{id}:secret.txt");
        let taken = rig.post_parts(cast.ana, &format!("/desk/tickets/{ticket}/post"), &[("client_id", "k"), ("kind", "note"), ("body", "mine"), ("upload", &upload)], &[]);
        assert_eq!(taken.status, 422);
    }

    fn what_is_begun_waits_on_every_machine_and_goes_with_its_message(db: TestDb) {
        let rig = rig(db);
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "VPN drops"));
        let path = format!("/desk/tickets/{ticket}");
        assert!(rig.get(cast.ana, &path).has("data-kept=\"\""), "nothing yet");
        assert!(rig.get(cast.ana, "/desk/drafts").has("Nothing begun and not sent."));
        let place = draft::place_of(ticket);
        let written = Written { kind: "note".into(), body: "Half a <thought>".into(), key: "form-9".into(), ..Written::default() };
        rig.act(cast.ana, move |tx, frame| draft::keep(tx, frame, &place, &written).map(|_| ()));
        let page = rig.get(cast.ana, &path);
        assert!(page.has("&#34;body&#34;:&#34;Half a &#60;thought&#62;&#34;") && page.has("&#34;key&#34;:&#34;form-9&#34;"), "{}", page.body);
        assert!(!rig.get(cast.boris, &path).has("Half a"), "nobody else reads it");
        let drafts = rig.get(cast.ana, "/desk/drafts");
        assert!(drafts.has("Half a &#60;thought&#62;") && drafts.has(&format!("href=\"{path}\"")), "{}", drafts.body);
        assert!(rig.get(cast.ana, "/desk/tickets?q=vpn").has(">Draft<") && !rig.get(cast.boris, "/desk/tickets?q=vpn").has(">Draft<"));
        let send = |key: &str| rig.post_parts(cast.ana, &format!("{path}/post"), &[("client_id", key), ("kind", "note"), ("body", "A thought")], &[]).status;
        assert_eq!(send("another"), 303);
        assert!(rig.get(cast.ana, "/desk/drafts").has("Half a"), "another message leaves it");
        assert_eq!(send("form-9"), 303);
        assert!(!rig.get(cast.ana, "/desk/drafts").has("Half a"));
        rig.act(cast.ana, |tx, frame| draft::keep(tx, frame, "new-ticket", &Written { body: "Later".into(), ..Written::default() }).map(|_| ()));
        assert!(rig.get(cast.ana, "/desk/drafts").has("href=\"/desk/new\""));
        assert_eq!(rig.post(cast.boris, "/desk/drafts", &[("place", "new-ticket")]).status, 404);
        assert_eq!(rig.post(cast.ana, "/desk/drafts", &[("place", "new-ticket")]).status, 303);
        assert!(!rig.get(cast.ana, "/desk/drafts").has("Later"));
    }

    fn a_call_is_kept_with_direction_and_length(db: TestDb) {
        let rig = rig(db);
        let (ana, ticket) = (rig.cast.ana, rig.registered(rig.cast.ursula, "VPN drops"));
        let fields = [("client_id", "k"), ("kind", "call"), ("body", "Asked for the floor"), ("direction", "out"), ("minutes", "6")];
        assert_eq!(rig.post_parts(ana, &format!("/desk/tickets/{ticket}/post"), &fields, &[]).status, 303);
        let page = rig.get(ana, &format!("/desk/tickets/{ticket}"));
        assert!(page.has("6 min · Outgoing · Internal"), "{}", page.body);
    }

    fn two_answers_at_once_are_told_apart(db: TestDb) {
        let rig = rig(db);
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "VPN drops"));
        let (version, client) = { let page = rig.get(cast.ana, &format!("/desk/tickets/{ticket}")); (page.hidden("version"), page.hidden("client_id")) };
        rig.act(cast.boris, move |tx, frame| {
            let mut message = Post::new(MessageKind::Reply, "On it");
            message.with.state = Some("held".into());
            post(tx, frame, ticket, &message).map(|_| ())
        });
        let fields = [("client_id", client.as_str()), ("version", &version), ("kind", "reply"), ("body", "My long answer"), ("then_reply", "waiting")];
        let clash = rig.post_parts(cast.ana, &format!("/desk/tickets/{ticket}/post"), &fields, &[]);
        assert_eq!(clash.status, 409);
        assert!(clash.has("On hold") && clash.has("Борис Ёлкин") && clash.has("My long answer"), "{}", clash.body);
        let now = clash.hidden("version");
        let again = [("client_id", client.as_str()), ("version", &now), ("kind", "reply"), ("body", "My long answer"), ("then_reply", "waiting")];
        assert_eq!(rig.post_parts(cast.ana, &format!("/desk/tickets/{ticket}/post"), &again, &[]).status, 303);
        assert_eq!(rig.now(ticket).category, Category::Waiting);
    }

    fn nobody_answers_what_they_may_not_see(db: TestDb) {
        let rig = rig(db);
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "VPN drops"));
        for form in ["change", "involve", "tag", "link", "file"] {
            let fields = [("priority", "4"), ("tag", "x"), ("role", "watcher"), ("person", "1"), ("kind", "relates-out"), ("other", "1"), ("file", "1")];
            let (theirs, never) = (rig.post(cast.dario, &format!("/desk/tickets/{ticket}/{form}"), &fields), rig.post(cast.dario, &format!("/desk/tickets/99999/{form}"), &fields));
            assert_eq!((theirs.status, never.status), (404, 404), "{form}");
        }
        let posted = rig.post_parts(cast.dario, &format!("/desk/tickets/{ticket}/post"), &[("kind", "note"), ("body", "hello")], &[("files", "a.txt", b"x")]);
        assert_eq!(posted.status, 404);
        assert_eq!(rig.get(cast.dario, &format!("/desk/tickets/{ticket}")).status, 404);
    }

    fn a_second_press_with_a_file_sends_nothing_more_and_other_words_are_kept(db: TestDb) {
        let rig = rig(db);
        let (ana, ticket) = (rig.cast.ana, rig.registered(rig.cast.ursula, "VPN drops"));
        let send = |client: &str, body: &str| rig.post_parts(ana, &format!("/desk/tickets/{ticket}/post"), &[("client_id", client), ("kind", "reply"), ("body", body)], &[("files", "log.txt", b"line")]);
        let (first, second) = (send("k", "See the log"), send("k", "See the log"));
        assert_eq!((first.status, second.status, first.place()), (303, 303, second.place()));
        let changed = send("k", "Another answer");
        assert_eq!(changed.status, 422);
        assert!(changed.has("You sent this page before") && changed.has("Another answer</textarea>") && changed.has(":log.txt\""), "{}", changed.body);
        let composer = changed.body.split_once("class=\"composer-form\"").unwrap().1;
        let fresh = composer.split_once("name=\"client_id\" value=\"").unwrap().1.split('"').next().unwrap();
        assert_ne!(fresh, "k");
        assert_eq!(send(fresh, "Another answer").status, 303);
        let page = rig.get(ana, &format!("/desk/tickets/{ticket}")).body;
        assert_eq!((page.matches("See the log").count(), page.matches("Another answer").count()), (1, 1));
    }

    fn a_file_opens_whatever_its_name(db: TestDb) {
        let rig = rig(db);
        let (ana, ticket) = (rig.cast.ana, rig.registered(rig.cast.ursula, "VPN drops"));
        let sent = rig.post_parts(ana, &format!("/desk/tickets/{ticket}/post"), &[("client_id", "k"), ("kind", "note"), ("body", "see file")], &[("files", "Discount 50%; new.pdf", b"half")]);
        assert_eq!(sent.status, 303, "{}", sent.body);
        let page = rig.get(ana, &format!("/desk/tickets/{ticket}"));
        assert!(page.has("Discount 50%; new.pdf"));
        let href = page.body.split_once("href=\"/files/").unwrap().1.split('"').next().unwrap().to_owned();
        let file = rig.get(ana, &format!("/files/{href}"));
        assert_eq!((file.status, file.body.as_str()), (200, "half"), "{href}");
    }

    fn a_refused_page_goes_on_under_the_address_of_its_ticket(db: TestDb) {
        let rig = rig(db);
        let (ana, ticket) = (rig.cast.ana, rig.registered(rig.cast.ursula, "VPN drops"));
        let refused = rig.post_parts(ana, &format!("/desk/tickets/{ticket}/post"), &[("client_id", "k"), ("kind", "note"), ("body", " ")], &[]);
        assert_eq!(refused.status, 422);
        assert!(refused.has(&format!("<spoc-live ticket=\"{ticket}\" src=\"/desk/tickets/{ticket}\">")), "{}", refused.body);
        let notes = rig.get(ana, &format!("/desk/tickets/{ticket}?show=notes&all=1"));
        assert!(notes.has(&format!("src=\"/desk/tickets/{ticket}?show=notes&#38;all=1\"")), "the same part of it");
        for form in ["post", "change"] {
            assert_eq!(rig.get(ana, &format!("/desk/tickets/{ticket}/{form}")).place(), format!("/desk/tickets/{ticket}"));
            assert_eq!(rig.get(rig.cast.dario, &format!("/desk/tickets/{ticket}/{form}")).status, 404);
        }
    }

    fn what_a_role_hides_is_nowhere_on_the_page(db: TestDb) {
        let rig = rig(db);
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "VPN drops"));
        rig.act(cast.ana, move |tx, frame| {
            let person = party::store::person::get(tx, cast.ursula)?;
            let data = party::PersonData { title: "Head of sales".into(), note: "Deaf in one ear".into(), vip: true, time_zone: Some("Asia/Tokyo".into()), ..party::PersonData::named("Úrsula Gil") };
            party::store::person::update(tx, cast.ursula, person.version, &data, frame.act.now)?;
            ticket::actions::tag::tag(tx, frame, ticket, "vpn").map(|_| ())
        });
        let path = format!("/desk/tickets/{ticket}");
        let told = ["Head of sales", "Deaf in one ear", "+34 910 000 112", "10:00 there", "Ría Industries", "tag:vpn"];
        let before = rig.get(cast.ana, &path);
        for part in told {
            assert!(before.has(part), "{part} in {}", before.body);
        }
        assert!(rig.get(cast.ana, "/desk/tickets?q=vpn").has("VIP"));
        assert!(rig.get(cast.ana, "/desk/suggest/persons?q=910000112").has("Úrsula"));
        rig.hides(cast.ana, "operator", access::Object::Person, &["title", "note", "addresses", "time_zone", "vip", "memberships"]);
        rig.hides(cast.ana, "operator", access::Object::Ticket, &["organisation", "tag"]);
        let after = rig.get(cast.ana, &path);
        assert!(after.has("Úrsula Gil"));
        for part in told {
            assert!(!after.has(part), "{part} in {}", after.body);
        }
        assert!(!rig.get(cast.ana, "/desk/tickets?q=vpn").has("VIP"));
        assert_eq!(rig.get(cast.ana, "/desk/suggest/persons?q=910000112").body, "[]");
        let named = rig.get(cast.ana, "/desk/suggest/persons?q=urs");
        assert!(named.has("Úrsula Gil") && !named.has("note"), "{}", named.body);
        // Nor is a person chosen by a number that one may not know.
        let chosen = rig.post(cast.ana, &format!("{path}/involve"), &[("role", "watcher"), ("person", ""), ("person_text", "910000112")]);
        assert_eq!(chosen.status, 422);
    }
}
