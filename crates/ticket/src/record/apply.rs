//! Changing properties: one event for all that changed together.

use db::Tx;
use events::{Act, By, Visibility};
use kernel::{Result, Time};
use settings::field::{Object, Value};

use super::set::custom as typed;
use super::{Set, log};
use crate::custom::Custom;
use crate::events::{Change, Ended, Handover, TicketEvent, Worth, reopens};
use crate::store::{handover, passage, seen, text, ticket as rows};
use crate::{Category, KindDef, Ticket};

/// What the caller knows about a change beside its values.
#[derive(Debug, Clone, Copy, Default)]
pub struct Flags {
    /// The requester said that it is fixed.
    pub confirmed: bool,
    /// Why it goes to somebody else.
    pub handover: Option<Handover>,
    /// It takes back what an earlier event did.
    pub undoes: Option<Undoes>,
    /// Nothing new for anybody: it does not count as activity, nor move the ticket in lists.
    pub quiet: bool,
}

/// An event that is taken back.
#[derive(Debug, Clone, Copy)]
pub struct Undoes {
    pub event: i64,
    /// It had opened the ticket again.
    pub reopened: bool,
    /// When the ticket had ended before it.
    pub ended: Option<Ended>,
}

/// What a change did.
#[derive(Debug, Clone)]
pub struct Applied {
    pub ticket: Ticket,
    /// Nothing when every value was there already.
    pub changes: Vec<Change>,
    /// The event that says so.
    pub event: Option<i64>,
}

/// Sets properties of a ticket as it was read in this transaction.
///
/// # Errors
/// The database refuses; conflict when the row moved since it was read.
pub fn apply(tx: &mut Tx<'_>, act: &Act, kind: &KindDef, before: &Ticket, sets: &[Set], flags: Flags) -> Result<Applied> {
    let mut after = before.clone();
    let changes = put(tx, act, before, &mut after, sets)?;
    if changes.is_empty() {
        return Ok(Applied { ticket: after, changes, event: None });
    }
    let reopened = flags.undoes.is_none() && reopens(before.category, after.category);
    if before.state != after.state {
        match flags.undoes {
            Some(undoes) => return_state(tx, act, kind, before, &mut after, undoes)?,
            None => note_state(tx, act, kind, before, &mut after, reopened)?,
        }
    }
    if before.team != after.team && before.team.is_some() && after.team.is_some() {
        after.handover_count = (after.handover_count + if flags.undoes.is_some() { -1 } else { 1 }).max(0);
    }
    after.version += 1;
    if !flags.quiet {
        after.activity += 1;
        after.updated_at = after.updated_at.max(act.occurred);
    }
    if before.state != after.state || before.team != after.team || before.assignee != after.assignee {
        passage::enter(tx, &after, act.occurred)?;
        if before.team != after.team {
            after.team_count = passage::teams(tx, after.id)?;
        }
    }
    rows::update(tx, before, &after)?;
    if let Some(given) = after.assignee.filter(|one| before.assignee != Some(*one) && act.by != By::Person(one.raw())) {
        seen::forget(tx, given, after.id)?;
    }
    let Flags { confirmed, handover: reason, undoes, .. } = flags;
    let undoes = undoes.map(|undoes| undoes.event);
    let (version, changed) = (after.version, changes.clone());
    let ended = ended(before).filter(|_| before.state != after.state);
    let event = TicketEvent::Changed { version, changes: changed, reopened, confirmed, handover: reason, undoes, ended };
    let seq = log(tx, act, after.tenant, after.id, &event, Visibility::Public)?;
    if let Some(reason) = reason {
        handover::insert(tx, act, before, &after, seq, reason.reason)?;
    }
    if let Some(undone) = undoes {
        handover::forget(tx, after.id, undone)?;
    }
    Ok(Applied { ticket: after, changes, event: Some(seq) })
}

/// Writes the values into the row and answers which of them differ.
fn put(tx: &mut Tx<'_>, act: &Act, before: &Ticket, after: &mut Ticket, sets: &[Set]) -> Result<Vec<Change>> {
    let mut changes = Vec::new();
    for set in sets {
        let (from, to) = match (set, set.worth(after)) {
            (_, Some((from, to))) => (from, to),
            (Set::Title(title), None) if *title == after.title => continue,
            (Set::Title(title), None) => {
                let old = text::put(tx, act, before.tenant, before.id, &after.title)?;
                (Worth::Text(old), Worth::Text(text::put(tx, act, before.tenant, before.id, title)?))
            }
            (Set::ResolutionReport(report), None) => {
                let id = text::put(tx, act, before.tenant, before.id, report)?;
                let old = after.resolution_text.replace(id);
                (old.map_or(Worth::None, Worth::Text), Worth::Text(id))
            }
            (Set::Custom(custom), None) if custom.from != custom.to => {
                (written(tx, act, before, custom.from.as_ref())?, written(tx, act, before, custom.to.as_ref())?)
            }
            (Set::Recast(custom, was), None) => recast(tx, act, before, custom, was)?,
            _ => continue,
        };
        if from == to {
            continue;
        }
        set.put(after);
        if let Set::Custom(custom) | Set::Recast(custom, _) = set {
            store(tx, before, custom)?;
        }
        changes.push(Change { field: set.field().to_owned(), from, to });
    }
    Ok(changes)
}

fn store(tx: &mut Tx<'_>, t: &Ticket, custom: &Custom) -> Result<()> {
    settings::values::put(tx, t.tenant.raw(), Object::Ticket, t.id.raw(), &custom.key, custom.to.as_ref())
}

/// What stood in a custom field, kept where it can be erased.
fn written(tx: &mut Tx<'_>, act: &Act, t: &Ticket, value: Option<&Value>) -> Result<Worth> {
    match value {
        Some(Value::Text(body)) => Ok(Worth::Text(text::put(tx, act, t.tenant, t.id, body)?)),
        _ => Ok(Worth::None),
    }
}

/// What stood in a field of another type in words, unless the new value is the same text.
fn recast(tx: &mut Tx<'_>, act: &Act, t: &Ticket, custom: &Custom, was: &str) -> Result<(Worth, Worth)> {
    let same = matches!(&custom.to, Some(Value::Text(text)) if text == was);
    let from = if same { Worth::None } else { Worth::Text(text::put(tx, act, t.tenant, t.id, was)?) };
    let to = match &custom.to {
        Some(Value::Text(body)) => Worth::Text(text::put(tx, act, t.tenant, t.id, body)?),
        value => typed(custom.ty, value.as_ref()),
    };
    Ok((from, to))
}

/// The times and counts that follow from a new state.
fn note_state(tx: &mut Tx<'_>, act: &Act, kind: &KindDef, before: &Ticket, after: &mut Ticket, reopened: bool) -> Result<()> {
    let at = act.occurred;
    if reopened {
        after.reopen_count += 1;
        if was_closed(tx, before)? {
            after.reopen_closed_count += 1;
        }
        after.resolved_at = None;
        after.closed_at = None;
    }
    if !after.is_open() && (before.is_open() || after.resolved_at.is_none()) {
        after.resolved_at = Some(at);
    }
    if matches!(after.category, Category::Closed | Category::Cancelled) {
        after.closed_at = Some(at);
    }
    after.close_due_at = close_due(kind, after.category, at);
    Ok(())
}

/// When a ticket that is over ended.
fn ended(t: &Ticket) -> Option<Ended> {
    (!t.is_open()).then_some(Ended { resolved_at: t.resolved_at, closed_at: t.closed_at, close_due_at: t.close_due_at })
}

fn was_closed(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<bool> {
    Ok(ticket.category == Category::Closed || passage::was_in(tx, ticket.id, Category::Closed)?)
}

/// The times and counts of a state that comes back: as if it had not been left.
fn return_state(tx: &mut Tx<'_>, act: &Act, kind: &KindDef, before: &Ticket, after: &mut Ticket, undoes: Undoes) -> Result<()> {
    if undoes.reopened {
        after.reopen_count = (after.reopen_count - 1).max(0);
        if was_closed(tx, before)? {
            after.reopen_closed_count = (after.reopen_closed_count - 1).max(0);
        }
    }
    let ended = undoes.ended.filter(|_| !after.is_open());
    after.resolved_at = ended.and_then(|ended| ended.resolved_at);
    after.closed_at = ended.and_then(|ended| ended.closed_at);
    after.close_due_at = ended.map_or_else(|| close_due(kind, after.category, act.occurred), |ended| ended.close_due_at);
    Ok(())
}

/// When a ticket that entered a category at a moment closes by itself.
pub(crate) fn close_due(kind: &KindDef, category: Category, at: Time) -> Time {
    if category == Category::Resolved && kind.close_after_days > 0 { at.plus(kind.close_after_days * Time::DAY) } else { Time::NEVER }
}
