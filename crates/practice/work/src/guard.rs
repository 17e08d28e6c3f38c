//! What this slice has against solving a ticket.

use db::Rd;
use kernel::{Error, Result};
use ticket::{Guard, Ticket};

use crate::store::task;
use crate::time_rules::TimeRules;

/// Tasks named in a refusal at most.
const NAMED: usize = 3;

/// The desk asks these before a ticket is solved.
pub const GUARDS: [Guard; 2] = [tasks, time];

/// Tasks that must be done first.
fn tasks(rd: &mut Rd<'_>, ticket: &Ticket) -> Result<Option<Error>> {
    let open = task::blocking(rd, ticket.id)?;
    if open.is_empty() {
        return Ok(None);
    }
    let named = open.iter().take(NAMED).map(|title| title.as_deref().unwrap_or("…")).collect::<Vec<_>>().join("; ");
    Ok(Some(Error::conflict("error-tasks-open").arg("count", open.len()).arg("titles", named)))
}

/// Time, where the kind of the ticket needs it.
fn time(rd: &mut Rd<'_>, ticket: &Ticket) -> Result<Option<Error>> {
    if ticket.spent > 0 {
        return Ok(None);
    }
    let (rules, _) = TimeRules::load(rd)?;
    Ok(rules.required.contains(&ticket.kind).then(|| Error::conflict("error-time-missing")))
}
