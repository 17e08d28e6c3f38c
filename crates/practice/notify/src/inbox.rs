//! What somebody was told, as far as they may still know it.

use std::collections::BTreeSet;

use access::{Actor, Verb};
use db::Rd;
use kernel::{ErrorKind, Page, PageRequest, PersonId, Result, TicketId};
use ticket::serve::{self, Seen};
use ticket::{Frame, store::ticket as rows};

use crate::store::{self, Group, Notice};

/// What one ticket told.
#[derive(Debug, Clone)]
pub struct Told {
    pub seen: Seen,
    /// The newest one.
    pub last: Notice,
    /// Its actor, when the reader may know who it was.
    pub by: Option<PersonId>,
    pub unread: usize,
    /// How many there are, the read ones as well.
    pub count: usize,
    pub muted: bool,
}

/// How many tickets tell something new: only those that the actor may still see count.
///
/// # Errors
/// The database refuses.
pub fn unread(rd: &mut Rd<'_>, actor: &Actor) -> Result<i64> {
    let Some(person) = actor.person else { return Ok(0) };
    let found = store::unread(rd, person)?;
    let ids = |inner: bool| -> BTreeSet<TicketId> { found.iter().filter(|(_, only)| *only == inner).map(|(id, _)| *id).collect() };
    let outer = rows::visible_of(rd, &actor.tickets(Verb::TicketSee), &ids(false))?;
    let inner = rows::visible_of(rd, &actor.tickets(Verb::TicketSee), &ids(true))?;
    let inner = rows::visible_of(rd, &actor.tickets(Verb::TicketSeeInternal), &inner)?;
    Ok(i64::try_from(outer.len() + inner.len()).unwrap_or(i64::MAX))
}

/// A page of what is not done, by ticket, the newest first.
///
/// # Errors
/// The cursor is of another list; the database refuses.
pub fn page(rd: &mut Rd<'_>, frame: Frame<'_>, request: &PageRequest) -> Result<Page<Told>> {
    let person = frame.person()?;
    let limit = usize::try_from(request.limit()).unwrap_or(usize::MAX);
    let mut before = request.after::<i64>()?.unwrap_or(i64::MAX);
    let mut found = Vec::new();
    // What may no longer be seen leaves no gap in a page.
    while found.len() <= limit {
        let groups = store::groups(rd, person, before, request.limit() + 1)?;
        let Some(last) = groups.last() else { break };
        before = last.seq;
        let read = groups.len();
        for group in groups {
            found.extend(told(rd, frame, person, &group)?);
        }
        if i64::try_from(read).unwrap_or(i64::MAX) <= request.limit() {
            break;
        }
    }
    Ok(Page::of(found, request.limit(), |told| told.last.seq))
}

/// What a ticket told somebody; nothing when they may not know it any more.
///
/// # Errors
/// The database refuses.
pub fn of_ticket(rd: &mut Rd<'_>, frame: Frame<'_>, ticket: TicketId) -> Result<Option<Told>> {
    told(rd, frame, frame.person()?, &Group { ticket, seq: 0 })
}

fn told(rd: &mut Rd<'_>, frame: Frame<'_>, person: PersonId, group: &Group) -> Result<Option<Told>> {
    let seen = match serve::see(rd, frame, group.ticket) {
        Ok(seen) => seen,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut notices = store::of_ticket(rd, person, group.ticket)?;
    notices.retain(|notice| seen.inner || !notice.internal);
    let (unread, count) = (notices.iter().filter(|notice| !notice.read).count(), notices.len());
    let Some(last) = notices.into_iter().next() else { return Ok(None) };
    let by = last.actor.filter(|by| serve::names(frame.actor, &seen.ticket, *by));
    let muted = store::is_muted(rd, person, group.ticket)?;
    Ok(Some(Told { seen, by, unread, count, last, muted }))
}
