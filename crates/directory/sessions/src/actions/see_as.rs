//! Seeing the desk as somebody else does, for a quarter of an hour and without changing anything.

use std::sync::Arc;

use access::store::seeing;
use access::{Actor, Looker, Verb, load_actor};
use db::Rd;
use events::Act;
use kernel::{Error, ErrorKind, PersonId, Result, Time};

use crate::desk::own_act;
use crate::events::{AccountEvent, record};
use crate::session::SessionId;
use crate::{Own, Sessions, store};

/// How long it lasts.
pub const LASTS: i64 = 15 * Time::MINUTE;
/// Letters of a reason at most.
const LETTERS: usize = 500;

/// The person as an actor, if another one may see as they do: the verb reaches them, and they read nothing
/// that the other one may not.
///
/// # Errors
/// Not found when the verb does not reach them; forbidden when they read more; conflict for oneself and
/// for who sees no desk.
pub(crate) fn allowed(rd: &mut Rd<'_>, actor: &Actor, person: PersonId, now: Time) -> Result<Actor> {
    let person = actor.persons(Verb::PersonSeeAs).get(rd, person)?.id;
    if actor.who.persons.contains(&person) {
        return Err(Error::conflict("error-see-as-self"));
    }
    let seen = match load_actor(rd, person, now) {
        Ok(seen) => seen,
        Err(error) if error.kind() == ErrorKind::Unauthenticated => return Err(Error::conflict("error-see-as-out")),
        Err(error) => return Err(error),
    };
    actor.require_reads_all_of(&seen)?;
    Ok(seen)
}

/// Begins; answers until when it lasts.
///
/// # Errors
/// As [`allowed`]; forbidden to tokens; invalid without a reason.
pub async fn begin(desk: &Sessions, own: &Own, person: PersonId, reason: &str) -> Result<Time> {
    let session = own.require_session()?;
    let reason = reason.trim().to_owned();
    if reason.is_empty() || reason.chars().count() > LETTERS {
        return Err(Error::invalid("reason", "error-see-as-reason").field_arg("max", LETTERS));
    }
    let now = desk.clock.now();
    let (account, actor, act, until) = (own.account, Arc::clone(&own.actor), own_act(desk, own, now)?, now.plus(LASTS));
    desk.db
        .write("session.see_as", move |tx| {
            let seen = allowed(tx, &actor, person, now)?.require_person()?;
            let id = seeing::begin(tx, session.raw(), actor.require_person()?, seen, &reason, now, until)?;
            record(tx, &act, account, &AccountEvent::SeeingBegan { seeing: id, person: seen, until })?;
            Ok(until)
        })
        .await
}

/// Ends; to have ended already is no error.
///
/// # Errors
/// The database refuses.
pub async fn end(desk: &Sessions, looker: &Looker, session: SessionId) -> Result<()> {
    let now = desk.clock.now();
    let act = Act::person(looker.person, now, Arc::clone(&desk.entropy));
    desk.db
        .write_reserved("session.see_again", move |tx| {
            let Some((id, person)) = seeing::end(tx, session.raw(), now)? else { return Ok(()) };
            let Some(account) = store::session::account(tx, session)? else { return Ok(()) };
            record(tx, &act, account, &AccountEvent::SeeingEnded { seeing: id, person })
        })
        .await
}
