//! The test of statements finds what it is there to find: each of these has one mistake.

use db::{Dialect, sql};
use testkit::TestDb;

use crate::common::template;

/// Only registered, never run.
#[expect(dead_code, reason = "the registry holds them")]
fn mistakes() {
    let _ = sql!(i64, "SELECT value FROM no_such_table");
    let _ = sql!(String, "SELECT number FROM note");
    let _ = sql!((i64, i64), "SELECT number FROM note");
    let _ = sql!(i64, "SELECT sum(number) FROM note");
    let _ = sql!("ROLLBACK");
    let _ = sql!("INSERT OR ROLLBACK INTO tally (name, value) VALUES ('all', 1)");
    let _ = sql!(i64, "SELECT count(*) FROM note WHERE CAST($1 AS NUMERIC) = 1");
}

#[test]
fn mistakes_in_statements_are_found() {
    let found = |dialect| {
        let db = TestDb::new(dialect, &template().and(super::plan::MEMOS));
        let mut lines: Vec<u32> = db::prepare_all(&db)
            .unwrap()
            .iter()
            .filter_map(|problem| problem.split_once("tests/storage/prepare.rs:")?.1.split(':').next()?.parse().ok())
            .collect();
        lines.sort_unstable();
        lines.dedup();
        lines
    };
    let first = 11;
    assert_eq!(found(Dialect::Postgres), (first..first + 7).collect::<Vec<u32>>());
    assert_eq!(found(Dialect::Sqlite), [first, first + 2, first + 4, first + 5], "types are PostgreSQL's to know");
}
