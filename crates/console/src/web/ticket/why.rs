//! `/desk/tickets/{number}/why`: why somebody sees a ticket, or does not.

use access::Verb;
use askama::Template;
use i18n::T;
use kernel::{Error, TicketId};
use serde::Deserialize;
use ticket::{serve, why};
use ui::{Chrome, FormErrors};
use web_kit::{Path, Query, Result};

use crate::web::named::Named;
use crate::web::{Agent, Fields, errors, refused};

#[derive(Template)]
#[template(path = "console/why.html", blocks = ["main"])]
struct WhyPage {
    t: T,
    chrome: Chrome,
    errors: FormErrors,
    id: TicketId,
    title: String,
    person: String,
    person_text: String,
    granted: bool,
    /// The answer and what it rests on; empty before anybody is chosen.
    words: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub struct Ask {
    #[serde(default)]
    person: String,
    #[serde(default)]
    person_text: String,
}

pub async fn show(agent: Agent, Path(id): Path<TicketId>, Query(ask): Query<Ask>) -> Result {
    let fields = Fields(vec![("person".into(), ask.person.clone()), ("person_text".into(), ask.person_text.clone())]);
    let asked = !ask.person.is_empty() || !ask.person_text.is_empty();
    // An address that names somebody by id alone has no words.
    let named = if ask.person_text.is_empty() { Fields(vec![("person".into(), ask.person.clone())]) } else { fields };
    let (title, found) = agent
        .read_bounded("ticket.why", move |rd, frame| {
            let seen = serve::see(rd, frame, id)?;
            if !serve::may(rd, frame, &seen.ticket, Verb::TicketExplain)? {
                return Err(Error::forbidden().arg("verb", Verb::TicketExplain));
            }
            if !asked {
                return Ok((seen.ticket.title, None));
            }
            let person = Named::of(&named, "person").and_then(|named| named.unwrap_or_default().person(rd, frame, Verb::PersonSee));
            let person = person.and_then(|id| id.ok_or_else(|| Error::invalid("person", "error-choice")));
            Ok((seen.ticket.title, Some(person.and_then(|person| why::explain(rd, frame, id, person)))))
        })
        .await?;
    let t = agent.viewer.t.clone();
    let mut page = WhyPage {
        chrome: agent.chrome(t.msg("console-why")),
        errors: FormErrors::new(),
        id,
        title,
        person: ask.person,
        person_text: ask.person_text,
        granted: false,
        words: Vec::new(),
        t,
    };
    match found {
        None => {}
        Some(Ok(explained)) => {
            page.words = explained.words(&page.t);
            page.granted = explained.is_granted();
            page.person = explained.person.id.to_string();
            page.person_text = explained.person.name;
        }
        Some(Err(error)) => {
            let error = if error.kind() == kernel::ErrorKind::NotFound { Error::invalid("person", "error-choice") } else { error };
            page.errors = errors(&page.t, &error);
            return Ok(refused(web_kit::page!(agent.viewer, page, as_main)?, &error));
        }
    }
    web_kit::page!(agent.viewer, page, as_main)
}
