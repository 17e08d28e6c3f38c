//! The addresses on the page of a person.

use kernel::{Error, PersonId};
use party::{AddressKind, NewAddress};
use web_kit::{Fail, Path, Result};

use super::show::{Forms, build};
use crate::actions::person::address;
use crate::web::{Clerk, Fields, Told, comes_back, done, errors, refused};

fn kind(typed: &Fields) -> kernel::Result<AddressKind> {
    AddressKind::from_key(typed.text("kind")).ok_or_else(|| Error::invalid("kind", "error-choice"))
}

/// # Errors
/// What cannot be told on the page.
pub async fn add(clerk: Clerk, Path(id): Path<PersonId>, typed: Fields) -> Result {
    let sent = typed.clone();
    let added = clerk.act("person.address", None, move |tx, frame| {
        let new = NewAddress { kind: kind(&sent)?, value: sent.text("address").to_owned(), verified_at: None, main: sent.is_on("main") };
        address::add(tx, frame, id, &new)
    });
    answer(&clerk, id, added.await, typed, "contact").await
}

/// # Errors
/// What cannot be told on the page.
pub async fn remove(clerk: Clerk, Path(id): Path<PersonId>, typed: Fields) -> Result {
    let sent = typed.clone();
    let removed = clerk.act("person.address", None, move |tx, frame| address::remove(tx, frame, id, kind(&sent)?, sent.text("address")));
    answer(&clerk, id, removed.await, Fields::default(), "contact").await
}

/// Back to the person, or the page with the form that was refused.
pub(crate) async fn answer(clerk: &Clerk, id: PersonId, result: kernel::Result<PersonId>, typed: Fields, open: &'static str) -> Result {
    match result {
        Ok(id) => Ok(done(&format!("/desk/people/{id}"), "saved")),
        Err(error) if comes_back(&error) => {
            let forms = Forms { typed, errors: errors(&clerk.viewer.t, &error), open };
            refused(build(clerk, id, forms, &Told::default()).await, error)
        }
        Err(error) => Err(Fail::from(error)),
    }
}
