//! Writing a new ticket.

use db::Tx;
use events::{Act, By, Visibility};
use kernel::{BatchId, LocationId, OrganisationId, PersonId, Result, ServiceId, TeamId, TicketId, Time, kinds};

use super::log;
use crate::events::TicketEvent;
use crate::store::{passage, ticket as rows};
use crate::{Category, Channel, Ticket};

/// A ticket about to be written, everything decided.
#[derive(Debug, Clone)]
pub struct NewRecord {
    pub tenant: OrganisationId,
    pub kind: String,
    pub title: String,
    pub state: String,
    pub category: Category,
    pub impact: i64,
    pub urgency: i64,
    pub priority: i64,
    pub requester: Option<PersonId>,
    pub beneficiary: Option<PersonId>,
    pub organisation: Option<OrganisationId>,
    pub location: Option<LocationId>,
    pub service: Option<ServiceId>,
    pub team: Option<(TeamId, i64)>,
    pub assignee: Option<PersonId>,
    pub channel: Channel,
    pub parent: Option<TicketId>,
    pub incomplete: bool,
    pub confidential: bool,
    pub batch: Option<BatchId>,
}

/// Writes it, with its first stay and its first event.
///
/// # Errors
/// The database refuses: a reference that does not exist.
pub fn create(tx: &mut Tx<'_>, act: &Act, new: &NewRecord) -> Result<Ticket> {
    let id = tx.next_id::<kinds::Ticket>()?;
    let at = act.occurred;
    let line = new.team.map_or(1, |(_, line)| line);
    let ticket = Ticket {
        id,
        tenant: new.tenant,
        kind: new.kind.clone(),
        title: new.title.clone(),
        state: new.state.clone(),
        category: new.category,
        impact: new.impact,
        urgency: new.urgency,
        priority: new.priority,
        requester: new.requester,
        beneficiary: new.beneficiary,
        organisation: new.organisation,
        location: new.location,
        service: new.service,
        line,
        owner_team: new.team.filter(|(_, line)| *line == 1).map(|(team, _)| team),
        team: new.team.map(|(team, _)| team),
        assignee: new.assignee,
        channel: new.channel,
        parent: new.parent,
        resolution_code: None,
        resolution_text: None,
        created_by: match act.by {
            By::Person(id) => Some(PersonId::new(id)),
            By::System | By::Import(_) => None,
        },
        created_at: at,
        updated_at: at,
        last_customer_at: at,
        last_public_at: at,
        resolved_at: if new.category.is_open() { None } else { Some(at) },
        closed_at: if matches!(new.category, Category::Closed | Category::Cancelled) { Some(at) } else { None },
        close_due_at: Time::NEVER,
        next_due_at: Time::NEVER,
        reopen_count: 0,
        reopen_closed_count: 0,
        handover_count: 0,
        team_count: i64::from(new.team.is_some()),
        incomplete: new.incomplete,
        confidential: new.confidential,
        trashed: false,
        batch: new.batch,
        version: 1,
        activity: 1,
        spoken: 1,
        csat: None,
        csat_analyst: None,
        spent: 0,
    };
    rows::insert(tx, &ticket)?;
    passage::begin(tx, &ticket, at)?;
    let event = TicketEvent::Created { kind: new.kind.clone(), state: new.state.clone(), channel: new.channel };
    log(tx, act, new.tenant, id, &event, Visibility::Public)?;
    Ok(ticket)
}
