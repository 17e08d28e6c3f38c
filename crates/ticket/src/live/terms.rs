//! Which values a ticket has, and which values a source of a filter asks for.

use kernel::Id;
use query::{Scalar, Source as Asked};

use super::sets::{Clock, Family, Terms};
use crate::store::live::Source;

/// Where a source of a filter is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Home {
    /// It holds for all that is kept: the column `open`.
    Open,
    /// The number of the ticket itself.
    Number,
    Values(Family),
    Moments(Clock),
}

/// The values of a ticket.
pub(super) fn of(source: &Source) -> Terms {
    let row = &source.row;
    let mut terms: Vec<(Family, Scalar)> = Vec::with_capacity(28);
    let texts =
        [(Family::Kind, &row.kind), (Family::State, &row.state), (Family::Category, &row.category), (Family::Channel, &row.channel)];
    terms.extend(texts.map(|(family, text)| (family, Scalar::Text(text.clone()))));
    terms.extend(row.resolution_code.clone().map(|code| (Family::Resolution, Scalar::Text(code))));
    let numbers = [
        (Family::Tenant, row.tenant.raw()),
        (Family::Impact, row.impact),
        (Family::Urgency, row.urgency),
        (Family::Priority, row.priority),
        (Family::Line, row.line),
        (Family::Reopened, row.reopen_count),
        (Family::ReopenedClosed, row.reopen_closed_count),
        (Family::Handovers, row.handover_count),
        (Family::Teams, row.team_count),
        (Family::Incomplete, i64::from(row.incomplete)),
        (Family::Confidential, i64::from(row.confidential)),
    ];
    terms.extend(numbers.map(|(family, number)| (family, Scalar::Int(number))));
    let named = [
        (Family::Requester, row.requester.map(Id::raw)),
        (Family::Beneficiary, row.beneficiary.map(Id::raw)),
        (Family::Assignee, row.assignee.map(Id::raw)),
        (Family::CreatedBy, row.created_by.map(Id::raw)),
        (Family::Organisation, row.organisation.map(Id::raw)),
        (Family::Location, row.location.map(Id::raw)),
        (Family::Service, row.service.map(Id::raw)),
        (Family::Team, row.team.map(Id::raw)),
        (Family::OwnerTeam, row.owner_team.map(Id::raw)),
        (Family::Parent, row.parent.map(Id::raw)),
        (Family::Batch, row.batch.map(Id::raw)),
        (Family::Csat, row.csat),
        (Family::CsatAnalyst, row.csat_analyst),
    ];
    terms.extend(named.into_iter().filter_map(|(family, id)| Some((family, Scalar::Int(id?)))));
    terms.extend(source.tags.iter().map(|tag| (Family::Tag, Scalar::Text(tag.clone()))));
    terms.extend(source.persons.iter().filter_map(|(id, role)| Some((person(role)?, Scalar::Int(*id)))));
    terms.extend(source.teams.iter().filter_map(|(id, role)| Some((team(role)?, Scalar::Int(*id)))));
    let clocks = [
        Some(row.created_at.0),
        Some(row.updated_at.0),
        Some(row.last_customer_at.0),
        Some(row.next_due_at.0),
        row.resolved_at.map(|at| at.0),
        row.closed_at.map(|at| at.0),
    ];
    (terms, clocks)
}

fn person(role: &str) -> Option<Family> {
    Some(match role {
        "coworker" => Family::Coworker,
        "watcher" => Family::Watcher,
        "named" => Family::Named,
        "about" => Family::About,
        _ => return None,
    })
}

fn team(role: &str) -> Option<Family> {
    Some(match role {
        "coworker" => Family::TeamCoworker,
        "watcher" => Family::TeamWatcher,
        _ => return None,
    })
}

/// Where the values of a source are; nothing for one that is not kept.
pub(super) fn homes(source: &Asked) -> Option<Vec<Home>> {
    match source {
        Asked::Column(column) => Some(vec![column_home(column)?]),
        Asked::Exists { table, value_column, extra, .. } => {
            let roles = |family: fn(&str) -> Option<Family>| {
                let [(column, roles)] = extra.as_slice() else { return None };
                let of = |role: &Scalar| match role {
                    Scalar::Text(role) => family(role).map(Home::Values),
                    Scalar::Int(_) => None,
                };
                if column == "role" { roles.iter().map(of).collect() } else { None }
            };
            match (table.as_ref(), value_column.as_ref()) {
                ("ticket_tag", "tag") if extra.is_empty() => Some(vec![Home::Values(Family::Tag)]),
                ("ticket_person", "person_id") => roles(person),
                ("ticket_team", "team_id") => roles(team),
                _ => None,
            }
        }
    }
}

fn column_home(column: &str) -> Option<Home> {
    Some(match column {
        "open" => Home::Open,
        "id" => Home::Number,
        "tenant_id" => Home::Values(Family::Tenant),
        "kind" => Home::Values(Family::Kind),
        "state" => Home::Values(Family::State),
        "category" => Home::Values(Family::Category),
        "impact" => Home::Values(Family::Impact),
        "urgency" => Home::Values(Family::Urgency),
        "priority" => Home::Values(Family::Priority),
        "line" => Home::Values(Family::Line),
        "channel" => Home::Values(Family::Channel),
        "requester_id" => Home::Values(Family::Requester),
        "beneficiary_id" => Home::Values(Family::Beneficiary),
        "assignee_id" => Home::Values(Family::Assignee),
        "organisation_id" => Home::Values(Family::Organisation),
        "location_id" => Home::Values(Family::Location),
        "service_id" => Home::Values(Family::Service),
        "team_id" => Home::Values(Family::Team),
        "owner_team_id" => Home::Values(Family::OwnerTeam),
        "parent_id" => Home::Values(Family::Parent),
        "batch_id" => Home::Values(Family::Batch),
        "resolution_code" => Home::Values(Family::Resolution),
        "reopen_count" => Home::Values(Family::Reopened),
        "reopen_closed_count" => Home::Values(Family::ReopenedClosed),
        "handover_count" => Home::Values(Family::Handovers),
        "team_count" => Home::Values(Family::Teams),
        "incomplete" => Home::Values(Family::Incomplete),
        "confidential" => Home::Values(Family::Confidential),
        "csat" => Home::Values(Family::Csat),
        "csat_analyst" => Home::Values(Family::CsatAnalyst),
        "created_at" => Home::Moments(Clock::Created),
        "updated_at" => Home::Moments(Clock::Updated),
        "last_customer_at" => Home::Moments(Clock::Customer),
        "next_due_at" => Home::Moments(Clock::Due),
        "resolved_at" => Home::Moments(Clock::Resolved),
        "closed_at" => Home::Moments(Clock::Closed),
        _ => return None,
    })
}
