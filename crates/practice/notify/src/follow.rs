//! From the log to notices: reads on one snapshot who may be told of what, and writes that with the move of
//! its cursor.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use access::{Actor, load_actor};
use db::{Db, Rd, Tx};
use events::{Act, By, Consumer, Event, Follower, News, Visibility};
use jiff::tz::TimeZone;
use kernel::{Entropy, ErrorKind, PersonId, Result, Time};
use ticket::events::{OBJECT, TicketEvent};
use ticket::store::{involved, passage, ticket as rows};
use ticket::{Desk, Frame, Involvement, Ticket, serve};

use crate::mention::{self, Bring};
use crate::outbox::{self, Waiting};
use crate::preferences::{Channel, Preferences};
use crate::push::store as browsers;
use crate::rules::{About, Whom, heard};
use crate::store::{self, NewNotice};
use crate::{Bell, Reason, wishes};

/// The name of its cursor.
const NAME: &str = "notify";
/// What is older is history: a desk that stood still for weeks wakes nobody.
const NEWS: i64 = 7 * Time::DAY;
/// How long something waits for its reader in the product before it leaves the desk.
const GRACE: i64 = 10 * Time::SECOND;
/// What was told is forgotten after so long.
const KEPT: i64 = 180 * Time::DAY;

/// The follower that writes notices.
pub struct Notify {
    desk: Arc<Desk>,
    entropy: Arc<dyn Entropy>,
    bell: Arc<Bell>,
    /// The ways out of the desk for which there is a carrier.
    ways: Vec<Channel>,
}

/// What is to be written, with the place in the log to which it leads.
struct Found {
    news: News,
    writer: Writer,
}

impl Notify {
    /// `ways`: those out of the desk for which there is a carrier.
    pub fn new(desk: Arc<Desk>, entropy: Arc<dyn Entropy>, bell: Arc<Bell>, ways: Vec<Channel>) -> Self {
        Self { desk, entropy, bell, ways }
    }
}

impl Follower for Notify {
    fn name(&self) -> &'static str {
        NAME
    }

    fn step(self: Arc<Self>, db: &Db, now: Time) -> Result<usize> {
        if db.is_disk_low() {
            return Ok(0);
        }
        let this = Arc::clone(&self);
        let Some(found) = db.read_wait("notify.look", move |rd| this.look(rd, now))? else { return Ok(0) };
        let found = Arc::new(found);
        let writing = Arc::clone(&found);
        // The cursor is taken by its row, and each notice by its key: READ COMMITTED is enough.
        let taken = db.write_apart_wait("notify.advance", move |tx| events::advance(tx, &writing.writer, &writing.news, now))?;
        if taken > 0 {
            found.writer.notices.iter().filter(|notice| !notice.hidden).for_each(|notice| self.bell.ring(notice.person));
        }
        Ok(1)
    }
}

/// Writes what was found.
struct Writer {
    notices: Vec<NewNotice>,
    waiting: Vec<Waiting>,
    bring: Vec<Bring>,
}

impl Consumer for Writer {
    fn name(&self) -> &'static str {
        NAME
    }

    fn follow(&self, tx: &mut Tx<'_>, _events: &[Event], now: Time) -> Result<()> {
        self.notices.iter().try_for_each(|notice| store::put(tx, notice, now))?;
        self.waiting.iter().try_for_each(|waiting| outbox::put(tx, waiting, now))?;
        self.bring.iter().try_for_each(|bring| mention::put(tx, bring, now))?;
        store::forget(tx, now.plus(-KEPT)).map(drop)
    }
}

impl Notify {
    fn look(&self, rd: &mut Rd<'_>, now: Time) -> Result<Option<Found>> {
        let Some(news) = events::news(rd, NAME)? else { return Ok(None) };
        let mut look = Look {
            notify: self,
            now,
            actors: HashMap::new(),
            writer: Writer { notices: Vec::new(), waiting: Vec::new(), bring: Vec::new() },
        };
        for event in news.events.iter().filter(|event| tells(event, now)) {
            look.event(rd, event)?;
        }
        let writer = look.writer;
        Ok(Some(Found { news, writer }))
    }
}

/// Whether an event may be news to somebody.
fn tells(event: &Event, now: Time) -> bool {
    event.object == OBJECT && !event.silent && !matches!(event.by, By::Import(_)) && event.recorded.plus(NEWS) > now
}

/// One look at the log.
struct Look<'a> {
    notify: &'a Notify,
    now: Time,
    /// Who was asked for before; nobody where a person is shut out.
    actors: HashMap<PersonId, Option<Arc<Actor>>>,
    writer: Writer,
}

impl Look<'_> {
    fn event(&mut self, rd: &mut Rd<'_>, event: &Event) -> Result<()> {
        let payload: TicketEvent = match serde_json::from_value(event.payload.clone()) {
            Ok(payload) => payload,
            Err(error) => {
                tracing::error!(event = event.seq, %error, "an event cannot be read, and nobody is told of it");
                return Ok(());
            }
        };
        let id = kernel::TicketId::new(event.object_id);
        // It may be gone by now.
        let mut ticket = match rows::by_id(rd, id) {
            Ok(ticket) => ticket,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        // Whom it was given to at first: that it went on since is told by an event of its own.
        if let TicketEvent::Created { .. } = payload
            && let Some(first) = passage::of_ticket(rd, id)?.first()
        {
            (ticket.team, ticket.assignee) = (first.team, first.assignee);
        }
        let people = involved::people(rd, id)?;
        let known = Known { ticket: &ticket, people: &people };
        let mut told = self.heard(rd, &payload, &known, event)?;
        if let (TicketEvent::Message { message, .. }, Some(by)) = (&payload, author(event)) {
            for whom in mention::mentioned(rd, &ticket, *message, by)? {
                self.mentioned(rd, whom, &known, (by, event.seq), &mut told)?;
            }
        }
        for (person, reason) in expanded(rd, told)? {
            self.person(rd, (person, reason), &known, event)?;
        }
        Ok(())
    }

    /// Who takes part is told by the message; anybody else is brought to the ticket first.
    fn mentioned(
        &mut self,
        rd: &mut Rd<'_>,
        whom: Whom,
        known: &Known<'_>,
        (by, seq): (PersonId, i64),
        told: &mut BTreeMap<Whom, Reason>,
    ) -> Result<()> {
        let ticket = known.ticket;
        let (takes_part, person, team) = match whom {
            Whom::Person(person) => {
                let direct = [ticket.requester, ticket.beneficiary, ticket.assignee].contains(&Some(person));
                let beside = known.people.iter().any(|(one, role)| *one == person && *role != Involvement::About);
                (direct || beside, Some(person), None)
            }
            Whom::Team(team) => {
                let beside = involved::teams(rd, ticket.id)?.iter().any(|(one, _)| *one == team);
                (ticket.team == Some(team) || beside, None, Some(team))
            }
        };
        if takes_part {
            told.insert(whom, Reason::Mentioned);
        } else {
            self.writer.bring.push(Bring { ticket: ticket.id, by, person, team, seq });
        }
        Ok(())
    }

    fn heard(&self, rd: &mut Rd<'_>, payload: &TicketEvent, known: &Known<'_>, event: &Event) -> Result<BTreeMap<Whom, Reason>> {
        let catalogue = self.notify.desk.catalogue(rd)?;
        let kind = catalogue.kind(known.ticket.tenant, &known.ticket.kind);
        let category = |key: &str| kind.and_then(|kind| kind.state(key)).map(|state| state.category);
        let about = About {
            ticket: known.ticket,
            people: known.people,
            category: &category,
            by: author(event),
            mention: mention::is_cause(&event.cause),
        };
        Ok(heard(payload, &about))
    }

    /// Tells one person, if they may know it and did not do it.
    fn person(&mut self, rd: &mut Rd<'_>, (person, reason): (PersonId, Reason), known: &Known<'_>, event: &Event) -> Result<()> {
        let Some(actor) = self.actor(rd, person)? else { return Ok(()) };
        let Some(me) = actor.person else { return Ok(()) };
        if actor.account.is_none() || author(event).is_some_and(|by| actor.who.persons.contains(&by)) {
            return Ok(());
        }
        let act = Act::person(me, self.now, Arc::clone(&self.notify.entropy));
        let frame = Frame { desk: &self.notify.desk, actor: &actor, act: &act };
        let seen = match serve::see(rd, frame, known.ticket.id) {
            Ok(seen) => seen,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        let Some(payload) = serve::event(rd, frame, &seen, event)? else { return Ok(()) };
        // That they were brought to it is theirs to know, whoever else may.
        let own = matches!(&payload, TicketEvent::Involved { person: Some(brought), .. } if actor.who.persons.contains(brought));
        let internal = event.visibility != Visibility::Public && !own;
        if internal && !seen.inner {
            return Ok(());
        }
        // What they may know of it must still tell them.
        let still = self.heard(rd, &payload, known, event)?;
        let still = expanded(rd, still)?;
        let mentioned = reason == Reason::Mentioned && matches!(payload, TicketEvent::Message { .. });
        if (!mentioned && still.get(&person) != Some(&reason)) || (!reason.is_direct() && store::is_muted(rd, me, known.ticket.id)?) {
            return Ok(());
        }
        let wanted = wishes::of(rd, me)?;
        let hidden = !wanted.has(reason, Channel::Inbox);
        let notice = NewNotice { person: me, seq: event.seq, ticket: known.ticket.id, reason, internal, actor: author(event), hidden };
        self.writer.notices.push(notice);
        self.wait(rd, &actor, &wanted, (known.ticket.priority, reason, event.seq))
    }

    /// What of it leaves the desk, and when.
    fn wait(&mut self, rd: &mut Rd<'_>, actor: &Actor, wanted: &Preferences, (priority, reason, seq): (i64, Reason, i64)) -> Result<()> {
        let Some(person) = actor.person else { return Ok(()) };
        for channel in self.notify.ways.iter().copied().filter(|channel| wanted.has(reason, *channel)) {
            if channel == Channel::Push && browsers::of_person(rd, person)?.is_empty() {
                continue;
            }
            let zone = TimeZone::get(&actor.time_zone).unwrap_or(TimeZone::UTC);
            let due = wanted.due(self.now, &zone, priority);
            // In the product first: what is read there at once goes nowhere else.
            let due = if priority >= wanted.urgent { due } else { due.max(self.now.plus(GRACE)) };
            self.writer.waiting.push(Waiting { person, channel, seq, due });
        }
        Ok(())
    }

    fn actor(&mut self, rd: &mut Rd<'_>, person: PersonId) -> Result<Option<Arc<Actor>>> {
        if let Some(actor) = self.actors.get(&person) {
            return Ok(actor.clone());
        }
        let actor = match load_actor(rd, person, self.now) {
            Ok(actor) => Some(Arc::new(actor)),
            Err(error) if error.kind() == ErrorKind::Unauthenticated => None,
            Err(error) => return Err(error),
        };
        self.actors.insert(person, actor.clone());
        Ok(actor)
    }
}

/// A ticket with the people beside it.
struct Known<'a> {
    ticket: &'a Ticket,
    people: &'a [(PersonId, Involvement)],
}

fn author(event: &Event) -> Option<PersonId> {
    match event.by {
        By::Person(id) => Some(PersonId::new(id)),
        By::System | By::Import(_) => None,
    }
}

/// The people behind it, each with the strongest reason.
fn expanded(rd: &mut Rd<'_>, told: BTreeMap<Whom, Reason>) -> Result<BTreeMap<PersonId, Reason>> {
    let mut people = BTreeMap::new();
    let mut add = |person: PersonId, reason: Reason| {
        let kept = people.entry(person).or_insert(reason);
        *kept = reason.min(*kept);
    };
    for (whom, reason) in told {
        match whom {
            Whom::Person(person) => add(person, reason),
            Whom::Team(team) => {
                party::store::team::members(rd, team)?
                    .into_iter()
                    .filter(|member| member.active)
                    .for_each(|member| add(member.person, reason));
            }
        }
    }
    Ok(people)
}
