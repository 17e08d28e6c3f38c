//! A filter means the same in SQLite, in PostgreSQL and in memory: random filters over random
//! records, whole and page by page.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use db::plan::{SortValue, after, condition, order};
use db::{Db, Dialect, Migration, params, row, sql};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use query::{Node, Plan, Record, Scalar, SortKey, Source, Test, Values};
use sea_query::{Query, SelectStatement};
use testkit::{Template, TestDb};

pub const MEMOS: &[Migration] = &[Migration {
    id: "20261122_9001_memos_of_the_tests",
    sql: "CREATE TABLE memo (id INTEGER PRIMARY KEY, state TEXT, size INTEGER, due INTEGER NOT NULL, open INTEGER NOT NULL, ends INTEGER, title_key TEXT NOT NULL, note_key TEXT) STRICT;\n\
          CREATE INDEX memo_due ON memo (due, id) WHERE open = 1;\n\
          CREATE TABLE memo_tag (memo_id INTEGER NOT NULL REFERENCES memo (id), tag TEXT, weight INTEGER, PRIMARY KEY (memo_id, tag)) STRICT;\n",
}];

row! {
    struct Memo { id: i64, state: Option<String>, size: Option<i64>, due: i64, open: i64, ends: Option<i64>, title_key: String, note_key: Option<String> }
}

/// A memo with its tags and their weights.
struct Tagged {
    memo: Memo,
    tags: Vec<(String, Option<i64>)>,
}

impl Record for Tagged {
    fn value(&self, source: &Source) -> Values {
        let memo = &self.memo;
        match source {
            Source::Column(name) => match name.as_ref() {
                "id" => Values::int(memo.id),
                "state" => Values::text(memo.state.clone()),
                "size" => Values::int(memo.size),
                "due" => Values::int(memo.due),
                "open" => Values::int(memo.open),
                "ends" => Values::int(memo.ends),
                "title_key" => Values::text(Some(memo.title_key.clone())),
                "note_key" => Values::text(memo.note_key.clone()),
                other => panic!("no column {other}"),
            },
            Source::Exists { value_column, extra, .. } => {
                let wanted = |tag: &&(String, Option<i64>)| {
                    extra.iter().all(|(column, values)| match column.as_ref() {
                        "tag" => values.contains(&Scalar::Text(tag.0.clone())),
                        _ => tag.1.is_some_and(|weight| values.contains(&Scalar::Int(weight))),
                    })
                };
                let rows = self.tags.iter().filter(wanted);
                match value_column.as_ref() {
                    "tag" => Values::Texts(rows.map(|t| t.0.clone()).collect()),
                    _ => Values::Ints(rows.filter_map(|t| t.1).collect()),
                }
            }
        }
    }
}

const WORDS: [&str; 8] = ["vpn", "printer", "пароль", "número", "50%", "a_b", "it's", "ñandú"];

fn fill(db: &Db) {
    let mut seed = 7_u64;
    let mut next = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((seed >> 33) % below).unwrap()
    };
    for id in 1..=150_i64 {
        let state = ["new", "open", "held"].get(usize::try_from(next(4)).unwrap()).copied();
        let size = Some(next(8)).filter(|v| *v < 6);
        let ends = Some(next(8)).filter(|v| *v < 6);
        let (due, open) = (next(5), next(2));
        let mut words = |count: i64| (0..count).map(|_| WORDS[usize::try_from(next(8)).unwrap()]).collect::<Vec<_>>().join(" ");
        let title = words(1 + id % 3);
        let note = (id % 3 > 0).then(|| words(id % 3));
        let tags: Vec<(&str, Option<i64>)> = ["red", "blue", "green"]
            .into_iter()
            .map(|tag| (tag, Some(next(5)).filter(|w| *w < 4), next(2)))
            .filter(|t| t.2 == 0)
            .map(|t| (t.0, t.1))
            .collect();
        db.write_wait("fill", move |tx| {
            tx.exec(
                sql!("INSERT INTO memo (id, state, size, due, open, ends, title_key, note_key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
                &params![id, state, size, due, open, ends, title.as_str(), note.as_deref()],
            )?;
            for (tag, weight) in &tags {
                tx.exec(sql!("INSERT INTO memo_tag (memo_id, tag, weight) VALUES ($1, $2, $3)"), &params![id, *tag, *weight])?;
            }
            Ok(())
        })
        .unwrap();
    }
}

fn records(db: &Db) -> Vec<Tagged> {
    let memos: Vec<Memo> = db
        .read_wait("memos", |rd| {
            rd.all(sql!(Memo, "SELECT id, state, size, due, open, ends, title_key, note_key FROM memo ORDER BY id"), &[])
        })
        .unwrap();
    let tags: Vec<(i64, String, Option<i64>)> =
        db.read_wait("tags", |rd| rd.all(sql!((i64, String, Option<i64>), "SELECT memo_id, tag, weight FROM memo_tag"), &[])).unwrap();
    let mut by_memo: BTreeMap<i64, Vec<(String, Option<i64>)>> = BTreeMap::new();
    for (id, tag, weight) in tags {
        by_memo.entry(id).or_default().push((tag, weight));
    }
    memos.into_iter().map(|memo| Tagged { tags: by_memo.remove(&memo.id).unwrap_or_default(), memo }).collect()
}

fn database(dialect: Dialect) -> TestDb {
    TestDb::new(dialect, &Template::of(db::MIGRATIONS).and(MEMOS).seeded("1", fill))
}

fn ints() -> impl Strategy<Value = (Source, Test)> {
    let sources = prop_oneof![
        prop::sample::select(vec!["size", "due", "open", "ends", "id"]).prop_map(|c| Source::Column(c.into())),
        prop::collection::vec(prop::sample::select(vec!["red", "blue"]), 0..2).prop_map(|tags| Source::Exists {
            table: "memo_tag".into(),
            owner_column: "memo_id".into(),
            value_column: "weight".into(),
            extra: tags.into_iter().map(|t| ("tag".into(), vec![Scalar::from(t)])).collect(),
        }),
    ];
    let tests = prop_oneof![
        Just(Test::Present),
        (0..5_i64).prop_map(Test::Constant),
        prop::collection::vec(0..6_i64, 1..4).prop_map(|v| Test::In(v.into_iter().map(Scalar::Int).collect())),
        (0..6_i64, 0..6_i64).prop_map(|(from, to)| Test::Range { from: Some(from), to: Some(to) }),
        (0..6_i64).prop_map(|from| Test::Range { from: Some(from), to: None }),
        (0..6_i64).prop_map(|to| Test::Range { from: None, to: Some(to) }),
        prop::sample::select(vec!["ends", "due"]).prop_map(|c| Test::AtLeastColumn(c.into())),
    ];
    (sources, tests)
}

fn texts() -> impl Strategy<Value = (Source, Test)> {
    let states = prop_oneof![
        Just(Test::Present),
        prop::collection::vec(prop::sample::select(vec!["new", "open", "held", "it's"]), 1..3)
            .prop_map(|v| Test::In(v.into_iter().map(Scalar::from).collect())),
    ];
    let words = prop::collection::vec(prop::sample::select(vec!["vpn", "пар", "50%", "_", "%", "'", "ro", "número"]), 1..3)
        .prop_map(|w| Test::Words(w.into_iter().map(str::to_owned).collect()));
    let tags = prop_oneof![
        Just(Test::Present),
        prop::sample::select(vec!["red", "blue", "green", "none"]).prop_map(|t| Test::In(vec![Scalar::from(t)])),
    ];
    prop_oneof![
        states.prop_map(|test| (Source::Column("state".into()), test)),
        (prop::sample::select(vec!["title_key", "note_key"]), words).prop_map(|(c, test)| (Source::Column(c.into()), test)),
        (tags, prop::collection::vec(0..4_i64, 0..3)).prop_map(|(test, weights)| {
            let extra =
                if weights.is_empty() { Vec::new() } else { vec![("weight".into(), weights.into_iter().map(Scalar::Int).collect())] };
            (Source::Exists { table: "memo_tag".into(), owner_column: "memo_id".into(), value_column: "tag".into(), extra }, test)
        }),
    ]
}

fn nodes() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![ints(), texts()].prop_map(|(source, test)| Node::Test(source, test));
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Node::All),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Node::Any),
            inner.prop_map(|n| Node::Not(Box::new(n))),
        ]
    })
}

fn plans() -> impl Strategy<Value = Plan> {
    let keys = prop::collection::vec((prop::sample::select(vec!["due", "open", "title_key"]), any::<bool>()), 0..3);
    (prop_oneof![20 => nodes(), 1 => any::<bool>().prop_map(Node::Literal)], keys, any::<bool>()).prop_map(|(filter, keys, descending)| {
        let mut sort: Vec<SortKey> = keys.into_iter().map(|(column, descending)| SortKey { column: column.into(), descending }).collect();
        sort.push(SortKey { column: "id".into(), descending });
        Plan { filter, sort }
    })
}

fn sort_values(plan: &Plan, memo: &Memo) -> Vec<SortValue> {
    plan.sort
        .iter()
        .map(|key| match key.column.as_ref() {
            "due" => SortValue::Int(memo.due),
            "open" => SortValue::Int(memo.open),
            "title_key" => SortValue::Text(memo.title_key.clone()),
            _ => SortValue::Int(memo.id),
        })
        .collect()
}

fn in_order(plan: &Plan, a: &Memo, b: &Memo) -> Ordering {
    let pairs = sort_values(plan, a).into_iter().zip(sort_values(plan, b));
    let ordered = pairs.zip(&plan.sort).map(|((a, b), key)| {
        let ordering = match (&a, &b) {
            (SortValue::Int(a), SortValue::Int(b)) => a.cmp(b),
            (SortValue::Text(a), SortValue::Text(b)) => a.as_bytes().cmp(b.as_bytes()),
            _ => Ordering::Equal,
        };
        if key.descending { ordering.reverse() } else { ordering }
    });
    ordered.fold(Ordering::Equal, Ordering::then)
}

fn select(plan: &Plan, dialect: Dialect) -> SelectStatement {
    let mut select = Query::select();
    select.column(("memo", "id")).from("memo").cond_where(condition(plan, "memo", dialect));
    order(&mut select, plan, "memo");
    select
}

/// The ids of a plan, read in pages.
fn paged(db: &Db, plan: &Plan, by_id: &BTreeMap<i64, &Memo>, size: u64) -> Vec<i64> {
    let mut ids: Vec<i64> = Vec::new();
    loop {
        let mut page = select(plan, db.dialect());
        page.limit(size);
        if let Some(last) = ids.last() {
            page.cond_where(after(plan, "memo", &sort_values(plan, by_id[last])).unwrap());
        }
        let found: Vec<i64> = db.read_wait("page", move |rd| rd.select(&page)).unwrap();
        let full = found.len() == usize::try_from(size).unwrap();
        ids.extend(found);
        if !full {
            return ids;
        }
    }
}

#[test]
fn a_filter_means_the_same_everywhere() {
    let databases = testkit::DIALECTS.map(database);
    let records = records(&databases[0]);
    assert!(records.len() == 150 && records.iter().any(|r| r.tags.len() == 3) && records.iter().any(|r| r.memo.state.is_none()));
    let by_id: BTreeMap<i64, &Memo> = records.iter().map(|r| (r.memo.id, &r.memo)).collect();
    let mut hits = 0_usize;
    let cases = 400;
    TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() })
        .run(&(plans(), 1..60_u64), |(plan, size)| {
            let mut expected: Vec<&Memo> = records.iter().filter(|r| plan.matches(*r)).map(|r| &r.memo).collect();
            expected.sort_by(|a, b| in_order(&plan, a, b));
            let expected: Vec<i64> = expected.into_iter().map(|m| m.id).collect();
            for db in &databases {
                let whole = select(&plan, db.dialect());
                let found: Vec<i64> = db.read_wait("whole", move |rd| rd.select(&whole)).map_err(|e| TestCaseError::fail(e.to_string()))?;
                prop_assert_eq!(&found, &expected, "{:?}", db.dialect());
                prop_assert_eq!(&paged(db, &plan, &by_id, size), &expected, "{:?} in pages of {}", db.dialect(), size);
            }
            Ok(())
        })
        .unwrap();
    // The filters are neither all empty nor all full.
    let mut runner = TestRunner::deterministic();
    for _ in 0..200 {
        let plan = nodes().new_tree(&mut runner).unwrap().current();
        let found = records.iter().filter(|r| plan.matches(*r)).count();
        hits += usize::from(found > 0 && found < records.len());
    }
    assert!(hits > 100, "{hits} of 200 filters tell records apart");
}

#[test]
fn live_work_is_found_by_the_partial_index() {
    let db = database(Dialect::Sqlite);
    let plan = Plan {
        filter: Node::All(vec![
            Node::Test(Source::Column("open".into()), Test::Constant(1)),
            Node::Not(Box::new(Node::Test(Source::Column("state".into()), Test::In(vec!["held".into()])))),
        ]),
        sort: vec![SortKey { column: "due".into(), descending: false }, SortKey { column: "id".into(), descending: false }],
    };
    let (text, _) = select(&plan, Dialect::Sqlite).build(sea_query::SqliteQueryBuilder);
    let steps: Vec<(i64, i64, i64, String)> =
        db.read_wait("explain", move |rd| rd.all_text(&format!("EXPLAIN QUERY PLAN {text}"), &[])).unwrap();
    let steps: Vec<String> = steps.into_iter().map(|s| s.3).collect();
    assert!(steps.iter().any(|s| s.contains("memo_due")) && !steps.iter().any(|s| s.contains("TEMP B-TREE")), "{steps:?}");
}

#[test]
fn keys_are_literals_and_everything_else_is_bound() {
    let text = |value: &str| {
        let filter = Node::Test(Source::Column("state".into()), Test::In(vec![value.into(), "held".into()]));
        let plan = Plan { filter, sort: vec![SortKey { column: "id".into(), descending: false }] };
        select(&plan, Dialect::Sqlite).build(sea_query::SqliteQueryBuilder).0
    };
    assert!(text("waiting_2").contains("IN ('waiting_2', 'held')"));
    for odd in ["it's", "Held", "a b", "", "x'; DROP TABLE memo; --", "\u{e9}"] {
        assert!(text(odd).contains("IN (?, ?)"), "{odd}");
    }
}

#[test]
fn a_cursor_of_another_order_is_refused() {
    let plan = Plan { filter: Node::Literal(true), sort: vec![SortKey { column: "id".into(), descending: false }] };
    assert_eq!(after(&plan, "memo", &[SortValue::Int(1), SortValue::Int(2)]).unwrap_err().fields()[0].field, "cursor");
}
