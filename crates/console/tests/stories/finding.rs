//! Lists, filters, views, numbers and suggestions.

use testkit::Template;
use ticket::actions::change::{Base, Patch, change};

use crate::rig::{migrations, rig};

testkit::both! {
    template: Template::of(&migrations());

    fn an_agent_finds_the_tickets_of_their_desk_and_no_others(db: TestDb) {
        let rig = rig(db);
        let cast = rig.cast;
        let printer = rig.registered(cast.ursula, "The printer <b>is</b> dead");
        rig.registered(cast.carla, "Ribera's oven is cold");
        let list = rig.get(cast.ana, "/desk/tickets?v=open");
        assert_eq!(list.status, 200);
        assert!(list.has(&format!("INC-{printer}")) && list.has("Úrsula Gil"), "{}", list.body);
        assert!(list.has("The printer &#60;b&#62;is&#60;/b&#62; dead"), "what people write is text");
        assert!(!list.has("oven"), "another tenant's ticket does not exist");
        assert!(rig.get(cast.dario, "/desk/tickets?v=open").has("oven"));
        // Whoever is not of the desk finds no console at all.
        for path in ["/desk", "/desk/tickets", "/desk/new", "/desk/call", "/desk/suggest/persons?q=a", &format!("/desk/tickets/{printer}")] {
            assert_eq!(rig.get(cast.ursula, path).status, 404, "{path}");
        }
    }

    fn a_filter_is_chips_that_can_be_taken_away(db: TestDb) {
        let rig = rig(db);
        let ana = rig.cast.ana;
        rig.registered(rig.cast.ursula, "VPN drops");
        rig.registered(rig.cast.ursula, "Printer jams");
        let list = rig.get(ana, "/desk/tickets?q=is:open+vpn");
        assert!(list.has("VPN drops") && !list.has("Printer jams"));
        assert!(list.has("href=\"/desk/tickets?q=vpn\"") && list.has("href=\"/desk/tickets?q=is:open\""), "{}", list.body);
        // The box adds to the chips, at one address.
        let sent = rig.get(ana, "/desk/tickets?with=is:open+sort:-updated&q=vpn&v=open");
        assert_eq!((sent.status, sent.place()), (303, "/desk/tickets?v=open&q=is:open+vpn+sort:-updated"));
        let hers = rig.get(ana, &format!("/desk/tickets?q=requester:{}", rig.cast.ursula));
        assert!(hers.has("requester:Úrsula Gil") && hers.has("VPN drops"), "an id is shown as what it stands for");
        assert_eq!(rig.get(ana, &format!("/desk/tickets?q=requester:{}", rig.cast.carla)).status, 422, "another tenant's person is nobody");
        let nothing = rig.get(ana, "/desk/tickets?q=is:open+unicorn");
        assert!(nothing.has("No tickets match.") && nothing.has("Remove:"));
    }

    fn a_list_shows_what_is_new_to_the_reader(db: TestDb) {
        let rig = rig(db);
        let ana = rig.cast.ana;
        let id = rig.registered(rig.cast.ursula, "VPN drops");
        let row = |rig: &crate::rig::Rig| {
            let list = rig.get(ana, "/desk/tickets?v=open").body;
            let at = list.find(&format!("<tr id=\"t-{id}\"")).unwrap();
            list[at..at + list[at..].find("</tr>").unwrap()].to_owned()
        };
        assert!(row(&rig).contains("class=\"unread\"") && row(&rig).contains("row-unread\">Unread: </span>"), "{}", row(&rig));
        let page = rig.get(ana, &format!("/desk/tickets/{id}"));
        let activity = rig.now(id).activity;
        assert!(page.has(&format!("data-ticket=\"{id}\" data-activity=\"{activity}\"")), "the script says what was shown");
        assert!(row(&rig).contains("class=\"unread\""), "asking for a page changes nothing");
        rig.act(ana, move |tx, frame| ticket::actions::see::see(tx, frame, id, Some(activity)));
        assert!(!row(&rig).contains("class=\"unread\"") && row(&rig).contains("row-unread\" hidden"));
        let back = rig.post(ana, &format!("/desk/tickets/{id}/unread"), &[]);
        assert_eq!((back.status, back.place()), (303, "/desk/tickets"));
        assert!(row(&rig).contains("class=\"unread\""));
        assert_eq!(rig.post(rig.cast.dario, &format!("/desk/tickets/{id}/unread"), &[]).status, 404);
    }

    fn the_day_begins_with_the_first_list_that_has_something_in_it(db: TestDb) {
        let rig = rig(db);
        let ana = rig.cast.ana;
        assert_eq!(rig.get(ana, "/desk/tickets").status, 200, "nothing anywhere: one's own list says so");
        rig.registered(rig.cast.ursula, "VPN drops");
        // Counts are remembered for seconds.
        rig.clock.advance(kernel::Time::MINUTE);
        let landed = rig.get(ana, "/desk/tickets");
        assert_eq!(landed.status, 303);
        assert_ne!(landed.place(), "/desk/tickets?v=mine");
        assert!(rig.get(ana, landed.place()).has("VPN drops"));
        assert_eq!(rig.get(ana, "/desk/tickets?v=mine").status, 200, "asked for, an empty list is shown");
    }

    fn a_list_shows_what_it_is_sorted_by(db: TestDb) {
        let rig = rig(db);
        let ana = rig.cast.ana;
        rig.registered(rig.cast.ursula, "VPN drops");
        let list = rig.get(ana, "/desk/tickets?q=is:open+sort:customer");
        assert!(list.has("col-customer") && list.has("aria-sort=\"ascending\""), "{}", list.body);
        assert!(list.has("form=\"bulk\" aria-label=\"Select INC-"), "each can be chosen by its number");
        let chosen = rig.get(ana, "/desk/tickets?q=is:open+sort:customer&c=number,title,team");
        assert!(!chosen.has("col-customer") && chosen.has("list-chosen"), "columns that were chosen stay as they are");
    }

    fn a_mistake_is_shown_where_it_is_and_what_was_typed_stays(db: TestDb) {
        let rig = rig(db);
        let wrong = rig.get(rig.cast.ana, "/desk/tickets?q=is:opn+vpn");
        assert_eq!(wrong.status, 422);
        assert!(wrong.has("value=\"is:opn vpn\""), "typed text is kept");
        assert!(wrong.has("is:<mark class=\"chip-bad\">opn</mark> vpn"), "{}", wrong.body);
        assert!(wrong.has("href=\"/desk/tickets?q=is:open+vpn\""), "a proposal is one click");
    }

    fn a_number_leads_to_its_ticket(db: TestDb) {
        let rig = rig(db);
        let (ana, mine, theirs) = (rig.cast.ana, rig.registered(rig.cast.ursula, "VPN drops"), rig.registered(rig.cast.carla, "Cold oven"));
        for text in [mine.to_string(), format!("INC-{mine}"), format!("%23{mine}")] {
            assert_eq!(rig.get(ana, &format!("/desk/tickets?q={text}")).place(), format!("/desk/tickets/{mine}"), "{text}");
        }
        // A number one may not see is a word like any other, as one that never was.
        let (seen, never) = (rig.get(ana, &format!("/desk/tickets?q={theirs}")), rig.get(ana, "/desk/tickets?q=99999"));
        assert_eq!((seen.status, never.status), (200, 200));
        let words = |body: &str| body.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
        assert_eq!(words(&seen.body), words(&never.body));
        // The link for everybody leads each to their side.
        assert_eq!(rig.get(ana, &format!("/t/{mine}")).place(), format!("/desk/tickets/{mine}"));
        assert_eq!(rig.get(rig.cast.ursula, &format!("/t/{mine}")).place(), format!("/requests/{mine}"));
        assert_eq!(rig.get(ana, &format!("/t/{theirs}")).status, 404);
    }

    fn fifty_rows_then_the_next_without_gap_or_repeat(db: TestDb) {
        let rig = rig(db);
        for n in 0..60 {
            rig.registered(rig.cast.ursula, &format!("Ticket {n:02}"));
        }
        let first = rig.get(rig.cast.ana, "/desk/tickets?q=sort:number");
        let next = first.body.split_once("rel=\"next\" href=\"").unwrap().1.split('"').next().unwrap().replace("&#38;", "&");
        let second = rig.get(rig.cast.ana, &next);
        for n in 0..60 {
            let title = format!("Ticket {n:02}");
            assert!(first.has(&title) != second.has(&title), "{title} stands on exactly one page");
        }
        assert!(!second.has("rel=\"next\""));
        assert_eq!(rig.get(rig.cast.ana, "/desk/tickets?q=sort:number&cursor=junk").status, 422);
    }

    fn a_filter_becomes_a_view_for_me_or_for_everybody(db: TestDb) {
        let rig = rig(db);
        let cast = rig.cast;
        rig.registered(cast.ursula, "VPN drops");
        let saved = rig.post(cast.ana, "/desk/views", &[("name", "My VPN"), ("q", "is:open vpn"), ("columns", "state,updated"), ("share", "me")]);
        assert_eq!(saved.status, 303, "{}", saved.body);
        let list = rig.get(cast.ana, saved.place());
        assert!(list.has("My VPN") && list.has("VPN drops") && !list.has("Assignee</th>"));
        assert!(!rig.get(cast.boris, "/desk/tickets").has("My VPN"), "mine is mine");
        // Sharing needs a right.
        let everyone = [("name", "All VPN"), ("q", "vpn"), ("columns", ""), ("share", "everyone")];
        let refused = rig.post(cast.ana, "/desk/views", &everyone);
        assert_eq!(refused.status, 403);
        assert!(refused.has("value=\"All VPN\""), "the form comes back with what was typed");
        assert_eq!(rig.post(cast.clara, "/desk/views", &everyone).status, 303);
        assert!(rig.get(cast.boris, "/desk/tickets?v=mine").has("All VPN"));
        assert!(!rig.get(cast.dario, "/desk/tickets").has("All VPN"), "of this tenant");
        assert_eq!(rig.post(cast.ana, "/desk/views", &[("name", ""), ("q", "is:opn")]).status, 422);
        let id = saved.place().rsplit('=').next().unwrap();
        assert_eq!(rig.post(cast.boris, &format!("/desk/views/{id}"), &[("delete", "1")]).status, 404);
        assert_eq!(rig.post(cast.ana, &format!("/desk/views/{id}"), &[("delete", "1")]).status, 303);
    }

    fn lists_stand_as_their_reader_wants(db: TestDb) {
        let rig = rig(db);
        let cast = rig.cast;
        let saved = rig.post(cast.ana, "/desk/views", &[("name", "My VPN"), ("q", "is:open vpn"), ("share", "me")]);
        let id = saved.place().rsplit('=').next().unwrap().to_owned();
        let column = |who| {
            let body = rig.get(who, "/desk/tickets?v=open").body;
            let nav = body.split("<nav class=\"views\"").nth(1).unwrap().split("</nav>").next().unwrap().to_owned();
            nav.split("view-label\" dir=\"auto\">").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let place = |name: &str| column(cast.ana).iter().position(|label| label == name);
        let last = place("My VPN").unwrap();
        assert_eq!(place("All views"), Some(last + 2), "a new list stands in the column, before everything and the way to all");
        let all = rig.get(cast.ana, "/desk/views");
        assert!(all.status == 200 && all.has("My VPN") && all.has("<code dir=\"auto\">is:open vpn</code>") && all.has(&format!("href=\"/desk/views/{id}\"")));
        let step = |who, id: &str, what| rig.post(who, "/desk/views/arrange", &[("view", id), ("do", what)]);
        let moved = step(cast.ana, &id, "up");
        assert_eq!((moved.status, moved.place().to_owned()), (303, format!("/desk/views#view-row-{id}")));
        assert_eq!(place("My VPN"), Some(last - 1));
        let before = column(cast.boris);
        step(cast.ana, &id, "unpin");
        assert_eq!(place("My VPN"), None, "out of the column");
        assert_eq!(column(cast.boris), before, "everybody arranges for themselves");
        assert!(rig.get(cast.ana, "/desk/views").has("My VPN"), "but not gone");
        assert!(rig.get(cast.ana, &format!("/desk/tickets?v={id}")).body.contains("aria-current=\"page\"><span class=\"view-label\" dir=\"auto\">My VPN"), "the open one is in sight");
        step(cast.ana, &id, "pin");
        assert_eq!(place("My VPN"), Some(last), "at the end of the column again");
        assert_eq!(step(cast.boris, &id, "pin").status, 404, "mine is mine");
    }

    fn a_view_is_tried_before_it_is_saved(db: TestDb) {
        let rig = rig(db);
        let ana = rig.cast.ana;
        rig.registered(rig.cast.ursula, "VPN drops");
        let page = rig.get(ana, "/desk/views/new?q=is:open+vpn+sort:-priority&c=number,title,team");
        assert!(page.has("It holds one ticket now.") && page.has("value=\"is:open vpn\"") && page.has("value=\"sort:-priority\" selected"), "{}", page.body);
        let typed = [("name", "VPN"), ("q", "is:open vpn"), ("sort", "sort:created"), ("order", "number"), ("order", "title"), ("order", "team"), ("order", "state"), ("column", "number"), ("column", "title"), ("column", "team"), ("column", "state")];
        let moved = rig.post(ana, "/desk/views", &[&typed[..], &[("down", "team")]].concat());
        assert_eq!(moved.status, 200, "nothing is saved");
        let at = |key: &str| moved.body.find(&format!("name=\"order\" value=\"{key}\"")).unwrap();
        assert!(at("number") < at("title") && at("title") < at("state") && at("state") < at("team") && at("team") < at("updated"));
        assert!(!rig.get(ana, "/desk/views").has(">VPN<"));
        let wrong = rig.post(ana, "/desk/views", &[("name", "VPN"), ("q", "colour:red"), ("preview", "1")]);
        assert!(wrong.has("value=\"colour:red\"") && wrong.has("error-summary"), "{}", wrong.body);
        let saved = rig.post(ana, "/desk/views", &[&typed[..], &[("save", "1")]].concat());
        let list = rig.get(ana, saved.place());
        assert!(list.has("VPN drops") && list.has("sort:created"), "{}", list.body);
        assert_eq!(rig.post(ana, "/desk/views", &[("name", "Bad"), ("q", "colour:red"), ("save", "1")]).status, 422, "a view knows no words with colons");
    }

    fn a_view_that_is_not_understood_any_more_says_so(db: TestDb) {
        let rig = rig(db);
        let ana = rig.cast.ana;
        rig.registered(rig.cast.ursula, "VPN drops, colour red");
        let saved = rig.post(ana, "/desk/views", &[("name", "Red"), ("q", "is:open"), ("share", "me")]);
        let id: i64 = saved.place().rsplit('=').next().unwrap().parse().unwrap();
        rig.db.write_wait("field gone", move |tx| tx.exec_text("UPDATE ticket_view SET query = 'colour:red OR is:open' WHERE id = $1", &db::params![id])).unwrap();
        let list = rig.get(ana, saved.place());
        assert_eq!(list.status, 422);
        assert!(list.has("is not understood any more") && list.has(&format!("href=\"/desk/views/{id}\"")) && !list.has("VPN drops"), "{}", list.body);
        let form = rig.get(ana, &format!("/desk/views/{id}"));
        assert!(form.status == 200 && form.has("value=\"colour:red OR is:open\""), "it can be mended");
    }

    fn the_walk_knows_whether_a_ticket_is_still_in_its_list(db: TestDb) {
        let rig = rig(db);
        let (ana, id) = (rig.cast.ana, rig.registered(rig.cast.ursula, "VPN drops"));
        let there = |query: &str| rig.get(ana, &format!("/desk/tickets/{id}/still?{query}")).body;
        assert_eq!(there("v=unassigned"), r#"{"there":true}"#);
        assert_eq!(there("v=open&q=is:open+vpn"), r#"{"there":true}"#);
        rig.act(ana, move |tx, frame| change(tx, frame, id, Base::Latest, &Patch { assignee: Some(frame.actor.person), ..Patch::default() }));
        assert_eq!(there("v=unassigned"), r#"{"there":false}"#);
        assert_eq!(there("v=mine"), r#"{"there":true}"#);
        assert_eq!(there("q=priority:purple"), r#"{"there":true}"#, "what is not understood says nothing");
        assert_eq!(rig.get(rig.cast.dario, &format!("/desk/tickets/{id}/still?q=")).status, 404);
    }

    fn suggestions_know_only_what_the_reader_may_see(db: TestDb) {
        let rig = rig(db);
        let cast = rig.cast;
        let ticket = rig.registered(cast.ursula, "VPN drops");
        let found = |who, path: &str| rig.get(who, path).body;
        assert!(found(cast.ana, "/desk/suggest/persons?q=urs").contains("Úrsula Gil"));
        assert_eq!(found(cast.ana, "/desk/suggest/persons?q=carl"), "[]");
        assert_eq!(found(cast.dario, "/desk/suggest/requesters?q=urs"), "[]");
        assert!(found(cast.ana, "/desk/suggest/workers?q=ana").contains("Service desk"));
        assert_eq!(found(cast.ana, "/desk/suggest/workers?q=urs"), "[]", "a user is in no team");
        assert!(found(cast.ana, "/desk/suggest/teams?q=").contains("Workplace"));
        assert_eq!(found(cast.dario, "/desk/suggest/services?q=prin"), "[]");
        assert!(found(cast.ana, &format!("/desk/suggest/tickets?q={ticket}")).contains("VPN drops"));
        assert_eq!(found(cast.dario, &format!("/desk/suggest/tickets?q={ticket}")), "[]");
        assert_eq!(rig.get(cast.ana, "/desk/suggest/secrets?q=a").status, 404);
    }

    fn the_order_and_the_columns_are_in_the_address(db: TestDb) {
        let rig = rig(db);
        let (ana, low) = (rig.cast.ana, rig.registered(rig.cast.ursula, "Low one"));
        let high = rig.registered(rig.cast.ursula, "High one");
        rig.act(ana, move |tx, frame| change(tx, frame, high, Base::Latest, &Patch { priority: Some(4), ..Patch::default() }).map(|_| ()));
        let place = |body: &str, id: kernel::TicketId| body.find(&format!("id=\"t-{id}\"")).unwrap();
        let falling = rig.get(ana, "/desk/tickets?q=sort:-priority").body;
        let rising = rig.get(ana, "/desk/tickets?q=sort:priority&c=number,title,service").body;
        assert!(place(&falling, high) < place(&falling, low) && place(&rising, low) < place(&rising, high));
        assert!(falling.contains("Assignee") && !rising.contains("scope=\"col\">Assignee"), "{rising}");
    }

    fn a_filter_keeps_the_columns_and_a_renewed_list_its_length(db: TestDb) {
        let rig = rig(db);
        for n in 0..60 {
            rig.registered(rig.cast.ursula, &format!("Ticket {n:02}"));
        }
        let list = rig.get(rig.cast.ana, "/desk/tickets?q=sort:number&c=number,title,service");
        assert_eq!(list.hidden("c"), "number,title,service");
        let sent = rig.get(rig.cast.ana, "/desk/tickets?with=sort:number&q=ticket&c=number,title,service");
        assert_eq!(sent.place(), "/desk/tickets?q=ticket+sort:number&c=number,title,service");
        let plain = rig.get(rig.cast.ana, "/desk/tickets?q=sort:number");
        assert!(!plain.has("name=\"c\"") && plain.has("rel=\"next\""));
        let rows = |page: &str| rig.get(rig.cast.ana, page).body.matches("<tr id=\"t-").count();
        assert_eq!((rows("/desk/tickets?q=sort:number&rows=60"), rows("/desk/tickets?q=sort:number&rows=3")), (60, 50));
        assert!(!rig.get(rig.cast.ana, "/desk/tickets?q=sort:number&rows=60").has("rel=\"next\""));
    }

    fn a_shared_view_is_changed_by_whoever_may_share(db: TestDb) {
        let rig = rig(db);
        let cast = rig.cast;
        let saved = rig.post(cast.clara, "/desk/views", &[("name", "All VPN"), ("q", "vpn"), ("columns", ""), ("share", "everyone")]);
        assert_eq!(saved.status, 303, "{}", saved.body);
        let id = saved.place().rsplit('=').next().unwrap().to_owned();
        let form = format!("/desk/views/{id}");
        assert!(rig.get(cast.clara, saved.place()).has(&format!("href=\"{form}\"")));
        assert!(!rig.get(cast.ana, saved.place()).has(&format!("href=\"{form}\"")), "who may not share does not change it");
        assert_eq!(rig.get(cast.ana, &form).status, 404);
        let page = rig.get(cast.clara, &form);
        assert!(page.status == 200 && page.has("Everyone") && page.has("name=\"delete\""), "{}", page.body);
        let changed = rig.post(cast.clara, &form, &[("version", &page.hidden("version")), ("name", "Every VPN"), ("q", "vpn"), ("columns", "")]);
        assert_eq!(changed.status, 303, "{}", changed.body);
        assert!(rig.get(cast.boris, "/desk/tickets").has("Every VPN"));
        assert_eq!(rig.post(cast.clara, &form, &[("delete", "1")]).status, 303);
        assert!(!rig.get(cast.boris, "/desk/tickets").has("Every VPN"));
    }
}
