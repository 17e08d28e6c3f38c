//! The ways to a ticket that do not say which side one is on.

use axum::response::{IntoResponse as _, Redirect};
use kernel::{Error, TicketId};
use ticket::{serve, store};
use web_kit::{Path, Result};

use super::{Agent, Anybody};
use crate::words::read_number;

/// `/desk`: the lists are where the day begins.
pub async fn desk(_agent: Agent) -> Result {
    Ok(Redirect::to("/desk/tickets").into_response())
}

/// `/t/{number}`: the link that can be given to anybody. It knows the present number, and the
/// numbers of systems that tickets came from.
pub async fn universal(Anybody(agent): Anybody, Path(number): Path<String>) -> Result {
    let (id, inner) = agent
        .read_bounded("ticket.universal", move |rd, frame| {
            let mut candidates: Vec<TicketId> = read_number(&number).into_iter().collect();
            candidates.extend(store::reference::find_any(rd, &number)?);
            for id in candidates {
                match serve::see(rd, frame, id) {
                    Ok(seen) => {
                        // A number leads to where its ticket goes on, when the reader may go there.
                        let whole = serve::goes_on_in(rd, frame, &seen.ticket)?.filter(|whole| whole.inner == seen.inner);
                        let seen = whole.unwrap_or(seen);
                        return Ok((seen.ticket.id, seen.inner));
                    }
                    Err(error) if error.kind() == kernel::ErrorKind::NotFound => {}
                    Err(error) => return Err(error),
                }
            }
            Err(Error::not_found())
        })
        .await?;
    let place = if inner { format!("/desk/tickets/{id}") } else { format!("/requests/{id}") };
    Ok(Redirect::to(&place).into_response())
}
