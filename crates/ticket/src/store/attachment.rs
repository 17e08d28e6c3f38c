//! Files of tickets, and files on their way.

use db::{Rd, Tx, params, sql};
use kernel::{AttachmentId, FileId, MessageId, OrganisationId, PersonId, Result, TicketId, Time, kinds};

db::row! {
    /// A file of a ticket; `id` is the handle that the outside sees.
    pub struct Attachment {
        pub id: AttachmentId,
        pub tenant: OrganisationId,
        pub ticket: TicketId,
        pub message: Option<MessageId>,
        pub file: FileId,
        pub name: String,
        pub description: String,
        pub media_type: String,
        pub size: i64,
        pub public: bool,
        pub uploaded_by: i64,
        pub created_at: Time,
    }
}

db::row! {
    /// A file that was uploaded and belongs to nothing yet.
    pub struct Upload {
        pub id: AttachmentId,
        pub tenant: OrganisationId,
        pub person: PersonId,
        pub file: FileId,
        pub name: String,
        pub media_type: String,
        pub size: i64,
        pub created_at: Time,
    }
}

/// Writes an upload.
///
/// # Errors
/// The database refuses.
pub fn insert_upload(tx: &mut Tx<'_>, u: &Upload) -> Result<()> {
    tx.exec(
        sql!("INSERT INTO upload (id, tenant_id, person_id, file_id, name, media_type, size, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
        &params![u.id, u.tenant, u.person, u.file, &u.name, &u.media_type, u.size, u.created_at],
    )?;
    Ok(())
}

/// Keeps the files that a form brought until they are placed; their handles in the same order.
///
/// # Errors
/// The database refuses.
pub fn take_in(
    tx: &mut Tx<'_>,
    tenant: OrganisationId,
    person: PersonId,
    files: &[web_kit::ReceivedFile],
    at: Time,
) -> Result<Vec<AttachmentId>> {
    let mut ids = Vec::new();
    for came in files {
        let id = tx.next_id::<kinds::Attachment>()?;
        let (name, media_type) = (came.name.clone(), came.media_type.clone());
        insert_upload(tx, &Upload { id, tenant, person, file: came.file, name, media_type, size: came.size, created_at: at })?;
        ids.push(id);
    }
    Ok(ids)
}

/// An upload of this person.
///
/// # Errors
/// The database refuses.
pub fn upload(rd: &mut Rd<'_>, id: AttachmentId, person: PersonId) -> Result<Option<Upload>> {
    rd.first(
        sql!(
            Upload,
            "SELECT id, tenant_id, person_id, file_id, name, media_type, size, created_at FROM upload WHERE id = $1 AND person_id = $2"
        ),
        &params![id, person],
    )
}

/// Makes an upload part of a ticket.
///
/// # Errors
/// The database refuses.
pub fn place(
    tx: &mut Tx<'_>,
    u: &Upload,
    ticket: TicketId,
    message: Option<MessageId>,
    public: bool,
    description: &str,
    at: Time,
) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO attachment (id, tenant_id, ticket_id, message_id, file_id, name, description, media_type, size, public, uploaded_by, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
        ),
        &params![u.id, u.tenant, ticket, message, u.file, &u.name, description, &u.media_type, u.size, public, u.person, at],
    )?;
    tx.exec(sql!("DELETE FROM upload WHERE id = $1"), &params![u.id])?;
    Ok(())
}

/// The files of a ticket and of the messages that stand on it as well; only public ones unless `inner`.
///
/// # Errors
/// The database refuses.
pub fn of_ticket(rd: &mut Rd<'_>, ticket: TicketId, inner: bool) -> Result<Vec<Attachment>> {
    rd.all(
        sql!(
            Attachment,
            "SELECT id, tenant_id, ticket_id, message_id, file_id, name, description, media_type, size, public, uploaded_by, created_at \
             FROM attachment WHERE ticket_id = $1 AND (public = 1 OR $2 = 1) \
             UNION SELECT a.id, a.tenant_id, a.ticket_id, a.message_id, a.file_id, a.name, a.description, a.media_type, a.size, a.public, \
             a.uploaded_by, a.created_at FROM placement p JOIN attachment a ON a.message_id = p.message_id \
             WHERE p.ticket_id = $1 AND p.source_id IS NOT NULL AND ((a.public = 1 AND p.desk = 0) OR $2 = 1) ORDER BY 1 LIMIT 500"
        ),
        &params![ticket, inner],
    )
}

/// One file by its handle; who may have it is decided by its ticket.
///
/// # Errors
/// The database refuses.
pub fn get(rd: &mut Rd<'_>, id: AttachmentId) -> Result<Option<Attachment>> {
    rd.first(
        sql!(
            Attachment,
            "SELECT id, tenant_id, ticket_id, message_id, file_id, name, description, media_type, size, public, uploaded_by, created_at \
             FROM attachment WHERE id = $1"
        ),
        &params![id],
    )
}

/// Changes what is said about a file.
///
/// # Errors
/// The database refuses.
pub fn describe(tx: &mut Tx<'_>, id: AttachmentId, description: &str, public: bool) -> Result<()> {
    tx.exec(sql!("UPDATE attachment SET description = $2, public = $3 WHERE id = $1"), &params![id, description, public])?;
    Ok(())
}

/// Forgets uploads older than a moment; those of a draft stay.
///
/// # Errors
/// The database refuses.
pub fn forget_uploads(tx: &mut Tx<'_>, before: Time) -> Result<u64> {
    tx.exec(
        sql!(
            "DELETE FROM upload WHERE id IN (SELECT u.id FROM upload u WHERE u.created_at < $1 \
             AND NOT EXISTS (SELECT 1 FROM draft_upload d WHERE d.upload_id = u.id) ORDER BY u.created_at LIMIT 200)"
        ),
        &params![before],
    )
}

/// The files of a message go to another ticket with it.
///
/// # Errors
/// The database refuses.
pub fn carry(tx: &mut Tx<'_>, message: MessageId, from: TicketId, to: TicketId) -> Result<()> {
    tx.exec(sql!("UPDATE attachment SET ticket_id = $3 WHERE message_id = $1 AND ticket_id = $2"), &params![message, from, to])?;
    Ok(())
}
