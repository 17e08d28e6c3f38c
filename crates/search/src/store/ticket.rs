//! Tickets with all that is found of them.

use std::collections::HashMap;

use db::{Rd, Row};
use kernel::Result;
use sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use ticket::Ticket;
use ticket::store::ticket::COLUMNS;

use super::{padded, text};

/// Bytes of texts that are read at once: of one ticket it may be more.
const AT_ONCE: i64 = 1 << 20;
/// Names of files that are read of many tickets at once.
const MOST_FILES: u64 = 20_000;

/// A ticket with what hangs on it.
#[derive(Debug, Clone)]
pub struct Source {
    pub ticket: Ticket,
    pub resolution: Option<String>,
    /// Whether it is public, and the text: of messages and of names of files.
    pub texts: Vec<(bool, String)>,
    pub tags: Vec<String>,
    /// Person and role.
    pub persons: Vec<(i64, String)>,
    pub teams: Vec<(i64, String)>,
    /// State and team of each stay.
    pub stays: Vec<(String, Option<i64>)>,
    /// Numbers in other systems.
    pub numbers: Vec<String>,
}

/// The first tickets of these ids, as far as they exist, and how many ids were read: fewer when their
/// texts are long.
///
/// # Errors
/// The database refuses.
pub fn sources(rd: &mut Rd<'_>, ids: &[i64]) -> Result<(usize, Vec<Source>)> {
    if ids.is_empty() {
        return Ok((0, Vec::new()));
    }
    let conversations = text::conversations(rd, ids)?;
    let mut room = AT_ONCE;
    let fits = |id: &&i64| {
        let before = room;
        room -= conversations.get(*id).map_or(0, |messages| messages.iter().map(|message| message.bytes).sum());
        before == AT_ONCE || room >= 0
    };
    let read = ids.iter().take_while(fits).count();
    let ids = ids.get(..read).unwrap_or_default();
    let messages: Vec<i64> = ids.iter().filter_map(|id| conversations.get(id)).flatten().map(|message| message.id).collect();
    let bodies = text::bodies(rd, &messages)?;
    let rows: Vec<Ticket> = rd.select(&rows(ids))?;
    let mut resolutions: HashMap<i64, String> = resolutions(rd, &rows)?;
    let mut files = files(rd, ids)?;
    let mut tags = grouped(rd, &of_ticket("ticket_tag", &["ticket_id", "tag"], ids), |(id, tag): (i64, String)| Some((id, tag)))?;
    let mut persons = grouped(rd, &of_ticket("ticket_person", &["ticket_id", "person_id", "role"], ids), tied)?;
    let mut teams = grouped(rd, &of_ticket("ticket_team", &["ticket_id", "team_id", "role"], ids), tied)?;
    let mut stays = grouped(rd, &stays(ids), |(id, state, team): (i64, String, Option<i64>)| Some((id, (state, team))))?;
    let mut numbers =
        grouped(rd, &of_ticket("external_ref", &["ticket_id", "number"], ids), |(id, number): (i64, String)| Some((id, number)))?;
    let source = |ticket: Ticket| {
        let id = ticket.id.raw();
        let messages = conversations.get(&id).map(Vec::as_slice).unwrap_or_default();
        let mut own: Vec<(bool, String)> = messages.iter().filter_map(|m| Some((m.public, bodies.get(&m.id)?.clone()))).collect();
        own.extend(taken(&mut files, id));
        Source {
            resolution: resolutions.remove(&id),
            texts: own,
            tags: taken(&mut tags, id),
            persons: taken(&mut persons, id),
            teams: taken(&mut teams, id),
            stays: taken(&mut stays, id),
            numbers: taken(&mut numbers, id),
            ticket,
        }
    };
    // Confidential tickets are in: the scope of the index knows whom they are for (scope.rs, tests/api/oracle.rs).
    // What is in the trash is nowhere to be found but on its own page.
    let found = rows.into_iter().filter(|ticket| !ticket.trashed).map(source);
    Ok((read, found.collect()))
}

fn tied((id, other, role): (i64, i64, String)) -> Option<(i64, (i64, String))> {
    Some((id, (other, role)))
}

fn taken<T>(map: &mut HashMap<i64, Vec<T>>, id: i64) -> Vec<T> {
    map.remove(&id).unwrap_or_default()
}

fn grouped<R: Row, T>(rd: &mut Rd<'_>, select: &SelectStatement, read: impl Fn(R) -> Option<(i64, T)>) -> Result<HashMap<i64, Vec<T>>> {
    let mut map: HashMap<i64, Vec<T>> = HashMap::new();
    for (id, value) in rd.select::<R>(select)?.into_iter().filter_map(read) {
        map.entry(id).or_default().push(value);
    }
    Ok(map)
}

/// The rows of tickets.
pub(super) fn rows(ids: &[i64]) -> SelectStatement {
    Query::select()
        .columns(COLUMNS.iter().map(|c| ("ticket", *c)))
        .from("ticket")
        .and_where(Expr::col(("ticket", "id")).is_in(padded(ids)))
        .to_owned()
}

fn of_ticket(table: &'static str, columns: &[&'static str], ids: &[i64]) -> SelectStatement {
    let mut select = Query::select();
    for column in columns {
        select.column((table, *column));
    }
    select.from(table).and_where(Expr::col((table, "ticket_id")).is_in(padded(ids))).to_owned()
}

fn stays(ids: &[i64]) -> SelectStatement {
    of_ticket("ticket_passage", &["ticket_id", "state", "team_id"], ids).distinct().to_owned()
}

/// The names of the files of tickets: whether it is public, and the name.
///
/// # Errors
/// The database refuses.
pub fn files(rd: &mut Rd<'_>, ids: &[i64]) -> Result<HashMap<i64, Vec<(bool, String)>>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let select = of_ticket("attachment", &["ticket_id", "public", "name"], ids).order_by("id", Order::Desc).limit(MOST_FILES).to_owned();
    grouped(rd, &select, |(id, public, name): (i64, bool, String)| Some((id, (public, name))))
}

/// The reports that solved tickets.
///
/// # Errors
/// The database refuses.
pub fn resolutions(rd: &mut Rd<'_>, rows: &[Ticket]) -> Result<HashMap<i64, String>> {
    let texts: Vec<i64> = rows.iter().filter_map(|t| t.resolution_text.map(kernel::Id::raw)).collect();
    if texts.is_empty() {
        return Ok(HashMap::new());
    }
    let select = Query::select()
        .columns([("text_body", "ticket_id"), ("text_body", "body")])
        .from("text_body")
        .and_where(Expr::col(("text_body", "id")).is_in(padded(&texts)))
        .to_owned();
    Ok(rd.select::<(i64, String)>(&select)?.into_iter().collect())
}
