//! `/desk/people/{id}/erase`: what would go, and the button.

use std::sync::Arc;

use access::Verb;
use askama::Template;
use axum::extract::State;
use i18n::{T, key};
use kernel::{Error, ErrorKind, PersonId};
use serde::Deserialize;
use ui::{Chrome, FormErrors};
use web_kit::{App, Fail, Form, Path, Result, Side, Viewer, page, see_other};

use crate::actions::{self, Preview};

#[derive(Template)]
#[template(path = "privacy/erase.html", blocks = ["main"])]
struct ErasePage {
    t: T,
    chrome: Chrome,
    id: i64,
    name: String,
    /// What would go, or has gone, with how much of it.
    facts: Vec<(String, String)>,
    running: bool,
    done: bool,
    reason: String,
    errors: FormErrors,
}

/// What stands in place of a name.
pub(crate) fn stand_in(t: &T, id: PersonId) -> String {
    t.with("privacy-stand-in", &[("id", id.raw().into())])
}

/// # Errors
/// Not found when the person is not seen; forbidden without `person.erase`.
pub async fn show(State(app): State<App>, viewer: Viewer, Path(id): Path<PersonId>) -> Result {
    form(&app, &viewer, id, String::new(), FormErrors::new()).await
}

async fn form(app: &App, viewer: &Viewer, id: PersonId, reason: String, errors: FormErrors) -> Result {
    if !viewer.actor.is_staff() {
        return Err(Error::not_found().into());
    }
    let actor = Arc::clone(&viewer.actor);
    let found = app.db.read("person.erasure", move |rd| actions::preview(rd, &actor, id)).await?;
    let t = viewer.t.clone();
    let made = ErasePage {
        chrome: viewer.chrome(app, Side::Console, t.msg("privacy-erase")),
        id: found.person.id.raw(),
        name: found.person.name.clone(),
        running: found.begun.as_ref().is_some_and(|erasure| erasure.finished.is_none()),
        done: found.begun.as_ref().is_some_and(|erasure| erasure.finished.is_some()),
        facts: facts(&t, &found),
        reason,
        errors,
        t,
    };
    page!(viewer, made, as_main)
}

fn facts(t: &T, found: &Preview) -> Vec<(String, String)> {
    let tickets = (key!("privacy-tickets"), found.tickets);
    let counted = match &found.begun {
        Some(gone) => {
            vec![
                (key!("privacy-messages"), gone.messages),
                (key!("privacy-texts"), gone.texts),
                (key!("privacy-files"), gone.files),
                tickets,
            ]
        }
        None => vec![
            (key!("privacy-messages"), found.messages),
            (key!("privacy-files"), found.files),
            (key!("privacy-addresses"), found.addresses),
            (key!("privacy-organisations"), found.organisations),
            (key!("privacy-teams"), found.teams),
            (key!("privacy-roles"), found.roles),
            tickets,
        ],
    };
    counted.into_iter().map(|(label, count)| (t.msg(label).into_owned(), t.number(count))).collect()
}

/// What the form sends.
#[derive(Debug, Deserialize)]
pub struct Sent {
    #[serde(default)]
    reason: String,
    /// The box that says that it cannot be taken back.
    #[serde(default)]
    sure: String,
}

/// # Errors
/// What cannot be told on the form.
pub async fn send(State(app): State<App>, viewer: Viewer, Path(id): Path<PersonId>, Form(sent): Form<Sent>) -> Result {
    if !viewer.actor.may_anywhere(Verb::PersonErase) {
        return Err(Error::forbidden().into());
    }
    let (actor, act) = (Arc::clone(&viewer.actor), viewer.act(&app)?);
    let (reason, name, sure) = (sent.reason.clone(), stand_in(&viewer.t, id), !sent.sure.is_empty());
    let done = app.db.write("person.erase", move |tx| {
        // Whom one may not erase is told before what is missing on the form.
        actions::preview(tx, &actor, id)?;
        if !sure {
            return Err(Error::invalid("sure", "error-required"));
        }
        actions::erase(tx, &actor, &act, id, &reason, &name)
    });
    match done.await {
        Ok(()) => Ok(see_other(&format!("/desk/people/{id}/erase"))),
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let t = &viewer.t;
            let mut errors = FormErrors::new();
            for field in error.fields() {
                errors.push(field.field.to_string(), t.field_error(field));
            }
            if errors.is_empty() {
                errors.push("", t.error(&error));
            }
            let mut response = form(&app, &viewer, id, sent.reason, errors).await?;
            *response.status_mut() = Fail::from(error).status();
            Ok(response)
        }
        Err(error) => Err(Fail::from(error)),
    }
}
