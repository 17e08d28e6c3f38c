//! `POST /requests/{id}/people`: others who follow a request.

use kernel::{Error, PersonId, TicketId};
use serde::Deserialize;
use ticket::Involvement;
use ticket::actions::involve::{Who, involve, release};
use web_kit::{Form, Path};

use super::comes_back;
use super::request::{Forms, again, back};
use crate::guest::Guest;
use crate::people;

/// What the form says.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    /// A name or an e-mail address.
    #[serde(default)]
    person: String,
}

/// Adds somebody.
///
/// # Errors
/// What cannot be told on the page.
pub async fn add(guest: Guest, Path(id): Path<TicketId>, Form(typed): Form<Typed>) -> web_kit::Result {
    let name = typed.person.trim().to_owned();
    let wanted = name.clone();
    let added = guest.act("portal.watch", None, move |tx, frame| {
        ticket::serve::see(tx, frame, id)?;
        if wanted.is_empty() {
            return Err(Error::invalid("person", "error-required"));
        }
        let person = people::one(tx, frame, &wanted, "person")?;
        involve(tx, frame, id, Who::Person(person), Involvement::Watcher)
    });
    match added.await {
        Ok(_) => Ok(back(id, "added")),
        Err(error) if comes_back(&error) => again(&guest, id, error, Forms { person: name, ..Forms::default() }).await,
        Err(error) => Err(error.into()),
    }
}

/// Takes somebody off.
///
/// # Errors
/// Not found when they do not follow it or it may not be seen.
pub async fn remove(guest: Guest, Path((id, person)): Path<(TicketId, PersonId)>) -> web_kit::Result {
    guest.act("portal.unwatch", None, move |tx, frame| release(tx, frame, id, Who::Person(person), Involvement::Watcher)).await?;
    Ok(back(id, "removed"))
}
