//! `/desk/tickets/{number}/tasks/{task}`: everything about one task.

use askama::Template;
use axum::response::Response;
use i18n::T;
use kernel::{Error, Result as Answer, TicketId};
use ui::{Choice, Chrome, FormErrors};
use web_kit::{Path, Result, see_other};

use super::owner::Named;
use super::typed::day_of;
use super::{Clerk, Typed, address, comes_back, errors, refused};
use crate::actions::task::{self, Wanted};
use crate::read::{self, Board, Known};
use crate::store::{Sort, TaskId};

#[derive(Template)]
#[template(path = "work/task.html", blocks = ["main"])]
struct TaskPage {
    t: T,
    chrome: Chrome,
    base: String,
    here: String,
    errors: FormErrors,
    version: String,
    title: String,
    sorts: Vec<Choice>,
    owner: (String, String),
    team: (String, String),
    shows_owner: bool,
    shows_team: bool,
    due: String,
    blocks: bool,
    afters: Vec<Choice>,
    may_edit: bool,
}

pub async fn show(clerk: Clerk, Path((id, task)): Path<(TicketId, i64)>) -> Result {
    page(&clerk, id, TaskId::new(task), None).await
}

pub async fn save(clerk: Clerk, Path((id, task)): Path<(TicketId, i64)>, typed: Typed) -> Result {
    let task = TaskId::new(task);
    match run(&clerk, id, task, &typed).await {
        Ok(()) => Ok(see_other(&address(id))),
        Err(error) if comes_back(&error) => page(&clerk, id, task, Some((&typed, &error))).await,
        Err(error) => Err(error.into()),
    }
}

async fn run(clerk: &Clerk, id: TicketId, task: TaskId, typed: &Typed) -> Answer<()> {
    let (owner, team) = (Named::of(typed, "owner")?, Named::of(typed, "team")?);
    let version = typed.number("version")?;
    let wanted = Wanted {
        title: typed.text("title").to_owned(),
        sort: Sort::from_key(typed.text("sort")).ok_or_else(|| Error::invalid("sort", "error-choice"))?,
        owner: None,
        team: None,
        due_at: typed.day_end("due", clerk.viewer.t.zone())?,
        blocks: typed.is_on("blocks"),
        after: typed.number("after")?.map(TaskId::new),
    };
    let act = move |tx: &mut db::Tx<'_>, frame: ticket::Frame<'_>| {
        let wanted = Wanted { owner: owner.person(tx, frame)?, team: team.team(tx, frame)?, ..wanted.clone() };
        task::edit(tx, frame, id, task, version, &wanted)
    };
    clerk.act("task.edit", act).await
}

async fn page(clerk: &Clerk, id: TicketId, task: TaskId, refusal: Option<(&Typed, &Error)>) -> Result {
    let board = clerk.read("task", move |rd, frame| read::board(rd, frame, id)).await?;
    let one = board.tasks().find(|one| one.task.id == task).ok_or_else(Error::not_found)?;
    let t = clerk.viewer.t.clone();
    let made = build(clerk, t, &board, one, refusal);
    let response: Response = web_kit::page!(clerk.viewer, made, as_main)?;
    Ok(match refusal {
        Some((_, error)) => refused(response, error),
        None => response,
    })
}

fn build(clerk: &Clerk, t: T, board: &Board, one: &Known, refusal: Option<(&Typed, &Error)>) -> TaskPage {
    let task = &one.task;
    let typed = refusal.map(|(typed, _)| typed);
    let title = task.title.clone().unwrap_or_default();
    let or = |name: &str, stored: String| typed.map_or(stored, |typed| typed.text(name).to_owned());
    let sort = or("sort", task.sort.key().to_owned());
    let after = or("after", task.after.map_or_else(String::new, |id| id.to_string()));
    let others = board.tasks().filter(|other| other.task.id != task.id && other.task.sort != Sort::Heading);
    let afters = others.map(|other| {
        let id = other.task.id.to_string();
        Choice::new(id.clone(), other.task.title.clone().unwrap_or_default(), id == after)
    });
    let person = task.owner.map_or_else(Default::default, |id| (id.to_string(), board.names.person_name(id).to_owned()));
    let team = task.team.map_or_else(Default::default, |id| (id.to_string(), board.names.team(id).to_owned()));
    let named = |name: &'static str, stored: (String, String)| match typed {
        Some(typed) => (typed.text(name).to_owned(), typed.text(&format!("{name}_text")).to_owned()),
        None => stored,
    };
    TaskPage {
        chrome: clerk.chrome(format!(
            "{} - {}",
            if title.is_empty() { t.msg("work-task").into_owned() } else { title.clone() },
            board.number
        )),
        base: address(board.ticket.id),
        here: format!("{}/{}", address(board.ticket.id), task.id),
        errors: refusal.map(|(_, error)| errors(&t, error)).unwrap_or_default(),
        // A stale form is sent again over what is there now.
        version: task.version.to_string(),
        title: or("title", title),
        sorts: Sort::ALL.iter().map(|one| Choice::new(one.key(), t.msg(sort_label(*one)), one.key() == sort)).collect(),
        owner: named("owner", person),
        team: named("team", team),
        shows_owner: !board.hides_owner,
        shows_team: !board.hides_team,
        due: or("due", day_of(task.due_at, t.zone())),
        blocks: typed.map_or(task.blocks, |typed| typed.is_on("blocks")),
        afters: afters.collect(),
        may_edit: board.may_edit,
        t,
    }
}

pub(super) fn sort_label(sort: Sort) -> &'static str {
    match sort {
        Sort::Heading => i18n::key!("work-sort-heading"),
        Sort::Tick => i18n::key!("work-sort-tick"),
        Sort::Text => i18n::key!("work-sort-text"),
        Sort::Number => i18n::key!("work-sort-number"),
    }
}
