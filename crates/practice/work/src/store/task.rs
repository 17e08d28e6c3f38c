//! Tasks.

use db::{Rd, Tx, params, sql};
use kernel::{Error, Id, PersonId, Result, TeamId, TextId, TicketId, Time};

use super::ChecklistId;

/// The kind of record; its counter comes with the migration.
#[derive(Debug)]
pub enum TaskKind {}
impl kernel::Kind for TaskKind {
    const NAME: &'static str = "task";
}
/// A task of a ticket.
pub type TaskId = Id<TaskKind>;

db::choice! {
    /// What a line of a list is, and how it is answered.
    Sort {
        Heading "heading",
        Tick "tick",
        Text "text",
        Number "number",
    }
}

db::row! {
    /// A line of a list.
    #[derive(PartialEq, Eq)]
    pub struct Task {
        pub id: TaskId,
        pub ticket: TicketId,
        pub list: ChecklistId,
        pub place: i64,
        pub sort: Sort,
        pub title_id: TextId,
        /// None once it was erased.
        pub title: Option<String>,
        pub owner: Option<PersonId>,
        pub team: Option<TeamId>,
        /// [`Time::NEVER`] for none.
        pub due_at: Time,
        pub blocks: bool,
        pub after: Option<TaskId>,
        pub accepted_by: Option<PersonId>,
        pub accepted_at: Option<Time>,
        pub done_by: Option<PersonId>,
        pub done_at: Option<Time>,
        pub answer_id: Option<TextId>,
        pub answer: Option<String>,
        pub version: i64,
    }
}

impl Task {
    pub fn is_done(&self) -> bool {
        self.done_at.is_some()
    }
}

/// The lines of all lists of a ticket, list by list.
///
/// # Errors
/// The database refuses.
pub fn of_ticket(rd: &mut Rd<'_>, ticket: TicketId) -> Result<Vec<Task>> {
    rd.all(
        sql!(
            Task,
            "SELECT k.id, k.ticket_id, k.checklist_id, k.place, k.sort, k.title_id, b.body, k.owner_id, k.team_id, k.due_at, k.blocks, \
             k.after_id, k.accepted_by, k.accepted_at, k.done_by, k.done_at, k.answer_id, a.body, k.version FROM task k \
             LEFT JOIN text_body b ON b.id = k.title_id LEFT JOIN text_body a ON a.id = k.answer_id \
             WHERE k.ticket_id = $1 ORDER BY k.checklist_id, k.place, k.id"
        ),
        &params![ticket],
    )
}

/// A line of a ticket.
///
/// # Errors
/// Not found when it is of none or of another one.
pub fn get(rd: &mut Rd<'_>, ticket: TicketId, id: TaskId) -> Result<Task> {
    of_ticket(rd, ticket)?.into_iter().find(|task| task.id == id).ok_or_else(Error::not_found)
}

/// The titles of what must be done before the ticket is solved and is not.
///
/// # Errors
/// The database refuses.
pub fn blocking(rd: &mut Rd<'_>, ticket: TicketId) -> Result<Vec<Option<String>>> {
    rd.all(
        sql!(
            Option<String>,
            "SELECT b.body FROM task k LEFT JOIN text_body b ON b.id = k.title_id \
             WHERE k.ticket_id = $1 AND k.blocks = 1 AND k.done_at IS NULL AND k.sort <> 'heading' ORDER BY k.checklist_id, k.place, k.id"
        ),
        &params![ticket],
    )
}

/// # Errors
/// The database refuses.
pub fn insert(tx: &mut Tx<'_>, t: &Task) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO task (id, ticket_id, checklist_id, place, sort, title_id, owner_id, team_id, due_at, blocks, after_id, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
        ),
        &params![t.id, t.ticket, t.list, t.place, t.sort, t.title_id, t.owner, t.team, t.due_at, t.blocks, t.after, t.version],
    )?;
    Ok(())
}

/// Writes a line over the version that was read.
///
/// # Errors
/// Conflict when it has another version by now.
pub fn update(tx: &mut Tx<'_>, t: &Task) -> Result<()> {
    let changed = tx.exec(
        sql!(
            "UPDATE task SET place = $3, sort = $4, title_id = $5, owner_id = $6, team_id = $7, due_at = $8, blocks = $9, after_id = $10, \
             accepted_by = $11, accepted_at = $12, done_by = $13, done_at = $14, answer_id = $15, version = version + 1 \
             WHERE id = $1 AND version = $2"
        ),
        &params![
            t.id,
            t.version,
            t.place,
            t.sort,
            t.title_id,
            t.owner,
            t.team,
            t.due_at,
            t.blocks,
            t.after,
            t.accepted_by,
            t.accepted_at,
            t.done_by,
            t.done_at,
            t.answer_id
        ],
    )?;
    if changed == 1 { Ok(()) } else { Err(Error::conflict("error-concurrent").retry_after(1)) }
}

/// Where a line stands in its list.
///
/// # Errors
/// The database refuses.
pub fn place(tx: &mut Tx<'_>, id: TaskId, place: i64) -> Result<()> {
    tx.exec(sql!("UPDATE task SET place = $2 WHERE id = $1"), &params![id, place])?;
    Ok(())
}

/// # Errors
/// The database refuses.
pub fn remove(tx: &mut Tx<'_>, id: TaskId) -> Result<()> {
    tx.exec(sql!("DELETE FROM task WHERE id = $1"), &params![id])?;
    Ok(())
}
