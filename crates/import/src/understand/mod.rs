//! What rows mean: pure decisions, from cells to the steps of a case. Writes nothing and asks no
//! database, so a dry run and a run understand the same.

mod case;
mod people;
mod row;

use std::sync::Arc;

use kernel::Time;
use ticket::{Catalogue, Category, KindDef, MessageKind};

pub(crate) use case::CaseSteps;

use crate::directory::Directory;
use crate::input::Columns;
use crate::mapping::Mapping;
use crate::party::{Parties, Party};

/// A property as a row says it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Want {
    State(String, Category),
    Impact(i64),
    Urgency(i64),
    Priority(i64),
    Requester(Option<Arc<Party>>),
    Beneficiary(Option<Arc<Party>>),
    Organisation(Option<Arc<Party>>),
    Location(Option<Arc<Party>>),
    Service(Option<Arc<Party>>),
    Team(Option<Arc<Party>>),
    Assignee(Option<Arc<Party>>),
    Code(Option<String>),
    Report(String),
}

impl Want {
    /// The field, as the ticket names it.
    pub const fn field(&self) -> &'static str {
        match self {
            Want::State(..) => "state",
            Want::Impact(_) => "impact",
            Want::Urgency(_) => "urgency",
            Want::Priority(_) => "priority",
            Want::Requester(_) => "requester",
            Want::Beneficiary(_) => "beneficiary",
            Want::Organisation(_) => "organisation",
            Want::Location(_) => "location",
            Want::Service(_) => "service",
            Want::Team(_) => "team",
            Want::Assignee(_) => "assignee",
            Want::Code(_) => "resolution_code",
            Want::Report(_) => "resolution_report",
        }
    }

    pub fn party(&self) -> Option<&Arc<Party>> {
        match self {
            Want::Requester(p)
            | Want::Beneficiary(p)
            | Want::Organisation(p)
            | Want::Location(p)
            | Want::Service(p)
            | Want::Team(p)
            | Want::Assignee(p) => p.as_ref(),
            _ => None,
        }
    }

    /// It says that there is none.
    pub const fn is_nothing(&self) -> bool {
        match self {
            Want::Requester(p)
            | Want::Beneficiary(p)
            | Want::Organisation(p)
            | Want::Location(p)
            | Want::Service(p)
            | Want::Team(p)
            | Want::Assignee(p) => p.is_none(),
            Want::Code(code) => code.is_none(),
            _ => false,
        }
    }

    /// The value for a reader; empty for none.
    pub fn shown(&self) -> String {
        match self {
            Want::State(key, _) => key.clone(),
            Want::Impact(n) | Want::Urgency(n) | Want::Priority(n) => ticket::fields::grade_key(self.field(), *n).to_owned(),
            Want::Code(code) => code.clone().unwrap_or_default(),
            Want::Report(text) => text.clone(),
            _ => self.party().map(|p| p.name.clone()).unwrap_or_default(),
        }
    }
}

/// Something said at a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spoken {
    pub kind: MessageKind,
    pub public: bool,
    pub from_requester: bool,
    pub author: Option<Arc<Party>>,
    pub body: String,
}

/// What happened to a case at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    /// The line of its row.
    pub line: u64,
    pub at: Time,
    /// Nobody: the import itself.
    pub by: Option<Arc<Party>>,
    pub wants: Vec<Want>,
    pub spoken: Vec<Spoken>,
    /// The first step of its row: rows are counted by it.
    pub counts: bool,
}

/// What understanding needs beside a row.
pub(crate) struct Understand<'m> {
    pub mapping: &'m Mapping,
    pub columns: Arc<Columns>,
    /// With the states that the mapping adds.
    pub kind: &'m KindDef,
    pub catalogue: &'m Catalogue,
    pub directory: &'m Directory,
    pub now: Time,
    pub parties: Parties,
}
