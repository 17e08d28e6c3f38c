//! Asking for an export, and what becomes of it.

use access::store::grant;
use access::{Actor, ActorKind, TokenScope, Verb};
use db::{Rd, Tx};
use events::{Act, Draft, Enqueue, Visibility, append, enqueue};
use kernel::{Error, PersonId, Result, Time};
use party::{Person, TenantId};
use serde::Serialize;

use super::SAME;
use super::job::{EXPORT, Work};
use super::store::{self, Export, ExportId, ExportState};
use crate::actions::permitted;

/// Exports that a page lists.
const LISTED: i64 = 10;

/// Somebody of whom the actor may have an export.
#[derive(Debug, Clone)]
pub struct Subject {
    pub person: Person,
    /// It is the actor.
    pub own: bool,
    /// The actor may have it with the notes of the desk.
    pub notes: bool,
}

#[derive(Serialize)]
struct Told {
    export: i64,
    notes: bool,
}

/// Tells of an export in the log.
pub(super) fn tell(tx: &mut Tx<'_>, act: &Act, kind: &'static str, export: &Export) -> Result<()> {
    let payload = Told { export: export.id.raw(), notes: export.notes };
    let (tenant, object, object_id, visibility) = (export.tenant.raw(), "person", export.person.raw(), Visibility::Administrative);
    append(tx, act, &Draft { tenant, object, object_id, kind, visibility, payload: &payload }).map(drop)
}

/// Everybody may have an export of themselves, whoever may erase somebody that of theirs.
///
/// # Errors
/// Not found when the actor does not see the person; forbidden without `person.erase`, for who looks with the
/// eyes of somebody else, and for a token that may not do everything that its person may.
pub fn subject(rd: &mut Rd<'_>, actor: &Actor, id: PersonId) -> Result<Subject> {
    let own = actor.who.persons.contains(&id);
    let person = if own { party::store::person::get(rd, actor.require_person()?)? } else { permitted(rd, actor, id)? };
    let narrow = matches!(&actor.kind, ActorKind::Token { scopes, .. } if !TokenScope::all().all(|scope| scopes.contains(&scope)));
    if actor.looker.is_some() || narrow {
        return Err(Error::forbidden());
    }
    let erases = !own || actor.persons(Verb::PersonErase).reaches(rd, person.id)?;
    Ok(Subject { person, own, notes: erases && actor.may_anywhere(Verb::TicketSeeInternal) })
}

/// Asks for an export. While one runs, and for a day with the one that was made, it is that one.
///
/// # Errors
/// As [`subject`]; forbidden when the person may do more than the actor, or with notes and without the right
/// to have them.
pub fn ask(tx: &mut Tx<'_>, actor: &Actor, act: &Act, id: PersonId, notes: bool) -> Result<Export> {
    let subject = subject(tx, actor, id)?;
    grant::require_not_above(tx, actor, subject.person.id)?;
    if notes && !subject.notes {
        return Err(Error::forbidden().arg("verb", Verb::TicketSeeInternal));
    }
    let by = actor.require_person()?;
    if let Some(last) = store::asked(tx, subject.person.id, by, 1)?.into_iter().next() {
        if last.state == ExportState::Running {
            // Its job may have been given up.
            begin(tx, act.now, last.id)?;
            return Ok(last);
        }
        if last.state == ExportState::Ready && last.notes == notes && act.now < last.asked_at.plus(SAME) {
            return Ok(last);
        }
    }
    let export = insert(tx, (subject.person.id, subject.person.tenant), by, notes, act.now)?;
    begin(tx, act.now, export.id)?;
    tell(tx, act, "person.export_asked", &export)?;
    Ok(export)
}

fn insert(tx: &mut Tx<'_>, of: (PersonId, TenantId), by: PersonId, notes: bool, now: Time) -> Result<Export> {
    let id = tx.next_id::<store::ExportKind>()?;
    if !store::begin(tx, id, of, by, notes, now)? {
        return Err(Error::conflict("error-person-export-running"));
    }
    store::get(tx, id)?.ok_or_else(Error::not_found)
}

fn begin(tx: &mut Tx<'_>, now: Time, id: ExportId) -> Result<()> {
    let key = format!("{EXPORT}:{id}");
    enqueue(tx, now, &Enqueue { kind: EXPORT, payload: &Work { export: id.raw() }, run_at: now, unique_key: Some(key) })
}

/// The exports of somebody that the actor asked for, the newest first; at most ten.
///
/// # Errors
/// As [`subject`].
pub fn asked(rd: &mut Rd<'_>, actor: &Actor, id: PersonId) -> Result<(Subject, Vec<Export>)> {
    let subject = subject(rd, actor, id)?;
    let exports = store::asked(rd, subject.person.id, actor.require_person()?, LISTED)?;
    Ok((subject, exports))
}

/// One of them.
///
/// # Errors
/// As [`subject`]; not found when somebody else asked for it: it holds what that one may read.
pub fn one(rd: &mut Rd<'_>, actor: &Actor, person: PersonId, id: ExportId) -> Result<Export> {
    let subject = subject(rd, actor, person)?;
    let found = store::get(rd, id)?.filter(|export| export.person == subject.person.id && Some(export.asked_by) == actor.person);
    found.ok_or_else(Error::not_found)
}

/// Notes that its file is taken; answers the export with its file.
///
/// # Errors
/// As [`one`]; not found when it has no file, or none any more.
pub fn taken(tx: &mut Tx<'_>, actor: &Actor, act: &Act, person: PersonId, id: ExportId) -> Result<Export> {
    let export = one(tx, actor, person, id)?;
    let there = export.state == ExportState::Ready && export.file.is_some() && export.expires_at.is_some_and(|end| act.now < end);
    if !there {
        return Err(Error::not_found());
    }
    // What whoever asked may not have any more, they do not get.
    if export.notes && !subject(tx, actor, person)?.notes {
        return Err(Error::not_found());
    }
    tell(tx, act, "person.export_taken", &export)?;
    Ok(export)
}
