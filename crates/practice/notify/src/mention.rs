//! Mentions: `@olga` and `@service-desk` in what somebody of the desk writes. Who is mentioned follows the ticket
//! from then on and is told so.
//!
//! Who takes part already is told by the message itself. Anybody else is brought to the ticket first, by a job of
//! its own and with the rights of whoever wrote: a confidential ticket opens to nobody because of a word.

use std::collections::BTreeSet;
use std::sync::Arc;

use access::load_actor;
use db::{Db, Rd, Tx};
use events::{Act, Cause, Enqueue, Handlers, Job, enqueue};
use kernel::{Clock, Entropy, Error, ErrorKind, MessageId, PersonId, Result, TeamId, TicketId, Time};
use serde::{Deserialize, Serialize};
use ticket::actions::involve::{Who, involve};
use ticket::store::{desk, message};
use ticket::{Desk, Frame, Involvement, Ticket};

use crate::rules::Whom;
use crate::store;

/// The kind of the job.
const BRING: &str = "notify.mention";
/// By which cause somebody was brought to a ticket.
const CAUSE: &str = "mention";
/// Names looked up in one message.
const MOST: usize = 20;

/// Who is to be brought to a ticket.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Bring {
    pub ticket: TicketId,
    /// Who wrote it.
    pub by: PersonId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// The event of the message.
    pub seq: i64,
}

/// The names behind an `@` in a text, folded.
pub fn names(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut before = ' ';
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        before = rest[..at].chars().next_back().unwrap_or(before);
        let after = &rest[at + 1..];
        let end = after.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '-'))).unwrap_or(after.len());
        let name = after[..end].trim_end_matches(['.', '-', '_']);
        // An address of mail is no mention.
        if !before.is_alphanumeric() && !name.is_empty() && found.len() < MOST {
            found.insert(kernel::fold(name));
        }
        before = '@';
        rest = &after[end..];
    }
    found
}

/// Whom a message of the desk mentions: people who work for the tenant, and its teams.
pub fn mentioned(rd: &mut Rd<'_>, ticket: &Ticket, id: MessageId, by: PersonId) -> Result<BTreeSet<Whom>> {
    let mut found = BTreeSet::new();
    let Some(body) = message::of_ids(rd, ticket.id, true, &[id])?.into_iter().next().and_then(|message| message.body) else {
        return Ok(found);
    };
    if !body.contains('@') || desk::teams_of(rd, ticket.tenant, by)?.is_empty() {
        return Ok(found);
    }
    for name in names(&body) {
        if let Some(team) = party::store::team::by_key(rd, ticket.tenant, &name)?.filter(|team| team.active) {
            found.insert(Whom::Team(team.id));
            continue;
        }
        let mut workers = Vec::new();
        for person in store::by_login(rd, &name)? {
            if !desk::teams_of(rd, ticket.tenant, person)?.is_empty() {
                workers.push(person);
            }
        }
        // A name that several have means nobody.
        if let [only] = workers[..] {
            found.insert(Whom::Person(only));
        }
    }
    Ok(found)
}

/// Whether somebody was brought to a ticket by a mention.
pub fn is_cause(cause: &Cause) -> bool {
    matches!(cause, Cause::Rule { key, .. } if key == CAUSE)
}

/// Writes the job.
pub fn put(tx: &mut Tx<'_>, bring: &Bring, now: Time) -> Result<()> {
    let who = bring.person.map_or_else(|| format!("t{}", bring.team.map_or(0, TeamId::raw)), |person| format!("p{person}"));
    let key = format!("{BRING}:{}:{who}", bring.seq);
    enqueue(tx, now, &Enqueue { kind: BRING, payload: bring, run_at: now, unique_key: Some(key) })
}

/// What the job needs.
#[derive(Clone)]
pub struct Bringer {
    pub db: Db,
    pub desk: Arc<Desk>,
    pub clock: Arc<dyn Clock>,
    pub entropy: Arc<dyn Entropy>,
}

/// Adds the handler.
#[must_use]
pub fn handlers(handlers: Handlers, bringer: &Bringer) -> Handlers {
    let bringer = bringer.clone();
    handlers.on(BRING, move |job| bringer.run(job))
}

impl Bringer {
    /// Brings somebody to a ticket as whoever mentioned them may.
    ///
    /// # Errors
    /// The database refuses.
    pub fn run(&self, job: &Job) -> Result<()> {
        let bring: Bring = serde_json::from_str(&job.payload).map_err(Error::internal)?;
        let mut act = Act::person(bring.by, self.clock.now(), Arc::clone(&self.entropy));
        act.cause = Cause::Rule { key: CAUSE.to_owned(), version: 1 };
        let desk = Arc::clone(&self.desk);
        let done = self.db.write_bulk_wait("notify.mention", move |tx| {
            let actor = load_actor(tx, bring.by, act.now)?;
            let frame = Frame { desk: &desk, actor: &actor, act: &act };
            let who = bring.person.map(Who::Person).or(bring.team.map(Who::Team)).ok_or_else(Error::not_found)?;
            involve(tx, frame, bring.ticket, who, Involvement::Watcher)
        });
        use ErrorKind::{Conflict, Forbidden, Invalid, NotFound, Unauthenticated};
        match done {
            // What they may not do by a button they do not do by a word.
            Err(error) if matches!(error.kind(), NotFound | Forbidden | Invalid | Conflict | Unauthenticated) => Ok(()),
            done => done.map(drop),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_behind_a_sign_that_stands_alone() {
        let found = |text: &str| names(text).into_iter().collect::<Vec<_>>();
        assert_eq!(found("@Olga please look, and @service-desk."), ["olga", "service-desk"]);
        assert_eq!(found("(@olga.ruiz) @Борис, @olga.ruiz"), ["olga.ruiz", "борис"]);
        for nobody in ["olga@ria.example", "a @ b", "@", "@@", "no sign", "x@olga"] {
            assert!(found(nobody).is_empty(), "{nobody}");
        }
        assert_eq!(names("@a1 @a2 @a3 @a4 @a5 @a6 @a7 @a8 @a9 @b1 @b2 @b3 @b4 @b5 @b6 @b7 @b8 @b9 @c1 @c2 @c3").len(), MOST);
    }
}
