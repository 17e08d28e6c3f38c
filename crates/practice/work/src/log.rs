//! The time that a ticket took, as somebody may know it.

use access::Verb;
use db::Rd;
use kernel::{Error, PersonId, Result, TicketId};
use party::{Names, Wanted};
use ticket::{Frame, Ticket, serve};

use crate::actions::time::today;
use crate::read::number;
use crate::store::entry::{self, Entry};
use crate::store::timer::{self, Timer};
use crate::time_rules::TimeRules;

/// What was written down, and the reader's watch.
pub struct Sheet {
    pub ticket: Ticket,
    pub number: String,
    pub entries: Vec<Entry>,
    pub names: Names,
    pub rules: TimeRules,
    pub timer: Option<Timer>,
    pub may_log: bool,
    /// The reader's roles hide who works on it.
    pub hides_people: bool,
    /// The reader's today.
    pub today: String,
    me: Vec<PersonId>,
}

impl Sheet {
    pub fn is_mine(&self, entry: &Entry) -> bool {
        self.me.contains(&entry.person)
    }
}

/// # Errors
/// Not found when the ticket may not be seen from the inside.
pub fn sheet(rd: &mut Rd<'_>, frame: Frame<'_>, id: TicketId) -> Result<Sheet> {
    let seen = serve::see(rd, frame, id)?;
    if !seen.inner {
        return Err(Error::not_found());
    }
    let ticket = seen.ticket;
    let entries = entry::of_ticket(rd, id)?;
    let mut wanted = Wanted::default();
    for entry in &entries {
        wanted.person(entry.person);
    }
    let timer = match frame.actor.person {
        Some(me) => timer::get(rd, me, id)?,
        None => None,
    };
    Ok(Sheet {
        number: number(&*frame.desk.catalogue(rd)?, &ticket),
        names: wanted.load(rd)?,
        rules: TimeRules::load(rd)?.0,
        may_log: serve::free(rd, &ticket).is_ok() && serve::may(rd, frame, &ticket, Verb::TicketLogTime)?,
        hides_people: serve::hidden(frame.actor, &ticket).contains("assignee"),
        today: today(frame)?.to_string(),
        me: frame.actor.who.persons.clone(),
        entries,
        timer,
        ticket,
    })
}
