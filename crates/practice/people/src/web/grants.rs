//! The roles that a person holds, on their page.

use kernel::{Error, PersonId};
use party::TenantId;
use web_kit::{Fail, Path, Result};

use super::people::show::{Forms, build};
use super::{Clerk, Fields, Told, comes_back, done, errors, refused};
use crate::actions::role::{grant as granting, revoke as revoking};

fn place(typed: &Fields) -> kernel::Result<TenantId> {
    typed.id("tenant")?.ok_or_else(|| Error::invalid("tenant", "error-required"))
}

/// # Errors
/// What cannot be told on the page.
pub async fn grant(clerk: Clerk, Path(id): Path<PersonId>, typed: Fields) -> Result {
    let sent = typed.clone();
    let granted = clerk.act("role.grant", None, move |tx, frame| granting::grant(tx, frame, id, sent.text("role"), place(&sent)?)).await;
    answer(&clerk, id, granted.map(drop), typed, "granted").await
}

/// # Errors
/// What cannot be told on the page.
pub async fn revoke(clerk: Clerk, Path(id): Path<PersonId>, typed: Fields) -> Result {
    let sent = typed.clone();
    let revoked = clerk.act("role.revoke", None, move |tx, frame| revoking::revoke(tx, frame, id, sent.text("role"), place(&sent)?)).await;
    answer(&clerk, id, revoked, Fields::default(), "revoked").await
}

async fn answer(clerk: &Clerk, id: PersonId, result: kernel::Result<()>, typed: Fields, what: &str) -> Result {
    match result {
        Ok(()) => Ok(done(&format!("/desk/people/{id}"), what)),
        Err(error) if comes_back(&error) => {
            let forms = Forms { typed, errors: errors(&clerk.viewer.t, &error), open: "grant" };
            refused(build(clerk, id, forms, &Told::default()).await, error)
        }
        Err(error) => Err(Fail::from(error)),
    }
}
