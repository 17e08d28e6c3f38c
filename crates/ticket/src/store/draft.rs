//! What people are writing, and the files that go with it.

use db::{Rd, Tx, params, sql};
use kernel::{AttachmentId, PersonId, Result, TicketId, Time};

db::row! {
    /// A text on its way.
    #[derive(PartialEq, Eq)]
    pub struct Draft {
        /// Such as `ticket-48213`.
        pub place: String,
        pub ticket: Option<TicketId>,
        /// `reply note call`, or what else the form calls it; may be empty.
        pub kind: String,
        pub body: String,
        /// The other fields of its form: a JSON object of texts.
        pub fields: String,
        /// The form's key.
        pub key: String,
        pub version: i64,
        pub updated_at: Time,
        /// It is sent then, and is none of the drafts one writes at until it is taken back.
        pub send_at: Option<Time>,
        /// What is sent with the text and its files: JSON of [`crate::actions::hold`].
        pub rest: String,
        /// Why it was not sent, in the words of its writer's language.
        pub trouble: String,
    }
}

/// The draft of a person at a place.
///
/// # Errors
/// The database refuses.
pub fn get(rd: &mut Rd<'_>, person: PersonId, place: &str) -> Result<Option<Draft>> {
    rd.first(
        sql!(
            Draft,
            "SELECT place, ticket_id, kind, body, fields, client_key, version, updated_at, send_at, rest, trouble FROM draft WHERE person_id = $1 AND place = $2"
        ),
        &params![person, place],
    )
}

/// The drafts of a person, the one written last first.
///
/// # Errors
/// The database refuses.
pub fn of_person(rd: &mut Rd<'_>, person: PersonId, limit: i64) -> Result<Vec<Draft>> {
    rd.all(
        sql!(
            Draft,
            "SELECT place, ticket_id, kind, body, fields, client_key, version, updated_at, send_at, rest, trouble FROM draft WHERE person_id = $1 \
             ORDER BY updated_at DESC, place LIMIT $2"
        ),
        &params![person, limit],
    )
}

/// The tickets to which a person is writing.
///
/// # Errors
/// The database refuses.
pub fn tickets(rd: &mut Rd<'_>, person: PersonId) -> Result<Vec<TicketId>> {
    rd.all(
        sql!(TicketId, "SELECT ticket_id FROM draft WHERE person_id = $1 AND ticket_id IS NOT NULL AND send_at IS NULL LIMIT 500"),
        &params![person],
    )
}

/// What a person sends to a ticket later, the next first.
///
/// # Errors
/// The database refuses.
pub fn held(rd: &mut Rd<'_>, person: PersonId, ticket: TicketId) -> Result<Vec<Draft>> {
    rd.all(
        sql!(
            Draft,
            "SELECT place, ticket_id, kind, body, fields, client_key, version, updated_at, send_at, rest, trouble FROM draft \
             WHERE person_id = $1 AND ticket_id = $2 AND send_at IS NOT NULL ORDER BY send_at, place"
        ),
        &params![person, ticket],
    )
}

/// How many drafts a person has.
///
/// # Errors
/// The database refuses.
pub fn count(rd: &mut Rd<'_>, person: PersonId) -> Result<i64> {
    rd.one(sql!(i64, "SELECT COUNT(*) FROM draft WHERE person_id = $1"), &params![person])
}

/// Writes a draft over what was at its place.
///
/// # Errors
/// The database refuses.
pub fn put(tx: &mut Tx<'_>, person: PersonId, d: &Draft) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO draft (person_id, place, ticket_id, kind, body, fields, client_key, version, updated_at, send_at, rest, trouble) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (person_id, place) DO UPDATE SET \
             ticket_id = excluded.ticket_id, kind = excluded.kind, body = excluded.body, fields = excluded.fields, \
             client_key = excluded.client_key, version = excluded.version, updated_at = excluded.updated_at, \
             send_at = excluded.send_at, rest = excluded.rest, trouble = excluded.trouble"
        ),
        &params![person, &d.place, d.ticket, &d.kind, &d.body, &d.fields, &d.key, d.version, d.updated_at, d.send_at, &d.rest, &d.trouble],
    )?;
    Ok(())
}

/// Takes a draft away; `false` when there was none.
///
/// # Errors
/// The database refuses.
pub fn delete(tx: &mut Tx<'_>, person: PersonId, place: &str) -> Result<bool> {
    Ok(tx.exec(sql!("DELETE FROM draft WHERE person_id = $1 AND place = $2"), &params![person, place])? == 1)
}

/// The drafts that were sent with this key are none any more.
///
/// # Errors
/// The database refuses.
pub fn sent(tx: &mut Tx<'_>, person: PersonId, key: &str) -> Result<()> {
    tx.exec(sql!("DELETE FROM draft WHERE person_id = $1 AND client_key = $2"), &params![person, key])?;
    Ok(())
}

/// The files of a draft: handle and name.
///
/// # Errors
/// The database refuses.
pub fn uploads(rd: &mut Rd<'_>, person: PersonId, place: &str) -> Result<Vec<(AttachmentId, String)>> {
    rd.all(
        sql!(
            (AttachmentId, String),
            "SELECT u.id, u.name FROM draft_upload d JOIN upload u ON u.id = d.upload_id WHERE d.person_id = $1 AND d.place = $2 ORDER BY u.id"
        ),
        &params![person, place],
    )
}

/// Makes these the files of a draft.
///
/// # Errors
/// The database refuses.
pub fn keep_uploads(tx: &mut Tx<'_>, person: PersonId, place: &str, uploads: &[AttachmentId]) -> Result<()> {
    tx.exec(sql!("DELETE FROM draft_upload WHERE person_id = $1 AND place = $2"), &params![person, place])?;
    for upload in uploads {
        tx.exec(
            sql!("INSERT INTO draft_upload (person_id, place, upload_id) VALUES ($1, $2, $3) ON CONFLICT (person_id, place, upload_id) DO NOTHING"),
            &params![person, place, *upload],
        )?;
    }
    Ok(())
}

/// Forgets drafts that nobody touched since a moment; at most 200 in one go.
///
/// # Errors
/// The database refuses.
pub fn forget(tx: &mut Tx<'_>, before: Time) -> Result<u64> {
    tx.exec(
        sql!(
            "DELETE FROM draft WHERE (person_id, place) IN \
             (SELECT person_id, place FROM draft WHERE updated_at < $1 AND send_at IS NULL ORDER BY updated_at LIMIT 200)"
        ),
        &params![before],
    )
}
