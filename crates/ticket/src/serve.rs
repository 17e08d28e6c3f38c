//! From a handler to an action: the one bridge that pages and endpoints cross.

use std::sync::Arc;

use access::{Actor, Object, Verb};
use db::{Rd, Tx};
use events::{RequestKey, once};
use kernel::{PageRequest, PersonId, Result, TicketId};
use serde::{Serialize, de::DeserializeOwned};
use web_kit::{App, Viewer};

use crate::standing::Standing;
use crate::timeline::{Reader, Timeline};
use crate::{Desk, Frame, Involvement, Ticket, permit, store};

/// Runs an action of the viewer; with a key it has its effect once, and a repeat gets the first
/// result.
///
/// # Errors
/// What the action answers; busy when the queue is full.
pub async fn act<T, F>(app: &App, viewer: &Viewer, desk: &Arc<Desk>, name: &'static str, key: Option<RequestKey>, action: F) -> Result<T>
where
    T: Serialize + DeserializeOwned + Send + 'static,
    F: Fn(&mut Tx<'_>, Frame<'_>) -> Result<T> + Send + 'static,
{
    let (actor, act, desk) = (Arc::clone(&viewer.actor), viewer.act(app)?, Arc::clone(desk));
    app.db
        .write(name, move |tx| {
            let frame = Frame { desk: &desk, actor: &actor, act: &act };
            let deed = |tx: &mut Tx<'_>| {
                let result = action(tx, frame)?;
                // What was written is sent: its draft goes with the same commit.
                if let Some(key) = &key {
                    store::draft::sent(tx, PersonId::new(key.actor), &key.key)?;
                }
                Ok(result)
            };
            once(tx, key.as_ref(), act.now, deed).map(|(result, _)| result)
        })
        .await
}

/// Reads for the viewer on the reader pool: lists by filters, whole pages.
///
/// # Errors
/// What the closure answers; busy when no reader was free in time.
pub async fn read<T, F>(app: &App, viewer: &Viewer, desk: &Arc<Desk>, name: &'static str, query: F) -> Result<T>
where
    T: Send + 'static,
    F: FnOnce(&mut Rd<'_>, Frame<'_>) -> Result<T> + Send + 'static,
{
    let (actor, act, desk) = (Arc::clone(&viewer.actor), viewer.act(app)?, Arc::clone(desk));
    app.db.read(name, move |rd| query(rd, Frame { desk: &desk, actor: &actor, act: &act })).await
}

/// Reads for the viewer by key or by an index with a limit: in place on SQLite.
///
/// # Errors
/// As [`read`].
pub async fn read_bounded<T, F>(app: &App, viewer: &Viewer, desk: &Arc<Desk>, name: &'static str, query: F) -> Result<T>
where
    T: Send + 'static,
    F: Fn(&mut Rd<'_>, Frame<'_>) -> Result<T> + Send + 'static,
{
    let (actor, act, desk) = (Arc::clone(&viewer.actor), viewer.act(app)?, Arc::clone(desk));
    app.db.read_bounded(name, move |rd| query(rd, Frame { desk: &desk, actor: &actor, act: &act })).await
}

/// A ticket as the actor may know it.
#[derive(Debug, Clone)]
pub struct Seen {
    pub ticket: Ticket,
    /// The actor sees notes and the desk's own business on it.
    pub inner: bool,
    /// The actor is its requester or beneficiary.
    pub requester: bool,
}

/// A ticket that the actor may see, and how.
///
/// # Errors
/// Not found when it does not exist or may not be seen.
pub fn see(rd: &mut Rd<'_>, frame: Frame<'_>, id: TicketId) -> Result<Seen> {
    let ticket = permit::see(rd, frame, id)?;
    let inner = permit::is_staff_on(rd, frame, &ticket)?;
    let requester = permit::is_requester(frame, &ticket);
    Ok(Seen { ticket, inner, requester })
}

/// The ticket in which a merged one goes on, when the actor sees it.
///
/// # Errors
/// The database refuses.
pub fn goes_on_in(rd: &mut Rd<'_>, frame: Frame<'_>, ticket: &Ticket) -> Result<Option<Seen>> {
    let Some((into, _)) = crate::actions::merge::goes_on_in(rd, ticket)? else { return Ok(None) };
    match see(rd, frame, into.id) {
        Ok(seen) => Ok(Some(seen)),
        Err(error) if error.kind() == kernel::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether a verb reaches a ticket: for showing or hiding a button. The action asks again.
///
/// # Errors
/// The database refuses.
pub fn may(rd: &mut Rd<'_>, frame: Frame<'_>, ticket: &Ticket, verb: Verb) -> Result<bool> {
    permit::reaches(rd, frame, ticket, verb)
}

/// Refuses a ticket that goes on as part of another one.
///
/// # Errors
/// Conflict, naming it.
pub fn free(rd: &mut Rd<'_>, ticket: &Ticket) -> Result<()> {
    crate::actions::merge::free(rd, ticket)
}

/// Somebody who may be given a part of a ticket's work: who is in a team that works for its tenant, and sees
/// the ticket from the inside.
///
/// # Errors
/// Not found; invalid when they are in no team, or do not see it.
pub fn worker(rd: &mut Rd<'_>, frame: Frame<'_>, field: &'static str, ticket: &Ticket, id: PersonId) -> Result<PersonId> {
    let person = permit::person(rd, frame, id)?;
    if !permit::works_for(rd, ticket.tenant, person.id)? {
        return Err(kernel::Error::invalid(field, "error-no-team").field_arg("name", &person.name));
    }
    let theirs = access::load_actor(rd, person.id, frame.act.now)?;
    let facts = crate::facts_of(rd, ticket)?;
    if !theirs.tickets(Verb::TicketSeeInternal).sees(&facts) {
        return Err(kernel::Error::invalid(field, "error-worker-blind").field_arg("name", &person.name));
    }
    Ok(person.id)
}

/// A team that may be given a part of a ticket's work.
///
/// # Errors
/// Not found; invalid when it is inactive or another customer's.
pub fn working_team(rd: &mut Rd<'_>, frame: Frame<'_>, field: &'static str, ticket: &Ticket, id: kernel::TeamId) -> Result<kernel::TeamId> {
    permit::team(rd, frame, field, ticket.tenant, id).map(|team| team.id)
}

/// The timeline as the actor may know it.
///
/// # Errors
/// The database refuses.
pub fn timeline(rd: &mut Rd<'_>, frame: Frame<'_>, seen: &Seen) -> Result<Timeline> {
    let catalogue = frame.desk.catalogue(rd)?;
    let (hidden, scope) = (hidden(frame.actor, &seen.ticket), frame.actor.tickets(Verb::TicketSee));
    crate::timeline::read(rd, seen.ticket.id, Reader { inner: seen.inner, hidden: &hidden, scope: &scope, open: catalogue.fields().open() })
}

/// One page of the timeline as the actor may know it, oldest first.
///
/// # Errors
/// The cursor is of another list; the database refuses.
pub fn timeline_page(rd: &mut Rd<'_>, frame: Frame<'_>, seen: &Seen, page: &PageRequest) -> Result<(Timeline, Option<String>)> {
    let catalogue = frame.desk.catalogue(rd)?;
    let (hidden, scope) = (hidden(frame.actor, &seen.ticket), frame.actor.tickets(Verb::TicketSee));
    crate::timeline::page(
        rd,
        seen.ticket.id,
        Reader { inner: seen.inner, hidden: &hidden, scope: &scope, open: catalogue.fields().open() },
        page,
    )
}

/// The fields of a ticket that the actor's roles hide.
pub fn hidden<'a>(actor: &'a Actor, ticket: &Ticket) -> std::collections::BTreeSet<&'a str> {
    actor.hidden_in(Object::Ticket, ticket.tenant)
}

/// An event of a ticket as the actor may know it, nothing when they may not.
///
/// # Errors
/// The database refuses.
pub fn event(rd: &mut Rd<'_>, frame: Frame<'_>, seen: &Seen, event: &events::Event) -> Result<Option<crate::events::TicketEvent>> {
    let catalogue = frame.desk.catalogue(rd)?;
    let (hidden, scope) = (hidden(frame.actor, &seen.ticket), frame.actor.tickets(Verb::TicketSee));
    crate::timeline::known(rd, Reader { inner: seen.inner, hidden: &hidden, scope: &scope, open: catalogue.fields().open() }, event)
}

/// A ticket as the actor reads it: what their roles hide is as if nobody had set it. Rights and steps are
/// asked of the whole one.
#[must_use]
pub fn known(actor: &Actor, ticket: &Ticket) -> Ticket {
    let mut known = ticket.clone();
    for field in hidden(actor, ticket) {
        match field {
            "requester" => known.requester = None,
            "beneficiary" => known.beneficiary = None,
            "organisation" => known.organisation = None,
            "location" => known.location = None,
            "service" => known.service = None,
            "team" => known.team = None,
            "owner_team" => known.owner_team = None,
            "assignee" => known.assignee = None,
            "parent" => known.parent = None,
            "resolution_code" => known.resolution_code = None,
            _ => {}
        }
    }
    known
}

/// Whether the actor may know who did something on a ticket. From whom the assignee is hidden, those
/// who work on it are "the desk"; the actor and who asked still have their names.
pub fn names(actor: &Actor, ticket: &Ticket, person: PersonId) -> bool {
    let asked = [ticket.requester, ticket.beneficiary].contains(&Some(person));
    asked || actor.who.persons.contains(&person) || !hidden(actor, ticket).contains("assignee")
}

/// Who follows a ticket, as its requester may know it: the desk's own people may follow it unseen.
///
/// # Errors
/// The database refuses.
pub fn followers(rd: &mut Rd<'_>, frame: Frame<'_>, ticket: TicketId) -> Result<Vec<PersonId>> {
    let colleagues = frame.actor.persons(Verb::PersonSee);
    let mut followers = Vec::new();
    for (person, role) in store::involved::people(rd, ticket)? {
        let known = role == Involvement::Watcher && (Some(person) == frame.actor.person || colleagues.reaches(rd, person)?);
        followers.extend(known.then_some(person));
    }
    Ok(followers)
}

/// A file of a ticket that the actor may see.
///
/// # Errors
/// Not found when file or ticket may not be seen, or the file is internal and the actor is not.
pub fn file(rd: &mut Rd<'_>, frame: Frame<'_>, id: kernel::AttachmentId) -> Result<store::attachment::Attachment> {
    let file = store::attachment::get(rd, id)?.ok_or_else(kernel::Error::not_found)?;
    let mut places = vec![(file.ticket, false)];
    if let Some(message) = file.message {
        places.extend(store::merge::places(rd, message)?);
    }
    for (ticket, desk) in places {
        match see(rd, frame, ticket) {
            Ok(seen) if seen.inner || (file.public && !desk) => return Ok(file),
            Ok(_) => {}
            Err(error) if error.kind() == kernel::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Err(kernel::Error::not_found())
}

/// The states that the actor may move a ticket to now: for menus. The action asks again, and also
/// whether what the state requires is there.
///
/// # Errors
/// The database refuses.
pub fn steps(rd: &mut Rd<'_>, frame: Frame<'_>, seen: &Seen) -> Result<Vec<crate::StateDef>> {
    let catalogue = frame.desk.catalogue(rd)?;
    let kind = catalogue.kind_of(&seen.ticket)?;
    let standing = Standing::of(rd, frame, &seen.ticket)?;
    let mut steps = Vec::new();
    for step in kind.transitions.iter().filter(|t| t.from == seen.ticket.state) {
        let taker = step.by.iter().any(|by| match by {
            crate::catalogue::Taker::Staff => seen.inner,
            crate::catalogue::Taker::Requester => standing.takes_as_requester(frame, step),
        });
        if taker && permit::step(rd, frame, &seen.ticket, step).is_ok() {
            steps.extend(kind.state(&step.to).cloned());
        }
    }
    Ok(steps)
}
