//! The field table of tickets for the filter language, and the labels of graded fields.

use kernel::{Error, Result, Time};
use query::{Binding, Cond, CondTest, Field, FieldTable, Measure, Operand};
use settings::field::{FieldDef, FieldType, Object};

use crate::{Catalogue, Category, Channel, HandoverReason, LinkKind};

/// The keys of the grades 1 to 4.
pub const IMPACTS: [&str; 4] = ["low", "medium", "high", "extensive"];
pub const URGENCIES: [&str; 4] = ["low", "medium", "high", "critical"];
pub const PRIORITIES: [&str; 4] = ["low", "medium", "high", "urgent"];

fn grade_of(keys: &[&str; 4], key: &str) -> Option<i64> {
    keys.iter().position(|k| *k == key).and_then(|at| i64::try_from(at + 1).ok())
}
/// The grade of an impact key.
pub fn impact_of(key: &str) -> Option<i64> {
    grade_of(&IMPACTS, key)
}
/// The grade of an urgency key.
pub fn urgency_of(key: &str) -> Option<i64> {
    grade_of(&URGENCIES, key)
}
/// The grade of a priority key.
pub fn priority_of(key: &str) -> Option<i64> {
    grade_of(&PRIORITIES, key)
}
/// The key of a grade of `impact`, `urgency` or `priority`.
pub fn grade_key(field: &str, grade: i64) -> &'static str {
    let keys = match field {
        "impact" => IMPACTS,
        "urgency" => URGENCIES,
        _ => PRIORITIES,
    };
    usize::try_from(grade - 1).ok().and_then(|at| keys.get(at).copied()).unwrap_or("low")
}
/// The message key of a grade.
pub fn grade_label(field: &str, grade: i64) -> &'static str {
    match (field, grade) {
        ("impact", 1) => "impact-low",
        ("impact", 2) => "impact-medium",
        ("impact", 3) => "impact-high",
        ("impact", _) => "impact-extensive",
        ("urgency", 1) => "urgency-low",
        ("urgency", 2) => "urgency-medium",
        ("urgency", 3) => "urgency-high",
        ("urgency", _) => "urgency-critical",
        (_, 1) => "priority-low",
        (_, 2) => "priority-medium",
        (_, 3) => "priority-high",
        (_, _) => "priority-urgent",
    }
}

/// What tells of the desk's own business: fields of a ticket that its requester does not read, and what
/// is reckoned from them or counts what only the desk sees. `due` counts the desk's promises.
pub const INNER: &[&str] = &[
    "impact",
    "urgency",
    "priority",
    "tag",
    "parent",
    "owner_team",
    "line",
    "teams",
    "handovers",
    "handover-reason",
    "watcher",
    "coworker",
    "about",
    "incomplete",
    "time-spent",
    "batch",
    "due",
    "attachment",
    "duplicate",
    "relates",
    "blocks",
    "caused-by",
    "csat",
];

fn graded(key: &'static str, keys: [&'static str; 4]) -> Field {
    Field::choice(key, Binding::column(key), keys.into_iter().zip(1_i64..)).ordered().sortable()
}

fn person(key: &'static str, binding: Binding) -> Field {
    Field::reference(key, binding, "person").optional()
}

fn involved(role: &'static str) -> Binding {
    Binding::exists("ticket_person", "ticket_id", "person_id").only("role", role)
}

/// The table, with the states of all kinds as they are configured now.
///
/// # Errors
/// Two fields have the same key: a mistake in the code.
pub fn table(catalogue: &Catalogue) -> Result<FieldTable> {
    let states = || catalogue.all_kinds().flat_map(|k| k.states.iter()).map(|s| (s.key.clone(), s.key.clone())).collect::<Vec<_>>();
    let kinds = catalogue.all_kinds().map(|k| (k.key.clone(), k.key.clone())).collect::<std::collections::BTreeSet<_>>();
    let codes = catalogue.codes().iter().map(|c| (c.key.clone(), c.key.clone()));
    let mut fields = vec![
        Field::number("number", Binding::column("id")).alias("id").sortable(),
        Field::text("title", Binding::words("title_key")).sortable_by("title_key"),
        Field::choice("state", Binding::column("state"), states()).alias("status"),
        Field::choice("category", Binding::column("category"), Category::ALL.iter().map(|c| (c.key(), c.key()))).object_field("state"),
        Field::choice("kind", Binding::column("kind"), kinds).alias("type"),
        graded("impact", IMPACTS),
        graded("urgency", URGENCIES),
        graded("priority", PRIORITIES),
        Field::choice("channel", Binding::column("channel"), Channel::ALL.iter().map(|c| (c.key(), c.key()))),
        Field::choice("resolution", Binding::column("resolution_code"), codes).optional().object_field("resolution_code"),
        Field::reference("service", Binding::column("service_id"), "service").optional(),
        Field::reference("org", Binding::column("organisation_id"), "organisation")
            .alias("organisation")
            .optional()
            .object_field("organisation"),
        Field::reference("location", Binding::column("location_id"), "location").optional(),
        Field::text("tag", Binding::exists("ticket_tag", "ticket_id", "tag")).optional(),
        Field::number("parent", Binding::column("parent_id")).optional(),
        Field::number("batch", Binding::column("batch_id")).optional(),
        Field::number("csat", Binding::column("csat")).optional(),
        Field::number("csat-analyst", Binding::column("csat_analyst")).optional().object_field("csat"),
    ];
    fields.extend(people());
    fields.extend(times());
    fields.extend(history(states()));
    fields.extend(flags());
    let taken: std::collections::HashSet<String> =
        fields.iter().flat_map(|field| std::iter::once(&field.key).chain(&field.aliases)).map(ToString::to_string).collect();
    fields.extend(catalogue.fields().everywhere(Object::Ticket).map(|(_, def)| custom(def, &taken)));
    let table = FieldTable::build(fields).map_err(|e| Error::internal(format!("{e:?}")))?;
    Ok(table.free_text("title").default_sort("updated", true))
}

/// The key of a custom field in filters: its own, unless a field of the product has it.
pub fn filter_key(def: &FieldDef, taken: impl Fn(&str) -> bool) -> String {
    if taken(&def.key) { format!("x-{}", def.key) } else { def.key.clone() }
}

fn custom(def: &FieldDef, taken: &std::collections::HashSet<String>) -> Field {
    let key = filter_key(def, |key| taken.contains(key) || ["is", "has", "sort"].contains(&key));
    let rows = |column: &'static str| {
        Binding::exists("field_value", "object_id", column).only("object", Object::Ticket.key()).only("key", def.key.clone())
    };
    let field = match def.ty {
        FieldType::Text | FieldType::LongText | FieldType::Address => Field::words(key, rows("text_key")),
        FieldType::Number | FieldType::Money => Field::decimal(key, rows("int_value"), def.decimals),
        FieldType::Date | FieldType::Moment => Field::date(key, rows("int_value")),
        FieldType::Person => Field::reference(key, rows("int_value"), "person"),
        FieldType::File => Field::number(key, rows("int_value")),
        FieldType::Checkbox => Field::choice(key, rows("int_value"), [("yes", 1_i64), ("no", 0)]),
        FieldType::Choice | FieldType::Several => {
            Field::choice(key, rows("text_key"), def.items.iter().map(|item| (item.key.clone(), item.key.clone())))
        }
        FieldType::Tree => {
            let below = |item: &settings::field::Item| {
                let keys: Vec<String> = def.branch(&item.key).into_iter().map(str::to_owned).collect();
                keys.into_iter().map(move |key| (item.key.clone(), key)).collect::<Vec<_>>()
            };
            Field::choice(key, rows("text_key"), def.items.iter().flat_map(below))
        }
    };
    field.optional().object_field(def.property()).sql_only()
}

/// The custom fields that somebody may not ask for anywhere: of tenants whose tickets they do not see,
/// and, for who is not of the desk, the desk's own.
pub fn closed(catalogue: &Catalogue, actor: &access::Actor) -> Vec<String> {
    let sees = |tenant: i64| tenant == 0 || actor.may(access::Verb::TicketSee, kernel::OrganisationId::new(tenant));
    catalogue.fields().everywhere(Object::Ticket).filter(|(tenant, _)| !sees(*tenant)).map(|(_, def)| def.property()).collect()
}

/// The custom fields that are the desk's own business.
pub fn inner(catalogue: &Catalogue) -> Vec<String> {
    let open = catalogue.fields().open();
    catalogue.fields().everywhere(Object::Ticket).map(|(_, def)| def.property()).filter(|property| !open.contains(property)).collect()
}

fn people() -> Vec<Field> {
    vec![
        person("assignee", Binding::column("assignee_id")),
        person("requester", Binding::any_of(["requester_id", "beneficiary_id"])),
        person("beneficiary", Binding::column("beneficiary_id")),
        person("watcher", involved("watcher")),
        person("coworker", involved("coworker")),
        person("about", involved("about")),
        Field::reference("team", Binding::column("team_id"), "team").optional(),
        Field::reference("owner-team", Binding::column("owner_team_id"), "team").optional().object_field("owner_team"),
        Field::number("line", Binding::column("line")).object_field("team").sortable(),
    ]
}

fn times() -> Vec<Field> {
    vec![
        Field::date("created", Binding::column("created_at")).sortable().descending_first(),
        Field::date("updated", Binding::column("updated_at")).sortable().descending_first(),
        Field::date("customer", Binding::column("last_customer_at")).sortable(),
        Field::date("resolved", Binding::column("resolved_at")).optional().object_field("state"),
        Field::date("closed", Binding::column("closed_at")).optional().object_field("state"),
        Field::date("due", Binding::column("next_due_at")).none_as(Time::NEVER.0).sortable(),
        Field::duration("age", Binding::column("created_at"), Measure::Since),
        Field::duration("time-spent", Binding::column("spent"), Measure::Amount { unit: Time::MINUTE }).sortable(),
    ]
}

/// What the timeline says: where it has been, how often it moved.
fn history(states: Vec<(String, String)>) -> Vec<Field> {
    vec![
        Field::choice("was", Binding::exists("ticket_passage", "ticket_id", "state"), states).object_field("state"),
        Field::reference("was-team", Binding::exists("ticket_passage", "ticket_id", "team_id"), "team").optional().object_field("team"),
        Field::number("teams", Binding::column("team_count")).object_field("team").sortable(),
        Field::number("handovers", Binding::column("handover_count")).object_field("team").sortable(),
        Field::choice(
            "handover-reason",
            Binding::exists("ticket_handover", "ticket_id", "reason"),
            HandoverReason::ALL.iter().map(|r| (r.key(), r.key())),
        )
        .optional()
        .object_field("team"),
        Field::number("reopened", Binding::column("reopen_count")).object_field("state").sortable(),
        Field::number("reopened-closed", Binding::column("reopen_closed_count")).object_field("state").sortable(),
    ]
}

/// A flag tells of a field: who may not see the field may not ask for the flag either. What tells the
/// actor only of themselves (requested, watching, helping) is hidden from nobody.
fn flags() -> Vec<Field> {
    let category = |c: Category| Cond::is("category", c.key());
    let of_state = |word: &'static str, cond: Cond| Field::is(word, cond).object_field("state");
    let mut flags = vec![
        of_state("open", Cond::yes("open")),
        of_state("solved", category(Category::Resolved)),
        of_state("waiting", category(Category::Waiting)),
        of_state("held", category(Category::Held)),
        of_state("new", category(Category::New)),
        of_state("closed", Cond::Or(vec![category(Category::Closed), category(Category::Cancelled)])),
        of_state("cancelled", category(Category::Cancelled)),
        Field::is("mine", Cond::actor_is("assignee_id")).object_field("assignee"),
        Field::is("ours", Cond::actor_team("team_id")).object_field("team"),
        Field::is("requested", Cond::Or(vec![Cond::actor_is("requester_id"), Cond::actor_is("beneficiary_id")])),
        Field::is(
            "watching",
            Cond::Or(vec![
                Cond::exists_actor(involved("watcher")),
                Cond::exists_actor_team(Binding::exists("ticket_team", "ticket_id", "team_id").only("role", "watcher")),
            ]),
        ),
        Field::is("helping", Cond::exists_actor(involved("coworker"))),
        Field::is("unassigned", Cond::is_null("assignee_id")).object_field("assignee"),
        Field::is("unread", unread()).sql_only(),
        Field::is("incomplete", Cond::yes("incomplete")),
        Field::is("confidential", Cond::yes("confidential")),
        of_state("reopened", Cond::cmp("reopen_count", query::Op::Greater, 0_i64)),
        Field::has("attachment", Cond::exists(Binding::exists("attachment", "ticket_id", "id"))).sql_only(),
        Field::has("children", Cond::exists(Binding::exists("ticket", "parent_id", "id"))).object_field("parent").sql_only(),
    ];
    flags.extend(LinkKind::ALL.iter().map(|link| {
        // A link to what is confidential is found by no filter: it would tell that there is something.
        let out = Binding::exists("ticket_link", "from_id", "to_id").only("kind", link.key()).only("veiled", 0_i64);
        let back = Binding::exists("ticket_link", "to_id", "from_id").only("kind", link.key()).only("veiled", 0_i64);
        Field::has(link.key().replace('_', "-"), Cond::Or(vec![Cond::exists(out), Cond::exists(back)])).sql_only()
    }));
    flags
}

/// As [`crate::Ticket::is_unread`].
fn unread() -> Cond {
    let seen = Binding::exists("ticket_seen", "ticket_id", "activity").only("person_id", Operand::Actor);
    let over = |c: Category| Cond::is("category", c.key());
    Cond::And(vec![
        Cond::Or(vec![over(Category::Closed), over(Category::Cancelled)]).negate(),
        Cond::Test(seen, CondTest::AtLeastColumn("spoken".into())).negate(),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_only_asks_does_not_know_the_desks_own_fields() {
        let table = table(&Catalogue::delivered().expect("readable")).expect("no key twice");
        let (all, asked) = (table.all(), table.visible(INNER.iter().copied()));
        let known: Vec<&str> = asked.iter().map(|field| field.key.as_ref()).collect();
        for inner in INNER.iter().chain(LinkKind::ALL.iter().map(|link| link.key()).collect::<Vec<_>>().iter()) {
            let key = inner.replace('_', "-");
            assert!(all.iter().any(|field| field.key == key || field.object_field == *inner), "{inner} is no field");
            assert!(!known.contains(&key.as_str()), "{inner}");
        }
        assert!(!known.contains(&"children") && !known.contains(&"owner-team"));
        // Whoever adds a field decides here whether a requester may ask for it.
        let outer = [
            "number",
            "title",
            "state",
            "category",
            "kind",
            "channel",
            "resolution",
            "service",
            "org",
            "location",
            "assignee",
            "requester",
            "beneficiary",
            "team",
            "created",
            "updated",
            "customer",
            "resolved",
            "closed",
            "age",
            "was",
            "was-team",
            "reopened",
            "reopened-closed",
            "open",
            "solved",
            "waiting",
            "held",
            "new",
            "closed",
            "cancelled",
            "mine",
            "ours",
            "requested",
            "watching",
            "helping",
            "unassigned",
            "unread",
            "confidential",
            "reopened",
        ];
        assert_eq!(known, outer);
    }

    #[test]
    fn the_table_stands_and_knows_the_questions_of_a_desk() {
        let table = table(&Catalogue::delivered().expect("readable")).expect("no key twice");
        let fields = table.all();
        let understood = |text: &str| {
            let query = fields.parse(text).expect(text);
            let mut refs = query::Refs::default();
            for token in fields.references(&query) {
                refs.insert(token, query::Lookup::Found(vec![1]));
            }
            fields
                .compile(&query, &query::Context::new(Time(0), "UTC", &refs).actor(kernel::Id::new(1), &[]))
                .map_err(|e| format!("{text}: {e:?}"))
        };
        for text in [
            "is:open team:l1,l2 -tag:waiting (priority:>=high OR is:mine) \"vpn\" sort:customer",
            "teams:>5 handovers:>5 was:vendor reopened:>0 reopened-closed:>0",
            "has:blocks has:children has:attachment -is:closed created:-30d sort:-updated",
        ] {
            understood(text).expect("a desk asks this");
        }
        for text in ["colour:red", "priority:>=purple", "sort:colour", "is:purple"] {
            understood(text).expect_err("a mistake");
        }
    }
}
