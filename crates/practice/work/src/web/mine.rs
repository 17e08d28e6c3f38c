//! `/desk/tasks`: what the reader and their teams have to do over all tickets, what is due first at the top.

use askama::Template;
use i18n::T;
use kernel::{PageRequest, Time};
use serde::Deserialize;
use ui::{Chrome, Tab};
use web_kit::{Query, Result};

use super::{Clerk, When};
use crate::read::{self, Todo};
use crate::store::Sort;
use crate::store::mine::Whose;

#[derive(Template)]
#[template(path = "work/mine.html", blocks = ["main"])]
struct MinePage {
    t: T,
    chrome: Chrome,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    next: String,
}

impl MinePage {
    fn named(&self, key: &str, title: &str) -> String {
        self.t.with(key, &[("title", title.into())])
    }
}

struct Row {
    id: i64,
    title: String,
    sort: &'static str,
    ticket: i64,
    number: String,
    subject: String,
    /// The team whose task it is, when nobody in it has it yet.
    team: String,
    due: Option<When>,
    overdue: bool,
    blocks: bool,
    waits_for: String,
    accepted: bool,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub struct Ask {
    #[serde(default)]
    show: String,
    cursor: Option<String>,
}

/// # Errors
/// The database does not answer.
pub async fn show(clerk: Clerk, Query(ask): Query<Ask>) -> Result {
    let whose = Whose::from_key(&ask.show).unwrap_or_default();
    let request = PageRequest { limit: None, cursor: ask.cursor.clone() };
    let found = clerk.read("tasks.mine", move |rd, frame| read::todo(rd, frame, whose, &request)).await?;
    let (t, now) = (clerk.viewer.t.clone(), clerk.now());
    let next = found.page.next.as_ref().map_or_else(String::new, |next| format!("/desk/tasks?show={}&cursor={next}", key(whose)));
    let rows = found.page.rows.iter().map(|todo| row(&t, now, &found.names, todo)).collect();
    let page = MinePage { chrome: clerk.chrome(t.msg("work-mine")), tabs: tabs(&t, whose), rows, next, t };
    web_kit::page!(clerk.viewer, page, as_main)
}

fn key(whose: Whose) -> &'static str {
    match whose {
        Whose::Both => "",
        Whose::Person => "mine",
        Whose::Team => "team",
    }
}

fn tabs(t: &T, shown: Whose) -> Vec<Tab> {
    let all = [(Whose::Both, i18n::key!("work-all")), (Whose::Person, i18n::key!("work-own")), (Whose::Team, i18n::key!("work-teams"))];
    let tab = |(whose, label): (Whose, &str)| Tab {
        label: t.msg(label).into_owned(),
        href: if whose == Whose::Both { "/desk/tasks".to_owned() } else { format!("/desk/tasks?show={}", key(whose)) },
        current: whose == shown,
        count: String::new(),
    };
    all.into_iter().map(tab).collect()
}

fn row(t: &T, now: Time, names: &party::Names, todo: &Todo) -> Row {
    let task = &todo.task;
    let due = (task.due_at != Time::NEVER).then(|| When::new(t, task.due_at, now));
    Row {
        id: task.id.raw(),
        title: task.title.clone().unwrap_or_else(|| "…".to_owned()),
        sort: match task.sort {
            Sort::Number => "number",
            Sort::Text => "text",
            Sort::Tick | Sort::Heading => "tick",
        },
        ticket: task.ticket.raw(),
        number: todo.number.clone(),
        subject: todo.subject.clone(),
        team: task.team.filter(|_| task.owner.is_none()).map_or_else(String::new, |id| names.team(id).to_owned()),
        overdue: due.is_some() && task.due_at < now,
        due,
        blocks: task.blocks,
        waits_for: todo.waits_for.clone().unwrap_or_default(),
        accepted: task.accepted_at.is_some(),
    }
}
