//! The ticket as stored.

use kernel::{BatchId, LocationId, OrganisationId, PersonId, ServiceId, TeamId, TextId, TicketId, Time};

use crate::{Category, Channel};

db::row! {
    /// The ticket as stored. Choices are numbers from 1; see `fields` for their keys.
    #[derive(PartialEq, Eq)]
    pub struct Ticket {
        pub id: TicketId,
        pub tenant: OrganisationId,
        pub kind: String,
        pub title: String,
        pub state: String,
        pub category: Category,
        /// 1 low, 2 medium, 3 high, 4 extensive.
        pub impact: i64,
        /// 1 low, 2 medium, 3 high, 4 critical.
        pub urgency: i64,
        /// 1 low, 2 medium, 3 high, 4 urgent.
        pub priority: i64,
        /// Who asks.
        pub requester: Option<PersonId>,
        /// For whom it is, when somebody else asks.
        pub beneficiary: Option<PersonId>,
        pub organisation: Option<OrganisationId>,
        pub location: Option<LocationId>,
        pub service: Option<ServiceId>,
        /// Support line of the team that has it, 1 to 3.
        pub line: i64,
        /// The desk that keeps ownership while other lines work on it.
        pub owner_team: Option<TeamId>,
        pub team: Option<TeamId>,
        pub assignee: Option<PersonId>,
        pub channel: Channel,
        pub parent: Option<TicketId>,
        pub resolution_code: Option<String>,
        pub resolution_text: Option<TextId>,
        pub created_by: Option<PersonId>,
        pub created_at: Time,
        pub updated_at: Time,
        pub last_customer_at: Time,
        pub last_public_at: Time,
        pub resolved_at: Option<Time>,
        pub closed_at: Option<Time>,
        /// When a solved one closes by itself; [`Time::NEVER`] for none.
        pub close_due_at: Time,
        /// [`Time::NEVER`] for none.
        pub next_due_at: Time,
        pub reopen_count: i64,
        pub reopen_closed_count: i64,
        pub handover_count: i64,
        pub team_count: i64,
        /// Registered in a hurry: something that its form asks for is missing.
        pub incomplete: bool,
        /// Only the people named on it see it.
        pub confidential: bool,
        /// It is in the trash; see [`crate::trash`].
        pub trashed: bool,
        pub batch: Option<BatchId>,
        /// Rises when properties change.
        pub version: i64,
        /// Rises with everything.
        pub activity: i64,
        /// The activity of the newest public message.
        pub spoken: i64,
        /// What the requester thinks of the solution, 1 to 5.
        pub csat: Option<i64>,
        /// What the requester thinks of who worked on it, 1 to 5.
        pub csat_analyst: Option<i64>,
        /// Minutes that people spent on it.
        pub spent: i64,
    }
}

impl Ticket {
    pub fn is_open(&self) -> bool {
        self.category.is_open()
    }

    /// Whether somebody wrote to it in public since somebody saw it up to an activity, 0 for never and for
    /// who was just given it. What is over and done with is nobody's to read.
    pub fn is_unread(&self, seen: i64) -> bool {
        seen < self.spoken && !matches!(self.category, Category::Closed | Category::Cancelled)
    }
}
