//! What is found: identifiers, numbers, people, and words beside filters.

use kernel::TicketId;
use search::{Ask, Kind};
use ticket::actions::change::Patch;
use ticket::actions::register::{NewTicket, register};
use ticket::actions::tag::tag;

use crate::rig::{asking, marked, world};

testkit::both! {
    template: testkit::Template::of(&crate::rig::migrations());

    fn identifiers_are_found_whole_and_in_parts(db: TestDb) {
        let world = world(&db);
        let body = "Card 21:33:vf:cc of T.E. shows ERR-0x80070005 on srv-db01.corp.local, ask García-Márquez \
                    (garcia.marquez@ria.example) or call +34 600 12-34-56. It is an e-mail server.";
        let ticket = world.ticket(world.ursula, "Door stays shut", body);
        world.ticket(world.ursula, "Something else", "Card 21:33 of nobody, srv db02, error 80070005, 600 999 999");
        world.caught_up();
        for question in [
            "21:33:vf:cc",
            "vf:cc",
            "T.E.",
            "te",
            "ERR-0x80070005",
            "0x80070005",
            "srv-db01.corp.local",
            "SRV-DB01",
            "db01",
            "García-Márquez",
            "garcia marquez",
            "garcia.marquez@ria.example",
            "+34600123456",
            "600 12 34 56",
            "(600) 123-456",
            "0034 600 123 456",
            "123456",
            "23456",
            "email",
            "e-mail",
        ] {
            assert_eq!(world.tickets(world.ana, question), [ticket], "{question}");
        }
        for question in ["21:33:vf:dd", "db01.corp.other", "600 123 457"] {
            assert!(world.tickets(world.ana, question).is_empty(), "{question}");
        }
        let hit = world.search(world.ana, "600123456").hits.into_iter().find(|h| h.kind == Kind::Ticket).unwrap();
        assert_eq!(marked(&hit.excerpt), ["+34 600 12-34-56"]);
    }

    fn a_number_leads_to_its_ticket(db: TestDb) {
        let world = world(&db);
        let ticket = world.ticket(world.ursula, "Door stays shut", "badge");
        let id = ticket.raw();
        world
            .db
            .write_wait("ref", move |tx| {
                let tenant = ticket::store::ticket::by_id(tx, TicketId::new(id))?.tenant;
                ticket::store::reference::insert(tx, tenant, "old-desk", "SD-2019/77", TicketId::new(id))
            })
            .unwrap();
        world.patch(world.ana, ticket, Patch { impact: Some(3), ..Patch::default() });
        world.caught_up();
        for question in [format!("INC-{id}"), format!("#{id}"), format!("{id}"), format!("req {id}"), "SD-2019/77".to_owned()] {
            let found = world.search(world.ana, &question);
            assert_eq!(found.jump.map(|hit| hit.id), Some(id), "{question}");
        }
        assert_eq!(world.tickets(world.ana, "sd-2019/77"), [ticket]);
        assert!(world.search(world.carla, &format!("INC-{id}")).jump.is_none(), "not hers");
        assert!(world.search(world.ana, "INC-999999").jump.is_none());
    }

    fn people_organisations_teams_and_services_in_one_box(db: TestDb) {
        let world = world(&db);
        assert_eq!(world.ids(world.ana, "garcia", Kind::Person), [world.ursula.raw()]);
        assert_eq!(world.ids(world.ana, "García-Márquez", Kind::Person), [world.ursula.raw()]);
        assert_eq!(world.ids(world.ana, "ursula.garcia@ria.example", Kind::Person), [world.ursula.raw()]);
        assert_eq!(world.ids(world.ana, "600 123 456", Kind::Person), [world.ursula.raw()]);
        assert_eq!(world.ids(world.ana, "елкин", Kind::Person), [world.boris.raw()]);
        assert_eq!(world.ids(world.ana, "industries", Kind::Organisation), [world.ria.raw()]);
        assert_eq!(world.ids(world.ana, "workplace", Kind::Team), [world.l2.raw()]);
        assert_eq!(world.ids(world.ana, "printing", Kind::Service), [world.printing.raw()]);
        let only = Ask { text: "garcia".into(), kinds: vec![Kind::Team], limit: 10, ..Ask::default() };
        assert!(world.ask(world.ana, only).unwrap().hits.is_empty());
        let title = world.search(world.ana, "garcia").hits.remove(0).title;
        assert_eq!(marked(&title), ["García"]);
    }

    fn words_phrases_negation_and_filters_together(db: TestDb) {
        let world = world(&db);
        let first = world.ticket(world.ursula, "VPN drops in the office", "The tunnel closes by itself");
        let second = world.ticket(world.ursula, "Office VPN is slow", "The tunnel stays, drops of speed");
        let third = world.ticket(world.ursula, "Printer jams", "Paper everywhere");
        let (l1, l2) = (world.l1, world.l2);
        world.patch(world.ana, first, Patch { team: Some(Some(l2)), ..Patch::default() });
        world.at(2, world.ana, move |tx, frame| tag(tx, frame, third, "hardware")).unwrap();
        world.caught_up();
        let sorted = |text: &str| {
            let mut ids = world.tickets(world.ana, text);
            ids.sort_unstable();
            ids
        };
        assert_eq!(sorted("vpn"), [first, second]);
        assert_eq!(sorted("vpn drops"), [first, second]);
        assert_eq!(sorted("\"vpn drops\""), [first], "words of a phrase stand in order");
        assert_eq!(sorted("vpn -slow"), [first]);
        assert_eq!(sorted("vpn team:l2"), [first]);
        assert_eq!(sorted("tunnel -team:l2 is:open"), [second]);
        assert_eq!(sorted("(jams OR slow) is:open"), [second, third]);
        assert_eq!(sorted("jams OR team:l2"), [first, third]);
        assert_eq!(sorted("hardware"), [third], "a tag is a word for the desk");
        assert_eq!(sorted("vpn tag:hardware"), []);
        assert_eq!(sorted("is:open -team:l2"), [second, third], "filters alone are a list");
        assert_eq!(sorted("has:attachment vpn"), [], "what the index does not know the database decides");
        assert_eq!(sorted("vpn -has:attachment"), [first, second]);
        assert_eq!(world.tickets(world.ana, "office sort:number"), [first, second]);
        assert_eq!(world.tickets(world.ana, "office sort:-number"), [second, first]);
        assert_eq!(world.tickets(world.ana, "office sort:title"), [second, first]);
        assert_eq!(world.tickets(world.ana, "office sort:-title"), [first, second]);
        let wrong = world.ask(world.ana, asking("team:nowhere vpn")).unwrap_err();
        assert_eq!(wrong.fields()[0].field, "q");
        assert_ne!(l1, l2);
    }

    fn a_title_outweighs_a_text_and_open_work_what_is_done(db: TestDb) {
        let world = world(&db);
        let in_text = world.ticket(world.ursula, "Question", "About the projector, projector, projector: the projector again");
        let in_title = world.ticket(world.ursula, "The projector of the large meeting room on the third floor", "dark");
        let form = world.ticket(world.ursula, "Projectors", "dark");
        let done = world.ticket(world.ursula, "Beamer dark", "lamp");
        let open = world.ticket(world.ursula, "Beamer dark", "lamp");
        let report = Some("Changed the lamp".to_owned());
        let code = Some(Some("fixed".to_owned()));
        world.patch(world.ana, done, Patch { state: Some("solved".into()), resolution_code: code, resolution_report: report, ..Patch::default() });
        world.caught_up();
        assert_eq!(world.tickets(world.ana, "projector"), [in_title, form, in_text]);
        assert_eq!(world.tickets(world.ana, "beamer"), [open, done]);
        assert_eq!(world.tickets(world.ana, "changed lamp"), [done], "the report is found");
    }

    fn pages_show_each_hit_once(db: TestDb) {
        let world = world(&db);
        let mut all: Vec<TicketId> = (0..23).map(|n| world.ticket(world.ursula, &format!("Scanner {n}"), "dust")).collect();
        all.extend((0..4).map(|n| world.ticket(world.ursula, &format!("Scaner {n}"), "dust")));
        world.caught_up();
        for text in ["scanner", "scanner is:open", "scanner sort:title", "scanner sort:-created", "is:open sort:-number"] {
            let (mut seen, mut cursor) = (Vec::new(), None);
            loop {
                let found = world.ask(world.ana, Ask { text: text.into(), limit: 5, cursor, ..Ask::default() }).unwrap();
                assert!(found.hits.len() <= 5);
                seen.extend(found.hits.iter().map(|hit| TicketId::new(hit.id)));
                cursor = found.next;
                if cursor.is_none() {
                    break;
                }
            }
            let length = seen.len();
            seen.sort_unstable();
            seen.dedup();
            assert_eq!((seen.len(), length), (27, 27), "{text}: {seen:?}");
        }
    }

    fn numbers_are_of_what_is_seen(db: TestDb) {
        let world = world(&db);
        for n in 0..3 {
            world.ticket(world.ursula, &format!("Keyboard {n}"), "keys");
            world.ticket(world.carla, &format!("Keyboard {n}"), "keys");
        }
        let (printing, ursula) = (world.printing, world.ursula);
        world.at(0, world.ana, move |tx, frame| {
            let new = NewTicket { kind: "request".into(), title: "Keyboard".into(), requester: Some(ursula), service: Some(printing), ..NewTicket::default() };
            register(tx, frame, &new)
        }).unwrap();
        world.caught_up();
        let counted = |who, text: &str| world.ask(who, Ask { counts: true, ..asking(text) }).unwrap().counts.unwrap();
        let counts = counted(world.ana, "keyboard");
        assert!(counts.kinds.contains(&(Kind::Ticket, Some(4))) && counts.kinds.contains(&(Kind::Person, Some(0))), "{counts:?}");
        let facet = |name: &str| counts.facets.iter().find(|(field, _)| *field == name).unwrap().1.clone();
        assert_eq!(facet("kind"), [("incident".to_owned(), 3), ("request".to_owned(), 1)]);
        assert_eq!(facet("service"), [(printing.to_string(), 1)]);
        let hers = counted(world.ursula, "keyboard");
        assert!(hers.facets.iter().all(|(field, _)| *field != "priority"), "what she does not read is not counted for her");
        assert!(hers.kinds.contains(&(Kind::Ticket, Some(4))));
        assert!(counted(world.carla, "keyboard").kinds.contains(&(Kind::Ticket, Some(3))));
        let stale = world.ticket(world.ursula, "Keyboard new", "keys");
        let found = world.ask(world.ana, Ask { counts: true, ..asking("keyboard") }).unwrap();
        assert!(found.counts.is_none() || found.hits.iter().any(|hit| hit.id == stale.raw()), "no number, or the right one");
    }

    fn a_sentence_is_answered_by_most_of_its_words(db: TestDb) {
        let world = world(&db);
        let roaming = world.ticket(world.ursula, "Roaming", "I fly to a customer next week");
        let other = world.ticket(world.ursula, "Customer portal", "slow since noon");
        world.caught_up();
        let found = world.search(world.ana, "roaming customer trip");
        assert_eq!((found.hits.iter().map(|hit| hit.id).collect::<Vec<_>>(), found.mostly), (vec![roaming.raw()], true));
        assert!(!world.search(world.ana, "roaming customer").mostly, "every word is there");
        assert!(world.search(world.ana, "unicorn trip").hits.is_empty(), "of two words both are needed");
        let open = world.search(world.ana, "is:closed roaming customer trip");
        assert!(open.hits.is_empty(), "a filter is never left out");
        let one = world.ask(world.ana, Ask { limit: 1, ..asking("customer portal trip slow") }).unwrap();
        assert_eq!(one.hits.first().map(|hit| hit.id), Some(other.raw()));
        for n in 0..3 {
            world.ticket(world.ursula, &format!("Customer {n} roaming"), "abroad");
        }
        world.caught_up();
        let mut seen = Vec::new();
        let mut cursor = None;
        loop {
            let page = world.ask(world.ana, Ask { limit: 1, cursor, ..asking("roaming customer trip") }).unwrap();
            assert!(page.mostly);
            seen.extend(page.hits.iter().map(|hit| hit.id));
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen.len(), 4, "in pages, each once: {seen:?}");
    }
}
