//! The lists of a ticket.

use db::{Rd, Tx, params, sql};
use kernel::{Error, Id, Result, TextId, TicketId};

/// The kind of record; its counter comes with the migration.
#[derive(Debug)]
pub enum ChecklistKind {}
impl kernel::Kind for ChecklistKind {
    const NAME: &'static str = "checklist";
}
/// A list of a ticket.
pub type ChecklistId = Id<ChecklistKind>;

db::row! {
    /// A list of a ticket.
    #[derive(PartialEq, Eq)]
    pub struct Checklist {
        pub id: ChecklistId,
        pub ticket: TicketId,
        pub title_id: TextId,
        /// None once it was erased.
        pub title: Option<String>,
        pub place: i64,
    }
}

/// The lists of a ticket in their order.
///
/// # Errors
/// The database refuses.
pub fn of_ticket(rd: &mut Rd<'_>, ticket: TicketId) -> Result<Vec<Checklist>> {
    rd.all(
        sql!(
            Checklist,
            "SELECT c.id, c.ticket_id, c.title_id, b.body, c.place FROM checklist c LEFT JOIN text_body b ON b.id = c.title_id \
             WHERE c.ticket_id = $1 ORDER BY c.place, c.id"
        ),
        &params![ticket],
    )
}

/// A list of a ticket.
///
/// # Errors
/// Not found when it is of none or of another one.
pub fn get(rd: &mut Rd<'_>, ticket: TicketId, id: ChecklistId) -> Result<Checklist> {
    of_ticket(rd, ticket)?.into_iter().find(|list| list.id == id).ok_or_else(Error::not_found)
}

/// # Errors
/// The database refuses.
pub fn insert(tx: &mut Tx<'_>, list: &Checklist) -> Result<()> {
    tx.exec(
        sql!("INSERT INTO checklist (id, ticket_id, title_id, place) VALUES ($1, $2, $3, $4)"),
        &params![list.id, list.ticket, list.title_id, list.place],
    )?;
    Ok(())
}

/// # Errors
/// The database refuses.
pub fn remove(tx: &mut Tx<'_>, id: ChecklistId) -> Result<()> {
    tx.exec(sql!("DELETE FROM checklist WHERE id = $1"), &params![id])?;
    Ok(())
}
