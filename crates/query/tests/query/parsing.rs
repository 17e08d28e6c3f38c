//! Text to tree and back to canonical text.

use crate::cast::table;

/// The canonical text, which must be canonical itself.
fn canonical(text: &str) -> String {
    let table = table();
    let first = table.all().parse(text).unwrap_or_else(|e| panic!("{text}: {e}")).to_string();
    assert_eq!(table.all().parse(&first).unwrap().to_string(), first);
    first
}

#[test]
fn the_example_of_the_manual_is_canonical() {
    let text = r#"is:open team:l1,l2 sla:<1h -tag:waiting (priority:>=high OR is:vip) "vpn box" sort:sla"#;
    assert_eq!(canonical(text), text);
}

#[test]
fn signs_blanks_and_keys_are_made_alike() {
    for (typed, expected) in [
        ("", ""),
        ("  a   b ", "a b"),
        ("a|b | c", "a OR b OR c"),
        ("a b OR c", "a b OR c"),
        ("a (b | c)", "a (b OR c)"),
        ("(a OR b) OR c", "a OR b OR c"),
        ("((a)) ((b c))", "a b c"),
        ("-(a b) -c", "-(a b) -c"),
        ("-(-a)", "-(-a)"),
        ("PRIORITY:High", "priority:High"),
        ("\"vpn\"", "vpn"),
        ("\"OR\" OR \"-x\"", "\"OR\" OR \"-x\""),
        (r#"tag:"a \"b\" \\c","x""#, r#"tag:"a \"b\" \\c","x""#),
        ("sort:-created a sort:id", "a sort:-created,id"),
        ("sort:id", "sort:id"),
        ("created:2026-01-01..2026-02 id:..5 id:7..", "created:2026-01-01..2026-02 id:..5 id:7.."),
        ("created:-2d..+4h", "created:-2d..+4h"),
        ("12:30 ORACLE or", "12:30 ORACLE or"),
        ("vpn - broken --now", "vpn \"-\" broken \"--now\""),
        ("24\" monitor", "24\" monitor"),
        ("a OR b sort:id", "a OR b sort:id"),
    ] {
        assert_eq!(canonical(typed), expected, "{typed}");
    }
}

#[test]
fn in_the_search_box_an_unknown_key_is_text() {
    let table = table();
    let fields = table.visible(["costs"]);
    let canonical = |text: &str| fields.parse_search(text).unwrap().to_string();
    assert_eq!(canonical("https://vpn.example:8443/x prio:high"), "\"https://vpn.example:8443/x\" prio:high");
    assert_eq!(canonical("is:open re:vpn -fwd:x"), "is:open \"re:vpn\" -\"fwd:x\"");
    // A hidden key is as unknown as any other.
    assert_eq!(canonical("time-spent:>1h"), "\"time-spent:>1h\"");
}

#[test]
fn spans_point_into_the_text() {
    let table = table();
    let text = "ñandú -(team:l1,\"l 2\" | x)";
    let chips = table.all().parse(text).unwrap().chips();
    let spans: Vec<&str> = chips.iter().map(|chip| &text[chip.span.start..chip.span.end]).collect();
    assert_eq!(spans, ["ñandú", "-(team:l1,\"l 2\" | x)"]);
}
