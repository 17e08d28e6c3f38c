//! Where a person belongs, on their page.

use kernel::{Error, OrganisationId, PersonId};
use web_kit::{Path, Result};

use super::contacts::answer;
use crate::actions::person::membership;
use crate::web::options::{Sort, pick};
use crate::web::{Clerk, Fields};

/// # Errors
/// What cannot be told on the page.
pub async fn begin(clerk: Clerk, Path(id): Path<PersonId>, typed: Fields) -> Result {
    let sent = typed.clone();
    let begun = clerk.act("person.membership", None, move |tx, frame| {
        let organisation: Option<OrganisationId> = pick(tx, frame.actor, Sort::Organisation, &sent, "organisation")?;
        let begin = membership::Begin {
            organisation: organisation.ok_or_else(|| Error::invalid("organisation", "error-required"))?,
            role_title: sent.text("role_title").to_owned(),
            from: None,
            to: None,
            main: sent.is_on("main_one"),
        };
        membership::begin(tx, frame, id, &begin)
    });
    answer(&clerk, id, begun.await, typed, "membership").await
}

/// # Errors
/// What cannot be told on the page.
pub async fn end(clerk: Clerk, Path((id, organisation)): Path<(PersonId, OrganisationId)>) -> Result {
    let ended = clerk.act("person.membership", None, move |tx, frame| membership::end(tx, frame, id, organisation));
    answer(&clerk, id, ended.await, Fields::default(), "membership").await
}
