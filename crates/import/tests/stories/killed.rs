//! An import that ends early goes on where it stopped and doubles nothing.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use db::{Db, Dialect, Location, Options};
use import::{BatchState, Input, Mapping, Progress, Stage, Watch};
use kernel::Time;
use testkit::{Place, Running};

use crate::desk::{Desk, MAPPING, import_file, template, workshop};

const CASES: i64 = 120;
const ROWS: i64 = 5;

/// Many cases of five rows each, in an order that tears each of them apart.
fn many() -> String {
    let mut csv = "case,when,status,sub,team,who,country,line,product,impact,comment\n".to_owned();
    let begin = Time::from_rfc3339("2024-03-01T08:00:00Z").unwrap();
    for row in 0..ROWS {
        for case in 0..CASES {
            let time = begin.plus(row * Time::DAY + case * Time::MINUTE).to_rfc3339();
            let team = if (row + case) % 2 == 0 { "Desk" } else { "Net 2nd" };
            csv.push_str(&format!("K-{case},{time},Accepted,Working,{team},Person {},Spain,North,Mail,Low,\n", case % 9));
        }
    }
    csv
}

fn mapping() -> Mapping {
    Mapping::read("map.toml", MAPPING).unwrap()
}

/// Each case is one ticket with one event for each of its rows.
fn complete(desk: &Desk, file: &Path, resumed: bool) {
    let stop = AtomicBool::new(false);
    let input = Input::open(file).unwrap();
    let dry = import::plan(&desk.shop.db, &*desk.shop.clock, &mapping(), &input, 0, Watch::new(&|_| {}, &stop)).unwrap();
    assert_eq!((dry.unfinished.is_some(), dry.known_cases, dry.refused.len()), (resumed, 0, 0), "a dry run says that it goes on");
    let report = import_file(&desk.shop, &mapping(), &Input::open(file).unwrap()).unwrap();
    assert_eq!((report.batch.state, report.resumed), (BatchState::Done, resumed));
    assert_eq!((report.batch.cases, report.batch.rows_applied, report.batch.rows_refused), (CASES, CASES * ROWS, 0));
    assert_eq!(desk.number("SELECT COUNT(*) FROM ticket"), CASES);
    let events: Vec<(i64, i64)> =
        desk.rows("SELECT COUNT(*), COUNT(DISTINCT occurred_at) FROM event WHERE object = 'ticket' GROUP BY object_id");
    assert!(events.iter().all(|counts| *counts == (ROWS, ROWS)), "{events:?}");
    assert_eq!(desk.number("SELECT COUNT(*) FROM person"), 9);
    assert_eq!(desk.number("SELECT COUNT(*) FROM import_batch"), 1);
    assert_eq!(desk.number("SELECT COUNT(*) FROM setting WHERE tenant_id <> 0"), 1);
}

testkit::both! {
    template: template();

    fn an_interrupted_import_goes_on(db: TestDb) {
        let desk = Desk::new(db);
        let file = desk.file(many().as_bytes());
        let input = Input::open(&file).unwrap();
        for (stage, after) in [(Stage::Parties, 1), (Stage::Writing, 100), (Stage::Writing, 400)] {
            let stop = AtomicBool::new(false);
            let progress = |p: Progress| if p.stage == stage && p.done >= after { stop.store(true, Ordering::Relaxed) };
            let report = import::run(&desk.shop, &mapping(), &input, None, Watch::new(&progress, &stop)).unwrap();
            assert_eq!(report.batch.state, BatchState::Interrupted, "{stage:?} {after}");
            let done = u64::try_from(report.batch.rows_applied).unwrap();
            assert!(if stage == Stage::Parties { done == 0 } else { done >= after && done < after + 100 }, "{done} rows at {stage:?} {after}");
        }
        complete(&desk, &file, true);
    }

    fn an_import_that_fell_over_goes_on(db: TestDb) {
        let desk = Desk::new(db);
        let file = desk.file(many().as_bytes());
        let input = Input::open(&file).unwrap();
        for (stage, after) in [(Stage::Checking, 10), (Stage::Parties, 1), (Stage::Writing, 1), (Stage::Writing, 300)] {
            let stop = AtomicBool::new(false);
            let progress = |p: Progress| assert!(p.stage != stage || p.done < after, "falls over");
            let result = catch_unwind(AssertUnwindSafe(|| import::run(&desk.shop, &mapping(), &input, None, Watch::new(&progress, &stop))));
            assert!(result.is_err());
        }
        assert_eq!(desk.rows::<String>("SELECT state FROM import_batch"), ["running"], "nobody tidied up");
        complete(&desk, &file, true);
    }

    fn two_at_once_do_not_mix(db: TestDb) {
        let desk = Desk::new(db);
        let file = desk.file(many().as_bytes());
        let input = Input::open(&file).unwrap();
        let inner = AtomicU64::new(0);
        let stop = AtomicBool::new(false);
        // In the middle of the one the other takes the batch over and finishes it.
        let progress = |p: Progress| {
            if p.stage == Stage::Writing && p.done > 100 && inner.fetch_add(1, Ordering::Relaxed) == 0 {
                import_file(&desk.shop, &mapping(), &input).unwrap();
            }
        };
        let refused = import::run(&desk.shop, &mapping(), &input, None, Watch::new(&progress, &stop)).unwrap_err();
        assert!(refused.to_string().starts_with("error-import-elsewhere"), "{refused}");
        assert_eq!(desk.rows::<String>("SELECT state FROM import_batch"), ["done"]);
        assert_eq!(desk.number("SELECT COUNT(*) FROM event WHERE object = 'ticket'"), CASES * ROWS);
    }
}

/// The process of [`killed`]: imports slowly and says when it is in the middle.
#[test]
#[ignore = "only run by the tests below, in a process of its own"]
fn victim() {
    let Some(orders) = testkit::orders() else { return };
    let [place, file, mark] = orders.split('\n').collect::<Vec<_>>()[..] else { panic!("{orders}") };
    let options = if place.contains("://") { Options::postgres(place) } else { Options::sqlite(place) };
    let shop = workshop(Db::open(options).unwrap());
    let stop = AtomicBool::new(false);
    let progress = |p: Progress| {
        if p.stage == Stage::Writing && p.done > 150 {
            std::fs::write(mark, p.done.to_string()).unwrap();
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    import::run(&shop, &mapping(), &Input::open(Path::new(file)).unwrap(), None, Watch::new(&progress, &stop)).unwrap();
}

fn killed(dialect: Dialect) {
    let place = Place::new(dialect, &template());
    let location = match place.options().location {
        Location::Sqlite(path) => path.display().to_string(),
        Location::Postgres(url) => url,
    };
    let (file, mark): (PathBuf, PathBuf) = (place.folder().join("many.csv"), place.folder().join("mark"));
    std::fs::write(&file, many()).unwrap();
    let orders = format!("{location}\n{}\n{}", file.display(), mark.display());
    let mut child = Running::start(&mut testkit::child("killed::victim", &orders));
    for _ in 0..3000 {
        if mark.exists() {
            break;
        }
        assert!(child.ended().is_none(), "it ended too early");
        std::thread::sleep(Duration::from_millis(10));
    }
    child.kill();
    let desk = Desk::at(place);
    assert_eq!(desk.rows::<String>("SELECT state FROM import_batch"), ["running"]);
    let half = desk.number("SELECT rows_applied FROM import_batch");
    assert!(half > 100 && half < CASES * ROWS, "{half}");
    assert_eq!(desk.number("SELECT COUNT(*) FROM event WHERE object = 'ticket'"), half, "what was said to be written is, and nothing more");
    complete(&desk, &file, true);
}

#[test]
fn a_killed_import_goes_on_sqlite() {
    killed(Dialect::Sqlite);
}

#[test]
fn a_killed_import_goes_on_postgres() {
    killed(Dialect::Postgres);
}
