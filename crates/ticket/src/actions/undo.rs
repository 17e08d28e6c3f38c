//! Taking back one's own change of a ticket: within ten minutes, while nobody has changed the same
//! properties again.

use std::collections::BTreeSet;

use access::Verb;
use db::Tx;
use events::{By, Event};
use kernel::{Error, ErrorKind, Id, Result, TicketId};

use crate::actions::change::{Stands, refusal};
use crate::actions::merge;
use crate::catalogue::KindDef;
use crate::events::{Change, Ended, OBJECT, TicketEvent, Worth};
use crate::record::{self, Flags, Set, Undoes};
use crate::store::{text, ticket as rows};
use crate::timeline::{UNDO_WITHIN, can_be_undone};
use crate::{Frame, Ticket, permit};

/// Takes back a change of the actor's own; answers the ticket after it. Whoever gave a ticket away and
/// sees it no more gets it back by this: it is asked of the ticket as it is and as it was.
///
/// # Errors
/// Not found; forbidden when somebody else did it or the right is gone; conflict when it is too late, or
/// when a property was changed again since: each is named.
pub fn undo(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, event: i64) -> Result<Ticket> {
    take_back(tx, frame, id, event, UNDO_WITHIN)
}

/// The same within another time.
pub(crate) fn take_back(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, event: i64, within: i64) -> Result<Ticket> {
    let log = events::of_object_since(tx, OBJECT, id.raw(), event.saturating_sub(1))?;
    let Some((own, later)) = log.split_first().filter(|(first, _)| first.seq == event && is_own(frame, first)) else {
        permit::see(tx, frame, id)?;
        let there = log.first().is_some_and(|first| first.seq == event);
        return Err(if there { Error::new(ErrorKind::Forbidden, "error-undo-not-yours") } else { Error::not_found() });
    };
    let before = rows::by_id(tx, id)?;
    let catalogue = frame.desk.catalogue(tx)?;
    let kind = catalogue.kind_of(&before)?;
    let changed = changes_of(own)?.filter(|done| can_be_undone(&done.changes));
    let sets = match &changed {
        Some(done) => sets(tx, kind, &before, &done.changes)?,
        None => Vec::new(),
    };
    let restored = with(&before, &sets);
    if !reaches(tx, frame, [&before, &restored], Verb::TicketSee)? {
        return Err(Error::not_found());
    }
    let Some(Done { changes, reopened, ended }) = changed else { return Err(Error::conflict("error-undo-nothing")) };
    if frame.act.now > own.recorded.plus(within) {
        return Err(Error::conflict("error-undo-late"));
    }
    unchanged(&changes, later)?;
    merge::free(tx, &before)?;
    allowed(tx, frame, kind, [&before, &restored], &changes)?;
    sound(tx, frame, kind, &before, &restored)?;
    let flags = Flags { undoes: Some(Undoes { event, reopened, ended }), ..Flags::default() };
    Ok(record::apply(tx, frame.act, kind, &before, &sets, flags)?.ticket)
}

/// The newest change of the actor's own that can still be taken back.
///
/// # Errors
/// Not found when the ticket may not be seen; conflict when there is none.
pub fn newest(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId) -> Result<i64> {
    permit::see(tx, frame, id)?;
    let since = frame.act.now.plus(-UNDO_WITHIN);
    let mut touched: BTreeSet<String> = BTreeSet::new();
    for event in events::newest_of_object(tx, OBJECT, id.raw(), 200)?.iter().rev() {
        let Some(Done { changes, .. }) = changes_of(event)? else { continue };
        let overtaken = changes.iter().any(|c| touched.contains(&c.field));
        if !overtaken && is_own(frame, event) && event.recorded >= since && can_be_undone(&changes) {
            return Ok(event.seq);
        }
        touched.extend(changes.into_iter().map(|c| c.field).filter(|field| field != "incomplete"));
    }
    Err(Error::conflict("error-undo-nothing"))
}

fn is_own(frame: Frame<'_>, event: &Event) -> bool {
    matches!(event.by, By::Person(id) if Some(Id::new(id)) == frame.actor.person)
}

/// What an event changed.
struct Done {
    changes: Vec<Change>,
    reopened: bool,
    ended: Option<Ended>,
}

fn changes_of(event: &Event) -> Result<Option<Done>> {
    Ok(match serde_json::from_value(event.payload.clone()).map_err(Error::internal)? {
        TicketEvent::Changed { changes, reopened, ended, .. } => Some(Done { changes, reopened, ended }),
        _ => None,
    })
}

/// Refuses when what would be taken back was changed again, and names it.
fn unchanged(changes: &[Change], later: &[Event]) -> Result<()> {
    let mut error = Error::conflict("error-undo-changed");
    for event in later {
        let Some(Done { changes: others, .. }) = changes_of(event)? else { continue };
        let same = |other: &&Change| other.field != "incomplete" && changes.iter().any(|mine| mine.field == other.field);
        for other in others.iter().filter(same) {
            error = error.field(other.field.clone(), "error-changed-since");
        }
    }
    if error.fields().is_empty() { Ok(()) } else { Err(error) }
}

/// The verbs that the change itself needed, on the ticket as it is or as it was.
fn allowed(tx: &mut Tx<'_>, frame: Frame<'_>, kind: &KindDef, tickets: [&Ticket; 2], changes: &[Change]) -> Result<()> {
    let me = frame.actor.person.map(|id| Worth::Number(id.raw()));
    let took = changes.iter().any(|c| c.field == "assignee" && Some(&c.to) == me.as_ref());
    let takes = took && reaches(tx, frame, tickets, Verb::TicketTake)?;
    for change in changes.iter().filter(|c| c.field != "incomplete") {
        let verb = match (change.field.as_str(), &change.from, &change.to) {
            ("team" | "owner_team" | "assignee", ..) if takes => Verb::TicketTake,
            ("team" | "owner_team" | "assignee", ..) => Verb::TicketAssign,
            ("resolution_code" | "resolution_report", ..) => Verb::TicketSolve,
            ("state", Worth::Key(from), Worth::Key(to)) => {
                let step = kind.transitions.iter().find(|t| t.from == *from && t.to == *to);
                step.and_then(|step| Verb::from_key(&step.verb)).unwrap_or(Verb::TicketWork)
            }
            _ => Verb::TicketEdit,
        };
        if !reaches(tx, frame, tickets, verb)? {
            return Err(Error::forbidden().arg("verb", verb));
        }
    }
    Ok(())
}

fn reaches(tx: &mut Tx<'_>, frame: Frame<'_>, tickets: [&Ticket; 2], verb: Verb) -> Result<bool> {
    Ok(permit::reaches(tx, frame, tickets[0], verb)? || permit::reaches(tx, frame, tickets[1], verb)?)
}

/// What must hold of every ticket holds of the one that comes back.
fn sound(tx: &mut Tx<'_>, frame: Frame<'_>, kind: &KindDef, before: &Ticket, restored: &Ticket) -> Result<()> {
    if before.is_open() && !restored.is_open() {
        let stands = if permit::is_staff_on(tx, frame, before)? { Stands::Staff } else { Stands::Outside };
        refusal(tx, frame.desk, kind, before, restored.category, stands)?.map_or(Ok(()), Err)?;
    }
    if let Some(parent) = restored.parent.filter(|_| restored.parent != before.parent)
        && (parent == before.id || rows::ancestors(tx, parent)?.contains(&before.id))
    {
        return Err(Error::invalid("parent", "error-parent-circle"));
    }
    Ok(())
}

fn with(ticket: &Ticket, sets: &[Set]) -> Ticket {
    sets.iter().fold(ticket.clone(), |ticket, set| set.on(ticket))
}

/// The values that come back.
fn sets(tx: &mut Tx<'_>, kind: &KindDef, before: &Ticket, changes: &[Change]) -> Result<Vec<Set>> {
    let mut sets = Vec::new();
    for change in changes.iter().filter(|c| c.field != "incomplete") {
        sets.push(back(tx, kind, change)?);
    }
    let restored = with(before, &sets);
    let lacks = restored.requester.is_none() || restored.service.is_none();
    // It counts as incomplete again when it was this that had completed it.
    if lacks && changes.iter().any(|c| c.field == "incomplete" && c.to == Worth::Number(0)) {
        sets.push(Set::Incomplete(true));
    }
    Ok(sets)
}

/// One value that comes back.
fn back(tx: &mut Tx<'_>, kind: &KindDef, change: &Change) -> Result<Set> {
    let gone = || Error::conflict("error-undo-gone");
    let id = if let Worth::Number(id) = change.from { Some(id) } else { None };
    Ok(match (change.field.as_str(), &change.from) {
        ("title", Worth::Text(old)) => Set::Title(text::get(tx, *old)?.ok_or_else(gone)?),
        ("state", Worth::Key(key)) => Set::State(key.clone(), kind.state(key).ok_or_else(gone)?.category),
        ("impact", Worth::Number(grade)) => Set::Impact(*grade),
        ("urgency", Worth::Number(grade)) => Set::Urgency(*grade),
        ("priority", Worth::Number(grade)) => Set::Priority(*grade),
        ("requester", _) => Set::Requester(id.map(Id::new)),
        ("beneficiary", _) => Set::Beneficiary(id.map(Id::new)),
        ("organisation", _) => Set::Organisation(id.map(Id::new)),
        ("location", _) => Set::Location(id.map(Id::new)),
        ("service", _) => Set::Service(id.map(Id::new)),
        ("owner_team", _) => Set::OwnerTeam(id.map(Id::new)),
        ("team", _) => {
            let line = id.map(|id| party::store::team::get(tx, Id::new(id))).transpose()?.map_or(1, |team| team.line);
            Set::Team(id.map(Id::new), line)
        }
        ("assignee", _) => Set::Assignee(id.map(Id::new)),
        ("parent", _) => Set::Parent(id.map(Id::new)),
        ("resolution_code", Worth::Key(code)) => Set::ResolutionCode(Some(code.clone())),
        ("resolution_code", _) => Set::ResolutionCode(None),
        ("resolution_report", Worth::Text(old)) => Set::ResolutionText(Some(*old)),
        ("resolution_report", _) => Set::ResolutionText(None),
        _ => return Err(gone()),
    })
}
