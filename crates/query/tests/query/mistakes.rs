//! Every mistake has its place, its code and proposals.

use crate::cast::{NOW, refs, table};
use query::{Context, Error, Span, Target};

/// The mistakes of a typed filter for a reader from whom costs are hidden, without an actor.
fn mistakes(text: &str) -> Vec<Error> {
    let (table, refs) = (table(), refs());
    let fields = table.visible(["costs"]);
    let context = Context::new(NOW, "Europe/Madrid", &refs).target(Target::Predicate);
    match fields.parse(text) {
        Err(error) => vec![error],
        Ok(ast) => fields.compile(&ast, &context).expect_err(text),
    }
}

fn check(text: &str, place: &str, code: &str, proposals: &[&str]) {
    let found = mistakes(text);
    let [error] = found.as_slice() else { panic!("{text}: {found:?}") };
    assert_eq!(error.code, code, "{text}");
    assert_eq!(text.get(error.span.start..error.span.end), Some(place), "{text}: {code}");
    assert_eq!(error.proposals, proposals, "{text}");
}

#[test]
fn the_grammar_is_strict_and_points_at_the_place() {
    for (text, place, code) in [
        ("a (b c", "(", "filter-unclosed-group"),
        ("a) b", ")", "filter-unexpected"),
        ("tag:\"x y", "\"x y", "filter-unclosed-quote"),
        ("\"x", "\"x", "filter-unclosed-quote"),
        ("a ()", "()", "filter-empty-group"),
        ("a OR", "OR", "filter-missing-term"),
        ("| a", "|", "filter-missing-term"),
        ("team:", "team:", "filter-missing-value"),
        ("a team:l1, b", "team:l1,", "filter-missing-value"),
        ("id:>", "id:", "filter-missing-value"),
        ("id:..", "id:", "filter-missing-value"),
        ("id:1..2..3", ".", "filter-unexpected"),
        ("tag:\"x\"y", "y", "filter-unexpected"),
        ("(a sort:id)", "sort:id", "filter-sort-place"),
        ("-sort:id", "-sort:id", "filter-sort-place"),
    ] {
        check(text, place, code, &[]);
    }
}

#[test]
fn limits_hold() {
    let deep = |n: usize| format!("{}a{}", "(".repeat(n), ")".repeat(n));
    let table = table();
    assert!(table.all().parse(&deep(32)).is_ok());
    check(&deep(33), "(", "filter-too-deep", &[]);
    assert!(table.all().parse(&"a ".repeat(200)).is_ok());
    check(&"a ".repeat(201), "a ", "filter-too-many-terms", &[]);
    assert_eq!(mistakes(&format!("id:1{}", ",1".repeat(200)))[0].code, "filter-too-many-terms");
    assert!(table.all().parse(&"a".repeat(4096)).is_ok());
    check(&"a".repeat(4097), "a", "filter-too-long", &[]);
}

#[test]
fn mistyped_words_get_proposals() {
    check("priorty:high", "priorty", "filter-unknown-key", &["priority"]);
    check("priority:hihg", "hihg", "filter-bad-value", &["high"]);
    check("priority:\"none\"", "\"none\"", "filter-bad-value", &["low", "medium", "high", "urgent"]);
    check("is:opne", "opne", "filter-unknown-flag", &["open"]);
    check("has:asignee", "asignee", "filter-unknown-flag", &["assignee"]);
    check("assignee:olgo", "olgo", "filter-unknown-reference", &["olga"]);
    check("sort:teem", "teem", "filter-unknown-key", &["team"]);
    check("sort:team", "team", "filter-not-sortable", &["priority", "title", "created", "due", "sla", "id"]);
}

#[test]
fn values_must_fit_their_field() {
    check("id:x", "x", "filter-bad-number", &[]);
    check("id:9007199254740993", "9007199254740993", "filter-bad-number", &[]);
    check("id:5..2", "5..2", "filter-bad-range", &[]);
    check("priority:high..low", "high..low", "filter-bad-range", &[]);
    check("status:>new", ">new", "filter-no-comparison", &[]);
    check("team:l1..l2", "l1..l2", "filter-no-comparison", &[]);
    check("is:>open", ">open", "filter-no-comparison", &[]);
    check("tag:<x", "<x", "filter-no-comparison", &[]);
    check("created:soon", "soon", "filter-bad-date", &[]);
    check("created:2026-02-30", "2026-02-30", "filter-bad-date", &[]);
    check("created:-99999999y", "-99999999y", "filter-bad-date", &[]);
    check("sla:<1parsec", "<1parsec", "filter-bad-duration", &[]);
    check("sla:<2mo", "<2mo", "filter-bad-duration", &[]);
    check("body:x", "body:x", "filter-not-here", &[]);
    check("assignee:me", "me", "filter-needs-actor", &[]);
    check("is:unread", "unread", "filter-needs-actor", &[]);
    check("is:ours", "ours", "filter-needs-actor", &[]);
}

#[test]
fn all_mistakes_are_told_at_once_in_order() {
    let found = mistakes("sort:nix colour:red id:x,y");
    let codes: Vec<_> = found.iter().map(|error| (error.code, error.span.start)).collect();
    let unknown = "filter-unknown-key";
    assert_eq!(codes, [(unknown, 5), (unknown, 9), ("filter-bad-number", 23), ("filter-bad-number", 25)]);
}

#[test]
fn a_hidden_field_is_exactly_an_unknown_one() {
    let disguised = |text: &str, word: &str| -> Vec<Error> {
        let mut found = mistakes(text);
        found.iter_mut().for_each(|error| error.args.iter_mut().for_each(|(_, v)| *v = v.replace(word, "?")));
        found
    };
    for (text, other) in [
        ("time-spent:>1h", "tame-spunt:>1h"),
        ("sort:-time-spent", "sort:-tame-spunt"),
        ("has:time-spent", "has:tame-spunt"),
        ("is:time-spent", "is:tame-spunt"),
    ] {
        assert_eq!(disguised(text, "time-spent"), disguised(other, "tame-spunt"), "{text}");
    }
    assert_eq!(disguised("is:expensive", "expensive"), disguised("is:expansive", "expansive"));
    // Nor is it proposed for something near.
    check("time-spend:>1h", "time-spend", "filter-unknown-key", &[]);
    assert!(table().all().parse("time-spent:>1h").is_ok());
}

#[test]
fn without_its_field_free_text_and_zone_are_mistakes() {
    let (table, refs) = (table(), refs());
    let compile = |hidden: &[&str], zone: &str, text: &str| {
        let fields = table.visible(hidden.iter().copied());
        let ast = fields.parse(text).unwrap();
        fields.compile(&ast, &Context::new(NOW, zone, &refs)).map_err(|errors| errors[0].code)
    };
    assert_eq!(compile(&["title"], "UTC", "vpn"), Err("filter-no-text"));
    assert_eq!(compile(&[], "Mars/Olympus", "created:today"), Err("filter-unknown-zone"));
    assert!(compile(&[], "Mars/Olympus", "vpn").is_ok());
}

#[test]
fn the_core_gets_place_and_proposals() {
    let error = kernel::Error::from(mistakes("priorty:high").remove(0));
    assert_eq!(error.kind(), kernel::ErrorKind::Invalid);
    let field = &error.fields()[0];
    assert_eq!((field.field.as_ref(), field.code), ("q", "filter-unknown-key"));
    let args: Vec<_> = field.args.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(args, ["key=priorty", "start=0", "end=7", "proposals=priority"]);
    assert!(Span::new(0, 7).contains(Span::new(2, 7)));
}
