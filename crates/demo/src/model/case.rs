//! What happened: a ticket as it was registered and the steps that followed.

use kernel::{Lang, Time};

use super::{CaseRef, LocationRef, OrgRef, PersonRef, ServiceRef, TeamRef};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Incident,
    Request,
    Question,
    Complaint,
    Suggestion,
    Task,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    Web,
    Mail,
    Phone,
    WalkIn,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Low,
    Medium,
    High,
    /// A major incident.
    Top,
}

/// How a ticket ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The cause was removed.
    Fixed,
    /// Works again, the cause remains.
    Workaround,
    /// A setting or a right was changed.
    Configured,
    /// Hardware was exchanged.
    Replaced,
    /// What was asked for was delivered.
    Fulfilled,
    /// Explained or shown.
    Advice,
    /// Nothing found to be wrong.
    NoFault,
    /// Not done, with a reason.
    Declined,
    /// The requester did not answer.
    NoAnswer,
    /// Handled in another ticket.
    Duplicate,
}

/// How this case relates to an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Link {
    ChildOf,
    DuplicateOf,
    RelatesTo,
    BlockedBy,
    CausedBy,
}

/// A phone call about a case.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Call {
    /// From the desk to the person.
    pub outbound: bool,
    pub minutes: u32,
    pub summary: String,
    /// The requester may read the summary.
    pub public: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum What {
    /// Service, impact and urgency are set or corrected.
    Triage {
        service: ServiceRef,
        impact: Level,
        urgency: Level,
    },
    /// Handed to a team; nobody of it has it yet.
    Route {
        team: TeamRef,
    },
    Assign {
        person: PersonRef,
    },
    /// Work begins.
    Start,
    /// A public message of staff or of the requester.
    Reply {
        text: String,
    },
    Note {
        text: String,
    },
    Call(Call),
    /// Waits for the requester.
    Wait,
    /// Held for a vendor, a delivery or a date.
    Hold {
        reason: String,
    },
    /// Work goes on after a wait or a hold.
    Resume,
    Resolve {
        code: Code,
        report: String,
    },
    /// The requester says that it is solved.
    Confirm,
    /// Nobody objected in time.
    AutoClose,
    Reopen {
        reason: String,
    },
    Cancel {
        reason: String,
    },
    Tag {
        tag: String,
    },
    Watch {
        person: PersonRef,
    },
    CoWork {
        person: PersonRef,
    },
    Link {
        link: Link,
        other: CaseRef,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Step {
    pub at: Time,
    /// None: the desk itself.
    pub by: Option<PersonRef>,
    pub what: What,
}

/// The state categories of the ticket core.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    New,
    Active,
    Waiting,
    Held,
    Resolved,
    Closed,
    Cancelled,
}

impl State {
    /// The state after a step, or None when the step is not possible in this state.
    pub fn after(self, what: &What) -> Option<State> {
        match (self, what) {
            (State::New, What::Start) | (State::Waiting | State::Held, What::Resume) => Some(State::Active),
            (State::Active, What::Wait) => Some(State::Waiting),
            (State::Active, What::Hold { .. }) => Some(State::Held),
            (State::Active, What::Resolve { .. }) => Some(State::Resolved),
            (State::Resolved, What::Confirm | What::AutoClose) => Some(State::Closed),
            (State::Resolved, What::Reopen { .. }) => Some(State::Active),
            (State::New | State::Active | State::Waiting, What::Cancel { .. }) => Some(State::Cancelled),
            (
                _,
                What::Start
                | What::Resume
                | What::Wait
                | What::Hold { .. }
                | What::Resolve { .. }
                | What::Confirm
                | What::AutoClose
                | What::Reopen { .. }
                | What::Cancel { .. },
            ) => None,
            (State::Closed | State::Cancelled, What::Assign { .. } | What::Route { .. }) => None,
            (state, _) => Some(state),
        }
    }
}

/// One ticket from its registration to `now`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Case {
    /// The scenario it was made from, such as `vpn_drops`.
    pub scenario: String,
    pub kind: Kind,
    pub subject: String,
    pub body: String,
    /// The language in which requester and staff write.
    pub lang: Lang,
    pub channel: Channel,
    pub start: Time,
    pub requester: PersonRef,
    /// For whom, when the requester asks for somebody else.
    pub beneficiary: Option<PersonRef>,
    /// The requester, or who took the call.
    pub registered_by: PersonRef,
    pub organisation: OrgRef,
    pub location: LocationRef,
    /// None for mail: triage finds it.
    pub service: Option<ServiceRef>,
    pub impact: Level,
    pub urgency: Level,
    /// Where it arrives: the desk on duty; none when it was registered for a team at once.
    pub team: Option<TeamRef>,
    pub steps: Vec<Step>,
}

impl Kind {
    /// Days after which a solved one closes by itself, as the delivered kinds have it.
    pub const fn closes_after(self) -> i64 {
        match self {
            Kind::Incident | Kind::Request => 7,
            Kind::Question => 5,
            Kind::Complaint | Kind::Suggestion => 14,
            Kind::Task => 1,
        }
    }
}

impl Case {
    /// The state after all steps.
    pub fn state(&self) -> State {
        self.steps.iter().fold(State::New, |state, step| state.after(&step.what).unwrap_or(state))
    }
}
