//! Preparing checklists, and applying one to a ticket.

use access::Verb;
use db::Tx;
use kernel::{Error, ErrorKind, Id, Result, TeamId, TicketId, Time};
use party::SHARED;
use ticket::{Frame, Ticket, serve};

use super::{checklist, edited, write};
use crate::rules;
use crate::store::{ChecklistId, Sort, Task, TaskId, task as rows};
use crate::template::{self, Item, KIND, Template};

/// Lines of one ticket at most.
const MOST: usize = super::task::MOST;

/// Writes a prepared checklist: a new one with `expected` 0, else over that version; without it over the
/// newest.
///
/// # Errors
/// Forbidden without `settings.edit` in the whole desk; invalid; conflict when somebody else changed it.
pub fn save(tx: &mut Tx<'_>, frame: Frame<'_>, template: &Template, expected: Option<i64>) -> Result<i64> {
    frame.actor.require(Verb::SettingsEdit, SHARED)?;
    let kinds = frame.desk.catalogue(tx)?.all_kinds().map(|kind| kind.key.clone()).collect();
    Error::of_fields(template.wrong(&kinds))?;
    let before = template::all(tx)?.into_iter().find(|(one, _)| one.key == template.key);
    if before.is_some() && expected == Some(0) {
        return Err(Error::invalid("names", "error-key-taken"));
    }
    for team in template.items.iter().filter_map(|item| item.team) {
        let known = before.iter().flat_map(|(one, _)| &one.items).any(|item| item.team == Some(team));
        if !known {
            frame.actor.teams(Verb::TeamSee).get(tx, Id::new(team)).map_err(|_| Error::invalid("items", "error-choice"))?;
        }
    }
    let base = expected.or(before.map(|(_, version)| version)).unwrap_or(0);
    settings::put(tx, frame.act, SHARED.raw(), KIND, &template.key, base, template)
}

/// Adds a list to a ticket as it was prepared, with its lines.
///
/// # Errors
/// Not found, forbidden, invalid.
pub fn apply(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, key: &str) -> Result<ChecklistId> {
    let ticket = edited(tx, frame, id)?;
    let (template, _) = template::get(tx, key).map_err(|_| Error::invalid("template", "error-choice"))?;
    if !template.fits(&ticket.kind) {
        return Err(Error::invalid("template", "error-choice"));
    }
    if rows::of_ticket(tx, ticket.id)?.len() + template.items.len() > MOST {
        return Err(Error::invalid("template", "error-tasks-many").field_arg("max", MOST));
    }
    let list = checklist::put(tx, frame, &ticket, template.names.get(frame.actor.lang))?;
    let mut above = None;
    for (place, item) in (0..).zip(&template.items) {
        let made = line(tx, frame, &ticket, (list.id, place), item, above)?;
        if item.sort != Sort::Heading {
            above = Some(made);
        }
    }
    Ok(list.id)
}

fn line(
    tx: &mut Tx<'_>,
    frame: Frame<'_>,
    ticket: &Ticket,
    (list, place): (ChecklistId, i64),
    item: &Item,
    above: Option<TaskId>,
) -> Result<TaskId> {
    let title = rules::title(&item.title)?;
    let real = item.sort != Sort::Heading;
    let task = Task {
        id: tx.next_id()?,
        ticket: ticket.id,
        list,
        place,
        sort: item.sort,
        title_id: write(tx, frame, ticket, &title)?,
        title: Some(title),
        owner: None,
        team: team(tx, frame, ticket, item.team.filter(|_| real))?,
        due_at: item.days.filter(|_| real).map_or(Time::NEVER, |days| frame.act.now.plus(days * Time::DAY)),
        blocks: item.blocks && real,
        after: above.filter(|_| item.follows && real),
        accepted_by: None,
        accepted_at: None,
        done_by: None,
        done_at: None,
        answer_id: None,
        answer: None,
        version: 1,
    };
    rows::insert(tx, &task)?;
    Ok(task.id)
}

/// The team, where it may work on this ticket: of another tenant, or gone, it is left out.
fn team(tx: &mut Tx<'_>, frame: Frame<'_>, ticket: &Ticket, id: Option<i64>) -> Result<Option<TeamId>> {
    let Some(id) = id else { return Ok(None) };
    match serve::working_team(tx, frame, "team", ticket, Id::new(id)) {
        Ok(team) => Ok(Some(team)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::Invalid) => Ok(None),
        Err(error) => Err(error),
    }
}
