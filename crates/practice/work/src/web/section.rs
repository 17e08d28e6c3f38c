//! `/desk/tickets/{number}/tasks`: what is to be done for a ticket. The panel beside the ticket takes its
//! part of this page; without script it is the page itself.

use askama::Template;
use axum::response::Response;
use i18n::T;
use kernel::{Error, Id, TicketId, Time};
use ui::{Chrome, FormErrors, Person};
use web_kit::{Path, Result, see_other};

use super::{Clerk, Typed, When, address, comes_back, errors, refused};
use crate::actions::{checklist, done, task, template};
use crate::read::{self, Board, Known};
use crate::store::{Sort, TaskId};

#[derive(Template)]
#[template(path = "work/tasks.html", blocks = ["main"])]
struct TasksPage {
    t: T,
    chrome: Chrome,
    back: String,
    base: String,
    errors: FormErrors,
    lists: Vec<List>,
    may_edit: bool,
    /// Prepared lists.
    templates: Vec<ui::Choice>,
    /// What was typed into the field of a refused form.
    typed: String,
}

impl TasksPage {
    fn task(&self, id: &i64, form: &str) -> String {
        format!("{}/{id}{form}", self.base)
    }
    fn list(&self, id: &i64, form: &str) -> String {
        format!("{}/lists/{id}{form}", self.back)
    }
    fn lists_at(&self) -> String {
        format!("{}/lists", self.back)
    }
    fn named(&self, key: &str, title: &str) -> String {
        self.t.with(key, &[("title", title.into())])
    }
}

struct List {
    id: i64,
    title: String,
    done: usize,
    count: usize,
    lines: Vec<Line>,
}

/// A task as the page shows it.
struct Line {
    id: i64,
    title: String,
    sort: &'static str,
    done: bool,
    may: bool,
    answer: String,
    owner: Option<Person>,
    team: String,
    due: Option<When>,
    overdue: bool,
    blocks: bool,
    waits_for: String,
    /// When it was received.
    accepted: Option<When>,
    may_accept: bool,
    done_by: Option<Person>,
    done_at: Option<When>,
}

pub async fn show(clerk: Clerk, Path(id): Path<TicketId>) -> Result {
    page(&clerk, id, None, String::new()).await
}

async fn page(clerk: &Clerk, id: TicketId, refusal: Option<&Error>, typed: String) -> Result {
    let board = clerk.read("tasks", move |rd, frame| read::board(rd, frame, id)).await?;
    let t = clerk.viewer.t.clone();
    let errors = refusal.map(|error| errors(&t, error)).unwrap_or_default();
    let chrome = clerk.chrome(format!("{} - {}", t.msg("work-tasks"), board.number));
    let lists = lists(&t, clerk.now(), &board);
    let base = address(id);
    let templates = board.templates.iter().map(|(key, names)| ui::Choice::new(key, names.get(t.lang()), false)).collect();
    let may_edit = board.may_edit;
    let page = TasksPage { chrome, back: format!("/desk/tickets/{id}"), base, errors, lists, may_edit, templates, typed, t };
    let response: Response = web_kit::page!(clerk.viewer, page, as_main)?;
    Ok(match refusal {
        Some(error) => refused(response, error),
        None => response,
    })
}

fn lists(t: &T, now: Time, board: &Board) -> Vec<List> {
    let list = |(list, tasks): &(crate::store::Checklist, Vec<Known>)| {
        let real = || tasks.iter().filter(|one| one.task.sort != Sort::Heading);
        List {
            id: list.id.raw(),
            title: list.title.clone().unwrap_or_else(|| "…".to_owned()),
            done: real().filter(|one| one.task.is_done()).count(),
            count: real().count(),
            lines: tasks.iter().map(|one| line(t, now, board, one)).collect(),
        }
    };
    board.lists.iter().map(list).collect()
}

fn line(t: &T, now: Time, board: &Board, one: &Known) -> Line {
    let task = &one.task;
    let person = |id| Person::new(id, board.names.person_name(id));
    let due = (task.due_at != Time::NEVER).then(|| When::new(t, task.due_at, now));
    Line {
        id: task.id.raw(),
        title: task.title.clone().unwrap_or_else(|| "…".to_owned()),
        sort: task.sort.key(),
        done: task.is_done(),
        may: one.may && (task.is_done() || one.waits_for.is_none()),
        answer: task.answer.clone().unwrap_or_default(),
        owner: task.owner.map(person),
        team: task.team.map_or_else(String::new, |id| board.names.team(id).to_owned()),
        overdue: due.is_some() && !task.is_done() && task.due_at < now,
        due,
        blocks: task.blocks && !task.is_done(),
        waits_for: one.waits_for.clone().filter(|_| !task.is_done()).unwrap_or_default(),
        accepted: task.accepted_at.filter(|_| !task.is_done()).map(|at| When::new(t, at, now)),
        may_accept: one.mine && one.may && !task.is_done() && task.accepted_at.is_none(),
        done_by: task.done_by.map(person),
        done_at: task.done_at.map(|at| When::new(t, at, now)),
    }
}

/// The page after a form, or the form again with what is wrong.
async fn answered(clerk: &Clerk, id: TicketId, acted: kernel::Result<()>, typed: &str) -> Result {
    match acted {
        Ok(()) => Ok(see_other(&address(id))),
        Err(error) if comes_back(&error) => page(clerk, id, Some(&error), typed.to_owned()).await,
        Err(error) => Err(error.into()),
    }
}

/// A task, on a list or on the first one.
pub async fn add(clerk: Clerk, Path(id): Path<TicketId>, typed: Typed) -> Result {
    let first = clerk.viewer.t.msg("work-list-first").into_owned();
    let title = typed.text("title").to_owned();
    let wanted = task::Wanted { sort: Sort::from_key(typed.text("sort")).unwrap_or(Sort::Tick), ..task::Wanted::titled(&title) };
    let to = match typed.number("list")? {
        Some(list) => task::To::List(Id::new(list)),
        None => task::To::First(first),
    };
    let acted = clerk.act("task.add", move |tx, frame| task::add(tx, frame, id, &to, &wanted).map(|_| ())).await;
    answered(&clerk, id, acted, &title).await
}

pub async fn add_list(clerk: Clerk, Path(id): Path<TicketId>, typed: Typed) -> Result {
    let (title, key) = (typed.text("title").to_owned(), typed.text("template").to_owned());
    let add = move |tx: &mut db::Tx<'_>, frame: ticket::Frame<'_>| match key.as_str() {
        "" => checklist::add(tx, frame, id, &title).map(|_| ()),
        key => template::apply(tx, frame, id, key).map(|_| ()),
    };
    let acted = clerk.act("checklist.add", add).await;
    answered(&clerk, id, acted, "").await
}

pub async fn remove_list(clerk: Clerk, Path((id, list)): Path<(TicketId, i64)>) -> Result {
    let acted = clerk.act("checklist.remove", move |tx, frame| checklist::remove(tx, frame, id, Id::new(list))).await;
    answered(&clerk, id, acted, "").await
}

pub async fn complete(clerk: Clerk, Path((id, task)): Path<(TicketId, i64)>, typed: Typed) -> Result {
    let answer = typed.text("answer").to_owned();
    let task = TaskId::new(task);
    let acted = clerk.act("task.complete", move |tx, frame| done::complete(tx, frame, id, task, Some(&answer))).await;
    if acted.is_ok() && typed.is_on("mine") {
        return Ok(see_other("/desk/tasks"));
    }
    answered(&clerk, id, acted, "").await
}

pub async fn reopen(clerk: Clerk, Path((id, task)): Path<(TicketId, i64)>) -> Result {
    let acted = clerk.act("task.reopen", move |tx, frame| done::reopen(tx, frame, id, TaskId::new(task))).await;
    answered(&clerk, id, acted, "").await
}

pub async fn accept(clerk: Clerk, Path((id, task)): Path<(TicketId, i64)>, typed: Typed) -> Result {
    let acted = clerk.act("task.accept", move |tx, frame| done::accept(tx, frame, id, TaskId::new(task))).await;
    if acted.is_ok() && typed.is_on("mine") {
        return Ok(see_other("/desk/tasks"));
    }
    answered(&clerk, id, acted, "").await
}

pub async fn shift(clerk: Clerk, Path((id, task)): Path<(TicketId, i64)>, typed: Typed) -> Result {
    let down = typed.text("to") == "down";
    let acted = clerk.act("task.shift", move |tx, frame| task::shift(tx, frame, id, TaskId::new(task), down)).await;
    answered(&clerk, id, acted, "").await
}

pub async fn remove(clerk: Clerk, Path((id, task)): Path<(TicketId, i64)>) -> Result {
    let acted = clerk.act("task.remove", move |tx, frame| task::remove(tx, frame, id, TaskId::new(task))).await;
    answered(&clerk, id, acted, "").await
}
