//! Time that somebody spent on a ticket: written down, changed, taken away.

use access::Verb;
use db::Tx;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kernel::{Error, Result, TicketId};
use ticket::events::{TicketEvent, TimeDeed};
use ticket::{Frame, Ticket, record};

use super::{inside, require, write};
use crate::length;
use crate::store::entry::{self as rows, Entry, EntryId};
use crate::time_rules::TimeRules;

/// Letters of a comment at most.
const COMMENT: usize = 500;

/// What an entry says, whole: for a new one and for a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spent {
    /// As on a calendar; today when it is empty.
    pub day: String,
    pub minutes: i64,
    /// The key; the first one when it is empty.
    pub activity: String,
    pub billable: bool,
    pub comment: String,
}

/// A ticket on which the actor writes time down.
pub(super) fn logged(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId) -> Result<Ticket> {
    let ticket = inside(tx, frame, id)?;
    require(tx, frame, &ticket, Verb::TicketLogTime)?;
    Ok(ticket)
}

/// Today for the actor.
pub fn today(frame: Frame<'_>) -> Result<Date> {
    let zone = TimeZone::get(&frame.actor.time_zone).unwrap_or(TimeZone::UTC);
    let now = jiff::Timestamp::from_microsecond(frame.act.now.0).map_err(Error::internal)?;
    Ok(now.to_zoned(zone).date())
}

fn checked(tx: &mut Tx<'_>, frame: Frame<'_>, spent: &Spent, before: Option<&Entry>) -> Result<Spent> {
    let today = today(frame)?;
    let day = match spent.day.trim() {
        "" => today,
        typed => typed.parse().map_err(|_| Error::invalid("day", "error-date"))?,
    };
    if day > today.tomorrow().unwrap_or(today) {
        return Err(Error::invalid("day", "error-day-ahead"));
    }
    if !(1..=length::MOST).contains(&spent.minutes) {
        return Err(Error::invalid("minutes", "error-minutes").field_arg("max", length::MOST));
    }
    let (rules, _) = TimeRules::load(tx)?;
    let activity = match spent.activity.as_str() {
        "" => rules.active().next().map(|first| first.key.clone()),
        // What was taken out of use stays where it is.
        key if before.is_some_and(|before| before.activity == key) => Some(key.to_owned()),
        key => rules.active().find(|one| one.key == key).map(|one| one.key.clone()),
    };
    let activity = activity.ok_or_else(|| Error::invalid("activity", "error-choice"))?;
    let comment = spent.comment.split_whitespace().collect::<Vec<_>>().join(" ");
    if comment.chars().count() > COMMENT {
        return Err(Error::invalid("comment", "error-too-long").field_arg("max", COMMENT));
    }
    Ok(Spent { day: day.to_string(), minutes: spent.minutes, activity, billable: spent.billable, comment })
}

/// Writes time down, as of the actor.
///
/// # Errors
/// Not found, forbidden, invalid.
pub fn add(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, spent: &Spent) -> Result<EntryId> {
    let me = frame.person()?;
    let ticket = logged(tx, frame, id)?;
    let spent = checked(tx, frame, spent, None)?;
    let entry = Entry {
        id: tx.next_id()?,
        ticket: ticket.id,
        person: me,
        day: spent.day,
        minutes: spent.minutes,
        activity: spent.activity,
        billable: spent.billable,
        comment_id: if spent.comment.is_empty() { None } else { Some(write(tx, frame, &ticket, &spent.comment)?) },
        comment: None,
        created_at: frame.act.now,
        version: 1,
    };
    rows::insert(tx, &entry)?;
    tell(tx, frame, &ticket, &entry, TimeDeed::Added, entry.minutes)?;
    Ok(entry.id)
}

/// An entry of the actor's own.
fn own(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, entry: EntryId) -> Result<(Ticket, Entry)> {
    let ticket = logged(tx, frame, id)?;
    let entry = rows::get(tx, ticket.id, entry)?;
    if frame.actor.who.persons.contains(&entry.person) { Ok((ticket, entry)) } else { Err(Error::conflict("error-time-others")) }
}

/// Changes an entry of one's own; with a version only from that one.
///
/// # Errors
/// Not found, forbidden, invalid; stale when it has another version by now.
pub fn edit(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, entry: EntryId, version: Option<i64>, spent: &Spent) -> Result<()> {
    let (ticket, before) = own(tx, frame, id, entry)?;
    if version.is_some_and(|version| version != before.version) {
        return Err(Error::new(kernel::ErrorKind::Stale, "error-stale"));
    }
    let spent = checked(tx, frame, spent, Some(&before))?;
    let mut after = Entry { day: spent.day, minutes: spent.minutes, activity: spent.activity, billable: spent.billable, ..before.clone() };
    if before.comment.as_deref().unwrap_or_default() != spent.comment {
        after.comment_id = if spent.comment.is_empty() { None } else { Some(write(tx, frame, &ticket, &spent.comment)?) };
    }
    if after == before {
        return Ok(());
    }
    rows::update(tx, &after)?;
    tell(tx, frame, &ticket, &after, TimeDeed::Changed, after.minutes - before.minutes)
}

/// Takes an entry of one's own away.
///
/// # Errors
/// Not found, forbidden.
pub fn remove(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, entry: EntryId) -> Result<()> {
    let (ticket, entry) = own(tx, frame, id, entry)?;
    rows::remove(tx, entry.id)?;
    tell(tx, frame, &ticket, &entry, TimeDeed::Removed, -entry.minutes)
}

fn tell(tx: &mut Tx<'_>, frame: Frame<'_>, ticket: &Ticket, entry: &Entry, deed: TimeDeed, more: i64) -> Result<()> {
    let event =
        TicketEvent::Timed { entry: entry.id.raw(), deed, minutes: entry.minutes, person: Some(entry.person), comment: entry.comment_id };
    record::timed(tx, frame.act, ticket, more, &event).map(drop)
}
