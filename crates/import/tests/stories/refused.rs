//! Rows that do not fit are refused, each with its reason, and the counts add up.

use import::{ImportError, Reason};

use crate::desk::{Desk, HISTORY, MAPPING, template};

const HEADER: &str = "case,when,status,sub,team,who,country,line,product,impact,comment\n";

/// One row for each reason that a row can have by itself, between two good ones.
const MIXED: &str = "\
A-1,2024-03-01T08:00:00Z,Accepted,Working,Desk,Ana,Spain,North,Mail,Low,
A-1,2024-03-01T09:00:00Z,Accepted,Sleeping,Desk,Ana,Spain,North,Mail,Low,
A-1,yesterday,Accepted,Working,Desk,Ana,Spain,North,Mail,Low,
A-1,2044-03-01T09:00:00Z,Accepted,Working,Desk,Ana,Spain,North,Mail,Low,
A-1,2024-03-01T09:00:00Z,Accepted
,2024-03-01T09:00:00Z,Accepted,Working,Desk,Ana,Spain,North,Mail,Low,
A-1,2024-03-01T09:00:00Z,,,Desk,Ana,Spain,North,Mail,Low,
A-1,2024-03-01T09:00:00Z,Accepted,Working,Desk,Ana,Spain,North,Mail,Huge,
A-1,2024-03-01T09:30:00Z,Completed,Done,Desk,Ana,Spain,North,Mail,Low,
";

fn with(mapping: &str, from: &str, to: &str) -> String {
    assert!(mapping.contains(from), "{from}");
    mapping.replace(from, to)
}

testkit::both! {
    template: template();

    fn every_row_is_applied_or_refused_with_a_reason(db: TestDb) {
        let desk = Desk::new(db);
        let csv = format!("{HEADER}{MIXED}");
        let dry = desk.plan(MAPPING, &csv);
        let report = desk.run(MAPPING, &csv);
        assert_eq!((report.batch.rows_read, report.batch.rows_applied, report.batch.rows_refused), (9, 2, 7));
        let mut reasons = report.refused.clone();
        reasons.sort();
        let expected = [(Reason::Cells, 1), (Reason::NoNumber, 1), (Reason::Moment, 1), (Reason::Future, 1), (Reason::Unmapped, 2), (Reason::Missing, 1)];
        assert_eq!(reasons, expected);
        assert_eq!(dry.applied, 2);
        assert_eq!(dry.refused.iter().map(|(reason, rows)| (*reason, i64::try_from(rows.count).unwrap())).collect::<Vec<_>>(), expected, "as the dry run said");
        assert_eq!(dry.refused[&Reason::Unmapped].first, [(3, "state: Accepted / Sleeping".to_owned()), (9, "impact: Huge".to_owned())]);
        assert_eq!(desk.rows::<String>("SELECT state FROM ticket"), ["solved"]);
    }

    fn the_report_can_be_corrected_and_imported(db: TestDb) {
        let desk = Desk::new(db);
        let report = desk.run(MAPPING, &format!("{HEADER}{MIXED}"));
        let mut out = Vec::new();
        assert_eq!(import::refused(&desk.shop.db, report.batch.id, &i18n::T::utc(kernel::Lang::En), &mut out).unwrap(), 7);
        let text = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "line,case,reason,explanation,detail,case,when,status,sub,team,who,country,line,product,impact,comment");
        assert_eq!(lines[1], "3,A-1,unmapped,The mapping does not know this value: state: Accepted / Sleeping,state: Accepted / Sleeping,A-1,2024-03-01T09:00:00Z,Accepted,Sleeping,Desk,Ana,Spain,North,Mail,Low,");
        assert!(lines[4].starts_with("6,,cells,"), "{}", lines[4]);
        assert_eq!(lines.len(), 8);
    }

    fn a_mapping_may_want_whole_cases_only(db: TestDb) {
        let desk = Desk::new(db);
        let whole = with(MAPPING, "number = \"case\"", "number = \"case\"\nrefused_row = \"case\"");
        let good = "B-7,2024-03-01T08:00:00Z,Accepted,Working,Desk,Boris,Spain,North,Mail,Low,\n";
        let report = desk.run(&whole, &format!("{HEADER}{MIXED}{good}"));
        assert_eq!((report.batch.rows_read, report.batch.rows_applied, report.batch.rows_refused, report.batch.cases), (10, 1, 9, 1));
        assert!(report.refused.contains(&(Reason::Case, 2)), "{:?}", report.refused);
        assert_eq!(desk.rows::<String>("SELECT name FROM person"), ["Boris"], "nobody is made for rows that are refused");
    }

    fn what_comes_after_closing_can_be_refused(db: TestDb) {
        let desk = Desk::new(db);
        let report = desk.run(&with(MAPPING, "number = \"case\"", "number = \"case\"\nafter_closed = \"refuse\""), HISTORY);
        assert_eq!((report.batch.rows_applied, report.refused), (7, vec![(Reason::AfterClosed, 2)]));
        assert_eq!(desk.found("is:closed"), 1);
    }

    fn rows_that_change_nothing_can_be_refused(db: TestDb) {
        let desk = Desk::new(db);
        let report = desk.run(&with(MAPPING, "number = \"case\"", "number = \"case\"\nunchanged = \"refuse\""), HISTORY);
        assert_eq!((report.batch.rows_applied, report.refused), (8, vec![(Reason::Unchanged, 1)]));
    }

    fn teams_that_must_be_there_are_not_made_up(db: TestDb) {
        let desk = Desk::new(db);
        let strict = with(MAPPING, "[teams]", "[teams]\ncreate = false");
        let report = desk.run(&strict, HISTORY);
        assert_eq!((report.batch.rows_applied, report.batch.cases, report.refused), (0, 0, vec![(Reason::Unknown, 9)]));
        assert_eq!(desk.number("SELECT COUNT(*) FROM person"), 0);
        // A team by that key makes those rows welcome; the name of the file is not its name.
        let tenant = report.batch.tenant;
        desk.shop.db.write_wait("team", move |tx| party::store::team::insert(tx, tenant, "desk", &party::TeamData::named("Service desk", 1), crate::desk::NOW)).unwrap();
        let report = desk.run(&format!("{strict}\n"), HISTORY);
        assert_eq!((report.batch.rows_applied, report.refused), (5, vec![(Reason::Unknown, 4)]));
        assert_eq!(desk.number("SELECT COUNT(*) FROM team"), 1);
    }

    fn what_the_database_refuses_is_a_refused_row_and_the_rest_goes_on(db: TestDb) {
        let desk = Desk::new(db);
        // A trigger that nobody thought of stands for every rule of the database.
        let refusing = match desk.db.dialect() {
            db::Dialect::Sqlite => vec!["CREATE TRIGGER no_vpn BEFORE INSERT ON ticket WHEN NEW.title = 'VPN: B-7' BEGIN SELECT RAISE(ABORT, 'no VPN here'); END"],
            db::Dialect::Postgres => vec![
                "CREATE FUNCTION no_vpn() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.title = 'VPN: B-7' THEN RAISE EXCEPTION 'no VPN here'; END IF; RETURN NEW; END $$",
                "CREATE TRIGGER no_vpn BEFORE INSERT ON ticket FOR EACH ROW EXECUTE FUNCTION no_vpn()",
            ],
        };
        for text in refusing {
            desk.db.write_wait("trigger", move |tx| tx.exec_text(text, &[])).unwrap();
        }
        let report = desk.run(MAPPING, HISTORY);
        assert_eq!((report.batch.rows_applied, report.batch.rows_refused, report.batch.cases), (7, 2, 1));
        assert_eq!(report.refused, [(Reason::Database, 2)]);
        let details: Vec<String> = desk.rows("SELECT detail FROM import_refusal");
        assert!(details.iter().all(|detail| detail.contains("no VPN here")), "{details:?}");
    }

    fn a_file_that_is_not_what_the_mapping_says_is_not_begun(db: TestDb) {
        let desk = Desk::new(db);
        let lost = desk.try_plan(MAPPING, "case,when,status,sub,team,who,land,line,product,impact,comment\n").unwrap_err();
        let ImportError::Mapping(mistakes) = lost else { panic!("{lost}") };
        let text = mistakes.to_string();
        assert!(text.contains("the file has no column country"), "{text}");
        for broken in ["", "\n\n", "case,case\n"] {
            assert!(matches!(desk.try_plan(MAPPING, broken), Err(ImportError::File { .. })), "{broken:?}");
        }
        let wrong = with(MAPPING, "to = \"solved\"", "to = \"sloved\"");
        let text = desk.try_plan(&wrong, HISTORY).unwrap_err().to_string();
        assert!(text.contains("map.toml:43: state: unknown value sloved; did you mean solved?"), "{text}");
        let unknown = with(MAPPING, "create = true", "create = false");
        let text = desk.try_plan(&unknown, HISTORY).unwrap_err().to_string();
        assert!(text.contains("map.toml:6: there is no tenant Ribera"), "{text}");
    }
}
