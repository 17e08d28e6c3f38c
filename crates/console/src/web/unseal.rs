//! `/desk/unseal`: seeing a confidential ticket that one is not named on, with a reason.

use askama::Template;
use axum::response::{IntoResponse as _, Redirect, Response};
use i18n::T;
use kernel::{Error, ErrorKind, TicketId};
use ticket::actions;
use ui::{Chrome, FormErrors};
use web_kit::Result;

use super::{Agent, Fields, comes_back, errors, refused};
use crate::words::read_number;

#[derive(Template)]
#[template(path = "console/unseal.html", blocks = ["main"])]
struct UnsealPage {
    t: T,
    chrome: Chrome,
    errors: FormErrors,
    number: String,
    reason: String,
}

pub async fn show(agent: Agent) -> Result {
    page(&agent, &Fields::default(), FormErrors::new())
}

pub async fn send(agent: Agent, fields: Fields) -> Result {
    match run(&agent, &fields).await {
        Ok(id) => Ok(Redirect::to(&format!("/desk/tickets/{id}")).into_response()),
        // The form names the ticket: which one is not there is told beside its field.
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let error = Error::invalid("number", "error-unseal-none");
            Ok(refused(page(&agent, &fields, errors(&agent.viewer.t, &error))?, &error))
        }
        Err(error) if comes_back(&error) => Ok(refused(page(&agent, &fields, errors(&agent.viewer.t, &error))?, &error)),
        Err(error) => Err(error.into()),
    }
}

async fn run(agent: &Agent, fields: &Fields) -> kernel::Result<TicketId> {
    let id = read_number(fields.text("number")).ok_or_else(Error::not_found)?;
    let reason = fields.text("reason").to_owned();
    agent.act("ticket.unseal", None, move |tx, frame| actions::unseal::unseal(tx, frame, id, &reason)).await?;
    Ok(id)
}

fn page(agent: &Agent, fields: &Fields, errors: FormErrors) -> Result<Response> {
    let t = agent.viewer.t.clone();
    let page = UnsealPage {
        chrome: agent.chrome(t.msg("console-unseal")),
        number: fields.text("number").to_owned(),
        reason: fields.text("reason").to_owned(),
        errors,
        t,
    };
    web_kit::page!(agent.viewer, page, as_main)
}
