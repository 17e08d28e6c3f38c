//! `/desk/suggest/{what}?q=`: what the fields suggest while one types, within what the reader may see.

use access::{Verb, known};
use axum::response::IntoResponse as _;
use db::Rd;
use kernel::{Error, PageRequest, PersonId, ServiceId};
use party::store;
use serde::{Deserialize, Serialize};
use ticket::{Frame, list, serve};
use web_kit::{Path, Query, Result};

use super::Agent;
use crate::words;

/// Suggestions at most; the field shows eight.
const MOST: u32 = 8;

#[derive(Debug, Clone, Default, Deserialize)]
pub struct Ask {
    #[serde(default)]
    q: String,
}

/// An option of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Suggestion {
    value: String,
    label: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
}

pub async fn suggest(agent: Agent, Path(what): Path<String>, Query(ask): Query<Ask>) -> Result {
    let t = agent.viewer.t.clone();
    let found = agent
        .read("suggest", move |rd, frame| match what.as_str() {
            "persons" => persons(rd, frame, Verb::PersonSee, &ask.q),
            "requesters" => persons(rd, frame, Verb::TicketCreate, &ask.q),
            "workers" => workers(rd, frame, &ask.q),
            "teams" => teams(rd, frame, &t, &ask.q),
            "services" => services(rd, frame, &ask.q),
            "organisations" => organisations(rd, frame, &ask.q),
            "locations" => locations(rd, frame, &ask.q),
            "tickets" => tickets(rd, frame, &t, &ask.q),
            _ => Err(Error::not_found()),
        })
        .await?;
    Ok(axum::Json(found).into_response())
}

fn first() -> PageRequest {
    PageRequest { limit: Some(MOST), cursor: None }
}

fn line(person: party::PersonLine) -> Suggestion {
    let parts = [person.organisation_name, person.email.or(person.phone)];
    let note = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    Suggestion { value: person.id.to_string(), label: person.name, note }
}

fn persons(rd: &mut Rd<'_>, frame: Frame<'_>, verb: Verb, text: &str) -> kernel::Result<Vec<Suggestion>> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let found = known::search(rd, frame.actor, &frame.actor.persons(verb).within(), text, 24)?;
    Ok(found.into_iter().filter(|p| p.active).take(MOST as usize).map(line).collect())
}

/// Those who can be given work: without a word oneself and one's own teams.
fn workers(rd: &mut Rd<'_>, frame: Frame<'_>, text: &str) -> kernel::Result<Vec<Suggestion>> {
    let mut found: Vec<Suggestion> = Vec::new();
    if text.trim().is_empty() {
        let me = frame.person()?;
        let mut ids: Vec<PersonId> = vec![me];
        for team in &frame.actor.who.teams {
            ids.extend(store::team::members(rd, *team)?.into_iter().filter(|m| m.active && m.person != me).map(|m| m.person));
        }
        ids.dedup();
        let scope = frame.actor.persons(Verb::PersonSee);
        for id in ids.into_iter().take(MOST as usize) {
            if id == me || scope.reaches(rd, id)? {
                found.push(line(known::line(frame.actor, store::person::line(rd, id)?)));
            }
        }
        return Ok(found);
    }
    for person in known::search(rd, frame.actor, &frame.actor.persons(Verb::PersonSee).within(), text, 24)? {
        let teams = store::team::of_person(rd, person.id)?;
        if person.active && !teams.is_empty() {
            let note = teams.into_iter().map(|t| t.name).collect::<Vec<_>>().join(", ");
            found.push(Suggestion { value: person.id.to_string(), label: person.name, note });
        }
    }
    found.truncate(MOST as usize);
    Ok(found)
}

fn teams(rd: &mut Rd<'_>, frame: Frame<'_>, t: &i18n::T, text: &str) -> kernel::Result<Vec<Suggestion>> {
    let within = frame.actor.teams(Verb::TeamSee).within();
    let found = if text.trim().is_empty() {
        store::team::page(rd, &within, &first())?.rows
    } else {
        store::team::search(rd, &within, text, MOST.into())?
    };
    let team = |x: party::Team| Suggestion {
        value: x.id.to_string(),
        label: x.name,
        note: t.with("console-line", &[("line", i18n::Arg::from(x.line.to_string()))]),
    };
    Ok(found.into_iter().filter(|x| x.active).map(team).collect())
}

fn services(rd: &mut Rd<'_>, frame: Frame<'_>, text: &str) -> kernel::Result<Vec<Suggestion>> {
    let within = frame.actor.services(Verb::ServiceSee).within();
    let live = Some(party::ServiceState::Live);
    let found = if text.trim().is_empty() {
        store::service::page(rd, &within, live, &first())?.rows
    } else {
        store::service::search(rd, &within, text, MOST.into())?
    };
    let mut wanted = party::Wanted::default();
    for service in &found {
        for above in above(service) {
            wanted.service(above);
        }
    }
    let names = wanted.load(rd)?;
    let service = |x: party::Service| {
        let way: Vec<&str> = above(&x).map(|id| names.service(id)).filter(|n| !n.is_empty()).collect();
        Suggestion { value: x.id.to_string(), note: way.join(" › "), label: x.name }
    };
    Ok(found.into_iter().filter(|x| x.active).map(service).collect())
}

/// The services above one, from the root: its path names them.
fn above(service: &party::Service) -> impl Iterator<Item = ServiceId> {
    let own = service.id;
    service.path.split('/').filter_map(|part| part.parse().ok()).filter(move |id| *id != own)
}

fn organisations(rd: &mut Rd<'_>, frame: Frame<'_>, text: &str) -> kernel::Result<Vec<Suggestion>> {
    let within = frame.actor.organisations(Verb::OrganisationSee).within();
    let found = store::organisation::search(rd, &within, text, MOST.into())?;
    Ok(found.into_iter().filter(|x| x.active).map(|x| Suggestion { value: x.id.to_string(), label: x.name, note: String::new() }).collect())
}

fn locations(rd: &mut Rd<'_>, frame: Frame<'_>, text: &str) -> kernel::Result<Vec<Suggestion>> {
    let within = frame.actor.locations(Verb::LocationSee).within();
    let found = if text.trim().is_empty() {
        store::location::page(rd, &within, &first())?.rows
    } else {
        store::location::search(rd, &within, text, MOST.into())?
    };
    Ok(found.into_iter().map(|x| Suggestion { value: x.id.to_string(), label: x.name, note: String::new() }).collect())
}

/// By number, by words of the subject, or one's own when nothing is typed.
fn tickets(rd: &mut Rd<'_>, frame: Frame<'_>, t: &i18n::T, text: &str) -> kernel::Result<Vec<Suggestion>> {
    let mut found = Vec::new();
    if let Some(id) = words::read_number(text)
        && let Ok(seen) = serve::see(rd, frame, id)
    {
        found.push(seen.ticket);
    }
    let filter = if text.trim().is_empty() { "is:mine is:open sort:-updated" } else { text };
    if let Ok(prepared) = list::prepare(rd, frame.desk, frame.actor, filter, true, frame.act.now) {
        let named = found.first().map(|x: &ticket::Ticket| x.id);
        found.extend(list::page(rd, &prepared, &first())?.page.rows.into_iter().filter(|x| Some(x.id) != named));
    }
    let catalogue = frame.desk.catalogue(rd)?;
    let ticket = |x: ticket::Ticket| {
        let number = words::number_of(&catalogue, &x);
        Suggestion { value: x.id.to_string(), note: words::state_name(t, &catalogue, &x), label: format!("{number} {}", x.title) }
    };
    Ok(found.into_iter().take(MOST as usize).map(ticket).collect())
}
