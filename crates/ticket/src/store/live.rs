//! Open tickets with all that live counts ask for: without a scope, which is asked for by each count.

use std::collections::HashMap;

use db::{Rd, params, sql};
use kernel::{BatchId, LocationId, OrganisationId, PersonId, Result, ServiceId, TeamId, TicketId, Time};
use sea_query::{Expr, ExprTrait, Query, SelectStatement};

/// The columns of [`LiveRow`], in its order.
const COLUMNS: [&str; 35] = [
    "id",
    "tenant_id",
    "kind",
    "state",
    "category",
    "impact",
    "urgency",
    "priority",
    "requester_id",
    "beneficiary_id",
    "organisation_id",
    "location_id",
    "service_id",
    "line",
    "owner_team_id",
    "team_id",
    "assignee_id",
    "channel",
    "parent_id",
    "resolution_code",
    "created_by",
    "created_at",
    "updated_at",
    "last_customer_at",
    "resolved_at",
    "closed_at",
    "next_due_at",
    "reopen_count",
    "reopen_closed_count",
    "handover_count",
    "team_count",
    "incomplete",
    "confidential",
    "csat",
    "csat_analyst",
];

db::row! {
    /// A ticket without its texts.
    pub(crate) struct LiveRow {
        pub id: TicketId,
        pub tenant: OrganisationId,
        pub kind: String,
        pub state: String,
        pub category: String,
        pub impact: i64,
        pub urgency: i64,
        pub priority: i64,
        pub requester: Option<PersonId>,
        pub beneficiary: Option<PersonId>,
        pub organisation: Option<OrganisationId>,
        pub location: Option<LocationId>,
        pub service: Option<ServiceId>,
        pub line: i64,
        pub owner_team: Option<TeamId>,
        pub team: Option<TeamId>,
        pub assignee: Option<PersonId>,
        pub channel: String,
        pub parent: Option<TicketId>,
        pub resolution_code: Option<String>,
        pub created_by: Option<PersonId>,
        pub created_at: Time,
        pub updated_at: Time,
        pub last_customer_at: Time,
        pub resolved_at: Option<Time>,
        pub closed_at: Option<Time>,
        pub next_due_at: Time,
        pub reopen_count: i64,
        pub reopen_closed_count: i64,
        pub handover_count: i64,
        pub team_count: i64,
        pub incomplete: bool,
        pub confidential: bool,
        pub csat: Option<i64>,
        pub csat_analyst: Option<i64>,
        pub batch: Option<BatchId>,
    }
}

/// A ticket with its tags and with who takes part: id and role.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub row: LiveRow,
    pub tags: Vec<String>,
    pub persons: Vec<(i64, String)>,
    pub teams: Vec<(i64, String)>,
}

/// The next open tickets in the order of their last change, after a place in it.
///
/// # Errors
/// The database refuses.
pub(crate) fn open_after(rd: &mut Rd<'_>, after: (Time, TicketId), limit: i64) -> Result<Vec<(Time, TicketId)>> {
    rd.all(
        sql!(
            (Time, TicketId),
            "SELECT updated_at, id FROM ticket WHERE open = 1 AND (updated_at, id) > ($1, $2) ORDER BY updated_at, id LIMIT $3"
        ),
        &params![after.0, after.1, limit],
    )
}

/// Those of these tickets that are open and not in the trash.
///
/// # Errors
/// The database refuses.
pub(crate) fn sources(rd: &mut Rd<'_>, ids: &[i64]) -> Result<Vec<Source>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids = padded(ids);
    let rows: Vec<LiveRow> = rd.select(
        &Query::select()
            .columns(COLUMNS.iter().map(|c| ("ticket", *c)))
            .column(("ticket", "batch_id"))
            .from("ticket")
            .and_where(Expr::col(("ticket", "id")).is_in(ids.iter().copied()))
            .and_where(Expr::col(("ticket", "open")).eq(1))
            .and_where(Expr::col(("ticket", "trashed")).eq(0))
            .to_owned(),
    )?;
    let mut tags: HashMap<i64, Vec<String>> = HashMap::new();
    for (id, tag) in rd.select::<(i64, String)>(&of("ticket_tag", &["ticket_id", "tag"], &ids))? {
        tags.entry(id).or_default().push(tag);
    }
    let mut persons = roles(rd, &of("ticket_person", &["ticket_id", "person_id", "role"], &ids))?;
    let mut teams = roles(rd, &of("ticket_team", &["ticket_id", "team_id", "role"], &ids))?;
    let source = |row: LiveRow| {
        let id = row.id.raw();
        Source {
            tags: tags.remove(&id).unwrap_or_default(),
            persons: persons.remove(&id).unwrap_or_default(),
            teams: teams.remove(&id).unwrap_or_default(),
            row,
        }
    };
    Ok(rows.into_iter().map(source).collect())
}

fn of(table: &'static str, columns: &[&'static str], ids: &[i64]) -> SelectStatement {
    let mut select = Query::select();
    select.columns(columns.iter().map(|column| (table, *column)));
    select.from(table).and_where(Expr::col((table, "ticket_id")).is_in(ids.iter().copied())).to_owned()
}

fn roles(rd: &mut Rd<'_>, select: &SelectStatement) -> Result<HashMap<i64, Vec<(i64, String)>>> {
    let mut map: HashMap<i64, Vec<(i64, String)>> = HashMap::new();
    for (id, other, role) in rd.select::<(i64, i64, String)>(select)? {
        map.entry(id).or_default().push((other, role));
    }
    Ok(map)
}

/// The last id repeated up to a power of two, so that few texts of statements exist.
fn padded(ids: &[i64]) -> Vec<i64> {
    let mut out = ids.to_vec();
    if let Some(last) = ids.last() {
        out.resize(ids.len().next_power_of_two(), *last);
    }
    out
}

#[cfg(test)]
impl Source {
    /// A ticket of which the number decides everything.
    pub fn sample(n: i64) -> Self {
        let team = Some(TeamId::new(1 + n % 12));
        let row = LiveRow {
            id: TicketId::new(n),
            tenant: OrganisationId::new(1 + n % 3),
            kind: if n % 4 == 0 { "request" } else { "incident" }.to_owned(),
            state: ["new", "progress", "pending"][usize::try_from(n % 3).unwrap_or_default()].to_owned(),
            category: ["new", "active", "waiting"][usize::try_from(n % 3).unwrap_or_default()].to_owned(),
            impact: 1 + n % 4,
            urgency: 1 + n % 3,
            priority: 1 + n % 4,
            requester: Some(PersonId::new(1000 + n * 7919 % 50_000)),
            beneficiary: None,
            organisation: Some(OrganisationId::new(100 + n * 31 % 400)),
            location: Some(LocationId::new(1 + n % 200)),
            service: Some(ServiceId::new(1 + n * 17 % 300)),
            line: 1 + n % 3,
            owner_team: team,
            team,
            assignee: (n % 5 != 0).then(|| PersonId::new(1 + n * 13 % 400)),
            channel: ["mail", "portal", "phone"][usize::try_from(n % 3).unwrap_or_default()].to_owned(),
            parent: None,
            resolution_code: None,
            created_by: Some(PersonId::new(1000 + n * 7919 % 50_000)),
            created_at: Time(1_700_000_000_000_000 + n * 1_000_003),
            updated_at: Time(1_700_000_000_000_000 + n * 1_500_017),
            last_customer_at: Time(1_700_000_000_000_000 + n * 1_200_011),
            resolved_at: None,
            closed_at: None,
            next_due_at: if n % 3 == 0 { Time::NEVER } else { Time(1_700_000_000_000_000 + n * 2_000_003) },
            reopen_count: n % 2,
            reopen_closed_count: 0,
            handover_count: n % 3,
            team_count: 1 + n % 4,
            incomplete: n % 10 == 0,
            confidential: n % 500 == 0,
            csat: None,
            csat_analyst: None,
            batch: None,
        };
        Self { row, tags: vec![format!("tag{}", n * 11 % 300)], persons: vec![(1 + n * 3 % 400, "watcher".to_owned())], teams: Vec::new() }
    }
}
