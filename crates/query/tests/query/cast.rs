//! An example table and a ticket that lives in memory.

use kernel::{PersonId, TeamId, Time};
use query::{
    Binding, Cond, Context, Field, FieldTable, Lookup, Measure, Op, Operand, Plan, Record, RefToken, Refs, Scalar, Source, Target, Values,
};

pub const OLGA: i64 = 7;
pub const PAVEL: i64 = 8;
pub const FIRST_LINE: i64 = 21;
pub const SECOND_LINE: i64 = 22;
/// Thursday 2026-03-05 12:00 UTC, 13:00 in Madrid.
pub const NOW: Time = Time::from_seconds(1_772_712_000);

/// What the columns and side tables hold of one ticket.
#[derive(Debug, Clone)]
pub struct Ticket {
    pub id: i64,
    pub open: bool,
    pub priority: i64,
    pub state: i64,
    pub title: String,
    pub assignee: Option<i64>,
    pub team: Option<i64>,
    pub requester: i64,
    pub behalf: Option<i64>,
    pub created: Time,
    pub due: Time,
    pub waiting_since: Option<Time>,
    pub minutes: Option<i64>,
    pub activity: i64,
    pub tags: Vec<String>,
    pub watchers: Vec<i64>,
    pub seen: Vec<(i64, i64)>,
}

impl Default for Ticket {
    fn default() -> Self {
        Ticket {
            id: 1,
            open: true,
            priority: 2,
            state: 1,
            title: "Printer does not print".into(),
            assignee: None,
            team: None,
            requester: PAVEL,
            behalf: None,
            created: NOW,
            due: Time::NEVER,
            waiting_since: None,
            minutes: None,
            activity: 5,
            tags: Vec::new(),
            watchers: Vec::new(),
            seen: Vec::new(),
        }
    }
}

impl Record for Ticket {
    fn value(&self, source: &Source) -> Values {
        match source {
            Source::Column(column) => match column.as_ref() {
                "id" => Values::int(self.id),
                "open" => Values::int(i64::from(self.open)),
                "priority" => Values::int(self.priority),
                "state_id" => Values::int(self.state),
                "title_key" => Values::text(Some(kernel::fold(&self.title))),
                "assignee_id" => Values::int(self.assignee),
                "team_id" => Values::int(self.team),
                "requester_id" => Values::int(self.requester),
                "behalf_id" => Values::int(self.behalf),
                "created_at" => Values::int(self.created.0),
                "next_due" => Values::int(self.due.0),
                "waiting_since" => Values::int(self.waiting_since.map(|t| t.0)),
                "minutes" => Values::int(self.minutes),
                "activity" => Values::int(self.activity),
                other => panic!("no column {other}"),
            },
            Source::Exists { table, extra, .. } => match table.as_ref() {
                "ticket_tag" => Values::Texts(self.tags.clone()),
                "watcher" => Values::Ints(self.watchers.clone()),
                "seen" => {
                    let [(_, people)] = extra.as_slice() else { panic!("seen by whom") };
                    let by = |person: i64| people.contains(&Scalar::Int(person));
                    Values::Ints(self.seen.iter().filter(|(p, _)| by(*p)).map(|(_, at)| *at).collect())
                }
                other => panic!("no table {other}"),
            },
        }
    }
}

pub fn table() -> FieldTable {
    let seen = Binding::exists("seen", "ticket_id", "activity").only("person_id", Operand::Actor);
    let read = Cond::Test(seen, query::CondTest::AtLeastColumn("activity".into()));
    // States are configuration: built at run time, one key for the states of several kinds.
    let states = [("new", 1), ("working", 2), ("new", 11), ("done", 3)].map(|(key, id)| (key.to_owned(), id));
    FieldTable::build([
        Field::choice("priority", Binding::column("priority"), [("low", 1), ("medium", 2), ("high", 3), ("urgent", 4)])
            .ordered()
            .alias("prio")
            .sortable()
            .descending_first(),
        Field::choice("status".to_owned(), Binding::column("state_id"), states),
        Field::reference("assignee", Binding::column("assignee_id"), "person").optional(),
        Field::reference("team", Binding::column("team_id"), "team").optional(),
        Field::reference("who", Binding::any_of(["requester_id", "behalf_id"]), "person"),
        Field::text("tag", Binding::exists("ticket_tag", "ticket_id", "tag_key")).optional(),
        Field::text("title", Binding::words("title_key")).sortable(),
        Field::date("created", Binding::column("created_at")).sortable().descending_first(),
        Field::date("due", Binding::column("next_due")).none_as(Time::NEVER.0).sortable(),
        Field::duration("sla", Binding::column("next_due"), Measure::Until).none_as(Time::NEVER.0).sortable(),
        Field::duration("waiting-for", Binding::column("waiting_since"), Measure::Since).optional(),
        Field::duration("time-spent", Binding::column("minutes"), Measure::Amount { unit: Time::MINUTE })
            .optional()
            .object_field("costs")
            .sortable(),
        Field::number("id", Binding::column("id")).sortable(),
        Field::text("body", Binding::words("body_key")).sql_only(),
        Field::is("open", Cond::yes("open")),
        Field::is("closed", Cond::yes("open").negate()),
        Field::is("mine", Cond::actor_is("assignee_id")),
        Field::is("ours", Cond::actor_team("team_id")),
        Field::is("breached", Cond::cmp("next_due", Op::Less, Operand::Now(0))),
        Field::is("unread", read.negate()),
        Field::is("expensive", Cond::cmp("minutes", Op::Greater, 600)).object_field("costs"),
        Field::is("watching", Cond::exists_actor(Binding::exists("watcher", "ticket_id", "person_id"))),
        Field::has("watcher", Cond::exists(Binding::exists("watcher", "ticket_id", "person_id"))),
        Field::is("lonely", Cond::And(vec![Cond::is_null("assignee_id"), Cond::is_null("team_id")])),
    ])
    .unwrap()
    .free_text("title")
    .default_sort("created", true)
}

pub fn refs() -> Refs {
    let mut refs = Refs::default();
    for (kind, token, ids) in [
        ("person", "olga", vec![OLGA]),
        ("person", "p", vec![OLGA, PAVEL]),
        ("person", "me", vec![99]),
        ("team", "l1", vec![FIRST_LINE]),
        ("team", "l2", vec![SECOND_LINE]),
    ] {
        refs.insert(RefToken { kind: kind.into(), token: token.into() }, Lookup::Found(ids));
    }
    let olgo = Lookup::Unknown { proposals: vec!["olga".into()] };
    refs.insert(RefToken { kind: "person".into(), token: "olgo".into() }, olgo);
    refs
}

/// Compiles for Olga of the first line, in Madrid, at [`NOW`].
pub fn plan(text: &str) -> Plan {
    let (table, refs) = (table(), refs());
    let ast = table.all().parse(text).unwrap_or_else(|e| panic!("{text}: {e}"));
    let teams = [TeamId::new(FIRST_LINE)];
    let context = Context::new(NOW, "Europe/Madrid", &refs).actor(PersonId::new(OLGA), &teams);
    table.all().compile(&ast, &context.target(Target::Predicate)).unwrap_or_else(|e| panic!("{text}: {e:?}"))
}

/// Whether the filter finds the ticket, and its negation does not.
pub fn finds(text: &str, ticket: &Ticket) -> bool {
    let found = plan(text).matches(ticket);
    assert_eq!(plan(&format!("-({text})")).matches(ticket), !found, "{text} and its negation");
    found
}
