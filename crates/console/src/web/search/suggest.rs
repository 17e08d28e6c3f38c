//! `/desk/search/suggest?q=`: what the box at the top proposes while one types.

use axum::response::IntoResponse as _;
use search::{Ask, Found, Hit, Kind, find};
use serde::{Deserialize, Serialize};
use web_kit::{Query, Result};

use super::hits::{self, Showing};
use crate::web::Agent;
use crate::web::agent::SearchRef;

/// Tickets, and others, at most.
const TICKETS: usize = 5;
const OTHERS: usize = 4;

#[derive(Debug, Clone, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    q: String,
    /// Tickets or people alone.
    of: Option<Only>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Only {
    Tickets,
    People,
}

/// A line of the list below the box.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Line {
    href: String,
    label: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
    /// What it is.
    kind: String,
}

/// The ticket whose number was typed, then tickets and others, what answers best first.
pub async fn suggest(agent: Agent, SearchRef(search): SearchRef, Query(typed): Query<Typed>) -> Result {
    if typed.q.trim().is_empty() {
        return Ok(axum::Json(Vec::<Line>::new()).into_response());
    }
    let (t, now) = (agent.viewer.t.clone(), agent.now());
    let turn = search.turn().await?;
    let lines = agent
        .read("search.suggest", move |rd, frame| {
            let _turn = turn;
            let ask = |kinds: &[Kind], limit| Ask { text: typed.q.clone(), kinds: kinds.to_vec(), limit, prefix: true, ..Ask::default() };
            let others: &[Kind] = match typed.of {
                Some(Only::People) => &[Kind::Person],
                _ => &[Kind::Person, Kind::Organisation, Kind::Team, Kind::Service],
            };
            let mut found = Vec::new();
            if typed.of != Some(Only::People) {
                found.push(find(&search, rd, frame, &ask(&[Kind::Ticket], TICKETS))?);
            }
            if typed.of != Some(Only::Tickets) {
                found.push(find(&search, rd, frame, &ask(others, OTHERS))?);
            }
            let catalogue = frame.desk.catalogue(rd)?;
            let names = party::Names::default();
            let showing = Showing { t: &t, now, actor: frame.actor, catalogue: &catalogue, names: &names };
            let line = |hit: &Hit| {
                let (label, note) = showing.line(hit);
                Line { href: hits::href(hit), label, note, kind: t.msg(hits::kind_name(hit.kind)).into_owned() }
            };
            Ok(merged(found).iter().map(line).collect::<Vec<_>>())
        })
        .await?;
    Ok(axum::Json(lines).into_response())
}

/// All in one list by rank; what was found as typed goes before what was guessed.
fn merged(found: Vec<Found>) -> Vec<Hit> {
    let (mut first, mut rest) = (Vec::new(), Vec::new());
    for found in found {
        let guessed = found.layout.is_some() || found.corrected.is_some();
        let jump = found.jump.as_ref().map(|hit| hit.id);
        rest.extend(found.hits.into_iter().filter(|hit| hit.kind != Kind::Ticket || Some(hit.id) != jump).map(|hit| (guessed, hit)));
        first.extend(found.jump);
    }
    rest.sort_by_key(|(guessed, hit)| (*guessed, hit.rank()));
    first.into_iter().chain(rest.into_iter().map(|(_, hit)| hit)).collect()
}
