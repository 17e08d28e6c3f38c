//! People.

use std::collections::HashMap;

use access::{Object, Verb, known};
use db::Rd;
use i18n::key;
use kernel::{Error, Page, PageRequest, PersonId, Result};
use party::store::person::{self as rows, Filter};
use party::{Names, Person, PersonLine, Wanted, Within};
use sea_query::Condition;

use super::{FOUND, Reading, Rows, own};
use crate::cell::{Cell, Column};

pub const COLUMNS: &[Column] = &[
    Column::new("id", key!("export-id")),
    Column::new("name", key!("people-name")),
    Column::new("email", key!("people-email")).hidden_as("addresses"),
    Column::new("phone", key!("people-phone")).hidden_as("addresses"),
    Column::new("title", key!("people-title")).hidden_as("title"),
    Column::new("organisation", key!("people-org")).hidden_as("memberships"),
    Column::new("location", key!("people-location")).hidden_as("location"),
    Column::new("lang", key!("people-lang")).hidden_as("lang"),
    Column::new("time_zone", key!("people-zone")).hidden_as("time_zone"),
    Column::new("vip", key!("people-vip")).hidden_as("vip"),
    Column::new("note", key!("people-note")).hidden_as("note"),
    Column::new("active", key!("people-active")),
];

/// What the line of a list does not have.
const MORE: [&str; 4] = ["location", "lang", "time_zone", "note"];

pub fn page(reading: &Reading, rd: &mut Rd<'_>, request: &PageRequest) -> Result<Rows> {
    let (actor, narrow) = (&reading.actor, &reading.asked.narrow);
    let hidden = actor.hidden(Object::Person);
    if narrow.vip.is_some() && hidden.contains("vip") {
        return Err(Error::invalid("vip", "error-unknown-field"));
    }
    if narrow.organisation.is_some() && hidden.contains("memberships") {
        return Err(Error::invalid("organisation", "error-unknown-field"));
    }
    let organisation = match narrow.organisation {
        Some(id) => Some(actor.organisations(Verb::OrganisationSee).get(rd, id)?.path),
        None => None,
    };
    let filter = Filter { active: narrow.active, vip: narrow.vip, organisation };
    let (seen, taken) = (actor.persons(Verb::PersonSee).within(), actor.persons(Verb::PersonExport).within());
    let within = Within { tenants: taken.tenants, condition: Condition::all().add(seen.condition).add(taken.condition) };
    let page = match reading.words() {
        Some(words) => {
            Page { rows: known::search(rd, actor, &rows::narrowed(within, &filter, reading.act.now), words, FOUND)?, next: None }
        }
        None => rows::page(rd, &within, &filter, reading.act.now, request)?.map(|line| known::line(actor, line)),
    };
    let whole = whole(reading, rd, &page.rows)?;
    let mut wanted = Wanted::default();
    for person in whole.values() {
        wanted.location(person.location);
    }
    let names = wanted.load(rd)?;
    let ids: Vec<i64> = page.rows.iter().map(|line| line.id.raw()).collect();
    let found = own::of(reading, rd, &ids)?;
    let one = |line: &PersonLine, c: &Column| {
        own::beside(reading, (line.id.raw(), line.tenant), c, &found).unwrap_or_else(|| cell(line, whole.get(&line.id), &names, &c.key))
    };
    Ok(Rows::of(page, |line| reading.columns.iter().map(|c| one(line, c)).collect()))
}

/// The persons of lines, as the reader may know them; none when no column needs them.
fn whole(reading: &Reading, rd: &mut Rd<'_>, lines: &[PersonLine]) -> Result<HashMap<PersonId, Person>> {
    if !MORE.iter().any(|key| reading.has(key)) {
        return Ok(HashMap::new());
    }
    let ids: Vec<PersonId> = lines.iter().map(|line| line.id).collect();
    Ok(rows::of_ids(rd, &ids)?.into_iter().map(|person| (person.id, known::person(&reading.actor, person))).collect())
}

fn cell(line: &PersonLine, person: Option<&Person>, names: &Names, key: &str) -> Cell {
    let text = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::text(text) };
    match key {
        "id" => Cell::Number(line.id.raw()),
        "name" => Cell::text(&line.name),
        "email" => Cell::or(line.email.as_deref(), Cell::text),
        "phone" => Cell::or(line.phone.as_deref(), Cell::text),
        "title" => text(&line.title),
        "organisation" => {
            Cell::or(line.organisation, |id| Cell::Named { id: id.raw(), name: line.organisation_name.clone().unwrap_or_default() })
        }
        "location" => Cell::or(person.and_then(|p| p.location), |id| Cell::Named { id: id.raw(), name: names.location(id).to_owned() }),
        "lang" => Cell::or(person.and_then(|p| p.lang), |lang| Cell::text(lang.tag())),
        "time_zone" => Cell::or(person.and_then(|p| p.time_zone.as_deref()), Cell::text),
        "vip" => Cell::Flag(line.vip),
        "note" => Cell::or(person.map(|p| p.note.as_str()), text),
        "active" => Cell::Flag(line.active),
        _ => Cell::Empty,
    }
}
