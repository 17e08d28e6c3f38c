//! What is in the trash, for whoever may bring it back.

use access::Verb;
use db::{Rd, Tx};
use events::Act;
use kernel::{Error, ErrorKind, Page, PageRequest, PersonId, Result, TicketId, Time};
use party::{Names, Wanted};
use serde::{Deserialize, Serialize};

use crate::store::{ticket as rows, trash as store};
use crate::{Frame, Ticket, facts_of, permit};

/// The settings kind of the rules.
pub const KIND: &str = "trash";
const KEY: &str = "default";
/// Days that tickets stay when nobody has said otherwise.
const DAYS: i64 = 30;
const MOST_DAYS: i64 = 3650;

/// How long tickets stay in the trash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    pub days: i64,
}

impl Rules {
    /// The rules as they are.
    ///
    /// # Errors
    /// The database refuses, or what is stored cannot be read.
    pub fn load(rd: &mut Rd<'_>) -> Result<Self> {
        match settings::get(rd, party::SHARED.raw(), KIND, KEY)? {
            Some(row) => serde_json::from_str(&row.data).map_err(Error::internal),
            None => Ok(Self { days: DAYS }),
        }
    }

    pub(crate) fn save(tx: &mut Tx<'_>, act: &Act, days: i64) -> Result<()> {
        if !(1..=MOST_DAYS).contains(&days) {
            return Err(Error::invalid("days", "error-trash-days"));
        }
        let tenant = party::SHARED.raw();
        let before = settings::get(tx, tenant, KIND, KEY)?.map_or(0, |row| row.version);
        settings::put(tx, act, tenant, KIND, KEY, before, &Self { days }).map(drop)
    }
}

/// A ticket in the trash.
#[derive(Debug, Clone)]
pub struct Trashed {
    pub ticket: Ticket,
    /// Who moved it there; nobody for the desk itself.
    pub by: Option<PersonId>,
    pub at: Time,
    /// When it is removed for good.
    pub until: Time,
    /// The actor may remove it at once.
    pub removes: bool,
}

/// A page of the trash.
#[derive(Debug, Clone)]
pub struct Listed {
    pub page: Page<Trashed>,
    pub names: Names,
    pub days: i64,
}

/// What the actor may bring back, the newest first.
///
/// # Errors
/// The cursor is of another list; the database refuses.
pub fn list(rd: &mut Rd<'_>, frame: Frame<'_>, request: &PageRequest) -> Result<Listed> {
    let days = Rules::load(rd)?.days;
    let scopes = [Verb::TicketSee, Verb::TicketSeeInternal, Verb::TicketDelete].map(|verb| frame.actor.tickets(verb).in_trash());
    let found = store::page(rd, &scopes, request)?;
    let mut wanted = Wanted::default();
    let mut rows = Vec::with_capacity(found.rows.len());
    for (ticket, since) in found.rows {
        let trashed = trashed(rd, frame, ticket, since, days)?;
        wanted.person(trashed.by).person(trashed.ticket.requester);
        rows.push(trashed);
    }
    Ok(Listed { page: Page { rows, next: found.next }, names: wanted.load(rd)?, days })
}

fn trashed(rd: &mut Rd<'_>, frame: Frame<'_>, ticket: Ticket, since: store::Since, days: i64) -> Result<Trashed> {
    let removes = reaches(rd, frame, &ticket, Verb::TicketPurge)?;
    let by = (since.by > 0).then(|| PersonId::new(since.by));
    Ok(Trashed { ticket, by, at: since.at, until: since.at.plus(days * Time::DAY), removes })
}

/// One of it.
///
/// # Errors
/// Not found unless it is in the trash and the actor may bring it back.
pub fn one(rd: &mut Rd<'_>, frame: Frame<'_>, id: TicketId) -> Result<Trashed> {
    let ticket = find(rd, frame, id)?;
    let since = store::since(rd, id)?.ok_or_else(Error::not_found)?;
    let days = Rules::load(rd)?.days;
    trashed(rd, frame, ticket, since, days)
}

pub(crate) fn find(rd: &mut Rd<'_>, frame: Frame<'_>, id: TicketId) -> Result<Ticket> {
    let ticket = rows::visible(rd, &frame.actor.tickets(Verb::TicketSee).in_trash(), id)?;
    for verb in [Verb::TicketSeeInternal, Verb::TicketDelete] {
        if !reaches(rd, frame, &ticket, verb)? {
            return Err(Error::not_found());
        }
    }
    Ok(ticket)
}

pub(crate) fn reaches(rd: &mut Rd<'_>, frame: Frame<'_>, ticket: &Ticket, verb: Verb) -> Result<bool> {
    let scope = frame.actor.tickets(verb).in_trash();
    Ok(!scope.is_nothing() && scope.sees(&facts_of(rd, ticket)?))
}

/// Whether a ticket is in the trash that the actor would see from within the desk, were it not there: who follows the
/// log is told that it went there, and nothing more.
///
/// # Errors
/// The database refuses.
pub fn went(rd: &mut Rd<'_>, frame: Frame<'_>, id: TicketId) -> Result<Option<Ticket>> {
    match rows::visible(rd, &frame.actor.tickets(Verb::TicketSee).in_trash(), id) {
        Ok(ticket) if reaches(rd, frame, &ticket, Verb::TicketSeeInternal)? => Ok(Some(ticket)),
        Ok(_) => Ok(None),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The answer to whoever writes to a ticket that is not found: its requester, who had it open, reads that it is
/// gone; everybody else what they read of a number that never was.
pub(crate) fn tell(rd: &mut Rd<'_>, frame: Frame<'_>, id: TicketId, error: Error) -> Error {
    if error.kind() != ErrorKind::NotFound {
        return error;
    }
    match rows::visible(rd, &frame.actor.tickets(Verb::TicketSee).in_trash(), id) {
        Ok(ticket) if permit::is_requester(frame, &ticket) => Error::conflict("error-trash-gone"),
        _ => error,
    }
}
