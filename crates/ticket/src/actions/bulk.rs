//! Changing several tickets at once: what is not allowed is said before, each ticket is changed by itself,
//! and the whole can be taken back.

use db::{Rd, Tx};
use events::{Draft, Enqueue, Visibility, append, enqueue};
use i18n::T;
use kernel::{Error, Id, Result, TicketId, Time};
use serde::{Deserialize, Serialize};

use crate::actions::change::{Base, Patch, change};
use crate::actions::{post, tag, trash, undo};
use crate::events::{BULK, BulkEvent};
use crate::rules::text;
use crate::store::bulk::{self as rows, Bulk, BulkId, BulkState, Fate, One};
use crate::store::{involved, ticket as tickets};
use crate::{Frame, MessageKind, permit};

/// Tickets of one deed at most.
pub const MOST: usize = 500;
/// How long the whole can be taken back.
pub const UNDO_WITHIN: i64 = Time::DAY;
/// The job that goes through the tickets.
pub(crate) const JOB: &str = "ticket.bulk";
/// What ends a trial.
const TRIAL: &str = "error-bulk-trial";

/// What is done to each ticket. Of a team, a person or a service 0 is none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wanted {
    pub state: Option<String>,
    pub resolution_code: Option<String>,
    pub resolution_report: Option<String>,
    pub team: Option<i64>,
    pub assignee: Option<i64>,
    pub priority: Option<i64>,
    pub service: Option<i64>,
    pub add_tags: Vec<String>,
    pub remove_tags: Vec<String>,
    /// A note to each.
    pub note: String,
    /// Move them to the trash.
    pub trash: bool,
}

/// What was done to one ticket.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Did {
    event: Option<i64>,
    added: Vec<String>,
    removed: Vec<String>,
    trashed: bool,
}

/// The work of the job.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Work {
    pub bulk: i64,
    pub undo: bool,
}

impl Wanted {
    fn patch(&self) -> Patch {
        fn id<K>(value: Option<i64>) -> Option<Option<Id<K>>> {
            value.map(|id| (id != 0).then(|| Id::new(id)))
        }
        Patch {
            state: self.state.clone(),
            resolution_code: self.resolution_code.clone().map(Some),
            resolution_report: self.resolution_report.clone(),
            team: id(self.team),
            assignee: id(self.assignee),
            priority: self.priority,
            service: id(self.service),
            ..Patch::default()
        }
    }

    /// The fields it names, for the audit.
    fn fields(&self) -> Vec<String> {
        let named = [
            ("state", self.state.is_some()),
            ("resolution_code", self.resolution_code.is_some()),
            ("resolution_report", self.resolution_report.is_some()),
            ("team", self.team.is_some()),
            ("assignee", self.assignee.is_some()),
            ("priority", self.priority.is_some()),
            ("service", self.service.is_some()),
            ("tag", !self.add_tags.is_empty() || !self.remove_tags.is_empty()),
            ("note", !self.note.trim().is_empty()),
            ("trash", self.trash),
        ];
        named.into_iter().filter(|(_, is)| *is).map(|(field, _)| field.to_owned()).collect()
    }

    fn checked(&self, tickets: &[TicketId]) -> Result<()> {
        if self.fields().is_empty() {
            return Err(Error::invalid("change", "error-bulk-nothing"));
        }
        if tickets.is_empty() || tickets.len() > MOST {
            return Err(Error::invalid("tickets", "error-bulk-many").field_arg("max", MOST));
        }
        Ok(())
    }
}

/// Which of these tickets would be refused, and why; nothing is kept of the trial.
///
/// # Errors
/// Nothing is wanted, or too many; the database refuses.
pub fn preview(tx: &mut Tx<'_>, frame: Frame<'_>, tickets: &[TicketId], wanted: &Wanted, t: &T) -> Result<Vec<(TicketId, Option<String>)>> {
    wanted.checked(tickets)?;
    let mut found = Vec::with_capacity(tickets.len());
    for id in tickets {
        let tried: Result<()> = tx.savepoint(|tx| {
            apply(tx, frame, *id, wanted)?;
            Err(Error::conflict(TRIAL))
        });
        match tried {
            Err(error) if error.code() == TRIAL => found.push((*id, None)),
            Err(error) if is_answer(&error) => found.push((*id, Some(words(t, &error)))),
            Err(error) => return Err(error),
            Ok(()) => {}
        }
    }
    Ok(found)
}

/// Begins; a job goes through the tickets with the rights that the actor has then.
///
/// # Errors
/// Not found when the actor does not see one of them; invalid when nothing is wanted, or too many.
pub fn start(tx: &mut Tx<'_>, frame: Frame<'_>, tickets: &[TicketId], wanted: &Wanted) -> Result<BulkId> {
    wanted.checked(tickets)?;
    let person = frame.person()?;
    for id in tickets {
        permit::see(tx, frame, *id)?;
    }
    let id = tx.next_id::<rows::BulkKind>()?;
    let bulk = Bulk {
        id,
        tenant: frame.actor.tenant,
        person,
        wanted: serde_json::to_string(wanted).map_err(Error::internal)?,
        state: BulkState::Running,
        created_at: frame.act.now,
        finished_at: None,
    };
    rows::insert(tx, &bulk, tickets)?;
    tell(tx, frame, &bulk, &BulkEvent::Started { tickets: tickets.len(), fields: wanted.fields() })?;
    work(tx, frame, id, false)?;
    Ok(id)
}

/// Begins to take the whole back: what was changed again since stays, and is listed.
///
/// # Errors
/// Not found when it is somebody else's; conflict when it is too late, or not done yet.
pub fn take_back(tx: &mut Tx<'_>, frame: Frame<'_>, id: BulkId) -> Result<()> {
    let bulk = own(tx, frame, id)?;
    if bulk.state != BulkState::Done {
        return Err(Error::conflict("error-bulk-state"));
    }
    if frame.act.now > bulk.created_at.plus(UNDO_WITHIN) {
        return Err(Error::conflict("error-bulk-late"));
    }
    rows::set_state(tx, id, BulkState::Undoing, None)?;
    tell(tx, frame, &bulk, &BulkEvent::Undone {})?;
    work(tx, frame, id, true)
}

/// A deed of the actor's own.
///
/// # Errors
/// Not found when there is none or it is somebody else's.
pub fn own(rd: &mut Rd<'_>, frame: Frame<'_>, id: BulkId) -> Result<Bulk> {
    let bulk = rows::get(rd, id)?;
    if bulk.person == frame.person()? { Ok(bulk) } else { Err(Error::not_found()) }
}

/// One ticket of the job; what was settled before is left alone.
pub(crate) fn step(tx: &mut Tx<'_>, frame: Frame<'_>, id: BulkId, ticket: TicketId, t: &T) -> Result<()> {
    let wanted: Wanted = serde_json::from_str(&rows::get(tx, id)?.wanted).map_err(Error::internal)?;
    let one = rows::one(tx, id, ticket)?;
    if one.fate != Fate::Waiting {
        return Ok(());
    }
    let one = match tx.savepoint(|tx| apply(tx, frame, ticket, &wanted)) {
        Ok(did) => One { fate: Fate::Done, did: serde_json::to_string(&did).map_err(Error::internal)?, ..one },
        Err(error) if is_answer(&error) => One { fate: Fate::Refused, words: words(t, &error), ..one },
        Err(error) => return Err(error),
    };
    rows::settle(tx, id, &one)
}

/// One ticket taken back; one that was changed again since stays as it is.
pub(crate) fn step_back(tx: &mut Tx<'_>, frame: Frame<'_>, id: BulkId, ticket: TicketId, t: &T) -> Result<()> {
    let one = rows::one(tx, id, ticket)?;
    if one.fate != Fate::Done {
        return Ok(());
    }
    let did: Did = serde_json::from_str(&one.did).map_err(Error::internal)?;
    let one = match tx.savepoint(|tx| revert(tx, frame, ticket, &did)) {
        Ok(()) => One { fate: Fate::Undone, ..one },
        Err(error) if is_answer(&error) => One { fate: Fate::Kept, words: words(t, &error), ..one },
        Err(error) => return Err(error),
    };
    rows::settle(tx, id, &one)
}

fn apply(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, wanted: &Wanted) -> Result<Did> {
    let mut did = Did::default();
    let before = permit::see(tx, frame, id)?;
    // First of all: who gives a ticket away may not write to it any more.
    if !wanted.note.trim().is_empty() {
        post::post(tx, frame, id, &post::Post::new(MessageKind::Note, wanted.note.as_str()))?;
    }
    for raw in &wanted.add_tags {
        let there = involved::tags(tx, id)?;
        let tag = tag::tag(tx, frame, id, raw)?;
        did.added.extend((!there.contains(&tag)).then_some(tag));
    }
    for raw in &wanted.remove_tags {
        let tag = text::tag(raw)?;
        if involved::tags(tx, id)?.contains(&tag) {
            tag::untag(tx, frame, id, &tag)?;
            did.removed.push(tag);
        }
    }
    let patch = wanted.patch();
    if patch != Patch::default() {
        let after = change(tx, frame, id, Base::Latest, &patch)?;
        if after.version != before.version {
            did.event = rows::newest_change(tx, id)?;
        }
    }
    if wanted.trash {
        trash::discard(tx, frame, id)?;
        did.trashed = true;
    }
    Ok(did)
}

fn revert(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, did: &Did) -> Result<()> {
    if did.trashed {
        trash::restore(tx, frame, id)?;
    }
    if let Some(event) = did.event {
        undo::take_back(tx, frame, id, event, UNDO_WITHIN + Time::DAY)?;
    }
    let there = involved::tags(tx, id)?;
    for tag in did.added.iter().filter(|tag| there.contains(tag)) {
        tag::untag(tx, frame, id, tag)?;
    }
    for tag in did.removed.iter().filter(|tag| !there.contains(tag)) {
        tag::tag(tx, frame, id, tag)?;
    }
    Ok(())
}

fn work(tx: &mut Tx<'_>, frame: Frame<'_>, id: BulkId, undo: bool) -> Result<()> {
    let key = format!("{JOB}:{id}:{undo}");
    let payload = Work { bulk: id.raw(), undo };
    enqueue(tx, frame.act.now, &Enqueue { kind: JOB, payload: &payload, run_at: frame.act.now, unique_key: Some(key) })
}

/// Whether it is an answer about the ticket, and no fault of the desk.
pub(super) fn is_answer(error: &Error) -> bool {
    use kernel::ErrorKind::{Conflict, Forbidden, Invalid, NotFound};
    matches!(error.kind(), Conflict | Forbidden | Invalid | NotFound) && db::fault(error).is_none()
}

pub(super) fn words(t: &T, error: &Error) -> String {
    let fields: Vec<String> = error.fields().iter().map(|field| t.field_error(field)).collect();
    if fields.is_empty() { t.error(error) } else { fields.join(". ") }
}

fn tell(tx: &mut Tx<'_>, frame: Frame<'_>, bulk: &Bulk, event: &BulkEvent) -> Result<()> {
    let draft = Draft {
        tenant: bulk.tenant.raw(),
        object: BULK,
        object_id: bulk.id.raw(),
        kind: event.kind(),
        visibility: Visibility::Internal,
        payload: event,
    };
    append(tx, frame.act, &draft)?;
    Ok(())
}

/// How many tickets have which fate.
///
/// # Errors
/// Not found when it is somebody else's.
pub fn progress(rd: &mut Rd<'_>, frame: Frame<'_>, id: BulkId) -> Result<(Bulk, Vec<One>)> {
    Ok((own(rd, frame, id)?, rows::all(rd, id)?))
}

/// The title of a ticket for a list of what was refused, when the actor still sees it.
///
/// # Errors
/// The database refuses.
pub fn title(rd: &mut Rd<'_>, frame: Frame<'_>, id: TicketId) -> Result<Option<String>> {
    let scope = frame.actor.tickets(access::Verb::TicketSee);
    match tickets::visible(rd, &scope, id) {
        Ok(ticket) => Ok(Some(ticket.title)),
        Err(error) if error.kind() == kernel::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
