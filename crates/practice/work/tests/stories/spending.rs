//! Time that people spend: by hand and by a watch, its sum, and tickets that need it.

use kernel::{Clock as _, ErrorKind, PersonId, TicketId, Time};
use testkit::Template;
use ticket::actions::change::{Base, Patch, change};
use ticket::list;
use work::actions::time::{self, Spent};
use work::actions::{time_rules, timer};
use work::store::entry::{self, EntryId};
use work::time_rules::TimeRules;

use crate::rig::{Rig, migrations, rig};

fn spent(minutes: i64, comment: &str) -> Spent {
    Spent { day: String::new(), minutes, activity: String::new(), billable: false, comment: comment.to_owned() }
}

fn add(rig: &Rig, who: PersonId, ticket: TicketId, spent: Spent) -> EntryId {
    rig.act(who, move |tx, frame| time::add(tx, frame, ticket, &spent))
}

fn entries(rig: &Rig, ticket: TicketId) -> Vec<entry::Entry> {
    rig.db.read_wait("story", move |rd| entry::of_ticket(rd, ticket)).unwrap()
}

fn found(rig: &Rig, q: &'static str) -> Vec<TicketId> {
    let (desk, now, ana) = (std::sync::Arc::clone(&rig.desk), rig.clock.now(), rig.cast.ana);
    let read = move |rd: &mut db::Rd<'_>| {
        let actor = access::load_actor(rd, ana, now)?;
        let prepared = list::prepare(rd, &desk, &actor, q, false, now)?;
        let page = list::page(rd, &prepared, &kernel::PageRequest { limit: None, cursor: None })?.page;
        Ok(page.rows.into_iter().map(|ticket| ticket.id).collect())
    };
    rig.db.read_wait("found", read).unwrap()
}

testkit::both! {
    template: Template::of(&migrations());

    fn time_is_written_down_changed_and_taken_away_by_its_owner(db: TestDb) {
        let rig = rig(db);
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "Printer"));
        let base = format!("/desk/tickets/{ticket}/time");
        let fields = [("minutes", "1h 30"), ("day", "2025-12-31"), ("activity", "travel"), ("comment", "To Leganés"), ("billable", "1")];
        assert_eq!(rig.post(cast.ana, &base, &fields).place(), base);
        let page = rig.get(cast.ana, &base);
        for part in ["1 h 30 min", "Travel", "To Leganés", "Billable", "Ana Núñez"] {
            assert!(page.has(part), "{part}: {}", page.body);
        }
        assert_eq!(rig.now(ticket).spent, 90);
        let bad = rig.post(cast.ana, &base, &[("minutes", "soon"), ("comment", "kept")]);
        assert!(bad.status == 422 && bad.has("kept") && bad.has("id=\"side-time-found\""), "{}", bad.body);
        let ahead = rig.post(cast.ana, &base, &[("minutes", "5"), ("day", "2027-01-01")]);
        assert_eq!(ahead.status, 422);
        let one = entries(&rig, ticket)[0].id;
        assert_eq!(rig.get(cast.boris, &format!("{base}/{one}")).status, 404, "it is not his");
        let theirs = rig.tries(cast.boris, move |tx, frame| time::remove(tx, frame, ticket, one)).unwrap_err();
        assert_eq!(theirs.code(), "error-time-others");
        let again = [("version", "1"), ("minutes", "0:45"), ("day", "2025-12-31"), ("activity", "work"), ("comment", "")];
        assert_eq!(rig.post(cast.ana, &format!("{base}/{one}"), &again).place(), base);
        assert_eq!((rig.now(ticket).spent, entries(&rig, ticket)[0].comment.clone()), (45, None));
        assert_eq!(rig.post(cast.ana, &format!("{base}/{one}"), &again).status, 409, "stale");
        add(&rig, cast.boris, ticket, spent(15, ""));
        assert_eq!(rig.now(ticket).spent, 60);
        assert_eq!(rig.post(cast.ana, &format!("{base}/{one}/remove"), &[]).place(), base);
        assert_eq!(rig.now(ticket).spent, 15);
        let told = rig.words(cast.ana, ticket);
        for line in ["Time spent: 1 h 30 min · To Leganés", "Time spent changed: 45 min", "Time spent taken away: 45 min"] {
            assert!(told.iter().any(|said| said == line), "{line}: {told:?}");
        }
        assert!(rig.words(cast.ursula, ticket).iter().all(|line| !line.contains("Time spent")));
    }

    fn a_watch_goes_on_without_its_page(db: TestDb) {
        let rig = rig(db);
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "Printer"));
        let base = format!("/desk/tickets/{ticket}");
        let press = |what| rig.post(cast.ana, &format!("{base}/timer"), &[("do", what)]);
        assert_eq!(press("stop").status, 409, "there is none");
        assert_eq!(press("start").place(), format!("{base}/time"));
        rig.clock.advance(10 * Time::MINUTE);
        assert!(rig.get(cast.ana, &format!("{base}/time")).has("10 min"));
        assert!(!rig.get(cast.boris, &format!("{base}/time")).has("10 min"), "everybody has a watch of their own");
        press("pause");
        rig.clock.advance(Time::HOUR);
        press("start");
        rig.clock.advance(2 * Time::MINUTE + Time::SECOND);
        press("stop");
        assert_eq!((rig.now(ticket).spent, entries(&rig, ticket)[0].minutes), (13, 13), "a minute that has begun counts");
        press("start");
        rig.clock.advance(3 * Time::DAY);
        rig.act(cast.ana, move |tx, frame| timer::discard(tx, frame, ticket));
        assert_eq!(rig.now(ticket).spent, 13);
    }

    fn tickets_are_found_and_sorted_by_the_time_they_took(db: TestDb) {
        let rig = rig(db);
        let (one, two, three) = (rig.registered(rig.cast.ursula, "One"), rig.registered(rig.cast.ursula, "Two"), rig.registered(rig.cast.ursula, "Three"));
        add(&rig, rig.cast.ana, one, spent(150, ""));
        add(&rig, rig.cast.ana, two, spent(30, ""));
        assert_eq!(found(&rig, "time-spent:>2h"), [one]);
        assert_eq!(found(&rig, "time-spent:<1h time-spent:>0m"), [two]);
        assert_eq!(found(&rig, "sort:-time-spent"), [one, two, three]);
    }

    fn some_kinds_are_not_solved_without_time(db: TestDb) {
        let rig = rig(db);
        rig.administers(rig.cast.clara);
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "Printer"));
        let solved = || Patch {
            state: Some("solved".into()),
            resolution_code: Some(Some("fixed".into())),
            resolution_report: Some("Done as asked".into()),
            ..Patch::default()
        };
        let rules = TimeRules { required: vec!["incident".into()], ..TimeRules::default() };
        let unknown = TimeRules { required: vec!["party".into()], ..TimeRules::default() };
        let may_not = rules.clone();
        assert_eq!(rig.tries(cast.ana, move |tx, frame| time_rules::save(tx, frame, &may_not, None)).unwrap_err().kind(), ErrorKind::Forbidden);
        let wrong = rig.tries(cast.clara, move |tx, frame| time_rules::save(tx, frame, &unknown, None)).unwrap_err();
        assert_eq!(wrong.fields()[0].field, "required");
        let gone = TimeRules { activities: rules.activities[..1].to_vec(), ..rules.clone() };
        let wrong = rig.tries(cast.clara, move |tx, frame| time_rules::save(tx, frame, &gone, None)).unwrap_err();
        assert_eq!(wrong.fields()[0].code, "error-activity-kept");
        let form = rig.get(cast.clara, "/admin/time");
        assert!(form.has("value=\"Travel\"") && form.has("name=\"required\" value=\"incident\""), "{}", form.body);
        rig.act(cast.clara, move |tx, frame| time_rules::save(tx, frame, &rules, None));
        let lines = [("version", "1"), ("key.0", "work"), ("en.0", "Work"), ("active.0", "1"), ("key.1", "call"), ("en.1", "Call"), ("key.2", "travel"), ("en.2", "Trips"), ("en.3", "On site"), ("active.3", "1"), ("required", "incident")];
        assert_eq!(rig.post(cast.clara, "/admin/time", &lines).place(), "/admin/time?done=saved");
        assert!(rig.get(cast.clara, "/admin/time").has("value=\"on_site\""));
        assert!(rig.get(cast.ana, &format!("/desk/tickets/{ticket}/time")).has("<option value=\"on_site\">On site</option>"));
        let refused = rig.tries(cast.ana, move |tx, frame| change(tx, frame, ticket, Base::Latest, &solved())).unwrap_err();
        assert_eq!(refused.code(), "error-time-missing");
        add(&rig, cast.ana, ticket, spent(5, ""));
        rig.act(cast.ana, move |tx, frame| change(tx, frame, ticket, Base::Latest, &solved()));
        assert!(!rig.now(ticket).is_open());
    }

    fn what_somebody_wrote_beside_their_time_is_erased_and_the_time_stays(db: TestDb) {
        let rig = rig(db);
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "Printer"));
        add(&rig, cast.ana, ticket, spent(5, "Ana was there"));
        rig.act(cast.clara, move |tx, frame| {
            while !ticket::erasing::erase(tx, frame.act, ticket, cast.ana)?.is_empty() {}
            Ok(())
        });
        assert_eq!((entries(&rig, ticket)[0].comment.clone(), rig.now(ticket).spent), (None, 5));
        assert!(!rig.words(cast.boris, ticket).iter().any(|line| line.contains("Ana was there")));
    }

    fn time_is_for_the_desk_of_its_tenant(db: TestDb) {
        let rig = rig(db);
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "Printer"));
        add(&rig, cast.ana, ticket, spent(5, "canary"));
        for who in [cast.ursula, cast.dario] {
            let (page, api) = (rig.get(who, &format!("/desk/tickets/{ticket}/time")), rig.api(who, &format!("/api/v1/tickets/{ticket}/time")));
            assert!(page.status == 404 && api.status == 404 && !page.has("canary") && !api.has("canary"));
        }
        let api = rig.api(cast.boris, &format!("/api/v1/tickets/{ticket}/time"));
        assert!(api.has("\"total_minutes\":5") && api.has("canary") && api.has("Ana Núñez"), "{}", api.body);
        rig.hides(cast.boris, "operator", access::Object::Ticket, &["assignee"]);
        assert!(!rig.api(cast.boris, &format!("/api/v1/tickets/{ticket}/time")).has("Ana Núñez"));
    }
}
