//! What holds for every filter and every ticket.

use crate::cast::{FIRST_LINE, NOW, OLGA, PAVEL, SECOND_LINE, Ticket, plan, refs, table};
use kernel::Time;
use proptest::prelude::*;
use query::{Atom, Context, Expr, FieldTerm, Op, Query, SortTerm, Span, Value, ValueKind};

const NOWHERE: Span = Span::new(0, 0);

/// The same tree as a program would build it.
fn placeless(expr: Expr) -> Expr {
    match expr {
        Expr::And { of, .. } => Expr::And { of: of.into_iter().map(placeless).collect(), span: NOWHERE },
        Expr::Or { of, .. } => Expr::Or { of: of.into_iter().map(placeless).collect(), span: NOWHERE },
        Expr::Not { of, .. } => placeless(*of).negate(NOWHERE),
        Expr::Text { text, .. } => Expr::text(text),
        Expr::Field(FieldTerm { key, values, .. }) => {
            Expr::field(key, values.into_iter().map(|Value { kind, .. }| Value { kind, span: NOWHERE }).collect())
        }
    }
}

fn placeless_query(Query { filter, sort }: Query) -> Query {
    let sort = sort.into_iter().map(|term| SortTerm { span: NOWHERE, ..term }).collect();
    Query { filter: placeless(filter), sort }
}

fn atom() -> impl Strategy<Value = Atom> {
    prop_oneof!["[a-z0-9.:<>=,|()\" \\\\-]{0,6}".prop_map(Atom::new), "\\PC{0,5}".prop_map(Atom::new), "[a-z]{1,4}".prop_map(Atom::quoted),]
}

fn op() -> impl Strategy<Value = Op> {
    prop::sample::select(Op::ALL.to_vec())
}

fn value() -> impl Strategy<Value = Value> {
    let range = (prop::option::of(atom()), prop::option::of(atom()))
        .prop_filter("one end", |(from, to)| from.is_some() || to.is_some())
        .prop_map(|(from, to)| ValueKind::Range(from, to));
    prop_oneof![atom().prop_map(ValueKind::Is), (op(), atom()).prop_map(|(op, a)| ValueKind::Compare(op, a)), range]
        .prop_map(|kind| Value { kind, span: NOWHERE })
}

/// Groups of `leaf`, flat as the parser makes them.
fn tree(leaf: impl Strategy<Value = Expr> + 'static) -> impl Strategy<Value = Expr> {
    leaf.prop_recursive(4, 24, 4, |inner| {
        let few = prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            few.clone().prop_map(|of| Expr::and(of, NOWHERE)),
            few.prop_map(|of| Expr::or(of, NOWHERE)),
            inner.prop_map(|of| of.negate(NOWHERE)),
        ]
    })
}

fn any_query() -> impl Strategy<Value = Query> {
    let term = ("[a-z][a-z0-9_-]{0,3}(\\.[a-z0-9]{1,3})?", prop::collection::vec(value(), 1..3))
        .prop_filter("sort is no term", |(key, _)| key != "sort")
        .prop_map(|(key, values)| Expr::field(key, values));
    let text = prop_oneof!["\\PC{0,8}", "(OR|-|[a-z]:|\\||\"|\\(){1,3}"].prop_map(Expr::text);
    let filter = prop_oneof![9 => tree(prop_oneof![term, text]), 1 => Just(Expr::everything())];
    let key = ("[a-z][a-z0-9_-]{0,3}(\\.[a-z0-9]{1,3})?", any::<bool>());
    let sort = key.prop_map(|(key, descending)| SortTerm { key, descending, span: NOWHERE });
    (filter, prop::collection::vec(sort, 0..3)).prop_map(|(filter, sort)| Query { filter, sort })
}

/// A term over the example table, beside its meaning written down a second time, over the ticket.
type Meaning = fn(&Ticket) -> bool;
const TERMS: &[(&str, Meaning)] = &[
    ("is:open", |t| t.open),
    ("is:closed", |t| !t.open),
    ("priority:>=high", |t| t.priority == 3 || t.priority == 4),
    ("priority:<medium,urgent", |t| t.priority == 1 || t.priority == 4),
    ("priority:>high", |t| t.priority == 4),
    ("priority:medium..", |t| t.priority != 1),
    ("status:new", |t| t.state == 1 || t.state == 11),
    ("team:l1,l2", |t| matches!(t.team, Some(FIRST_LINE | SECOND_LINE))),
    ("team:none", |t| t.team.is_none()),
    ("team:none,l2", |t| t.team.is_none() || t.team == Some(SECOND_LINE)),
    ("is:ours", |t| t.team == Some(FIRST_LINE)),
    ("assignee:me", |t| t.assignee == Some(OLGA)),
    ("has:assignee", |t| t.assignee.is_some()),
    ("who:me", |t| t.requester == OLGA || t.behalf == Some(OLGA)),
    ("is:lonely", |t| t.assignee.is_none() && t.team.is_none()),
    ("tag:vpn", |t| t.tags.iter().any(|tag| tag == "vpn")),
    ("tag:any", |t| !t.tags.is_empty()),
    ("printer", |t| t.title.contains("printer")),
    ("\"printer vpn\"", |t| t.title.contains("printer") && t.title.contains("vpn")),
    ("sla:<1h", |t| t.due < NOW.plus(Time::HOUR)),
    ("sla:>=0", |t| t.due != Time::NEVER && t.due >= NOW),
    ("due:none", |t| t.due == Time::NEVER),
    ("is:breached", |t| t.due < NOW),
    ("waiting-for:>2h", |t| t.waiting_since.is_some_and(|since| since < NOW.plus(-2 * Time::HOUR))),
    ("time-spent:>1h", |t| t.minutes.is_some_and(|minutes| minutes > 60)),
    ("time-spent:30m..1h", |t| t.minutes.is_some_and(|minutes| (30..=60).contains(&minutes))),
    ("created:-1d", |t| t.created <= NOW && t.created >= NOW.plus(-Time::DAY)),
    ("is:unread", |t| !t.seen.iter().any(|(who, at)| *who == OLGA && *at >= t.activity)),
    ("is:watching", |t| t.watchers.contains(&OLGA)),
    ("has:watcher", |t| !t.watchers.is_empty()),
];

fn naive(expr: &Expr, ticket: &Ticket) -> bool {
    match expr {
        Expr::And { of, .. } => of.iter().all(|e| naive(e, ticket)),
        Expr::Or { of, .. } => of.iter().any(|e| naive(e, ticket)),
        Expr::Not { of, .. } => !naive(of, ticket),
        leaf => {
            let text = leaf.to_string();
            TERMS.iter().find(|(term, _)| *term == text).unwrap().1(ticket)
        }
    }
}

fn known_tree() -> impl Strategy<Value = Expr> {
    let leaf = prop::sample::select(TERMS.to_vec()).prop_map(|(text, _)| table().all().parse(text).unwrap().filter);
    tree(leaf)
}

fn ticket() -> impl Strategy<Value = Ticket> {
    let person = || prop::sample::select(vec![OLGA, PAVEL, 99]);
    let hours = || (-50..50i64).prop_map(|h| NOW.plus(h * Time::HOUR / 2));
    let choices = (any::<bool>(), 1..5i64, prop::sample::select(vec![1, 2, 3, 11i64]));
    let people = (
        prop::option::of(person()),
        prop::option::of(prop::sample::select(vec![FIRST_LINE, SECOND_LINE, 23])),
        person(),
        prop::option::of(person()),
    );
    let times = (
        hours(),
        prop_oneof![hours(), Just(Time::NEVER)],
        prop::option::of(hours()),
        prop::option::of(prop::sample::select(vec![0, 29, 30, 45, 60, 61i64])),
    );
    let rows = (
        prop::collection::vec(prop::sample::select(vec!["vpn".to_owned(), "lan".to_owned()]), 0..3),
        prop::collection::vec(person(), 0..3),
        prop::collection::vec((person(), 0..4i64), 0..3),
        0..4i64,
    );
    let title = prop::sample::select(vec!["printer", "vpn box", "vpn printer", ""]);
    (choices, people, times, rows, title).prop_map(|(choices, people, times, rows, title)| Ticket {
        id: 1,
        open: choices.0,
        priority: choices.1,
        state: choices.2,
        title: title.to_owned(),
        assignee: people.0,
        team: people.1,
        requester: people.2,
        behalf: people.3,
        created: times.0,
        due: times.1,
        waiting_since: times.2,
        minutes: times.3,
        tags: rows.0,
        watchers: rows.1,
        seen: rows.2,
        activity: rows.3,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn the_canonical_text_of_any_tree_parses_to_that_tree(query in any_query()) {
        let table = table();
        let text = query.to_string();
        let parsed = table.all().parse(&text).map_err(|e| TestCaseError::fail(format!("{text}: {e}")))?;
        prop_assert_eq!(placeless_query(parsed), query, "{}", text);
    }

    #[test]
    fn what_was_typed_keeps_its_meaning_in_canonical_text(text in "([a-z:\"()| >=<.,\\\\-]|OR |sort:|is:){0,20}") {
        let table = table();
        for parsed in [table.all().parse(&text), table.all().parse_search(&text)].into_iter().flatten() {
            let again = table.all().parse(&parsed.to_string()).unwrap();
            prop_assert_eq!(placeless_query(again), placeless_query(parsed), "{}", text);
        }
    }

    #[test]
    fn no_input_panics(
        text in "(\\PC|[-:\"()|<>.,\\\\ 0-9TZ+]|created:|sla:|id:|priority:|time-spent:|team:|sort:|is:|has:|OR ){0,30}",
        cursor in 0..80usize,
    ) {
        let (table, refs) = (table(), refs());
        let fields = table.visible(["costs"]);
        fields.complete(&text, cursor);
        for parsed in [fields.parse(&text), fields.parse_search(&text)] {
            let errors = match parsed {
                Ok(query) => fields.compile(&query, &Context::new(NOW, "Europe/Madrid", &refs)).err().unwrap_or_default(),
                Err(error) => vec![error],
            };
            for error in errors {
                prop_assert!(text.get(error.span.start..error.span.end).is_some(), "{:?} in {:?}", error, text);
            }
        }
    }

    #[test]
    fn dates_and_numbers_never_overflow(key in "created|sla|waiting-for|time-spent|id", sign in "|>|>=|<|<=", value in "[-+]?[0-9]{1,17}[smhdwy]?(mo)?") {
        let (table, refs) = (table(), refs());
        if let Ok(query) = table.all().parse(&format!("{key}:{sign}{value}")) {
            for now in [i64::MIN, 0, i64::MAX] {
                let _ = table.all().compile(&query, &Context::new(Time(now), "Europe/Madrid", &refs));
            }
        }
    }

    #[test]
    fn the_plan_finds_what_the_filter_means_and_negation_the_rest(expr in known_tree(), ticket in ticket()) {
        let text = expr.to_string();
        let expected = naive(&expr, &ticket);
        prop_assert_eq!(plan(&text).matches(&ticket), expected, "{}", text);
        prop_assert_eq!(plan(&format!("-({text})")).matches(&ticket), !expected, "-({})", text);
    }

    #[test]
    fn plans_are_normal(expr in known_tree()) {
        let plan = plan(&expr.to_string());
        prop_assert!(matches!(plan.filter, query::Node::Literal(_)) || normal(&plan.filter), "{:?}", plan.filter);
    }
}

fn normal(node: &query::Node) -> bool {
    use query::{Node, Test};
    match node {
        Node::Literal(_) => false,
        Node::All(of) => of.len() > 1 && of.iter().all(|n| !matches!(n, Node::All(_)) && normal(n)),
        Node::Any(of) => of.len() > 1 && of.iter().all(|n| !matches!(n, Node::Any(_)) && normal(n)),
        Node::Not(of) => !matches!(**of, Node::Not(_)) && normal(of),
        Node::Test(_, Test::In(values)) => !values.is_empty(),
        Node::Test(_, Test::Words(words)) => !words.is_empty(),
        Node::Test(_, Test::Range { from, to }) => from.is_some() || to.is_some(),
        Node::Test(..) => true,
    }
}
