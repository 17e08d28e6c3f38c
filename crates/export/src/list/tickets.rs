//! Tickets: the rows of the list by number, so that a ticket which changes meanwhile keeps its place.

use std::collections::{BTreeMap, HashMap};

use access::Verb;
use db::Rd;
use i18n::key;
use kernel::{Page, PageRequest, Result, TicketId};
use party::{Names, Wanted};
use settings::field::Values;
use ticket::custom::{self, Shown};
use ticket::fields::{grade_key, grade_label};
use ticket::list::{self, Prepared};
use ticket::{Catalogue, Frame, Ticket, serve, store};

use super::{Reading, Rows, own};
use crate::cell::{Cell, Column};

pub const COLUMNS: &[Column] = &[
    Column::new("number", key!("field-number")),
    Column::new("kind", key!("field-kind")),
    Column::new("title", key!("field-title")),
    Column::new("state", key!("field-state")).hidden_as("state"),
    Column::new("category", key!("field-category")).hidden_as("state"),
    Column::new("impact", key!("field-impact")).hidden_as("impact").inner(),
    Column::new("urgency", key!("field-urgency")).hidden_as("urgency").inner(),
    Column::new("priority", key!("field-priority")).hidden_as("priority").inner(),
    Column::new("requester", key!("field-requester")).hidden_as("requester"),
    Column::new("beneficiary", key!("field-beneficiary")).hidden_as("beneficiary"),
    Column::new("organisation", key!("field-organisation")).hidden_as("organisation"),
    Column::new("location", key!("field-location")).hidden_as("location"),
    Column::new("service", key!("field-service")).hidden_as("service"),
    Column::new("owner_team", key!("field-owner-team")).hidden_as("owner_team").inner(),
    Column::new("team", key!("field-team")).hidden_as("team"),
    Column::new("line", key!("field-line")).hidden_as("team").inner(),
    Column::new("assignee", key!("field-assignee")).hidden_as("assignee"),
    Column::new("channel", key!("field-channel")),
    Column::new("parent", key!("field-parent")).hidden_as("parent").inner(),
    Column::new("tags", key!("field-tags")).hidden_as("tag").inner(),
    Column::new("resolution_code", key!("field-resolution-code")).hidden_as("resolution_code"),
    Column::new("created", key!("field-created")),
    Column::new("updated", key!("field-updated")),
    Column::new("customer", key!("field-customer")),
    Column::new("resolved", key!("export-resolved")).hidden_as("state"),
    Column::new("closed", key!("export-closed")).hidden_as("state"),
    Column::new("reopened", key!("field-reopened")).hidden_as("state"),
    Column::new("handovers", key!("field-handovers")).hidden_as("team").inner(),
    Column::new("csat", key!("field-csat")).hidden_as("csat").inner(),
    Column::new("csat_analyst", key!("field-csat-analyst")).hidden_as("csat").inner(),
    Column::new("incomplete", key!("field-incomplete")).inner(),
];

/// The filter, understood with the rights of now, in the order of numbers.
fn prepared(reading: &Reading, rd: &mut Rd<'_>) -> Result<Prepared> {
    let (desk, actor, asked, now) = (&reading.desk, &reading.actor, &reading.asked, reading.act.now);
    let understood = list::prepare(rd, desk, actor, &asked.q, asked.search, now)?;
    let ordered = understood.query.sorted_by("number", false).to_string();
    Ok(list::prepare(rd, desk, actor, &ordered, asked.search, now)?.narrowed(actor.tickets(Verb::TicketExport)))
}

/// The keys of the fields that the filter asks for.
pub fn fields(reading: &Reading, rd: &mut Rd<'_>) -> Result<Vec<String>> {
    let keys = prepared(reading, rd)?.query.chips().into_iter().map(|chip| chip.key.unwrap_or_else(|| "q".to_owned()));
    let mut keys: Vec<String> = keys.collect();
    keys.sort_unstable();
    keys.dedup();
    Ok(keys)
}

/// What a page of tickets needs beside its rows.
struct Beside {
    catalogue: std::sync::Arc<Catalogue>,
    names: Names,
    tags: HashMap<TicketId, Vec<String>>,
    /// The custom fields that the reader may know of each.
    own: BTreeMap<TicketId, Values>,
}

pub fn page(reading: &Reading, rd: &mut Rd<'_>, request: &PageRequest) -> Result<Rows> {
    let prepared = prepared(reading, rd)?;
    let page = rows(reading, rd, &prepared, request)?;
    let mut wanted = Wanted::default();
    for t in &page.rows {
        wanted.person(t.requester).person(t.beneficiary).person(t.assignee).team(t.team).team(t.owner_team);
        wanted.service(t.service).organisation(t.organisation).location(t.location);
    }
    let ids: Vec<TicketId> = page.rows.iter().map(|t| t.id).collect();
    let tags = if reading.has("tags") { store::involved::tags_of(rd, &ids)? } else { HashMap::new() };
    let inside = list::knows_inside_everywhere(&reading.actor);
    let own = values(reading, rd, &page.rows, inside)?;
    own::wanted(reading, own.values(), &mut wanted);
    let beside = Beside { catalogue: reading.desk.catalogue(rd)?, names: wanted.load(rd)?, tags, own };
    let mut rows = Vec::with_capacity(page.rows.len());
    for ticket in &page.rows {
        let frame = Frame { desk: &reading.desk, actor: &reading.actor, act: &reading.act };
        let inner = inside || serve::may(rd, frame, ticket, Verb::TicketSeeInternal)?;
        let known = |c: &Column| match &c.own {
            Some(def) => own::cell(reading, def, beside.own.get(&ticket.id).and_then(|values| values.get(&def.key)), &beside.names),
            None if c.inner && !inner => Cell::Empty,
            None => cell(reading, &beside, ticket, &c.key),
        };
        rows.push(reading.columns.iter().map(known).collect());
    }
    Ok(Rows { rows, next: page.next })
}

/// The custom fields of tickets, as far as the reader may know them.
fn values(reading: &Reading, rd: &mut Rd<'_>, tickets: &[Ticket], inside: bool) -> Result<BTreeMap<TicketId, Values>> {
    if !reading.columns.iter().any(|c| c.own.is_some()) {
        return Ok(BTreeMap::new());
    }
    let frame = Frame { desk: &reading.desk, actor: &reading.actor, act: &reading.act };
    let mut seen = Vec::with_capacity(tickets.len());
    for ticket in tickets {
        seen.push((ticket, inside || serve::may(rd, frame, ticket, Verb::TicketSeeInternal)?));
    }
    let shown = custom::of_many(rd, frame, &seen)?;
    let of = |shown: Vec<Shown>| shown.into_iter().filter_map(|one| Some((one.def.key, one.value?))).collect();
    Ok(shown.into_iter().map(|(id, shown)| (id, of(shown))).collect())
}

/// By the full text where the list was: each row is one that may be exported.
fn rows(reading: &Reading, rd: &mut Rd<'_>, prepared: &Prepared, request: &PageRequest) -> Result<Page<Ticket>> {
    let Some(search) = reading.asked.full.as_ref().filter(|search| search::list::answers(search, prepared)) else {
        return Ok(list::page(rd, prepared, request)?.page);
    };
    let frame = Frame { desk: &reading.desk, actor: &reading.actor, act: &reading.act };
    let limit = usize::try_from(request.limit()).unwrap_or_default();
    let found = search::list::page(search, rd, frame, prepared, limit, request.cursor.clone())?;
    let mut rows = Vec::with_capacity(found.rows.len());
    for ticket in found.rows {
        if serve::may(rd, frame, &ticket, Verb::TicketExport)? {
            rows.push(ticket);
        }
    }
    Ok(Page { rows, next: found.next })
}

fn cell(reading: &Reading, beside: &Beside, t: &Ticket, key: &str) -> Cell {
    let names = &beside.names;
    let person = |id: Option<kernel::PersonId>| Cell::or(id, |id| Cell::Named { id: id.raw(), name: names.person_name(id).to_owned() });
    let team = |id: Option<kernel::TeamId>| Cell::or(id, |id| Cell::Named { id: id.raw(), name: names.team(id).to_owned() });
    let grade = |field: &str, value: i64| reading.choice(grade_key(field, value), grade_label(field, value));
    let lang = reading.t.lang();
    let kind = beside.catalogue.kind(t.tenant, &t.kind);
    let configured = |key: &str, name: Option<&str>| Cell::Choice { key: key.to_owned(), label: name.unwrap_or(key).to_owned() };
    match key {
        "number" => Cell::text(kind.map_or_else(|| t.id.to_string(), |kind| format!("{}-{}", kind.prefix, t.id))),
        "kind" => configured(&t.kind, kind.map(|kind| kind.names.get(lang))),
        "title" => Cell::text(&t.title),
        "state" => configured(&t.state, kind.and_then(|kind| kind.state(&t.state)).map(|state| state.names.get(lang))),
        "category" => reading.choice(t.category.key(), &format!("category-{}", t.category.key())),
        "impact" => grade("impact", t.impact),
        "urgency" => grade("urgency", t.urgency),
        "priority" => grade("priority", t.priority),
        "requester" => person(t.requester),
        "beneficiary" => person(t.beneficiary),
        "assignee" => person(t.assignee),
        "organisation" => Cell::or(t.organisation, |id| Cell::Named { id: id.raw(), name: names.organisation(id).to_owned() }),
        "location" => Cell::or(t.location, |id| Cell::Named { id: id.raw(), name: names.location(id).to_owned() }),
        "service" => Cell::or(t.service, |id| Cell::Named { id: id.raw(), name: names.service(id).to_owned() }),
        "owner_team" => team(t.owner_team),
        "team" => team(t.team),
        "line" => Cell::Number(t.line),
        "channel" => reading.choice(t.channel.key(), &format!("channel-{}", t.channel.key().replace('_', "-"))),
        "parent" => Cell::or(t.parent, |id| Cell::Number(id.raw())),
        "tags" => Cell::or(beside.tags.get(&t.id), |tags| Cell::Many(tags.clone())),
        "resolution_code" => Cell::or(t.resolution_code.as_deref(), |code| {
            configured(code, beside.catalogue.codes().iter().find(|c| c.key == code).map(|c| c.names.get(lang)))
        }),
        "created" => Cell::At(t.created_at),
        "updated" => Cell::At(t.updated_at),
        "customer" => Cell::At(t.last_customer_at),
        "resolved" => Cell::or(t.resolved_at, Cell::At),
        "closed" => Cell::or(t.closed_at, Cell::At),
        "reopened" => Cell::Number(t.reopen_count),
        "handovers" => Cell::Number(t.handover_count),
        "csat" => Cell::or(t.csat, Cell::Number),
        "csat_analyst" => Cell::or(t.csat_analyst, Cell::Number),
        "incomplete" => Cell::Flag(t.incomplete),
        _ => Cell::Empty,
    }
}
