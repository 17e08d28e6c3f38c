//! The search box of the console, its proposals and its page.

use testkit::Template;
use ticket::MessageKind;
use ticket::actions::post::{Post, post};

use crate::rig::{migrations, rig};

testkit::both! {
    template: Template::of(&migrations());

    fn words_of_a_message_lead_to_its_ticket(db: TestDb) {
        let rig = rig(db);
        let cast = rig.cast;
        let printer = rig.registered(cast.ursula, "The printer <b>is</b> dead");
        rig.registered(cast.carla, "Ribera's oven is cold");
        rig.act(cast.ana, move |tx, frame| post(tx, frame, printer, &Post::new(MessageKind::Note, "The fuser unit of srv-prn07 is worn out")));
        let _follower = rig.follow();
        let page = rig.get(cast.ana, "/desk/search?q=fuser+units");
        assert_eq!(page.status, 200);
        assert!(page.has(&format!("href=\"/desk/tickets/{printer}\"")) && page.has("<mark>fuser</mark> <mark>unit</mark>"), "{}", page.body);
        assert!(page.has("The printer &#60;b&#62;is&#60;/b&#62; dead"), "what people write is text");
        assert!(page.has("name=\"q\" value=\"fuser units\""), "the box keeps what was asked");
        let foreign = rig.get(cast.ana, "/desk/search?q=oven");
        assert!(!foreign.has("cold") && foreign.has("Nothing for “oven”"), "{}", foreign.body);
        assert!(rig.get(cast.dario, "/desk/search?q=oven").has("is cold"));
        for path in ["/desk/search?q=printer", "/desk/search/suggest?q=printer"] {
            assert_eq!(rig.get(cast.ursula, path).status, 404, "who does not work here finds no console");
        }
    }

    fn kinds_facets_and_orders_are_links(db: TestDb) {
        let rig = rig(db);
        let cast = rig.cast;
        for n in 0..3 {
            rig.registered(cast.ursula, &format!("Úrsula's screen {n} flickers"));
        }
        let solved = rig.registered(cast.ursula, "Úrsula's badge is lost");
        rig.act(cast.ana, move |tx, frame| {
            let patch = ticket::actions::change::Patch { state: Some("open".into()), ..Default::default() };
            ticket::actions::change::change(tx, frame, solved, ticket::actions::change::Base::Latest, &patch)
        });
        let _follower = rig.follow();
        let page = rig.get(cast.ana, "/desk/search?q=%C3%9Arsula");
        assert!(page.has("Tickets<span class=\"count\">4</span>") && page.has("People<span class=\"count\">1</span>"), "{}", page.body);
        assert!(page.has("/desk/search?q=%C3%9Arsula+category:new&#38;kind=ticket"), "{}", page.body);
        assert!(page.has("/desk/search?q=%C3%9Arsula&#38;kind=ticket&#38;sort=-created"));
        let narrowed = rig.get(cast.ana, "/desk/search?q=%C3%9Arsula+category:new&kind=ticket");
        assert!(narrowed.has("screen</a>") || narrowed.has("screen 2 flickers"), "{}", narrowed.body);
        assert!(!narrowed.has("badge is lost") && narrowed.has("href=\"/desk/search?q=%C3%9Arsula&#38;kind=ticket\" aria-current=\"true\""));
        let people = rig.get(cast.ana, "/desk/search?q=ursula&kind=person");
        assert!(people.has(&format!("href=\"/desk/people/{}\"", cast.ursula)) && !people.has("flickers"));
        assert_eq!(rig.get(cast.ana, "/desk/search?q=screen&sort=-created").body.matches("class=\"hit\"").count(), 3);
    }

    fn a_number_leads_to_its_ticket(db: TestDb) {
        let rig = rig(db);
        let ana = rig.cast.ana;
        let ticket = rig.registered(rig.cast.ursula, "VPN drops");
        let foreign = rig.registered(rig.cast.carla, "Oven cold");
        // Also while there is no index yet.
        for text in [format!("INC-{ticket}"), format!("%23{ticket}"), ticket.to_string()] {
            let found = rig.get(ana, &format!("/desk/search?q={text}"));
            assert_eq!((found.status, found.place()), (303, format!("/desk/tickets/{ticket}").as_str()), "{text}");
        }
        assert_eq!(rig.get(ana, &format!("/desk/search?q={ticket}&all=1")).status, 200);
        assert_eq!(rig.get(ana, &format!("/desk/search?q={foreign}")).status, 200, "as a number that never was");
        assert!(rig.get(ana, "/desk/search?q=vpn").has("The search index is being made"));
        let proposed = rig.get(ana, &format!("/desk/search/suggest?q={ticket}"));
        assert!(proposed.has(&format!("\"label\":\"INC-{ticket} VPN drops\"")), "{}", proposed.body);
    }

    fn the_box_proposes_while_one_types(db: TestDb) {
        let rig = rig(db);
        let cast = rig.cast;
        let ticket = rig.registered(cast.ursula, "Printer jams");
        rig.registered(cast.carla, "Printer of Ribera");
        let _follower = rig.follow();
        let ask = |text: &str| rig.get(cast.ana, &format!("/desk/search/suggest?q={text}")).body;
        let found = ask("prin");
        assert!(found.contains(&format!("\"href\":\"/desk/tickets/{ticket}\"")) && found.contains("\"label\":\"Printing\""), "{found}");
        assert!(found.contains(&format!("service:{}", cast.printing)) && !found.contains("Ribera"), "{found}");
        assert!(ask("%C3%BArs").contains(&format!("/desk/people/{}", cast.ursula)));
        assert!(ask("l1").contains("Service desk"));
        assert_eq!(ask("++"), "[]");
        assert!(ask("%22prin").contains("Printer jams"), "an open quotation mark is still being typed");
    }

    fn another_keyboard_and_typing_errors_are_said(db: TestDb) {
        let rig = rig(db);
        let ana = rig.cast.ana;
        rig.registered(rig.cast.ursula, "Принтер не печатает");
        rig.registered(rig.cast.ursula, "Keyboard is sticky");
        let _follower = rig.follow();
        let page = rig.get(ana, "/desk/search?q=ghbynth");
        assert!(page.has("<mark>Принтер</mark>") && page.has("Nothing found for “ghbynth”. Showing results for “принтер”"), "{}", page.body);
        let page = rig.get(ana, "/desk/search?q=keybaord");
        assert!(page.has("<mark>Keyboard</mark>") && page.has("Showing results for “keyboard”"), "{}", page.body);
        let wrong = rig.get(ana, "/desk/search?q=priority:hihg");
        assert!(wrong.status == 422 && wrong.has("href=\"/desk/search?q=priority:high\""), "{}", wrong.body);
        assert!(rig.get(ana, "/desk/search").has("Words from tickets"));
    }

    fn what_solved_the_same_before_is_beside_the_ticket(db: TestDb) {
        let rig = rig(db);
        let cast = rig.cast;
        let old = rig.registered(cast.ursula, "Outlook asks for the password again");
        let open = rig.registered(cast.ursula, "Outlook wants a password all the time");
        rig.registered(cast.carla, "Outlook password of Ribera");
        rig.act(cast.ana, move |tx, frame| {
            let patch = ticket::actions::change::Patch {
                state: Some("solved".into()),
                resolution_code: Some(Some("fixed".into())),
                resolution_report: Some("Removed the <i>stored</i> credentials".into()),
                ..Default::default()
            };
            ticket::actions::change::change(tx, frame, old, ticket::actions::change::Base::Latest, &patch)
        });
        let _follower = rig.follow();
        let page = rig.get(cast.ana, &format!("/desk/tickets/{open}"));
        assert!(page.has(&format!("hx-get=\"/desk/tickets/{open}/similar\"")) && !page.has("stored"), "fetched beside the page");
        let similar = rig.get(cast.ana, &format!("/desk/tickets/{open}/similar"));
        assert!(similar.has(&format!("INC-{old}")) && similar.has("Removed the &#60;i&#62;stored&#60;/i&#62; credentials"), "{}", similar.body);
        assert!(!similar.has("Ribera"));
        assert_eq!(rig.get(cast.dario, &format!("/desk/tickets/{open}/similar")).status, 404);
        let draft = rig.get(cast.ana, "/desk/new/similar?title=outlook+password");
        assert!(draft.has("Open already") && draft.has(&format!("INC-{open}")) && draft.has("Solved before") && draft.has("credentials"), "{}", draft.body);
        assert!(!draft.has("Ribera") && rig.get(cast.ana, "/desk/new/similar?title=out").body.trim().is_empty());
        for path in ["/desk/new", "/desk/call"] {
            assert!(rig.get(cast.ana, path).has("hx-get=\"/desk/new/similar\""), "{path}");
        }
    }

    fn a_list_over_the_whole_history_knows_the_words_of_messages(db: TestDb) {
        let rig = rig(db);
        let cast = rig.cast;
        let ticket = rig.registered(cast.ursula, "Screen flickers");
        rig.registered(cast.carla, "Docking station of Ribera");
        rig.act(cast.ana, move |tx, frame| post(tx, frame, ticket, &Post::new(MessageKind::Note, "The docking stations were recalled")));
        assert!(!rig.get(cast.ana, "/desk/tickets?q=docking").has("Screen flickers"), "by the subject while there is no index");
        let _follower = rig.follow();
        let list = rig.get(cast.ana, "/desk/tickets?q=docking+station");
        assert!(list.has("Screen flickers") && list.has("Words were looked for in descriptions") && !list.has("Ribera"), "{}", list.body);
        assert!(list.has("<span class=\"muted num\">1</span>"), "the number is that of the full text");
        let live = rig.get(cast.ana, "/desk/tickets?q=is:open+docking");
        assert!(!live.has("Screen flickers") && !live.has("Words were looked for"), "work under way stays with subjects");
        for n in 0..60 {
            rig.registered(cast.ursula, &format!("Case {n}"));
        }
        rig.caught_up();
        let first = rig.get(cast.ana, "/desk/tickets?q=case+sort:number");
        assert_eq!(first.body.matches("class=\"row-link\"").count(), 50);
        let next = first.body.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&#38;", "&");
        assert!(next.contains("full=1"), "{next}");
        let second = rig.get(cast.ana, &next);
        assert!(second.body.matches("class=\"row-link\"").count() == 10 && second.has("Case 59"), "{}", second.body);
        let moved = rig.get(cast.ana, "/desk/tickets?q=%D1%81%D1%84%D1%8B%D1%83");
        assert!(moved.has("Showing results for “case”"), "{}", moved.body);
    }
}
