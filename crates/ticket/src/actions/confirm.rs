//! The requester's word on a solved ticket: "it is fixed" closes it, "still broken" takes it up again.

use db::Tx;
use kernel::{Error, Result, TicketId};

use crate::actions::change::{Base, Patch, change};
use crate::actions::post::{Post, post};
use crate::catalogue::Taker;
use crate::{Category, Frame, MessageKind, Ticket, permit};

/// It is fixed: the ticket closes.
///
/// # Errors
/// Conflict when it is not solved.
pub fn confirm(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId) -> Result<Ticket> {
    let to = target(tx, frame, id, Category::Closed)?;
    change(tx, frame, id, Base::Latest, &Patch { state: Some(to), confirmed: true, ..Patch::default() })
}

/// It is still broken: the ticket is open again, with what the requester says.
///
/// # Errors
/// Conflict when it is not solved, or too long ago.
pub fn reopen(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, reason: &str) -> Result<Ticket> {
    let to = target(tx, frame, id, Category::Active)?;
    let patch = Patch { state: Some(to), ..Patch::default() };
    if reason.trim().is_empty() {
        return change(tx, frame, id, Base::Latest, &patch);
    }
    let mut message = Post::new(MessageKind::Reply, reason);
    message.with = patch;
    post(tx, frame, id, &message).map(|(_, ticket)| ticket)
}

/// The state of a category that the requester may go to from here.
fn target(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, category: Category) -> Result<String> {
    let ticket = permit::see(tx, frame, id)?;
    let catalogue = frame.desk.catalogue(tx)?;
    let kind = catalogue.kind_of(&ticket)?;
    let staff = permit::is_staff_on(tx, frame, &ticket)?;
    kind.transitions
        .iter()
        .filter(|t| t.from == ticket.state && (staff || t.by.contains(&Taker::Requester)))
        .filter_map(|t| kind.state(&t.to))
        .find(|s| s.category == category)
        .filter(|_| !ticket.is_open())
        .map(|s| s.key.clone())
        .ok_or_else(|| Error::conflict("error-not-solved"))
}
