//! What somebody is writing, kept until it is sent: on every machine of theirs, with its files, whatever
//! becomes of the ticket. Nobody else ever reads it.

use std::collections::BTreeMap;

use db::{Rd, Tx};
use kernel::{AttachmentId, Error, Result, TicketId};

use crate::Frame;
use crate::rules::text::BODY;
use crate::store::attachment;
use crate::store::draft::{self as rows, Draft};

/// Drafts of one person at most.
pub const MOST: i64 = 500;
/// Letters of the name of a place, of a kind and of a key at most.
const SHORT: usize = 200;
/// Letters of all other fields at most.
const FIELDS: usize = 20_000;
/// Files of one draft at most.
const FILES: usize = 50;

/// The beginning of the places of what is sent later.
pub(super) const HELD: &str = "held-";

/// A text as the page has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    pub kind: String,
    pub body: String,
    /// The other fields of its form.
    pub fields: BTreeMap<String, String>,
    pub uploads: Vec<AttachmentId>,
    /// The form's key: what is sent with it takes the draft along.
    pub key: String,
    /// The version that the page knows, 0 for none; without it whatever is there is overwritten.
    pub base: Option<i64>,
}

/// A draft with its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub draft: Draft,
    pub uploads: Vec<(AttachmentId, String)>,
}

/// Keeps what is written at a place; answers the version it has now.
///
/// # Errors
/// Conflict when another machine has written there since; invalid when it is too long or a file is gone.
pub fn keep(tx: &mut Tx<'_>, frame: Frame<'_>, place: &str, written: &Written) -> Result<i64> {
    let person = frame.person()?;
    checked(place, written)?;
    let there = rows::get(tx, person, place)?;
    let version = there.as_ref().map_or(0, |draft| draft.version);
    if written.base.is_some_and(|base| base != version) {
        return Err(Error::conflict("error-draft-elsewhere"));
    }
    if there.is_none() && rows::count(tx, person)? >= MOST {
        return Err(Error::conflict("error-drafts-many").arg("max", MOST));
    }
    for upload in &written.uploads {
        attachment::upload(tx, *upload, person)?.ok_or_else(|| Error::invalid("attachments", "error-upload-gone"))?;
    }
    let draft = Draft {
        place: place.to_owned(),
        ticket: ticket_of(place),
        kind: written.kind.clone(),
        body: written.body.clone(),
        fields: serde_json::to_string(&written.fields).map_err(Error::internal)?,
        key: written.key.clone(),
        version: version + 1,
        updated_at: frame.act.now,
        send_at: None,
        rest: String::new(),
        trouble: String::new(),
    };
    rows::put(tx, person, &draft)?;
    rows::keep_uploads(tx, person, place, &written.uploads)?;
    Ok(draft.version)
}

/// Takes a draft away.
///
/// # Errors
/// Not found when there is none.
pub fn discard(tx: &mut Tx<'_>, frame: Frame<'_>, place: &str) -> Result<()> {
    if rows::delete(tx, frame.person()?, place)? { Ok(()) } else { Err(Error::not_found()) }
}

/// The draft at a place.
///
/// # Errors
/// The database refuses.
pub fn at(rd: &mut Rd<'_>, frame: Frame<'_>, place: &str) -> Result<Option<Kept>> {
    let person = frame.person()?;
    let Some(draft) = rows::get(rd, person, place)?.filter(|_| is_own(frame)) else { return Ok(None) };
    Ok(Some(Kept { uploads: rows::uploads(rd, person, place)?, draft }))
}

/// All drafts of the actor, the one written last first.
///
/// # Errors
/// The database refuses.
pub fn all(rd: &mut Rd<'_>, frame: Frame<'_>) -> Result<Vec<Kept>> {
    let person = frame.person()?;
    let mut all = Vec::new();
    for draft in rows::of_person(rd, person, if is_own(frame) { MOST } else { 0 })? {
        all.push(Kept { uploads: rows::uploads(rd, person, &draft.place)?, draft });
    }
    Ok(all)
}

/// The place of what is written to a ticket from the desk.
pub fn place_of(ticket: TicketId) -> String {
    format!("ticket-{ticket}")
}

/// What somebody has not sent yet is read by nobody else, also not through their eyes.
pub(super) fn is_own(frame: Frame<'_>) -> bool {
    frame.actor.looker.is_none()
}

/// The tickets to which the actor is writing.
///
/// # Errors
/// The database refuses.
pub fn tickets(rd: &mut Rd<'_>, frame: Frame<'_>) -> Result<Vec<TicketId>> {
    if is_own(frame) { rows::tickets(rd, frame.person()?) } else { Ok(Vec::new()) }
}

/// The ticket that a place names.
fn ticket_of(place: &str) -> Option<TicketId> {
    place.strip_prefix("ticket-").or_else(|| place.strip_prefix("request-"))?.parse().ok()
}

fn checked(place: &str, written: &Written) -> Result<()> {
    let name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    // What waits to be sent is changed by taking it back alone.
    if place.is_empty() || place.len() > SHORT || !place.chars().all(name) || place.starts_with(HELD) {
        return Err(Error::not_found());
    }
    let fields: usize = written.fields.iter().map(|(name, value)| name.chars().count() + value.chars().count()).sum();
    let long = [
        ("kind", written.kind.chars().count(), SHORT),
        ("key", written.key.chars().count(), SHORT),
        ("body", written.body.chars().count(), BODY),
        ("fields", fields, FIELDS),
    ];
    for (field, length, most) in long {
        if length > most {
            return Err(Error::invalid(field, "error-too-long").field_arg("max", most));
        }
    }
    if written.uploads.len() > FILES {
        return Err(Error::invalid("attachments", "error-items-many").field_arg("max", FILES));
    }
    Ok(())
}
