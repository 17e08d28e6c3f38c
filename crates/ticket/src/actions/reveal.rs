//! Reading what was masked: once, with a reason, and it is told who did.

use access::Verb;
use db::Tx;
use events::Visibility;
use kernel::{Error, Result, TicketId};

use crate::events::TicketEvent;
use crate::rules::text;
use crate::secrets::{knows, sealed_for};
use crate::store::{erased, secret as rows, text as texts};
use crate::{Frame, permit, record};

/// Seconds for which a page shows it.
pub const SHOWN: i64 = 60;

/// Opens a secret of a ticket.
///
/// # Errors
/// Not found when it may not be seen; forbidden without `ticket.reveal`; invalid without a reason; conflict
/// when what it was is not kept, or another key has sealed it.
pub fn reveal(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, place: i64, reason: &str) -> Result<String> {
    let ticket = permit::see(tx, frame, id)?;
    permit::inner(tx, frame, &ticket)?;
    permit::may(tx, frame, &ticket, Verb::TicketReveal)?;
    let catalogue = frame.desk.catalogue(tx)?;
    let secret = rows::get(tx, id, place)?.filter(|secret| knows(frame, &catalogue, &ticket, true, secret)).ok_or_else(Error::not_found)?;
    let reason = text::reason("reason", reason)?;
    let sealed = rows::sealed(tx, id, place)?.ok_or_else(|| Error::conflict("error-secret-gone"))?;
    let opened = frame.desk.sealer().and_then(|sealer| sealer.open(&sealed_for(id, place), &sealed));
    let opened = opened.ok_or_else(|| Error::conflict("error-secret-elsewhere"))?;
    let reason = texts::put(tx, frame.act, ticket.tenant, id, &reason)?;
    erased::note(tx, id, None, false)?;
    let event = TicketEvent::Revealed { secret: place, kind: secret.kind, message: secret.message, reason };
    record::log(tx, frame.act, ticket.tenant, id, &event, Visibility::Internal)?;
    Ok(opened)
}
