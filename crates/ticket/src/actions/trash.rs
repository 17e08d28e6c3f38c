//! The trash: a ticket that is there is seen by nobody but whoever may bring it back, and is removed for good
//! when its days are over.

use access::Verb;
use db::Tx;
use events::Act;
use kernel::{Error, Result, TicketId};

use crate::record::{self, Flags, Set};
use crate::store::{merge, purge, ticket as rows};
use crate::trash::{self, Rules};
use crate::{Desk, Frame, Ticket, permit};

/// The reason on the tombstones.
const REASON: &str = "trash";
/// Children that are let go at a time.
const CHILDREN: i64 = 200;

/// Moves a ticket to the trash, as it is.
///
/// # Errors
/// Not found or forbidden by the rights; conflict when it was merged with another one.
pub fn discard(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId) -> Result<()> {
    let ticket = permit::see(tx, frame, id)?;
    permit::inner(tx, frame, &ticket)?;
    permit::may(tx, frame, &ticket, Verb::TicketDelete)?;
    // What the other one shows of it would go with it.
    if merge::of(tx, id)?.is_some() || !merge::parts(tx, id)?.is_empty() {
        return Err(Error::conflict("error-trash-merged"));
    }
    record::trash(tx, frame.act, &ticket, true)
}

/// Brings a ticket back from the trash, as it was.
///
/// # Errors
/// Not found unless it is in the trash and the actor may bring it back.
pub fn restore(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId) -> Result<Ticket> {
    let ticket = trash::find(tx, frame, id)?;
    record::trash(tx, frame.act, &ticket, false)?;
    rows::by_id(tx, id)
}

/// Removes a ticket in the trash for good, before its time.
///
/// # Errors
/// Not found unless it is in the trash and the actor may bring it back; forbidden without the right to remove it.
pub fn remove(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId) -> Result<()> {
    let ticket = trash::find(tx, frame, id)?;
    if !trash::reaches(tx, frame, &ticket, Verb::TicketPurge)? {
        return Err(Error::forbidden().arg("verb", Verb::TicketPurge));
    }
    purge_it(tx, frame.desk, frame.act, &ticket)
}

/// Removes a ticket for good if its days in the trash are over: for the job.
pub(crate) fn remove_due(tx: &mut Tx<'_>, desk: &Desk, act: &Act, id: TicketId) -> Result<bool> {
    let days = Rules::load(tx)?.days;
    // Somebody may have brought it back, or given it more days, meanwhile.
    let due = crate::store::trash::since(tx, id)?.is_some_and(|since| since.at <= act.now.plus(-days * kernel::Time::DAY));
    if due {
        let ticket = rows::by_id(tx, id)?;
        purge_it(tx, desk, act, &ticket)?;
    }
    Ok(due)
}

fn purge_it(tx: &mut Tx<'_>, desk: &Desk, act: &Act, ticket: &Ticket) -> Result<()> {
    let catalogue = desk.catalogue(tx)?;
    loop {
        let children = rows::all_children(tx, ticket.id, CHILDREN)?;
        if children.is_empty() {
            break;
        }
        for id in children {
            let child = rows::by_id(tx, id)?;
            record::apply(tx, act, catalogue.kind_of(&child)?, &child, &[Set::Parent(None)], Flags::default())?;
        }
    }
    purge::remove(tx, act, ticket.tenant, ticket.id, REASON)
}

/// Says how many days tickets stay in the trash, of the whole installation.
///
/// # Errors
/// Forbidden without the right to change its settings; invalid unless 1 to 3650.
pub fn keep(tx: &mut Tx<'_>, frame: Frame<'_>, days: i64) -> Result<()> {
    frame.actor.require(Verb::SettingsEdit, party::SHARED)?;
    Rules::save(tx, frame.act, days)
}
