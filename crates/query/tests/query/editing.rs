//! Chips: what the filter bar shows and what its clicks do to the text.

use crate::cast::table;
use query::{Atom, Expr, Query, Value};

fn parse(text: &str) -> Query {
    table().all().parse(text).unwrap()
}

#[test]
fn chips_are_the_parts_that_must_all_hold() {
    let chips = parse("is:open -team:l1,\"l 2\" \"vpn box\" (a OR b) sort:id").chips();
    let shown: Vec<_> = chips.iter().map(|c| (c.negated, c.key.as_deref(), c.values.join("+"))).collect();
    assert_eq!(
        shown,
        [
            (false, Some("is"), "open".to_owned()),
            (true, Some("team"), "l1+\"l 2\"".to_owned()),
            (false, None, "vpn box".to_owned()),
            (false, None, "a OR b".to_owned()),
        ]
    );
    assert!(parse("sort:id").chips().is_empty());
    assert_eq!(parse("a OR b").chips().len(), 1);
}

#[test]
fn a_chip_goes_and_the_rest_stays() {
    let query = parse("is:open team:l1 vpn sort:id");
    assert_eq!(query.clone().without_chip(1).to_string(), "is:open vpn sort:id");
    assert_eq!(query.clone().without_chip(9), query);
    assert_eq!(parse("a OR b").without_chip(0).to_string(), "");
    assert_eq!(parse("(a OR b) c").without_chip(1).to_string(), "a OR b");
}

#[test]
fn clicks_add_and_replace() {
    let l2 = || vec![Value::is(Atom::new("l2"))];
    assert_eq!(parse("a OR b").with(Expr::field("team", l2())).to_string(), "(a OR b) team:l2");
    assert_eq!(parse("team:l2").with(Expr::field("team", l2())).to_string(), "team:l2");
    assert_eq!(parse("").with(Expr::text("re: vpn")).to_string(), "\"re: vpn\"");
    assert_eq!(parse("team:l1 x -team:l3").with_values("team", l2()).to_string(), "x -team:l3 team:l2");
    assert_eq!(parse("team:l1").with_values("team", Vec::new()).to_string(), "");
    assert_eq!(parse("x sort:id,prio").sorted_by("created", true).to_string(), "x sort:-created");
}
