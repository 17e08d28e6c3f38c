//! Counts beside lists: from the live sets where they know, else from the database.

use access::{Actor, Verb};
use db::Rd;
use kernel::{Result, Time};
use query::{Node, Source, Test};

use super::run::{Count, Prepared, count, is_open, prepare};
use crate::Desk;
use crate::live::Wanted;
use crate::store::changed::last_deed;

/// How many tickets a list has: exactly by the live sets, else as [`count`].
///
/// # Errors
/// The database refuses or the deadline passes.
pub fn total(rd: &mut Rd<'_>, desk: &Desk, actor: &Actor, prepared: &Prepared) -> Result<Count> {
    if let Some(wanted) = wanted(prepared) {
        let deed = deed(rd, actor)?;
        let counted = desk.live().counts(&prepared.scope, deed, &[Some(wanted)]);
        if let Some(count) = counted.and_then(|counts| counts.into_iter().next().flatten()) {
            return Ok(exactly(count));
        }
    }
    count(rd, prepared)
}

/// How many there are for each of these filters, never before the actor's own last deed. By the live
/// sets they are as of a moment ago, else as of a few seconds at most. One that is not understood, or
/// that takes too long, has no count.
///
/// # Errors
/// The database refuses.
pub fn counts(rd: &mut Rd<'_>, desk: &Desk, actor: &Actor, texts: &[&str], now: Time) -> Result<Vec<Option<Count>>> {
    let fresh = |rd: &mut Rd<'_>, text: &str| prepare(rd, desk, actor, text, false, now).and_then(|ready| count(rd, &ready)).ok();
    let Some(person) = actor.person else { return Ok(texts.iter().map(|text| fresh(rd, text)).collect()) };
    let deed = deed(rd, actor)?;
    let mut counts = by_sets(rd, desk, actor, texts, deed, now);
    if counts.iter().all(Option::is_some) {
        return Ok(counts);
    }
    let rights = rights(actor);
    let mut known = desk.counted(person, &rights, deed, now);
    for (text, count) in texts.iter().zip(&mut counts).filter(|(_, count)| count.is_none()) {
        *count = known.get(*text).copied().or_else(|| fresh(rd, text));
        // One without a count is tried again the next time.
        known.extend(count.map(|count| ((*text).to_owned(), count)));
    }
    desk.remember(person, rights, deed, now, known);
    Ok(counts)
}

/// What the live sets alone say of each filter; nothing where they do not know.
///
/// # Errors
/// The database refuses.
pub fn live(rd: &mut Rd<'_>, desk: &Desk, actor: &Actor, texts: &[&str], now: Time) -> Result<Vec<Option<Count>>> {
    let deed = deed(rd, actor)?;
    Ok(by_sets(rd, desk, actor, texts, deed, now))
}

fn by_sets(rd: &mut Rd<'_>, desk: &Desk, actor: &Actor, texts: &[&str], deed: (i64, i64), now: Time) -> Vec<Option<Count>> {
    if !desk.live().is_ready() {
        return vec![None; texts.len()];
    }
    let prepared: Vec<Option<Prepared>> = texts.iter().map(|text| prepare(rd, desk, actor, text, false, now).ok()).collect();
    let all: Vec<Option<Wanted<'_>>> = prepared.iter().map(|prepared| prepared.as_ref().and_then(wanted)).collect();
    match desk.live().counts(&actor.tickets(Verb::TicketSee), deed, &all) {
        Some(counts) => counts.into_iter().map(|count| count.map(exactly)).collect(),
        None => vec![None; texts.len()],
    }
}

/// What the live sets are asked for: only lists of open tickets.
fn wanted(prepared: &Prepared) -> Option<Wanted<'_>> {
    let open = finds_open(&prepared.plan.filter);
    open.then(|| Wanted { plan: &prepared.plan, narrower: prepared.inner.iter().chain(&prepared.also).collect() })
}

/// Whether a filter finds open tickets only.
fn finds_open(filter: &Node) -> bool {
    match filter {
        Node::Literal(truth) => !truth,
        Node::All(of) => of.iter().any(finds_open),
        Node::Any(of) => of.iter().all(finds_open),
        Node::Not(_) => false,
        Node::Test(Source::Column(column), Test::Constant(1)) if column == "open" => true,
        category => is_open(category),
    }
}

fn exactly(count: u64) -> Count {
    Count::Exactly(i64::try_from(count).unwrap_or(i64::MAX))
}

/// Transaction and sequence of the last thing that the actor did.
fn deed(rd: &mut Rd<'_>, actor: &Actor) -> Result<(i64, i64)> {
    actor.person.map_or(Ok((0, 0)), |person| last_deed(rd, person))
}

/// What decides about what the actor reaches, as one text. A role that is read anew has a new address.
fn rights(actor: &Actor) -> String {
    let roles: Vec<_> = actor.grants.iter().map(|g| (g.tenant, std::sync::Arc::as_ptr(&g.role) as usize)).collect();
    format!("{:?}", (&actor.kind, roles, &actor.who.persons, &actor.who.witness, &actor.who.teams, &actor.who.organisations))
}
