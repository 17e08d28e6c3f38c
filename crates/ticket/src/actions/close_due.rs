//! Closing what was solved and not objected to in time.

use db::Tx;
use events::Act;
use kernel::{Result, TicketId};

use crate::record::{self, Flags, Set};
use crate::store::ticket as rows;
use crate::{Category, Desk};

/// Closes one solved ticket whose time has come; answers whether it did. The desk itself acts.
///
/// # Errors
/// The database refuses.
pub fn close_due(tx: &mut Tx<'_>, desk: &Desk, act: &Act, id: TicketId) -> Result<bool> {
    let ticket = rows::by_id(tx, id)?;
    let catalogue = desk.catalogue(tx)?;
    let kind = catalogue.kind_of(&ticket)?;
    let closed = kind
        .transitions
        .iter()
        .filter(|t| t.from == ticket.state)
        .filter_map(|t| kind.state(&t.to))
        .find(|s| s.category == Category::Closed);
    match closed {
        Some(closed) if ticket.category == Category::Resolved && ticket.close_due_at <= act.now => {
            record::apply(tx, act, kind, &ticket, &[Set::State(closed.key.clone(), closed.category)], Flags::default())?;
            Ok(true)
        }
        _ => Ok(false),
    }
}
