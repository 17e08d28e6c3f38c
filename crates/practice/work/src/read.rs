//! What is to be done for a ticket, as somebody may know it.

use access::Verb;
use db::Rd;
use kernel::{Error, Page, PageRequest, PersonId, Result, TicketId};
use party::{Names, Wanted};
use settings::Texts;
use ticket::{Frame, Ticket, serve};

use crate::actions::is_mine;
use crate::store::mine::{self, Whose};
use crate::store::{Checklist, Task, checklist, task};
use crate::template;

/// The lists of a ticket with their tasks.
pub struct Board {
    pub ticket: Ticket,
    /// The number as people read it.
    pub number: String,
    pub lists: Vec<(Checklist, Vec<Known>)>,
    pub names: Names,
    pub may_edit: bool,
    /// Prepared lists that are offered here, by key and name.
    pub templates: Vec<(String, Texts)>,
    /// The reader's roles hide who has it.
    pub hides_owner: bool,
    pub hides_team: bool,
}

/// A task as the reader may know it.
pub struct Known {
    pub task: Task,
    pub mine: bool,
    /// The reader may say that it is done.
    pub may: bool,
    /// What must be done first and is not.
    pub waits_for: Option<String>,
}

impl Board {
    /// All lines, list by list.
    pub fn tasks(&self) -> impl Iterator<Item = &Known> {
        self.lists.iter().flat_map(|(_, tasks)| tasks)
    }
}

/// # Errors
/// Not found when the ticket may not be seen from the inside.
pub fn board(rd: &mut Rd<'_>, frame: Frame<'_>, id: TicketId) -> Result<Board> {
    let seen = serve::see(rd, frame, id)?;
    if !seen.inner {
        return Err(Error::not_found());
    }
    let ticket = seen.ticket;
    let free = serve::free(rd, &ticket).is_ok();
    let may_edit = free && serve::may(rd, frame, &ticket, Verb::TicketEdit)?;
    let works = free && frame.actor.may_anywhere(Verb::TicketWork);
    let hidden = serve::hidden(frame.actor, &ticket);
    let (hides_owner, hides_team) = (hidden.contains("assignee"), hidden.contains("team"));
    let all = task::of_ticket(rd, id)?;
    let mut wanted = Wanted::default();
    let mut lists = Vec::new();
    for list in checklist::of_ticket(rd, id)? {
        let mut tasks = Vec::new();
        for task in all.iter().filter(|task| task.list == list.id) {
            let mine = is_mine(frame, task);
            let waits_for = waits_for(&all, task);
            let task = known(frame, (hides_owner, hides_team), task.clone());
            wanted.person(task.owner).person(task.done_by).person(task.accepted_by).team(task.team);
            tasks.push(Known { may: may_edit || (mine && works), task, mine, waits_for });
        }
        lists.push((list, tasks));
    }
    let offered = if may_edit { template::all(rd)? } else { Vec::new() };
    let templates = offered.into_iter().filter(|(one, _)| one.fits(&ticket.kind)).map(|(one, _)| (one.key, one.names)).collect();
    let number = number(&*frame.desk.catalogue(rd)?, &ticket);
    Ok(Board { number, lists, names: wanted.load(rd)?, may_edit, templates, hides_owner, hides_team, ticket })
}

/// Without the people whom the reader's roles hide; oneself is never hidden.
fn known(frame: Frame<'_>, (hides_owner, hides_team): (bool, bool), mut task: Task) -> Task {
    let shown = |id: &PersonId| !hides_owner || frame.actor.who.persons.contains(id);
    task.owner = task.owner.filter(shown);
    task.accepted_by = task.accepted_by.filter(shown);
    task.done_by = task.done_by.filter(shown);
    task.team = task.team.filter(|_| !hides_team);
    task
}

/// The number of a ticket, such as `INC-4711`.
pub fn number(catalogue: &ticket::Catalogue, ticket: &Ticket) -> String {
    catalogue.kind(ticket.tenant, &ticket.kind).map_or_else(|| ticket.id.to_string(), |kind| format!("{}-{}", kind.prefix, ticket.id))
}

/// A task that somebody has to do.
pub struct Todo {
    pub task: Task,
    /// The number of its ticket as people read it, and what it is about.
    pub number: String,
    pub subject: String,
    pub waits_for: Option<String>,
}

/// A page of what somebody has to do.
pub struct Todos {
    pub page: Page<Todo>,
    pub names: Names,
}

/// What the actor and their teams have to do on open tickets that they see from the inside.
///
/// # Errors
/// The cursor is of another list; the database refuses.
pub fn todo(rd: &mut Rd<'_>, frame: Frame<'_>, whose: Whose, request: &PageRequest) -> Result<Todos> {
    let scope = frame.actor.tickets(Verb::TicketSeeInternal);
    let of = mine::Of { persons: &frame.actor.who.persons, teams: &frame.actor.who.teams, whose };
    let found = mine::page(rd, &scope, of, request)?;
    let catalogue = frame.desk.catalogue(rd)?;
    let (mut wanted, mut rows) = (Wanted::default(), Vec::with_capacity(found.rows.len()));
    for (ticket, id) in found.rows {
        let ticket = ticket::store::ticket::visible(rd, &scope, ticket)?;
        let all = task::of_ticket(rd, ticket.id)?;
        let task = all.iter().find(|task| task.id == id).ok_or_else(Error::not_found)?;
        let waits_for = waits_for(&all, task);
        let hidden = serve::hidden(frame.actor, &ticket);
        let task = known(frame, (hidden.contains("assignee"), hidden.contains("team")), task.clone());
        wanted.team(task.team);
        let subject = if hidden.contains("title") { String::new() } else { ticket.title.clone() };
        rows.push(Todo { number: number(&catalogue, &ticket), subject, waits_for, task });
    }
    Ok(Todos { page: Page { rows, next: found.next }, names: wanted.load(rd)? })
}

/// What must be done before a task and is not.
fn waits_for(all: &[Task], task: &Task) -> Option<String> {
    let first = task.after.and_then(|after| all.iter().find(|one| one.id == after)).filter(|one| !one.is_done())?;
    Some(first.title.clone().unwrap_or_else(|| "…".to_owned()))
}
