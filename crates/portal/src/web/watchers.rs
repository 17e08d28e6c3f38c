//! `POST /requests/{id}/people`: others who follow a request.

use kernel::{Error, PersonId, TicketId};
use serde::Deserialize;
use ticket::Involvement;
use ticket::actions::involve::{Who, involve, release};
use web_kit::{Form, Path};

use super::comes_back;
use super::request::{Forms, again, back};
use crate::guest::Guest;
use crate::people::{self, Found};

/// What the form says.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    /// A name or an e-mail address.
    #[serde(default)]
    person: String,
    /// Who was chosen among several of that name.
    #[serde(default)]
    id: Option<PersonId>,
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
        let person = match typed.id {
            Some(id) => id,
            None if wanted.is_empty() => return Err(Error::invalid("person", "error-required")),
            None => people::one(tx, frame, &wanted, "person")?,
        };
        involve(tx, frame, id, Who::Person(person), Involvement::Watcher)
    });
    match added.await {
        Ok(_) => Ok(back(id, "added")),
        Err(error) if comes_back(&error) => {
            let typed = name.clone();
            let several = match guest.read("portal.people", move |rd, frame| people::find(rd, frame, &typed)).await? {
                Found::Several(choices) => choices,
                Found::One(_) | Found::Nobody => Vec::new(),
            };
            again(&guest, id, error, Forms { person: name, several, ..Forms::default() }).await
        }
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
