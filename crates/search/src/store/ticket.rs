//! Tickets with all that is found of them.

use std::collections::HashMap;

use db::{Rd, Row};
use kernel::Result;
use sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use ticket::Ticket;
use ticket::store::ticket::COLUMNS;

use super::padded;

/// Messages of one ticket that are read at most, the newest.
const MOST_MESSAGES: usize = 5000;

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

/// The tickets of these ids, as far as they exist.
///
/// # Errors
/// The database refuses.
pub fn sources(rd: &mut Rd<'_>, ids: &[i64]) -> Result<Vec<Source>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Ticket> = rd.select(&rows(ids))?;
    let mut resolutions: HashMap<i64, String> = resolutions(rd, &rows)?;
    let mut texts = grouped(rd, &messages(ids), |(id, public, body): (i64, bool, Option<String>)| Some((id, (public, body?))))?;
    let mut files =
        grouped(rd, &of_ticket("attachment", &["ticket_id", "public", "name"], ids), |(id, public, name): (i64, bool, String)| {
            Some((id, (public, name)))
        })?;
    let mut tags = grouped(rd, &of_ticket("ticket_tag", &["ticket_id", "tag"], ids), |(id, tag): (i64, String)| Some((id, tag)))?;
    let mut persons = grouped(rd, &of_ticket("ticket_person", &["ticket_id", "person_id", "role"], ids), tied)?;
    let mut teams = grouped(rd, &of_ticket("ticket_team", &["ticket_id", "team_id", "role"], ids), tied)?;
    let mut stays = grouped(rd, &stays(ids), |(id, state, team): (i64, String, Option<i64>)| Some((id, (state, team))))?;
    let mut numbers =
        grouped(rd, &of_ticket("external_ref", &["ticket_id", "number"], ids), |(id, number): (i64, String)| Some((id, number)))?;
    let source = |ticket: Ticket| {
        let id = ticket.id.raw();
        let mut own = taken(&mut texts, id);
        own.truncate(MOST_MESSAGES);
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
    Ok(rows.into_iter().map(source).collect())
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
        .column(("ticket", "activity"))
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

/// The newest come first, so that of a very long conversation the end is found.
fn messages(ids: &[i64]) -> SelectStatement {
    Query::select()
        .column(("placement", "ticket_id"))
        .column(("message", "public"))
        .column(("message_body", "body"))
        .from("placement")
        .inner_join("message", Expr::col(("message", "id")).equals(("placement", "message_id")))
        .left_join("message_body", Expr::col(("message_body", "message_id")).equals(("message", "id")))
        .and_where(Expr::col(("placement", "ticket_id")).is_in(padded(ids)))
        .order_by(("message", "occurred_at"), Order::Desc)
        .order_by(("message", "id"), Order::Desc)
        .to_owned()
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

/// Texts by ticket; whether each is public.
pub type Texts = HashMap<i64, Vec<(bool, String)>>;

/// The texts of tickets that are shown as hits: title and resolution stand in the row.
///
/// # Errors
/// The database refuses.
pub fn texts(rd: &mut Rd<'_>, tickets: &[Ticket]) -> Result<(Texts, HashMap<i64, String>)> {
    let ids: Vec<i64> = tickets.iter().map(|t| t.id.raw()).collect();
    if ids.is_empty() {
        return Ok((HashMap::new(), HashMap::new()));
    }
    let mut texts = grouped(rd, &messages(&ids), |(id, public, body): (i64, bool, Option<String>)| Some((id, (public, body?))))?;
    let files = of_ticket("attachment", &["ticket_id", "public", "name"], &ids);
    for (id, public, name) in rd.select::<(i64, bool, String)>(&files)? {
        texts.entry(id).or_default().push((public, name));
    }
    Ok((texts, resolutions(rd, tickets)?))
}
