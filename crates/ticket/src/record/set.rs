//! The properties of a ticket that can be set.

use kernel::{LocationId, OrganisationId, PersonId, ServiceId, TeamId, TextId, TicketId};

use settings::field::{FieldType, Value};

use crate::custom::Custom;
use crate::events::Worth;
use crate::{Category, Ticket};

/// One property with its new value, already decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Set {
    Title(String),
    State(String, Category),
    Impact(i64),
    Urgency(i64),
    Priority(i64),
    Requester(Option<PersonId>),
    Beneficiary(Option<PersonId>),
    Organisation(Option<OrganisationId>),
    Location(Option<LocationId>),
    Service(Option<ServiceId>),
    OwnerTeam(Option<TeamId>),
    /// The team with its support line.
    Team(Option<TeamId>, i64),
    Assignee(Option<PersonId>),
    Parent(Option<TicketId>),
    ResolutionCode(Option<String>),
    /// What was done, in words; a new text each time.
    ResolutionReport(String),
    /// A report that was there before.
    ResolutionText(Option<TextId>),
    Incomplete(bool),
    /// Only the people named on it see it.
    Confidential(bool),
    Custom(Custom),
    /// The value of a field whose type changed, with the words of what stood there before.
    Recast(Custom, String),
}

fn number(value: Option<i64>) -> Worth {
    value.map_or(Worth::None, Worth::Number)
}
fn text(value: Option<TextId>) -> Worth {
    value.map_or(Worth::None, Worth::Text)
}
fn key(value: Option<&str>) -> Worth {
    value.map_or(Worth::None, |k| Worth::Key(k.to_owned()))
}

/// A value of a custom field that is no text.
pub(super) fn custom(ty: FieldType, value: Option<&Value>) -> Worth {
    match value {
        Some(Value::Int(id)) if ty == FieldType::Person => Worth::Person(PersonId::new(*id)),
        Some(value) => value.int().map(Worth::Number).or_else(|| value.joined().map(Worth::Key)).unwrap_or(Worth::None),
        None => Worth::None,
    }
}

impl Set {
    /// The name of the property, as in the filter language and the API.
    pub fn field(&self) -> &str {
        match self {
            Set::Title(_) => "title",
            Set::State(..) => "state",
            Set::Impact(_) => "impact",
            Set::Urgency(_) => "urgency",
            Set::Priority(_) => "priority",
            Set::Requester(_) => "requester",
            Set::Beneficiary(_) => "beneficiary",
            Set::Organisation(_) => "organisation",
            Set::Location(_) => "location",
            Set::Service(_) => "service",
            Set::OwnerTeam(_) => "owner_team",
            Set::Team(..) => "team",
            Set::Assignee(_) => "assignee",
            Set::Parent(_) => "parent",
            Set::ResolutionCode(_) => "resolution_code",
            Set::ResolutionReport(_) | Set::ResolutionText(_) => "resolution_report",
            Set::Incomplete(_) => "incomplete",
            Set::Confidential(_) => "confidential",
            Set::Custom(custom) | Set::Recast(custom, _) => &custom.property,
        }
    }

    /// The value before and after, unless it is a free text, which needs a row of its own.
    pub(super) fn worth(&self, t: &Ticket) -> Option<(Worth, Worth)> {
        Some(match self {
            Set::Title(_) | Set::ResolutionReport(_) | Set::Recast(..) => return None,
            Set::State(to, _) => (Worth::Key(t.state.clone()), Worth::Key(to.clone())),
            Set::Impact(to) => (Worth::Number(t.impact), Worth::Number(*to)),
            Set::Urgency(to) => (Worth::Number(t.urgency), Worth::Number(*to)),
            Set::Priority(to) => (Worth::Number(t.priority), Worth::Number(*to)),
            Set::Requester(to) => (number(t.requester.map(|v| v.raw())), number(to.map(|v| v.raw()))),
            Set::Beneficiary(to) => (number(t.beneficiary.map(|v| v.raw())), number(to.map(|v| v.raw()))),
            Set::Organisation(to) => (number(t.organisation.map(|v| v.raw())), number(to.map(|v| v.raw()))),
            Set::Location(to) => (number(t.location.map(|v| v.raw())), number(to.map(|v| v.raw()))),
            Set::Service(to) => (number(t.service.map(|v| v.raw())), number(to.map(|v| v.raw()))),
            Set::OwnerTeam(to) => (number(t.owner_team.map(|v| v.raw())), number(to.map(|v| v.raw()))),
            Set::Team(to, _) => (number(t.team.map(|v| v.raw())), number(to.map(|v| v.raw()))),
            Set::Assignee(to) => (number(t.assignee.map(|v| v.raw())), number(to.map(|v| v.raw()))),
            Set::Parent(to) => (number(t.parent.map(|v| v.raw())), number(to.map(|v| v.raw()))),
            Set::ResolutionCode(to) => (key(t.resolution_code.as_deref()), key(to.as_deref())),
            Set::ResolutionText(to) => (text(t.resolution_text), text(*to)),
            Set::Custom(c) if c.ty.is_text() => return None,
            Set::Custom(c) => (custom(c.ty, c.from.as_ref()), custom(c.ty, c.to.as_ref())),
            Set::Incomplete(to) => (Worth::Number(i64::from(t.incomplete)), Worth::Number(i64::from(*to))),
            Set::Confidential(to) => (Worth::Number(i64::from(t.confidential)), Worth::Number(i64::from(*to))),
        })
    }

    /// Whether the ticket has another value now.
    pub fn differs(&self, t: &Ticket) -> bool {
        match (self, self.worth(t)) {
            (_, Some((from, to))) => from != to,
            (Set::Title(title), None) => *title != t.title,
            (Set::Custom(custom) | Set::Recast(custom, _), None) => custom.from != custom.to,
            (_, None) => true,
        }
    }

    /// The ticket with this value.
    pub(crate) fn on(&self, mut ticket: Ticket) -> Ticket {
        self.put(&mut ticket);
        ticket
    }

    /// Writes the value into the row.
    pub(super) fn put(&self, t: &mut Ticket) {
        match self {
            Set::Title(v) => t.title.clone_from(v),
            Set::State(v, category) => {
                t.state.clone_from(v);
                t.category = *category;
            }
            Set::Impact(v) => t.impact = *v,
            Set::Urgency(v) => t.urgency = *v,
            Set::Priority(v) => t.priority = *v,
            Set::Requester(v) => t.requester = *v,
            Set::Beneficiary(v) => t.beneficiary = *v,
            Set::Organisation(v) => t.organisation = *v,
            Set::Location(v) => t.location = *v,
            Set::Service(v) => t.service = *v,
            Set::OwnerTeam(v) => t.owner_team = *v,
            Set::Team(v, line) => {
                t.team = *v;
                t.line = *line;
            }
            Set::Assignee(v) => t.assignee = *v,
            Set::Parent(v) => t.parent = *v,
            Set::ResolutionCode(v) => t.resolution_code.clone_from(v),
            Set::ResolutionReport(_) | Set::Custom(_) | Set::Recast(..) => {}
            Set::ResolutionText(v) => t.resolution_text = *v,
            Set::Incomplete(v) => t.incomplete = *v,
            Set::Confidential(v) => t.confidential = *v,
        }
    }
}
