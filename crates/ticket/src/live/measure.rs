//! What the sets of a million open tickets cost. Run it by itself, optimised:
//! `cargo test --profile figures -p ticket --lib live::measure -- --ignored --nocapture`

use std::time::{Duration, Instant};

use query::{Node, Source as Asked, Test};
use roaring::RoaringBitmap;

use super::filter::holds;
use super::sets::Sets;
use crate::store::live::Source;

fn is(column: &'static str, values: &[i64]) -> Node {
    Node::Test(Asked::Column(column.into()), Test::In(values.iter().map(|v| (*v).into()).collect()))
}

/// The memory of this process in bytes.
fn resident() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    statm.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok()).unwrap_or_default() * 4096
}

#[test]
#[ignore = "takes a minute and a gigabyte; run when the sets change"]
fn a_million_open_tickets() {
    let before = resident();
    let begun = Instant::now();
    let mut sets = Sets::default();
    for n in 1..=1_000_000_u32 {
        sets.put(n, &Source::sample(i64::from(n)));
    }
    eprintln!("built in {:?}, {} MiB", begun.elapsed(), (resident() - before) >> 20);
    let begun = Instant::now();
    for n in 1..=10_000_u32 {
        sets.put(n * 97, &Source::sample(i64::from(n * 89)));
    }
    eprintln!("a change: {:?}", begun.elapsed() / 10_000);
    let unassigned = Node::Not(Box::new(Node::Test(Asked::Column("assignee_id".into()), Test::Present)));
    let due = Node::Test(Asked::Column("next_due_at".into()), Test::Range { from: None, to: Some(1_701_000_000_000_000) });
    let waiting = Node::Test(Asked::Column("category".into()), Test::In(vec!["waiting".into()]));
    let tagged =
        Asked::Exists { table: "ticket_tag".into(), owner_column: "ticket_id".into(), value_column: "tag".into(), extra: Vec::new() };
    let tagged = Node::Not(Box::new(Node::Test(tagged, Test::In(vec!["tag7".into(), "tag9".into()]))));
    let asked = [
        ("all", Node::Literal(true)),
        ("assignee", is("assignee_id", &[40])),
        ("unassigned of two teams", Node::All(vec![is("team_id", &[3, 4]), unassigned])),
        ("waiting", waiting.clone()),
        ("high, due, untagged", Node::All(vec![is("priority", &[3, 4]), due.clone(), tagged])),
        ("due alone", due),
        ("waiting or of one organisation", Node::Any(vec![waiting, is("organisation_id", &[140])])),
    ];
    let reached: RoaringBitmap = sets.all() - sets.of(super::sets::Family::Confidential, &1_i64.into()).unwrap_or(&RoaringBitmap::new());
    for (name, node) in asked {
        let begun = Instant::now();
        let mut found = 0;
        for _ in 0..20 {
            found = holds(&sets, &node, &reached).expect("known").len();
        }
        let each = begun.elapsed() / 20;
        eprintln!("{name}: {found} in {each:?}");
        assert!(found > 0 && each < Duration::from_millis(200), "{name}");
    }
}
