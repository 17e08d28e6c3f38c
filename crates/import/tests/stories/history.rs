//! Several rows of a number become one ticket with its own dates and actors.

use import::{BatchState, Reason, Sort};
use kernel::{MockClock, Time};
use std::sync::Arc;

use crate::desk::{Desk, HISTORY, MAPPING, NOW, template};

fn at(text: &str) -> i64 {
    Time::from_rfc3339(text).unwrap().0
}

testkit::both! {
    template: template();

    fn every_statement_fits_both_databases(db: TestDb) {
        let ours = |problem: &String| problem.contains("crates/import");
        let problems: Vec<String> = db::prepare_all(&db.db()).unwrap().into_iter().filter(ours).collect();
        assert!(problems.is_empty(), "{problems:#?}");
        assert!(db::registered().filter(|statement| statement.place.contains("crates/import")).count() > 25);
    }

    fn two_tenants_have_numbers_of_their_own(db: TestDb) {
        let desk = Desk::new(db);
        let first = desk.run(MAPPING, HISTORY);
        let theirs = MAPPING.replace("Ribera", "Alameda");
        let second = desk.run(&theirs, HISTORY);
        assert_eq!((first.batch.cases, second.batch.cases, second.batch.rows_refused), (2, 2, 0));
        let tickets: Vec<(i64, i64)> = desk.rows(
            "SELECT x.tenant_id, COUNT(*) FROM external_ref x JOIN ticket t ON t.id = x.ticket_id AND t.tenant_id = x.tenant_id \
             WHERE x.number IN ('A-1', 'B-7') GROUP BY x.tenant_id ORDER BY x.tenant_id",
        );
        assert_eq!(tickets.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [2, 2]);
    }

    fn the_timeline_has_the_dates_and_actors_of_the_file(db: TestDb) {
        let desk = Desk::new(db);
        let report = desk.run(MAPPING, HISTORY);
        assert_eq!((report.batch.state, report.batch.rows_read, report.batch.rows_applied, report.batch.rows_refused), (BatchState::Done, 9, 9, 0));
        assert_eq!(report.batch.cases, 2);
        let events: Vec<(String, i64, Option<String>, bool)> = desk.rows(
            "SELECT e.kind, e.occurred_at, p.name, e.silent FROM event e JOIN external_ref x ON x.ticket_id = e.object_id AND x.number = 'A-1' \
             LEFT JOIN person p ON p.id = e.actor_id AND e.actor_kind = 'person' WHERE e.object = 'ticket' ORDER BY e.occurred_at, e.seq",
        );
        let told: Vec<(&str, i64, Option<&str>)> = events.iter().map(|(kind, at, who, _)| (kind.as_str(), *at, who.as_deref())).collect();
        assert_eq!(told, [
            ("ticket.created", at("2024-03-01T07:00:00Z"), Some("Ana")),
            ("ticket.message", at("2024-03-01T07:00:00Z"), Some("Ana")),
            ("ticket.changed", at("2024-03-01T08:00:00Z"), Some("Ana")),
            ("ticket.changed", at("2024-03-01T09:00:00Z"), Some("Boris")),
            ("ticket.message", at("2024-03-01T09:00:00Z"), Some("Boris")),
            ("ticket.changed", at("2024-03-02T09:00:00Z"), Some("Boris")),
            ("ticket.changed", at("2024-03-05T09:00:00Z"), None),
            ("ticket.changed", at("2024-03-06T09:00:00Z"), Some("Ana")),
            ("ticket.changed", at("2024-03-07T09:00:00Z"), Some("Ana")),
        ]);
        assert!(events.iter().all(|(.., silent)| *silent), "nothing follows from an import");
        assert_eq!(desk.number("SELECT COUNT(*) FROM event WHERE recorded_at < 1767225600000000 AND object = 'ticket'"), 0, "recorded now");
        assert_eq!(desk.number("SELECT COUNT(*) FROM job"), 0);
    }

    fn the_ticket_is_as_its_last_row_says_and_remembers_the_rest(db: TestDb) {
        let desk = Desk::new(db);
        desk.run(MAPPING, HISTORY);
        let row = desk.rows::<(String, String, i64, i64)>(
            "SELECT t.title, t.state, t.impact, t.line FROM ticket t JOIN external_ref x ON x.ticket_id = t.id WHERE x.source = 'old' AND x.number = 'A-1'",
        );
        assert_eq!(row, [("Mail: A-1".to_owned(), "open".to_owned(), 3, 1)]);
        let counts = desk.rows::<(i64, i64, i64, i64)>(
            "SELECT t.reopen_count, t.reopen_closed_count, t.handover_count, t.team_count FROM ticket t \
             JOIN external_ref x ON x.ticket_id = t.id WHERE x.number = 'A-1'",
        );
        assert_eq!(counts, [(1, 1, 2, 2)]);
        let times: Vec<(i64, i64, Option<i64>, Option<i64>)> = desk.rows(
            "SELECT t.created_at, t.updated_at, t.resolved_at, t.close_due_at FROM ticket t JOIN external_ref x ON x.ticket_id = t.id WHERE x.number = 'B-7'",
        );
        let solved = at("2024-03-06T10:00:00Z");
        assert_eq!(times, [(at("2024-03-01T08:30:00Z"), solved, Some(solved), Some(i64::MAX))], "solved then, and not closed by the desk now");
        for (filter, count) in [
            ("was:queued", 1), ("is:reopened", 1), ("handovers:>1", 1), ("teams:>1", 1), ("reopened-closed:>0", 1), ("is:solved", 1),
            ("service:mail", 1), ("org:Plants", 2), ("team:net-2nd", 0), ("was-team:net-2nd", 1), ("channel:import", 2), ("priority:>=high", 1),
        ] {
            assert_eq!(desk.found(filter), count, "{filter}");
        }
    }

    fn people_teams_and_places_are_made_once(db: TestDb) {
        let desk = Desk::new(db);
        let report = desk.run(MAPPING, HISTORY);
        let made = |sort| report.made.iter().find(|(s, _)| *s == sort).map(|(_, n)| *n);
        assert_eq!(made(Sort::Person), Some(3), "two Anas and a Boris; the robot is nobody");
        assert_eq!((made(Sort::Team), made(Sort::Organisation), made(Sort::Service), made(Sort::Location)), (Some(2), Some(3), Some(2), Some(2)));
        let people: Vec<(String, Option<String>)> =
            desk.rows("SELECT p.name, l.name FROM person p LEFT JOIN location l ON l.id = p.location_id ORDER BY p.name, l.name");
        let told: Vec<(&str, Option<&str>)> = people.iter().map(|(name, place)| (name.as_str(), place.as_deref())).collect();
        assert_eq!(told, [("Ana", Some("Poland")), ("Ana", Some("Spain")), ("Boris", Some("Poland"))]);
        assert_eq!(desk.rows::<(String, i64)>("SELECT key, line FROM team ORDER BY key"), [("desk".to_owned(), 1), ("net-2nd".to_owned(), 2)]);
        let assigned: Vec<(Option<String>, i64)> = desk.rows(
            "SELECT p.name, COUNT(*) FROM ticket_passage s LEFT JOIN person p ON p.id = s.assignee_id \
             JOIN external_ref x ON x.ticket_id = s.ticket_id AND x.number = 'A-1' GROUP BY p.name ORDER BY p.name",
        );
        let nobody = assigned.iter().find(|(name, _)| name.is_none()).map(|(_, n)| *n);
        assert_eq!(nobody, Some(1), "in the queue it is nobody's, and the robot takes nothing from Boris");
    }

    fn a_row_without_changes_is_still_an_event(db: TestDb) {
        let desk = Desk::new(db);
        let dry = desk.plan(MAPPING, HISTORY);
        assert_eq!((dry.unchanged, dry.after_closed, dry.messages), (1, 2, 2));
        desk.run(MAPPING, HISTORY);
        assert_eq!(desk.number("SELECT COUNT(*) FROM event WHERE kind IN ('ticket.created', 'ticket.changed')"), 9, "one for each row");
    }

    fn a_dry_run_says_what_the_run_does_and_writes_nothing(db: TestDb) {
        let desk = Desk::new(db);
        let before = desk.census();
        let dry = desk.plan(MAPPING, HISTORY);
        assert_eq!(desk.census(), before);
        assert_eq!((dry.rows, dry.cases, dry.applied, dry.refused.len(), dry.known_cases), (9, 2, 9, 0, 0));
        assert_eq!((dry.tenant.as_str(), dry.new_tenant, dry.new_states), ("Ribera", true, vec!["queued".to_owned()]));
        assert_eq!(dry.states["open"], 5);
        assert!(dry.unused_columns.is_empty());
        assert_eq!((dry.from, dry.to), (Some(Time(at("2024-03-01T07:00:00Z"))), Some(Time(at("2024-03-07T09:00:00Z")))));
        let persons = dry.parties.iter().find(|count| count.sort == Sort::Person).unwrap();
        assert_eq!((persons.new, persons.known), (3, 0));
        let first = dry.samples.iter().find(|case| case.number == "A-1").unwrap();
        assert_eq!(first.title, "Mail: A-1");
        let third = &first.steps[2];
        assert_eq!((third.by.as_str(), third.line), ("Boris", 5));
        assert!(third.cells.contains(&("sub".to_owned(), "Working".to_owned())));
        assert_eq!(third.changes, [("state", "open".to_owned()), ("impact", "high".to_owned()), ("assignee", "Boris".to_owned()), ("priority", "medium".to_owned())]);
    }

    fn the_same_file_again_doubles_nothing(db: TestDb) {
        let desk = Desk::new(db);
        desk.run(MAPPING, HISTORY);
        let dry = desk.plan(MAPPING, HISTORY);
        assert_eq!((dry.known_cases, dry.applied, dry.refused[&Reason::Known].count), (2, 0, 9));
        assert!(dry.parties.iter().all(|count| count.new == 0), "{:?}", dry.parties);
        let counts = |desk: &Desk| desk.rows::<(i64, i64, i64, i64)>("SELECT (SELECT COUNT(*) FROM ticket), (SELECT COUNT(*) FROM person), (SELECT COUNT(*) FROM event), (SELECT COUNT(*) FROM organisation)");
        let before = counts(&desk);
        let again = desk.run(MAPPING, HISTORY);
        assert_eq!((again.batch.rows_read, again.batch.rows_applied, again.batch.rows_refused, again.resumed), (9, 0, 9, false));
        assert_eq!(again.refused, [(Reason::Known, 9)]);
        assert_eq!(counts(&desk), before);
    }

    fn newer_rows_go_on_with_a_ticket_that_is_known(db: TestDb) {
        let mut desk = Desk::new(db);
        desk.run(MAPPING, HISTORY);
        let map = MAPPING.replacen("[case]", "[case]\nknown = \"continue\"", 1);
        let delta = "case,when,status,sub,team,who,country,line,product,impact,comment\n\
                     A-1,2024-03-07T10:00:00+01:00,Accepted,Working,Desk,Ana,Spain,North,Mail,High,\n\
                     A-1,2024-03-08T10:00:00+01:00,Completed,Closed,Desk,Ana,Spain,North,Mail,High,Done at last\n\
                     B-7,2024-03-09T10:00:00+01:00,Completed,Closed,Desk,Ana,Poland,South,VPN,Major,\n\
                     B-7,2024-03-06T11:00:00+01:00,Completed,Done,Desk,Ana,Poland,South,VPN,Major,\n";
        for (round, applied) in [(1, 2), (2, 0)] {
            desk.shop.clock = Arc::new(MockClock::at(NOW.plus(round * Time::DAY)));
            let dry = desk.plan(&map, delta);
            assert_eq!((dry.known_cases, dry.continued, dry.applied, dry.refused[&Reason::Known].count), (2, applied, applied, 4 - applied));
            let report = desk.run(&map, delta);
            assert_eq!((report.batch.rows_applied, report.refused.as_slice()), (i64::try_from(applied).unwrap(), [(Reason::Known, 4 - i64::try_from(applied).unwrap())].as_slice()));
            assert_eq!((report.batch.cases, desk.number("SELECT COUNT(*) FROM ticket WHERE state = 'closed'")), (0, 2));
            assert_eq!(desk.number("SELECT COUNT(*) FROM event WHERE kind IN ('ticket.created', 'ticket.changed')"), 11);
        }
    }

    fn a_ticket_in_the_trash_is_left_there_or_brought_back_first(db: TestDb) {
        let mut desk = Desk::new(db);
        desk.run(MAPPING, HISTORY);
        let discard = |desk: &Desk, number: &'static str| {
            let shop = desk.shop.clone();
            let deed = move |tx: &mut db::Tx<'_>| {
                let id = ticket::store::reference::find_any(tx, number)?[0];
                let act = events::Act::system(NOW.plus(Time::HOUR), events::Cause::Page, Arc::clone(&shop.entropy));
                ticket::actions::trash::discard(tx, ticket::Frame { desk: &shop.desk, actor: &access::Actor::system(), act: &act }, id)
            };
            desk.db.write_wait("discard", deed).unwrap();
        };
        discard(&desk, "A-1");
        let map = MAPPING.replacen("[case]", "[case]\nknown = \"continue\"", 1);
        let delta = |day: i64| format!("case,when,status,sub,team,who,country,line,product,impact,comment\n\
                     A-1,2024-03-0{day}T10:00:00+01:00,Completed,Closed,Desk,Ana,Spain,North,Mail,High,Done at last\n");
        desk.shop.clock = Arc::new(MockClock::at(NOW.plus(Time::DAY)));
        assert_eq!(desk.plan(&map, &delta(8)).refused[&Reason::Trashed].count, 1);
        let report = desk.run(&map, &delta(8));
        assert_eq!((report.batch.rows_applied, report.refused.as_slice()), (0, [(Reason::Trashed, 1)].as_slice()));
        assert_eq!(desk.number("SELECT COUNT(*) FROM ticket WHERE trashed = 1 AND state = 'open'"), 1, "as it was");
        let back = map.replacen("[case]", "[case]\ntrashed = \"restore\"", 1);
        let dry = desk.plan(&back, &delta(8));
        assert_eq!((dry.applied, dry.continued, dry.refused.len()), (1, 1, 0));
        let report = desk.run(&back, &delta(8));
        assert_eq!((report.batch.rows_applied, report.batch.rows_refused), (1, 0));
        assert_eq!(desk.number("SELECT COUNT(*) FROM ticket WHERE trashed = 0 AND state = 'closed'"), 1);
        // That it was brought back today does not hide what a still later file says.
        desk.shop.clock = Arc::new(MockClock::at(NOW.plus(2 * Time::DAY)));
        assert_eq!(desk.run(&back, &delta(9)).batch.rows_applied, 1);
    }

    fn a_later_file_knows_the_people_of_an_earlier_one(db: TestDb) {
        let desk = Desk::new(db);
        desk.run(MAPPING, HISTORY);
        let more = "case,when,status,sub,team,who,country,line,product,impact,comment\n\
                    C-3,2024-04-01T08:00:00+01:00,Accepted,Working,Desk,Ana,Spain,North,Mail,Low,\n";
        let report = desk.run(MAPPING, more);
        assert!(report.made.is_empty(), "{:?}", report.made);
        assert_eq!(desk.number("SELECT COUNT(DISTINCT assignee_id) FROM ticket WHERE state = 'open'"), 1, "the Ana of Spain has both");
    }

    fn names_that_only_look_alike_are_two_people(db: TestDb) {
        let desk = Desk::new(db);
        desk.run(MAPPING, &HISTORY.replacen("Desk,Ana,Spain,North,Mail,High,\nB-7", "Desk,Aná,Spain,North,Mail,High,\nB-7", 1));
        assert_eq!(desk.rows::<String>("SELECT name FROM person ORDER BY id").len(), 4);
    }

    fn a_long_case_is_written_in_pieces_and_is_one_ticket(db: TestDb) {
        let desk = Desk::new(db);
        let mut csv = "case,when,status,sub,team,who,country,line,product,impact,comment\n".to_owned();
        for hour in 0..333 {
            let time = Time::from_rfc3339("2024-03-01T08:00:00Z").unwrap().plus(hour * Time::HOUR).to_rfc3339();
            let (status, sub) = if hour % 2 == 0 { ("Accepted", "Working") } else { ("Queued", "Waiting") };
            csv.push_str(&format!("L-1,{time},{status},{sub},Desk,Ana,Spain,North,Mail,Low,\n"));
        }
        let report = desk.run(MAPPING, &csv);
        assert_eq!((report.batch.cases, report.batch.rows_applied), (1, 333));
        assert_eq!(desk.number("SELECT COUNT(*) FROM event WHERE object = 'ticket'"), 333);
        assert_eq!(desk.number("SELECT COUNT(*) FROM ticket_passage"), 333);
        assert_eq!(desk.number("SELECT version FROM ticket"), 333);
    }
}
