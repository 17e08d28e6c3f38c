//! Services and locations: trees, with the name of what each stands below.

use access::{Object, Verb};
use db::Rd;
use i18n::key;
use kernel::{Page, PageRequest, Result};
use party::store::{location, service};
use party::{Location, Names, Service, ServiceState, Wanted};
use ticket::fields::{grade_key, grade_label};

use super::{FOUND, Reading, Rows, own};
use crate::cell::{Cell, Column};

pub const SERVICES: &[Column] = &[
    Column::new("id", key!("export-id")),
    Column::new("key", key!("people-key")),
    Column::new("name", key!("people-label")),
    Column::new("parent", key!("people-parent")),
    Column::new("state", key!("people-state")),
    Column::new("owner", key!("people-owner")).hidden_as("owner"),
    Column::new("team", key!("people-team")).hidden_as("team"),
    Column::new("impact", key!("people-impact")).hidden_as("impact"),
    Column::new("description", key!("people-description")),
    Column::new("active", key!("people-active")),
];

pub const LOCATIONS: &[Column] = &[
    Column::new("id", key!("export-id")),
    Column::new("name", key!("people-label")),
    Column::new("parent", key!("people-parent")),
    Column::new("address", key!("people-address")),
    Column::new("time_zone", key!("people-zone")),
    Column::new("active", key!("people-active")),
];

pub fn services(reading: &Reading, rd: &mut Rd<'_>, request: &PageRequest) -> Result<Rows> {
    let within = reading.actor.services(Verb::ServiceSee).within();
    let state = reading.asked.narrow.state;
    let page = match reading.words() {
        Some(words) => {
            let mut found = service::search(rd, &within, words, FOUND)?;
            found.retain(|s| state.is_none_or(|state| state == s.state));
            Page { rows: found, next: None }
        }
        None => service::page(rd, &within, state, request)?,
    };
    let mut wanted = Wanted::default();
    for s in &page.rows {
        wanted.person(s.owner).team(s.team).service(s.parent);
    }
    let names = wanted.load(rd)?;
    let ids: Vec<i64> = page.rows.iter().map(|s| s.id.raw()).collect();
    let found = own::of(reading, rd, &ids)?;
    let one = |s: &Service, c: &Column| match own::beside(reading, (s.id.raw(), s.tenant), c, &found) {
        Some(cell) => cell,
        None if reading.actor.hidden_in(Object::Service, s.tenant).contains(c.field()) => Cell::Empty,
        None => of_service(reading, s, &names, &c.key),
    };
    Ok(Rows::of(page, |s| reading.columns.iter().map(|c| one(s, c)).collect()))
}

fn of_service(reading: &Reading, s: &Service, names: &Names, key: &str) -> Cell {
    match key {
        "id" => Cell::Number(s.id.raw()),
        "key" => Cell::text(&s.key),
        "name" => Cell::text(&s.name),
        "parent" => Cell::or(s.parent, |id| Cell::Named { id: id.raw(), name: names.service(id).to_owned() }),
        "state" => reading.choice(s.state.key(), state(s.state)),
        "owner" => Cell::or(s.owner, |id| Cell::Named { id: id.raw(), name: names.person_name(id).to_owned() }),
        "team" => Cell::or(s.team, |id| Cell::Named { id: id.raw(), name: names.team(id).to_owned() }),
        "impact" => Cell::or(s.impact, |impact| reading.choice(grade_key("impact", impact), grade_label("impact", impact))),
        "description" => Cell::text(&s.description),
        "active" => Cell::Flag(s.active),
        _ => Cell::Empty,
    }
}

const fn state(state: ServiceState) -> &'static str {
    match state {
        ServiceState::Proposed => key!("people-service-proposed"),
        ServiceState::Live => key!("people-service-live"),
        ServiceState::Retired => key!("people-service-retired"),
    }
}

pub fn locations(reading: &Reading, rd: &mut Rd<'_>, request: &PageRequest) -> Result<Rows> {
    let within = reading.actor.locations(Verb::LocationSee).within();
    let page = match reading.words() {
        Some(words) => Page { rows: location::search(rd, &within, words, FOUND)?, next: None },
        None => location::page(rd, &within, request)?,
    };
    let mut wanted = Wanted::default();
    for l in &page.rows {
        wanted.location(l.parent);
    }
    let names = wanted.load(rd)?;
    Ok(Rows::of(page, |l| reading.columns.iter().map(|c| of_location(l, &names, &c.key)).collect()))
}

fn of_location(l: &Location, names: &Names, key: &str) -> Cell {
    match key {
        "id" => Cell::Number(l.id.raw()),
        "name" => Cell::text(&l.name),
        "parent" => Cell::or(l.parent, |id| Cell::Named { id: id.raw(), name: names.location(id).to_owned() }),
        "address" => Cell::text(&l.address),
        "time_zone" => Cell::or(l.time_zone.as_deref(), Cell::text),
        "active" => Cell::Flag(l.active),
        _ => Cell::Empty,
    }
}
