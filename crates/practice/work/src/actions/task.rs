//! Tasks: what is to be done, by whom, until when, after what.

use db::Tx;
use kernel::{Error, PersonId, Result, TeamId, TicketId, Time};
use ticket::events::TaskDeed;
use ticket::{Frame, Ticket, serve};

use super::{checklist, edited, tell, write};
use crate::rules;
use crate::store::{ChecklistId, Sort, Task, TaskId, checklist as lists, task as rows};

/// Lines of one ticket at most.
pub(super) const MOST: usize = 300;

/// What a task is, whole: for a new one and for a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub title: String,
    pub sort: Sort,
    pub owner: Option<PersonId>,
    pub team: Option<TeamId>,
    /// [`Time::NEVER`] for none.
    pub due_at: Time,
    pub blocks: bool,
    pub after: Option<TaskId>,
}

impl Wanted {
    /// A tick with a title and nothing else.
    pub fn titled(title: impl Into<String>) -> Self {
        Self { title: title.into(), sort: Sort::Tick, owner: None, team: None, due_at: Time::NEVER, blocks: false, after: None }
    }
}

/// Where a new task goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum To {
    List(ChecklistId),
    /// The first list, which is made with this title when there is none.
    First(String),
}

/// Adds a task at the end of a list.
///
/// # Errors
/// Not found, forbidden, invalid.
pub fn add(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, to: &To, wanted: &Wanted) -> Result<TaskId> {
    let ticket = edited(tx, frame, id)?;
    let all = rows::of_ticket(tx, ticket.id)?;
    if all.len() >= MOST {
        return Err(Error::invalid("title", "error-tasks-many").field_arg("max", MOST));
    }
    let title = rules::title(&wanted.title)?;
    let list = match to {
        To::List(list) => lists::get(tx, ticket.id, *list)?,
        To::First(title) => match lists::of_ticket(tx, ticket.id)?.into_iter().next() {
            Some(list) => list,
            None => checklist::put(tx, frame, &ticket, title)?,
        },
    };
    let wanted = checked(tx, frame, &ticket, &all, None, wanted)?;
    let place = all.iter().filter(|task| task.list == list.id).map(|task| task.place + 1).max().unwrap_or(0);
    let task = Task {
        id: tx.next_id()?,
        ticket: ticket.id,
        list: list.id,
        place,
        sort: wanted.sort,
        title_id: write(tx, frame, &ticket, &title)?,
        title: Some(title),
        owner: wanted.owner,
        team: wanted.team,
        due_at: wanted.due_at,
        blocks: wanted.blocks,
        after: wanted.after,
        accepted_by: None,
        accepted_at: None,
        done_by: None,
        done_at: None,
        answer_id: None,
        answer: None,
        version: 1,
    };
    rows::insert(tx, &task)?;
    tell(tx, frame, &ticket, &task, TaskDeed::Added)?;
    Ok(task.id)
}

/// What was asked for, with everybody in it looked up. A heading has nothing but its title.
fn checked(tx: &mut Tx<'_>, frame: Frame<'_>, ticket: &Ticket, all: &[Task], before: Option<&Task>, wanted: &Wanted) -> Result<Wanted> {
    if wanted.sort == Sort::Heading {
        return Ok(Wanted { sort: Sort::Heading, ..Wanted::titled(wanted.title.clone()) });
    }
    let mut checked = wanted.clone();
    if let Some(owner) = wanted.owner.filter(|_| before.is_none_or(|task| task.owner != wanted.owner)) {
        checked.owner = Some(serve::worker(tx, frame, "owner", ticket, owner)?);
    }
    if let Some(team) = wanted.team.filter(|_| before.is_none_or(|task| task.team != wanted.team)) {
        checked.team = Some(serve::working_team(tx, frame, "team", ticket, team)?);
    }
    if let Some(after) = wanted.after {
        rules::after(all, before.map(|task| task.id), after)?;
    }
    Ok(checked)
}

/// Whom the actor's roles hide, they cannot have meant to take it from.
fn unseen(frame: Frame<'_>, ticket: &Ticket, before: &Task, wanted: &Wanted) -> Wanted {
    let hidden = serve::hidden(frame.actor, ticket);
    let mut wanted = wanted.clone();
    if hidden.contains("assignee") {
        wanted.owner = before.owner;
    }
    if hidden.contains("team") {
        wanted.team = before.team;
    }
    wanted
}

/// Changes a task; with a version only from that one.
///
/// # Errors
/// Not found, forbidden, invalid; stale when it has another version by now.
pub fn edit(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, task: TaskId, version: Option<i64>, wanted: &Wanted) -> Result<()> {
    let ticket = edited(tx, frame, id)?;
    let all = rows::of_ticket(tx, ticket.id)?;
    let before = all.iter().find(|one| one.id == task).ok_or_else(Error::not_found)?;
    if version.is_some_and(|version| version != before.version) {
        return Err(Error::new(kernel::ErrorKind::Stale, "error-stale"));
    }
    let title = rules::title(&wanted.title)?;
    let wanted = checked(tx, frame, &ticket, &all, Some(before), &unseen(frame, &ticket, before, wanted))?;
    let mut after = Task {
        sort: wanted.sort,
        owner: wanted.owner,
        team: wanted.team,
        due_at: wanted.due_at,
        blocks: wanted.blocks,
        after: wanted.after,
        ..before.clone()
    };
    let given = (before.owner, before.team) != (after.owner, after.team);
    if given {
        // Somebody else has not received it yet.
        (after.accepted_by, after.accepted_at) = (None, None);
    }
    if before.sort != after.sort {
        (after.done_by, after.done_at, after.answer_id) = (None, None, None);
    }
    if before.title.as_deref() != Some(title.as_str()) {
        after.title_id = write(tx, frame, &ticket, &title)?;
        after.title = Some(title);
    }
    let plain =
        Task { owner: before.owner, team: before.team, accepted_by: before.accepted_by, accepted_at: before.accepted_at, ..after.clone() };
    if after == *before {
        return Ok(());
    }
    rows::update(tx, &after)?;
    if plain != *before {
        tell(tx, frame, &ticket, &after, TaskDeed::Changed)?;
    }
    if given {
        tell(tx, frame, &ticket, &after, TaskDeed::Given)?;
    }
    Ok(())
}

/// Takes a task away.
///
/// # Errors
/// Not found, forbidden.
pub fn remove(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, task: TaskId) -> Result<()> {
    let ticket = edited(tx, frame, id)?;
    let task = rows::get(tx, ticket.id, task)?;
    rows::remove(tx, task.id)?;
    tell(tx, frame, &ticket, &task, TaskDeed::Removed)
}

/// Moves a task one place up or down in its list; at the end it stays.
///
/// # Errors
/// Not found, forbidden.
pub fn shift(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, task: TaskId, down: bool) -> Result<()> {
    let ticket = edited(tx, frame, id)?;
    let here = rows::get(tx, ticket.id, task)?;
    let mut order: Vec<TaskId> =
        rows::of_ticket(tx, ticket.id)?.into_iter().filter(|one| one.list == here.list).map(|one| one.id).collect();
    let from = order.iter().position(|one| *one == task).ok_or_else(Error::not_found)?;
    let to = if down { from + 1 } else { from.wrapping_sub(1) };
    if to < order.len() {
        order.swap(from, to);
        for (place, one) in (0..).zip(order) {
            rows::place(tx, one, place)?;
        }
    }
    Ok(())
}
