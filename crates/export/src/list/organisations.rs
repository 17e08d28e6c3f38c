//! Organisations.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use access::{Object, OrganisationFacts, Place, Verb};
use db::Rd;
use i18n::key;
use kernel::{OrganisationId, Page, PageRequest, Result};
use party::store::organisation as rows;
use party::{Organisation, OrganisationKind};

use super::{FOUND, Reading, Rows, own};
use crate::cell::{Cell, Column};

pub const COLUMNS: &[Column] = &[
    Column::new("id", key!("export-id")),
    Column::new("name", key!("people-label")),
    Column::new("kind", key!("people-kind")),
    Column::new("parent", key!("people-parent")),
    Column::new("payer", key!("people-payer")).hidden_as("payer"),
    Column::new("domains", key!("people-domains")).hidden_as("domains"),
    Column::new("lang", key!("people-lang")),
    Column::new("time_zone", key!("people-zone")),
    Column::new("note", key!("people-note")).hidden_as("note"),
    Column::new("active", key!("people-active")),
];

pub fn page(reading: &Reading, rd: &mut Rd<'_>, request: &PageRequest) -> Result<Rows> {
    let (actor, narrow) = (&reading.actor, &reading.asked.narrow);
    let within = actor.organisations(Verb::OrganisationSee).within();
    let page = match reading.words() {
        Some(words) => {
            let mut found = rows::search(rd, &within, words, FOUND)?;
            found.retain(|o| narrow.kind.is_none_or(|kind| kind == o.kind) && narrow.active.is_none_or(|active| active == o.active));
            Page { rows: found, next: None }
        }
        None => rows::page(rd, &within, &rows::Filter { kind: narrow.kind, active: narrow.active, roots: false }, request)?,
    };
    let mut seen = Seen::default();
    let ids: Vec<i64> = page.rows.iter().map(|line| line.id.raw()).collect();
    let found = own::of(reading, rd, &ids)?;
    let mut made = Vec::with_capacity(page.rows.len());
    for line in &page.rows {
        let organisation = rows::get(rd, line.id)?;
        let mut row = Vec::with_capacity(reading.columns.len());
        for column in reading.columns.iter() {
            row.push(match own::beside(reading, (line.id.raw(), organisation.tenant), column, &found) {
                Some(cell) => cell,
                None => cell(reading, rd, &mut seen, &organisation, column)?,
            });
        }
        made.push(row);
    }
    Ok(Rows { rows: made, next: page.next })
}

/// Names of organisations that the reader sees; of others nothing.
#[derive(Default)]
struct Seen(BTreeMap<OrganisationId, Option<String>>);

impl Seen {
    fn name(&mut self, reading: &Reading, rd: &mut Rd<'_>, id: Option<OrganisationId>) -> Result<Cell> {
        let Some(id) = id else { return Ok(Cell::Empty) };
        if let Entry::Vacant(unknown) = self.0.entry(id) {
            let found = rows::get(rd, id)?;
            let facts = OrganisationFacts { tenant: found.tenant, place: Place { id, path: found.path } };
            let sees = reading.actor.organisations(Verb::OrganisationSee).sees(&facts);
            unknown.insert(sees.then_some(found.name));
        }
        Ok(Cell::or(self.0.get(&id).cloned().flatten(), |name| Cell::Named { id: id.raw(), name }))
    }
}

fn cell(reading: &Reading, rd: &mut Rd<'_>, seen: &mut Seen, o: &Organisation, column: &Column) -> Result<Cell> {
    let hidden = reading.actor.hidden_in(Object::Organisation, o.tenant);
    if !column.field().is_empty() && hidden.contains(column.field()) {
        return Ok(Cell::Empty);
    }
    Ok(match column.key.as_ref() {
        "id" => Cell::Number(o.id.raw()),
        "name" => Cell::text(&o.name),
        "kind" => reading.choice(o.kind.key(), kind(o.kind)),
        "parent" => seen.name(reading, rd, o.parent)?,
        "payer" => seen.name(reading, rd, o.payer)?,
        "domains" => Cell::Many(rows::domains(rd, o.id)?),
        "lang" => Cell::or(o.lang, |lang| Cell::text(lang.tag())),
        "time_zone" => Cell::or(o.time_zone.as_deref(), Cell::text),
        "note" => Cell::text(&o.note),
        "active" => Cell::Flag(o.active),
        _ => Cell::Empty,
    })
}

const fn kind(kind: OrganisationKind) -> &'static str {
    match kind {
        OrganisationKind::Internal => key!("people-kind-internal"),
        OrganisationKind::Customer => key!("people-kind-customer"),
        OrganisationKind::Supplier => key!("people-kind-supplier"),
        OrganisationKind::Partner => key!("people-kind-partner"),
    }
}
