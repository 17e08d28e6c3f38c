//! The fields of the side panel: label, value, and how each is changed in place.

use i18n::T;
use ticket::fields::{IMPACTS, PRIORITIES, URGENCIES, grade_label};
use ticket::timeline::{field_label, mark_label};
use ui::Choice;

use super::read::Known;

/// A field.
pub struct Fact {
    pub field: &'static str,
    pub label: String,
    /// In words; empty when there is nothing.
    pub value: String,
    /// Where the value leads; empty for nowhere.
    pub href: String,
    pub edit: Edit,
}

/// How a field is changed.
pub enum Edit {
    /// It is not, or not by this reader.
    No,
    /// One of a few.
    Choice(Vec<Choice>),
    /// Found while typing; `value` is the present id.
    Search { source: &'static str, value: String },
}

impl Fact {
    pub fn is_editable(&self) -> bool {
        !matches!(self.edit, Edit::No)
    }
    /// To change it is to give the ticket to somebody else.
    pub fn hands_over(&self) -> bool {
        matches!(self.field, "team" | "assignee")
    }
    pub fn choices(&self) -> &[Choice] {
        if let Edit::Choice(choices) = &self.edit { choices } else { &[] }
    }
    pub fn source(&self) -> &str {
        if let Edit::Search { source, .. } = &self.edit { source } else { "" }
    }
    pub fn id(&self) -> &str {
        if let Edit::Search { value, .. } = &self.edit { value } else { "" }
    }
}

/// The fields that the reader may know.
pub fn facts(t: &T, known: &Known) -> Vec<Fact> {
    let (ticket, names) = (&known.seen.ticket, &known.names);
    let id = |raw: Option<i64>| raw.map_or_else(String::new, |id| id.to_string());
    let found = |field, may: bool, value: &str, source, raw: Option<i64>, href: String| Fact {
        field,
        label: field_label(t, field),
        value: value.to_owned(),
        href,
        edit: if may { Edit::Search { source, value: id(raw) } } else { Edit::No },
    };
    let graded = |field, keys: &[&str; 4], now: i64| {
        let choices = (1_i64..).zip(keys).map(|(grade, _)| Choice::new(grade.to_string(), t.msg(grade_label(field, grade)), grade == now));
        Fact {
            field,
            label: field_label(t, field),
            value: t.msg(grade_label(field, now)).into_owned(),
            href: String::new(),
            edit: if known.rights.edit { Edit::Choice(choices.collect()) } else { Edit::No },
        }
    };
    let (edit, assign) = (known.rights.edit, known.rights.assign);
    let team = ticket.team.map_or("", |id| names.team(id));
    let assignee = ticket.assignee.map_or("", |id| names.person_name(id));
    let owner = ticket.owner_team.map_or("", |id| names.team(id));
    let service = ticket.service.map_or("", |id| names.service(id));
    let organisation = ticket.organisation.map_or("", |id| names.organisation(id));
    let location = ticket.location.map_or("", |id| names.location(id));
    let beneficiary = ticket.beneficiary.map_or("", |id| names.person_name(id));
    let at = |path: &str, raw: Option<i64>| raw.map_or_else(String::new, |id| format!("/desk/{path}/{id}"));
    let people = |raw| at("people", raw);
    let mut facts = vec![
        found("team", assign, team, "/desk/suggest/teams", ticket.team.map(kernel::Id::raw), String::new()),
        found(
            "assignee",
            assign,
            assignee,
            "/desk/suggest/workers",
            ticket.assignee.map(kernel::Id::raw),
            people(ticket.assignee.map(kernel::Id::raw)),
        ),
        found("owner_team", assign, owner, "/desk/suggest/teams", ticket.owner_team.map(kernel::Id::raw), String::new()),
        found("service", edit, service, "/desk/suggest/services", ticket.service.map(kernel::Id::raw), String::new()),
        graded("impact", &IMPACTS, ticket.impact),
        graded("urgency", &URGENCIES, ticket.urgency),
        graded("priority", &PRIORITIES, ticket.priority),
        found(
            "organisation",
            edit,
            organisation,
            "/desk/suggest/organisations",
            ticket.organisation.map(kernel::Id::raw),
            at("orgs", ticket.organisation.map(kernel::Id::raw)),
        ),
        found("location", edit, location, "/desk/suggest/locations", ticket.location.map(kernel::Id::raw), String::new()),
        found(
            "beneficiary",
            edit,
            beneficiary,
            "/desk/suggest/persons",
            ticket.beneficiary.map(kernel::Id::raw),
            people(ticket.beneficiary.map(kernel::Id::raw)),
        ),
        found(
            "requester",
            edit,
            ticket.requester.map_or("", |id| names.person_name(id)),
            "/desk/suggest/persons",
            ticket.requester.map(kernel::Id::raw),
            people(ticket.requester.map(kernel::Id::raw)),
        ),
    ];
    facts.extend(ticket.csat.map(|mark| rated(t, "csat", mark)));
    facts.extend(ticket.csat_analyst.map(|mark| rated(t, "csat_analyst", mark)));
    facts.retain(|fact| !known.hidden.contains(fact.field.trim_end_matches("_analyst")) && (fact.is_editable() || !fact.value.is_empty()));
    facts
}

/// A mark of the requester.
fn rated(t: &T, field: &'static str, mark: i64) -> Fact {
    let value = format!("{} ({mark}/5)", t.msg(mark_label(mark)));
    Fact { field, label: field_label(t, field), value, href: String::new(), edit: Edit::No }
}
