//! Tickets like one that is read or being written, with what solved them. Fetched beside the page, which
//! never waits for it.

use askama::Template;
use axum::response::Response;
use i18n::T;
use kernel::TicketId;
use search::{Of, Similar, alike, similar};
use serde::Deserialize;
use ticket::{Catalogue, serve};
use ui::Chrome;
use web_kit::{Path, Query, Result};

use super::Agent;
use super::agent::SearchRef;
use crate::words;

/// Of each list at most.
const MOST: usize = 5;
/// Letters of a subject from which on it says something.
const SHORTEST: usize = 4;

/// A ticket that is alike.
pub struct Alike {
    id: i64,
    number: String,
    title: String,
    category: &'static str,
    state: String,
    /// The report that solved it.
    answer: String,
}

#[derive(Template)]
#[template(path = "console/similar.html", blocks = ["main"])]
struct SimilarPage {
    t: T,
    chrome: Chrome,
    back: String,
    alike: Vec<Alike>,
}

/// `/desk/tickets/{number}/similar`
pub async fn of_ticket(agent: Agent, SearchRef(search): SearchRef, Path(id): Path<TicketId>) -> Result {
    let t = agent.viewer.t.clone();
    let turn = search.turn().await?;
    let (number, alike) = agent
        .read("similar", move |rd, frame| {
            let _turn = turn;
            let seen = serve::see(rd, frame, id)?;
            let catalogue = frame.desk.catalogue(rd)?;
            let found = similar(&search, rd, frame, &Of::Ticket(id), MOST)?;
            Ok((words::number_of(&catalogue, &seen.ticket), found.into_iter().map(|one| shown(&t, &catalogue, one)).collect()))
        })
        .await?;
    let t = agent.viewer.t.clone();
    let chrome = agent.chrome(format!("{} - {number}", t.msg("search-similar")));
    let page = SimilarPage { t, chrome, back: format!("/desk/tickets/{id}"), alike };
    let response: Response = web_kit::page!(agent.viewer, page, as_main)?;
    Ok(response)
}

fn shown(t: &T, catalogue: &Catalogue, one: Similar) -> Alike {
    Alike {
        id: one.ticket.id.raw(),
        number: words::number_of(catalogue, &one.ticket),
        category: one.ticket.category.key(),
        state: words::state_name(t, catalogue, &one.ticket),
        title: one.ticket.title,
        answer: one.resolution.unwrap_or_default(),
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
pub struct Draft {
    #[serde(default)]
    title: String,
    #[serde(default)]
    description: String,
}

#[derive(Template)]
#[template(path = "console/similar_draft.html")]
struct DraftPart {
    t: T,
    open: Vec<Alike>,
    solved: Vec<Alike>,
}

/// `/desk/new/similar?title=&description=`: what is open already, and what solved the same before.
pub async fn of_draft(agent: Agent, SearchRef(search): SearchRef, Query(draft): Query<Draft>) -> Result {
    let (t, short) = (agent.viewer.t.clone(), draft.title.trim().chars().count() < SHORTEST);
    let of = Of::Draft { title: draft.title, text: draft.description };
    let (open, solved) = if short {
        (Vec::new(), Vec::new())
    } else {
        let t = t.clone();
        let turn = search.turn().await?;
        agent
            .read("similar.draft", move |rd, frame| {
                let _turn = turn;
                let catalogue = frame.desk.catalogue(rd)?;
                let (mut open, mut solved) = (Vec::new(), Vec::new());
                // Which of two lists one stands in tells its state.
                if frame.actor.hidden(access::Object::Ticket).contains("state") {
                    return Ok((open, solved));
                }
                for one in alike(&search, rd, frame, &of)? {
                    if one.ticket.is_open() && open.len() < MOST {
                        open.push(shown(&t, &catalogue, one));
                    } else if one.resolution.is_some() && solved.len() < MOST {
                        solved.push(shown(&t, &catalogue, one));
                    }
                }
                Ok((open, solved))
            })
            .await?
    };
    web_kit::html(DraftPart { t, open, solved }.render())
}
