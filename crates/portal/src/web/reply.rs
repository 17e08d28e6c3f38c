//! `POST /requests/{id}/reply`: an answer, "it is fixed" or "still broken".

use axum::Extension;
use axum::extract::Request;
use db::Tx;
use files::Files;
use kernel::{Error, Result, TicketId};
use ticket::actions::confirm::{confirm, reopen};
use ticket::actions::post::{Post, post};
use ticket::{Frame, MessageKind};
use web_kit::Path;

use super::request::{Forms, again, back};
use super::{comes_back, new, refused, was_sent};
use crate::guest::Guest;
use crate::intake::Posted;

/// What the button says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    Send,
    Confirm,
    Reopen,
}

impl Then {
    fn from_key(key: &str) -> Self {
        match key {
            "confirm" => Then::Confirm,
            "reopen" => Then::Reopen,
            _ => Then::Send,
        }
    }

    const fn done(self) -> &'static str {
        match self {
            Then::Send => "sent",
            Then::Confirm => "confirmed",
            Then::Reopen => "reopened",
        }
    }
}

/// # Errors
/// What cannot be told on the page.
pub async fn send(guest: Guest, Extension(files): Extension<Files>, Path(id): Path<TicketId>, request: Request) -> web_kit::Result {
    let mut posted = Posted::read(&guest, &files, request).await?;
    let then = Then::from_key(posted.text("then"));
    match attempt(&guest, id, then, &mut posted).await {
        Ok(()) => Ok(back(id, then.done())),
        // Too late to open it again: a new request goes on with it, and the words come along.
        Err(error) if error.code() == "error-reopen-late" || (then == Then::Reopen && error.code() == "error-not-solved") => {
            let typed = new::Typed {
                what: posted.text("body").to_owned(),
                kind: posted.text("kind").to_owned(),
                follow: Some(id),
                uploads: posted.uploads.clone(),
                client_id: guest.form_key(),
                ..new::Typed::default()
            };
            let errors = super::words(guest.t(), &error);
            refused(new::form(&guest, typed, errors).await, error)
        }
        // It is not there any more: the words come along to a new one.
        Err(error) if error.code() == "error-trash-gone" => {
            let typed = new::Typed {
                what: posted.text("body").to_owned(),
                uploads: posted.uploads.clone(),
                client_id: guest.form_key(),
                ..new::Typed::default()
            };
            let errors = super::words(guest.t(), &error);
            refused(new::form(&guest, typed, errors).await, error)
        }
        Err(error) if comes_back(&error) => {
            let forms = Forms {
                body: posted.text("body").to_owned(),
                uploads: posted.uploads.clone(),
                client_id: (!was_sent(&error)).then(|| posted.text("client_id").to_owned()),
                ..Forms::default()
            };
            again(&guest, id, error, forms).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn attempt(guest: &Guest, id: TicketId, then: Then, posted: &mut Posted) -> Result<()> {
    posted.checked()?;
    let body = posted.text("body").to_owned();
    if body.trim().is_empty() {
        match then {
            Then::Reopen => return Err(Error::invalid("body", "error-portal-reason")),
            Then::Confirm if posted.uploads.is_empty() => {}
            // Files alone say too little to whoever opens them.
            Then::Confirm | Then::Send => return Err(Error::invalid("body", "error-text-empty")),
        }
    }
    let key = posted.key(guest, "portal.reply")?;
    let (uploads, unmasked) = (posted.uploads.clone(), !posted.text("unmasked").is_empty());
    let message = Post { uploads, unmasked, ..Post::new(MessageKind::Reply, body) };
    guest.act("portal.reply", key, move |tx, frame| answer(tx, frame, id, then, &message)).await
}

fn answer(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, then: Then, message: &Post) -> Result<()> {
    match then {
        Then::Reopen => {
            reopen(tx, frame, id, "")?;
            post(tx, frame, id, message)?;
        }
        Then::Confirm => {
            if !message.body.trim().is_empty() {
                post(tx, frame, id, message)?;
            }
            confirm(tx, frame, id)?;
        }
        Then::Send => {
            post(tx, frame, id, message)?;
        }
    }
    Ok(())
}
