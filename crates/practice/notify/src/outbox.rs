//! The way out of the desk: what waits to be carried to somebody, and the port that a carrier fills, such as push
//! and mail.
//!
//! The follower of the log writes what is wanted, with the moment when it is due; a job takes all that is due for
//! one person by one way, asks once more what they may know, and hands it to the carrier as one letter. At least
//! once: a carrier that fails gets the same letter again.

use std::sync::Arc;

use access::{Actor, load_actor};
use db::{Db, Rd, Tx};
use events::{Act, Enqueue, Handlers, Job, enqueue};
use i18n::T;
use kernel::{Clock, Entropy, Error, ErrorKind, PersonId, Result, TicketId, Time};
use serde::{Deserialize, Serialize};
use ticket::{Desk, Frame, serve};

use crate::preferences::Channel;
use crate::{Reason, store, views};

/// The kind of the job.
const CARRY: &str = "notify.carry";
/// Notices of one letter.
pub const MOST: i64 = 50;

/// Something that carries letters by one way.
pub trait Carrier: Send + Sync + 'static {
    fn channel(&self) -> Channel;
    /// Carries a letter to its person, by every address that they have for this way.
    ///
    /// # Errors
    /// It may go better later: the same letter comes again.
    fn carry(&self, letter: &Letter) -> Result<()>;
}

/// What a person is told at once.
#[derive(Debug, Clone)]
pub struct Letter {
    pub person: PersonId,
    pub actor: Arc<Actor>,
    /// Texts in their language and zone.
    pub t: T,
    /// The newest last, one for each notice that they may still know.
    pub lines: Vec<Line>,
}

/// One notice.
#[derive(Debug, Clone)]
pub struct Line {
    pub ticket: TicketId,
    /// As people read it.
    pub number: String,
    pub title: String,
    pub confidential: bool,
    pub reason: Reason,
    /// From the ticket's priority on it is urgent for them.
    pub urgent: bool,
}

/// What leaves the desk: written with the notice, carried by the job.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub person: PersonId,
    pub channel: Channel,
    pub seq: i64,
    pub due: Time,
}

/// Which letter.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Work {
    person: PersonId,
    channel: Channel,
}

/// Writes down what is to be carried, and the job that does it.
pub(crate) fn put(tx: &mut Tx<'_>, waiting: &Waiting, now: Time) -> Result<()> {
    if !store::wait(tx, waiting)? {
        return Ok(());
    }
    let work = Work { person: waiting.person, channel: waiting.channel };
    // Of a digest all have the same moment, and the first job takes them together. Each has one nevertheless: what
    // is written while that job is at work must not wait for the next news.
    let key = format!("{CARRY}:{}:{}:{}", work.channel.key(), work.person, waiting.seq);
    enqueue(tx, now, &Enqueue { kind: CARRY, payload: &work, run_at: waiting.due, unique_key: Some(key) })
}

/// What carries letters.
#[derive(Clone)]
pub struct Post {
    pub db: Db,
    pub desk: Arc<Desk>,
    pub clock: Arc<dyn Clock>,
    pub entropy: Arc<dyn Entropy>,
    pub carriers: Arc<[Arc<dyn Carrier>]>,
}

/// Adds the handler of this slice.
#[must_use]
pub fn handlers(handlers: Handlers, post: &Post) -> Handlers {
    let post = post.clone();
    handlers.on(CARRY, move |job| post.run(job))
}

impl Post {
    /// The ways for which there is a carrier.
    pub fn channels(&self) -> Vec<Channel> {
        self.carriers.iter().map(|carrier| carrier.channel()).collect()
    }

    /// Carries what is due.
    ///
    /// # Errors
    /// The database refuses; the carrier fails, and the same comes again.
    pub fn run(&self, job: &Job) -> Result<()> {
        let Work { person, channel } = serde_json::from_str(&job.payload).map_err(Error::internal)?;
        let now = self.clock.now();
        let (desk, entropy) = (Arc::clone(&self.desk), Arc::clone(&self.entropy));
        let (letter, taken) = self.db.read_wait("notify.letter", move |rd| {
            let due = store::due(rd, person, channel, now, MOST)?;
            Ok((letter(rd, &desk, entropy, person, &due, now)?, due))
        })?;
        let carrier = self.carriers.iter().find(|carrier| carrier.channel() == channel);
        if let (Some(carrier), Some(letter)) = (carrier, letter) {
            carrier.carry(&letter)?;
        }
        let more = i64::try_from(taken.len()).unwrap_or(0) == MOST;
        self.db.write_apart_wait("notify.carried", move |tx| {
            taken.iter().try_for_each(|seq| store::carried(tx, person, channel, *seq))?;
            if more {
                let key = format!("{CARRY}:{}:{person}:after {}", channel.key(), taken.last().unwrap_or(&0));
                let work = Work { person, channel };
                enqueue(tx, now, &Enqueue { kind: CARRY, payload: &work, run_at: now, unique_key: Some(key) })?;
            }
            Ok(())
        })
    }
}

/// What of it the person may know now; nothing when that is nothing, or they are shut out.
fn letter(rd: &mut Rd<'_>, desk: &Desk, entropy: Arc<dyn Entropy>, person: PersonId, due: &[i64], now: Time) -> Result<Option<Letter>> {
    let actor = match load_actor(rd, person, now) {
        Ok(actor) => Arc::new(actor),
        Err(error) if error.kind() == ErrorKind::Unauthenticated => return Ok(None),
        Err(error) => return Err(error),
    };
    let act = Act::person(person, now, entropy);
    let frame = Frame { desk, actor: &actor, act: &act };
    let urgent = crate::wishes::of(rd, person)?.urgent;
    let catalogue = desk.catalogue(rd)?;
    let mut lines = Vec::new();
    for seq in due {
        let Some((ticket, reason, internal)) = store::unread_notice(rd, person, *seq)? else { continue };
        let seen = match serve::see(rd, frame, ticket) {
            Ok(seen) if seen.inner || !internal => seen,
            Ok(_) => continue,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        lines.push(Line {
            ticket,
            number: views::number(&catalogue, &seen.ticket),
            confidential: seen.ticket.confidential,
            urgent: seen.ticket.priority >= urgent,
            title: seen.ticket.title,
            reason,
        });
    }
    let t = T::named(actor.lang, &actor.time_zone);
    Ok((!lines.is_empty()).then_some(Letter { person, actor, t, lines }))
}
