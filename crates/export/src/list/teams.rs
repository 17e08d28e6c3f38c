//! Teams.

use access::{Object, Verb};
use db::Rd;
use i18n::key;
use kernel::{Page, PageRequest, Result};
use party::store::team as rows;
use party::{Names, Team, Wanted};

use super::{FOUND, Reading, Rows};
use crate::cell::{Cell, Column};

pub const COLUMNS: &[Column] = &[
    Column::new("id", key!("export-id")),
    Column::new("key", key!("people-key")),
    Column::new("name", key!("people-label")),
    Column::new("line", key!("people-line")),
    Column::new("lead", key!("people-lead")).hidden_as("lead"),
    Column::new("note", key!("people-note")).hidden_as("note"),
    Column::new("active", key!("people-active")),
];

pub fn page(reading: &Reading, rd: &mut Rd<'_>, request: &PageRequest) -> Result<Rows> {
    let within = reading.actor.teams(Verb::TeamSee).within();
    let page = match reading.words() {
        Some(words) => Page { rows: rows::search(rd, &within, words, FOUND)?, next: None },
        None => rows::page(rd, &within, request)?,
    };
    let mut wanted = Wanted::default();
    for team in &page.rows {
        wanted.person(team.lead);
    }
    let names = wanted.load(rd)?;
    Ok(Rows::of(page, |team| {
        let hidden = reading.actor.hidden_in(Object::Team, team.tenant);
        reading.columns.iter().map(|c| if hidden.contains(c.field()) { Cell::Empty } else { cell(team, &names, &c.key) }).collect()
    }))
}

fn cell(team: &Team, names: &Names, key: &str) -> Cell {
    match key {
        "id" => Cell::Number(team.id.raw()),
        "key" => Cell::text(&team.key),
        "name" => Cell::text(&team.name),
        "line" => Cell::Number(team.line),
        "lead" => Cell::or(team.lead, |id| Cell::Named { id: id.raw(), name: names.person_name(id).to_owned() }),
        "note" => Cell::text(&team.note),
        "active" => Cell::Flag(team.active),
        _ => Cell::Empty,
    }
}
