//! A message that is sent a little later: the undo of sending, and sending at a chosen time. Until then it
//! is a draft of its writer, whom alone it concerns; a job writes it with the rights they have then.

use std::sync::Arc;

use access::load_actor;
use db::{Rd, Tx};
use events::{Act, Cause, Enqueue, enqueue};
use kernel::{AttachmentId, Entropy, Error, Lang, MessageId, PersonId, Result, TicketId, Time};
use serde::{Deserialize, Serialize};

use super::bulk::{is_answer, words};
use super::change::Patch;
use super::draft::{HELD, Kept, MOST, is_own, place_of};
use super::post::{self, Post};
use crate::store::draft::{self as rows, Draft};
use crate::{Channel, Desk, Direction, Frame, MessageKind};

/// The job that sends.
pub(crate) const JOB: &str = "ticket.send_held";
/// The cause in the log of what it sends.
pub const CAUSE: &str = "held";
/// How far ahead a message can be sent.
const FURTHEST: i64 = 366 * Time::DAY;
/// What ends a trial.
const TRIAL: &str = "error-held-trial";

/// Which one is due.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Work {
    pub person: PersonId,
    pub place: String,
}

/// What is sent beside the text and the files.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Rest {
    public: bool,
    channel: String,
    lang: Option<String>,
    /// Of a call: its direction and its seconds.
    call: Option<(String, Option<i64>)>,
    state: Option<String>,
    resolution_code: Option<Option<String>>,
    resolution_report: Option<String>,
    base: Option<i64>,
    unmasked: bool,
}

impl Rest {
    fn of(post: &Post) -> Self {
        Self {
            public: post.public,
            channel: post.channel.key().to_owned(),
            lang: post.lang.map(|lang| lang.tag().to_owned()),
            call: post.call.map(|(direction, seconds)| (direction.key().to_owned(), seconds)),
            state: post.with.state.clone(),
            resolution_code: post.with.resolution_code.clone(),
            resolution_report: post.with.resolution_report.clone(),
            base: post.base,
            unmasked: post.unmasked,
        }
    }

    fn post(self, kind: MessageKind, body: &str, uploads: Vec<AttachmentId>) -> Post {
        let call = self.call.map(|(direction, seconds)| (Direction::from_key(&direction).unwrap_or(Direction::In), seconds));
        Post {
            public: self.public,
            channel: Channel::from_key(&self.channel).unwrap_or(Channel::Agent),
            lang: self.lang.as_deref().and_then(Lang::from_tag),
            call,
            uploads,
            with: Patch {
                state: self.state,
                resolution_code: self.resolution_code,
                resolution_report: self.resolution_report,
                ..Patch::default()
            },
            base: self.base,
            unmasked: self.unmasked,
            ..Post::new(kind, body)
        }
    }
}

/// Keeps a message until it is sent; answers its place. It is tried first, so that what would be refused is
/// refused now. Of what changes with it, state and resolution are kept.
///
/// # Errors
/// As [`post::post`]; invalid when the moment has passed or is more than a year away; conflict when there
/// are too many drafts.
pub fn hold(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, post: &Post, at: Time) -> Result<String> {
    let (person, now) = (frame.person()?, frame.act.now);
    if at <= now || at > now.plus(FURTHEST) {
        return Err(Error::invalid("send_at", "error-send-at"));
    }
    let tried: Result<()> = tx.savepoint(|tx| {
        post::post(tx, frame, id, post)?;
        Err(Error::conflict(TRIAL))
    });
    if let Err(error) = tried
        && error.code() != TRIAL
    {
        return Err(error);
    }
    if rows::count(tx, person)? >= MOST {
        return Err(Error::conflict("error-drafts-many").arg("max", MOST));
    }
    let mut stamp = now.micros();
    let mut place = format!("{HELD}{id}-{stamp}");
    while rows::get(tx, person, &place)?.is_some() {
        stamp += 1;
        place = format!("{HELD}{id}-{stamp}");
    }
    let draft = Draft {
        place: place.clone(),
        ticket: Some(id),
        kind: post.kind.key().to_owned(),
        body: post.body.clone(),
        fields: "{}".to_owned(),
        key: String::new(),
        version: 1,
        updated_at: now,
        send_at: Some(at),
        rest: serde_json::to_string(&Rest::of(post)).map_err(Error::internal)?,
        trouble: String::new(),
    };
    rows::put(tx, person, &draft)?;
    rows::keep_uploads(tx, person, &place, &post.uploads)?;
    let work = Work { person, place: place.clone() };
    enqueue(tx, now, &Enqueue { kind: JOB, payload: &work, run_at: at, unique_key: Some(format!("{JOB}:{person}:{place}")) })?;
    Ok(place)
}

/// What the actor sends to a ticket later, the next first.
///
/// # Errors
/// The database refuses.
pub fn of_ticket(rd: &mut Rd<'_>, frame: Frame<'_>, id: TicketId) -> Result<Vec<Kept>> {
    let Some(person) = frame.actor.person.filter(|_| is_own(frame)) else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    for draft in rows::held(rd, person, id)? {
        all.push(Kept { uploads: rows::uploads(rd, person, &draft.place)?, draft });
    }
    Ok(all)
}

/// Takes a message back before it is sent: it is the draft of its ticket again, behind what was begun since.
///
/// # Errors
/// Conflict when it was sent, or never was.
pub fn take_back(tx: &mut Tx<'_>, frame: Frame<'_>, place: &str) -> Result<TicketId> {
    let person = frame.person()?;
    let (draft, ticket) = held(tx, person, place)?;
    to_draft(tx, person, &draft, ticket, String::new(), frame.act.now)?;
    Ok(ticket)
}

/// Sends a message at once.
///
/// # Errors
/// Conflict when it was sent, or never was; as [`post::post`].
pub fn send_now(tx: &mut Tx<'_>, frame: Frame<'_>, place: &str) -> Result<(TicketId, MessageId)> {
    let person = frame.person()?;
    let (draft, ticket) = held(tx, person, place)?;
    Ok((ticket, send(tx, frame, &draft, ticket)?))
}

fn held(rd: &mut Rd<'_>, person: PersonId, place: &str) -> Result<(Draft, TicketId)> {
    let found = rows::get(rd, person, place)?.filter(|draft| draft.send_at.is_some());
    found.and_then(|draft| draft.ticket.map(|ticket| (draft, ticket))).ok_or_else(|| Error::conflict("error-held-sent"))
}

fn send(tx: &mut Tx<'_>, frame: Frame<'_>, draft: &Draft, ticket: TicketId) -> Result<MessageId> {
    let person = frame.person()?;
    let uploads = rows::uploads(tx, person, &draft.place)?.into_iter().map(|(id, _)| id).collect();
    let rest: Rest = serde_json::from_str(&draft.rest).map_err(Error::internal)?;
    let kind = MessageKind::from_key(&draft.kind).ok_or_else(|| Error::invalid("kind", "error-message-kind"))?;
    let (message, _) = post::post(tx, frame, ticket, &rest.post(kind, &draft.body, uploads))?;
    rows::delete(tx, person, &draft.place)?;
    Ok(message)
}

/// The job's part: writes what is due. What is refused by now goes back to its writer, with the reason.
pub(crate) fn send_due(tx: &mut Tx<'_>, desk: &Desk, work: &Work, now: Time, entropy: &Arc<dyn Entropy>) -> Result<()> {
    let Ok((draft, ticket)) = held(tx, work.person, &work.place) else { return Ok(()) };
    if draft.send_at.is_some_and(|at| at > now) {
        return Ok(());
    }
    let actor = load_actor(tx, work.person, now)?;
    let act = Act { cause: Cause::Schedule { name: CAUSE.to_owned() }, ..Act::person(work.person, now, Arc::clone(entropy)) };
    let frame = Frame { desk, actor: &actor, act: &act };
    match tx.savepoint(|tx| send(tx, frame, &draft, ticket)) {
        Ok(_) => Ok(()),
        Err(error) if is_answer(&error) => {
            let zone = jiff::tz::TimeZone::get(&actor.time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
            let trouble = words(&i18n::T::new(actor.lang, zone), &error);
            to_draft(tx, work.person, &draft, ticket, trouble, now)
        }
        Err(error) => Err(error),
    }
}

fn to_draft(tx: &mut Tx<'_>, person: PersonId, held: &Draft, ticket: TicketId, trouble: String, now: Time) -> Result<()> {
    let place = place_of(ticket);
    let begun = rows::get(tx, person, &place)?;
    let mut uploads: Vec<AttachmentId> = rows::uploads(tx, person, &held.place)?.into_iter().map(|(id, _)| id).collect();
    let mut body = held.body.clone();
    if let Some(begun) = &begun {
        uploads.extend(rows::uploads(tx, person, &place)?.into_iter().map(|(id, _)| id));
        if !begun.body.trim().is_empty() && begun.body != body {
            body = format!("{}\n\n{body}", begun.body);
        }
    }
    rows::delete(tx, person, &held.place)?;
    let draft = Draft {
        place: place.clone(),
        body,
        key: String::new(),
        version: begun.map_or(0, |begun| begun.version) + 1,
        updated_at: now,
        send_at: None,
        rest: String::new(),
        trouble,
        ..held.clone()
    };
    rows::put(tx, person, &draft)?;
    rows::keep_uploads(tx, person, &place, &uploads)
}
