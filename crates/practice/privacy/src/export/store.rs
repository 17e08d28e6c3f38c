//! The rows of exports, and what is read for one beyond the stores of other crates.

use db::{Rd, Tx, params, sql};
use kernel::{FileId, Id, PersonId, Result, TicketId, Time};
use party::TenantId;

/// The kind of record; its counter comes with the migration.
#[derive(Debug)]
pub enum ExportKind {}
impl kernel::Kind for ExportKind {
    const NAME: &'static str = "person_export";
}
/// One export of a person.
pub type ExportId = Id<ExportKind>;

db::choice! {
    /// How far it is.
    ExportState {
        Running "running",
        /// Its file can be taken.
        Ready "ready",
        Failed "failed",
        /// Its file is gone.
        Expired "expired",
    }
}

db::row! {
    /// An export that was asked for.
    pub struct Export {
        pub id: ExportId,
        pub tenant: TenantId,
        pub person: PersonId,
        pub asked_by: PersonId,
        /// With the notes of the desk.
        pub notes: bool,
        pub state: ExportState,
        pub asked_at: Time,
        pub finished_at: Option<Time>,
        pub expires_at: Option<Time>,
        pub file: Option<FileId>,
        /// Bytes.
        pub size: i64,
        pub tickets: i64,
        /// Of the person, in it.
        pub files: i64,
        /// The key of the message that says why it failed.
        pub trouble: String,
    }
}

/// Writes one down that begins; `false` when one of the same person and asker runs.
pub(crate) fn begin(
    tx: &mut Tx<'_>,
    id: ExportId,
    (person, tenant): (PersonId, TenantId),
    by: PersonId,
    notes: bool,
    now: Time,
) -> Result<bool> {
    let made = tx.exec(
        sql!(
            "INSERT INTO person_export (id, tenant_id, person_id, asked_by, notes, state, asked_at, finished_at, expires_at, file_id, size, tickets, files, trouble) \
             VALUES ($1, $2, $3, $4, $5, 'running', $6, NULL, NULL, NULL, 0, 0, 0, '') ON CONFLICT DO NOTHING"
        ),
        &params![id, tenant, person, by, notes, now],
    )?;
    Ok(made > 0)
}

/// One of them.
pub(crate) fn get(rd: &mut Rd<'_>, id: ExportId) -> Result<Option<Export>> {
    rd.first(
        sql!(
            Export,
            "SELECT id, tenant_id, person_id, asked_by, notes, state, asked_at, finished_at, expires_at, file_id, size, tickets, files, trouble \
             FROM person_export WHERE id = $1"
        ),
        &params![id],
    )
}

/// Those of a person that somebody asked for, the newest first.
pub(crate) fn asked(rd: &mut Rd<'_>, person: PersonId, by: PersonId, limit: i64) -> Result<Vec<Export>> {
    rd.all(
        sql!(
            Export,
            "SELECT id, tenant_id, person_id, asked_by, notes, state, asked_at, finished_at, expires_at, file_id, size, tickets, files, trouble \
             FROM person_export WHERE person_id = $1 AND asked_by = $2 ORDER BY id DESC LIMIT $3"
        ),
        &params![person, by, limit],
    )
}

/// What an export became.
pub(crate) struct Made {
    pub file: FileId,
    pub size: i64,
    pub tickets: i64,
    pub files: i64,
}

/// Its file can be taken; `false` when it is gone or was ended before.
pub(crate) fn ready(tx: &mut Tx<'_>, id: ExportId, made: &Made, now: Time, until: Time) -> Result<bool> {
    let done = tx.exec(
        sql!(
            "UPDATE person_export SET state = 'ready', finished_at = $2, expires_at = $3, file_id = $4, size = $5, tickets = $6, files = $7 \
             WHERE id = $1 AND state = 'running'"
        ),
        &params![id, now, until, made.file, made.size, made.tickets, made.files],
    )?;
    Ok(done > 0)
}

/// It could not be made.
pub(crate) fn failed(tx: &mut Tx<'_>, id: ExportId, trouble: &str, now: Time) -> Result<()> {
    tx.exec(
        sql!("UPDATE person_export SET state = 'failed', finished_at = $2, trouble = $3 WHERE id = $1 AND state = 'running'"),
        &params![id, now, trouble],
    )?;
    Ok(())
}

/// Lets go of a file whose time is over: nothing refers to it then, and it is swept.
pub(crate) fn expire(tx: &mut Tx<'_>, id: ExportId, now: Time) -> Result<()> {
    tx.exec(
        sql!("UPDATE person_export SET state = 'expired', file_id = NULL WHERE id = $1 AND state = 'ready' AND expires_at <= $2"),
        &params![id, now],
    )?;
    Ok(())
}

/// Forgets those of a person, and those that the person asked for.
pub(crate) fn forget(tx: &mut Tx<'_>, person: PersonId) -> Result<()> {
    tx.exec(sql!("DELETE FROM person_export WHERE person_id = $1 OR asked_by = $1"), &params![person])?;
    Ok(())
}

/// Tickets for which a person asked, or to which they wrote or added something, after one.
pub(crate) fn tickets(rd: &mut Rd<'_>, person: PersonId, after: TicketId, limit: i64) -> Result<Vec<TicketId>> {
    rd.all(
        sql!(
            TicketId,
            "SELECT id FROM (\
             SELECT id FROM ticket WHERE created_by = $1 \
             UNION SELECT id FROM ticket WHERE requester_id = $1 \
             UNION SELECT id FROM ticket WHERE beneficiary_id = $1 \
             UNION SELECT p.ticket_id FROM message m JOIN placement p ON p.message_id = m.id WHERE m.author_id = $1 \
             UNION SELECT ticket_id FROM attachment WHERE uploaded_by = $1\
             ) AS theirs WHERE id > $2 ORDER BY id LIMIT $3"
        ),
        &params![person, after, limit],
    )
}

db::row! {
    /// A browser in which they are signed in.
    pub(crate) struct SessionRow {
        pub began_at: Time,
        pub last_seen_at: Time,
        pub expires_at: Time,
        pub user_agent: String,
        pub ip: String,
    }
}

/// The sessions of a person.
pub(crate) fn sessions(rd: &mut Rd<'_>, person: PersonId) -> Result<Vec<SessionRow>> {
    rd.all(
        sql!(
            SessionRow,
            "SELECT s.created_at, s.last_seen_at, s.expires_at, s.user_agent, s.ip FROM session s JOIN account a ON a.id = s.account_id \
             WHERE a.person_id = $1 ORDER BY s.id LIMIT 1000"
        ),
        &params![person],
    )
}

db::row! {
    /// A key of a program, without its secret.
    pub(crate) struct TokenRow {
        pub name: String,
        pub scopes: String,
        pub made_at: Time,
        pub expires_at: Time,
        pub last_used_at: Option<Time>,
        pub revoked_at: Option<Time>,
    }
}

/// The keys of a person's programs.
pub(crate) fn tokens(rd: &mut Rd<'_>, person: PersonId) -> Result<Vec<TokenRow>> {
    rd.all(
        sql!(
            TokenRow,
            "SELECT t.name, t.scopes, t.created_at, t.expires_at, t.last_used_at, t.revoked_at FROM api_token t \
             JOIN account a ON a.id = t.account_id WHERE a.person_id = $1 ORDER BY t.id LIMIT 1000"
        ),
        &params![person],
    )
}

/// Issuer, subject and moment of the log-ins at other systems.
pub(crate) fn identities(rd: &mut Rd<'_>, person: PersonId) -> Result<Vec<(String, String, Time)>> {
    rd.all(
        sql!(
            (String, String, Time),
            "SELECT i.issuer, i.subject, i.created_at FROM identity i JOIN account a ON a.id = i.account_id WHERE a.person_id = $1 \
             ORDER BY i.issuer, i.subject LIMIT 100"
        ),
        &params![person],
    )
}

/// How a person likes the pages.
pub(crate) fn preferences(rd: &mut Rd<'_>, person: PersonId) -> Result<Vec<(String, String)>> {
    rd.all(sql!((String, String), "SELECT key, value FROM preference WHERE person_id = $1 ORDER BY key LIMIT 1000"), &params![person])
}

/// Name and filter of a person's own lists.
pub(crate) fn views(rd: &mut Rd<'_>, person: PersonId) -> Result<Vec<(String, String)>> {
    rd.all(sql!((String, String), "SELECT name, query FROM ticket_view WHERE owner_id = $1 ORDER BY id LIMIT 1000"), &params![person])
}

db::row! {
    /// What somebody has written and not sent.
    pub(crate) struct DraftRow {
        pub place: String,
        pub ticket: Option<i64>,
        pub kind: String,
        pub body: String,
        pub fields: String,
        pub updated_at: Time,
    }
}

/// The drafts of a person.
pub(crate) fn drafts(rd: &mut Rd<'_>, person: PersonId) -> Result<Vec<DraftRow>> {
    rd.all(
        sql!(
            DraftRow,
            "SELECT place, ticket_id, kind, body, fields, updated_at FROM draft WHERE person_id = $1 ORDER BY updated_at, place LIMIT 1000"
        ),
        &params![person],
    )
}

db::row! {
    /// Something that they were told.
    pub(crate) struct NoticeRow {
        pub ticket: i64,
        pub reason: String,
        pub told_at: Time,
        pub read_at: Option<Time>,
        pub done_at: Option<Time>,
    }
}

/// What a person was told, without what is the desk's own business.
pub(crate) fn notices(rd: &mut Rd<'_>, person: PersonId) -> Result<Vec<NoticeRow>> {
    rd.all(
        sql!(
            NoticeRow,
            "SELECT ticket_id, reason, told_at, read_at, done_at FROM notice WHERE person_id = $1 AND internal = 0 ORDER BY seq DESC LIMIT 1000"
        ),
        &params![person],
    )
}

/// Tickets that a person muted.
pub(crate) fn muted(rd: &mut Rd<'_>, person: PersonId) -> Result<Vec<i64>> {
    rd.all(sql!(i64, "SELECT ticket_id FROM notice_mute WHERE person_id = $1 ORDER BY ticket_id LIMIT 1000"), &params![person])
}

/// What a person wants to hear of, as it is stored.
pub(crate) fn wishes(rd: &mut Rd<'_>, person: PersonId) -> Result<Option<String>> {
    rd.first(sql!(String, "SELECT body FROM notify_preference WHERE person_id = $1"), &params![person])
}

/// Browsers of a person that may be pushed to: where, what they called it, since when. Its keys are secrets.
pub(crate) fn browsers(rd: &mut Rd<'_>, person: PersonId) -> Result<Vec<(String, String, Time)>> {
    rd.all(
        sql!((String, String, Time), "SELECT endpoint, device, made_at FROM push_subscription WHERE person_id = $1 ORDER BY id LIMIT 100"),
        &params![person],
    )
}
