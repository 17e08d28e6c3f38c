//! What filters mean: the plan they become and the tickets they find.

use crate::cast::{FIRST_LINE, OLGA, PAVEL, SECOND_LINE, Ticket, finds, plan, refs, table};
use kernel::Time;
use query::{Binding, Branch, Field, FieldTable, Lookup, Node, Op, RefToken, Scalar, SortKey, Source, Test};

fn column(name: &'static str) -> Source {
    Source::Column(name.into())
}

#[test]
fn values_of_one_key_become_one_list_and_open_stays_literal() {
    let plan = plan("is:open priority:low,urgent,low team:l2,my-team -status:new");
    let is_in = |name, values: &[i64]| Node::Test(column(name), Test::In(values.iter().map(|v| Scalar::Int(*v)).collect()));
    assert_eq!(
        plan.filter,
        Node::All(vec![
            Node::Test(column("open"), Test::Constant(1)),
            is_in("priority", &[1, 4]),
            is_in("team_id", &[FIRST_LINE, SECOND_LINE]),
            Node::Not(Box::new(is_in("state_id", &[1, 11]))),
        ])
    );
    assert!(plan.requires("open", 1));
    assert!(!crate::cast::plan("is:open OR priority:low").requires("open", 1));
    assert!(!crate::cast::plan("is:closed").requires("open", 1));
}

#[test]
fn the_order_is_always_total() {
    let sort = |text: &str| -> Vec<String> {
        let show = |key: &SortKey| format!("{}{}", if key.descending { "-" } else { "" }, key.column);
        plan(text).sort.iter().map(show).collect()
    };
    assert_eq!(sort(""), ["-created_at", "-id"]);
    assert_eq!(sort("sort:prio,-created"), ["priority", "-created_at", "-id"]);
    assert_eq!(sort("sort:due,-sla"), ["next_due", "id"]);
    assert_eq!(sort("sort:-id,prio"), ["-id"]);
    let bare = FieldTable::build([Field::number("n", Binding::column("n"))]).unwrap().id_column("key");
    let plan = bare.all().compile(&bare.all().parse("").unwrap(), &query::Context::new(Time(0), "UTC", &refs()));
    assert_eq!(plan.unwrap().sort, [SortKey { column: "key".into(), descending: false }]);
}

#[test]
fn ordered_choices_compare_by_rank() {
    let urgent = Ticket { priority: 4, ..Ticket::default() };
    assert!(finds("priority:>high", &urgent));
    assert!(finds("priority:>=urgent", &urgent));
    assert!(!finds("priority:<urgent", &urgent));
    assert!(finds("priority:high..", &urgent));
    assert!(!finds("priority:..high", &urgent));
    assert!(!finds("priority:>urgent", &urgent));
    assert!(finds("priority:low,high..urgent", &urgent));
}

#[test]
fn nothing_is_never_equal_and_its_negation_is_true() {
    let nobody = Ticket::default();
    assert!(!finds("team:l1", &nobody));
    assert!(finds("-team:l1", &nobody));
    assert!(finds("team:none assignee:none -has:team is:lonely", &nobody));
    assert!(!finds("team:any", &nobody));
    assert!(!finds("time-spent:<1h", &nobody));
    assert!(!finds("time-spent:>=0", &nobody));
    assert!(finds("tag:none", &nobody));
    assert!(finds("due:none sla:none -due:>2020 -sla:>1h -sla:>-1h -due:2020..", &nobody));
    let due = Ticket { due: Time(0), ..Ticket::default() };
    assert!(finds("due:any due:<2020 sla:<0 is:breached has:due", &due));
}

#[test]
fn people_and_teams_are_resolved() {
    let ticket = Ticket { assignee: Some(OLGA), team: Some(FIRST_LINE), behalf: Some(OLGA), ..Ticket::default() };
    assert!(finds("assignee:me is:mine is:ours team:my-team team:l1", &ticket));
    assert!(finds("who:me", &ticket));
    assert!(finds("who:p -who:none", &ticket));
    assert!(!finds("assignee:\"me\"", &ticket));
    let other = Ticket { assignee: Some(PAVEL), requester: 1, ..Ticket::default() };
    assert!(!finds("assignee:me", &other));
    assert!(!finds("who:me,olga", &other));
}

#[test]
fn rows_of_other_tables_are_looked_through() {
    let ticket = Ticket {
        tags: vec!["vpn".into(), "wifi".into()],
        watchers: vec![PAVEL, OLGA],
        seen: vec![(PAVEL, 9), (OLGA, 4)],
        ..Ticket::default()
    };
    assert!(finds("tag:VPN tag:wifi -tag:lan has:tag tag:any", &ticket));
    assert!(finds("is:watching has:watcher", &ticket));
    assert!(finds("is:unread", &ticket));
    let read = Ticket { seen: vec![(OLGA, 5)], ..ticket };
    assert!(!finds("is:unread", &read));
    assert!(!finds("is:watching", &Ticket::default()));
}

#[test]
fn words_are_folded_and_all_must_occur() {
    let ticket = Ticket { title: "La impresión NO funciona: código E-42".into(), ..Ticket::default() };
    assert!(finds("impresion \"e 42 codigo\" title:FUNCIONA", &ticket));
    assert!(!finds("impresion scanner", &ticket));
    assert!(finds("impresion - funciona", &ticket));
    assert!(!finds("-\"impresión código\"", &ticket));
}

#[test]
fn references_are_collected_for_one_look_up() {
    let table = table();
    let ast = table.all().parse("assignee:olga,me,\"me\" -(team:l1 | team:none,l1) priority:x sort:id").unwrap();
    let token = |kind: &str, token: &str| RefToken { kind: kind.into(), token: token.into() };
    assert_eq!(table.all().references(&ast), [token("person", "me"), token("person", "olga"), token("team", "l1")]);
    assert!(table.visible(["assignee", "team"]).references(&ast).is_empty());
}

#[test]
fn a_key_belongs_to_one_field() {
    let number = |key: &'static str| Field::number(key, Binding::column("n"));
    for fields in [
        vec![number("n"), number("m").alias("n")],
        vec![number("sort")],
        vec![number("Caps")],
        vec![number("with blank")],
        vec![number("a..b")],
    ] {
        assert!(FieldTable::build(fields).is_err());
    }
    let (yes, is) = (query::Cond::yes("n"), |cond| Field::is("n", cond));
    assert!(FieldTable::build([number("n"), is(yes.clone()), Field::has("n", yes.clone())]).is_ok());
    assert!(FieldTable::build([is(yes.clone()), is(yes)]).is_err());
    assert_eq!(Op::ALL.map(Op::sign), [">=", "<=", ">", "<"]);
}

#[test]
fn a_large_part_of_a_tree_is_asked_for_by_its_branches_and_only_in_sql() {
    let branch = Branch { tenant: 3, from: "/1/".into(), to: "/10".into() };
    let mut refs = refs();
    refs.insert(RefToken { kind: "team".into(), token: "all".into() }, Lookup::Within { table: "team", branches: vec![branch.clone()] });
    let table = table();
    let ast = table.all().parse("-team:all,l1").unwrap();
    let context = query::Context::new(Time(0), "UTC", &refs);
    let plan = table.all().compile(&ast, &context).unwrap();
    let within = Node::Test(column("team_id"), Test::Within { table: "team".into(), branches: vec![branch] });
    let ids = Node::Test(column("team_id"), Test::In(vec![Scalar::Int(FIRST_LINE)]));
    assert_eq!(plan.filter, Node::Not(Box::new(Node::Any(vec![within, ids]))));
    let refused = table.all().compile(&ast, &context.target(query::Target::Predicate)).unwrap_err();
    assert_eq!(refused[0].code, "filter-not-here");
}

#[test]
fn numbers_with_decimals_and_words_of_rows_are_asked_for() {
    let rows = |column: &'static str| Binding::exists("field_value", "object_id", column).only("key", "f");
    let table = FieldTable::build([Field::decimal("cost", rows("int_value"), 2), Field::words("note", rows("text_key"))]).unwrap();
    let fields = table.all();
    let compiled = |text: &str| fields.compile(&fields.parse(text).unwrap(), &query::Context::new(Time(0), "UTC", &refs()));
    let test = |text: &str| match compiled(text).unwrap().filter {
        Node::Test(Source::Exists { .. }, test) => test,
        other => panic!("{other:?}"),
    };
    assert_eq!(test("cost:12.5"), Test::Range { from: Some(1250), to: Some(1250) });
    assert_eq!(test("cost:>=-0.05"), Test::Range { from: Some(-5), to: None });
    assert_eq!(test("cost:1..2.25"), Test::Range { from: Some(100), to: Some(225) });
    assert_eq!(test("note:\"Étage  TROIS\""), Test::Words(vec!["etage".into(), "trois".into()]));
    for mistake in ["cost:1.234", "cost:x", "cost:1.-2", "note:>a"] {
        compiled(mistake).expect_err(mistake);
    }
}
