//! Where a person belongs. What reaches organisations follows from it, so nobody moves themselves
//! unless the organisation is theirs to run.

use access::Verb;
use db::Tx;
use kernel::{Error, OrganisationId, PersonId, Result, Time};
use party::{Membership, NewMembership, Organisation, Person, store};

use crate::log::{self, Payload, record};
use crate::{Frame, check, permit};

/// A membership to begin; one that runs already is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begin {
    pub organisation: OrganisationId,
    pub role_title: String,
    /// None: now, or when the running one began.
    pub from: Option<Time>,
    /// None: without an end.
    pub to: Option<Time>,
    pub main: bool,
}

/// # Errors
/// `NotFound`, `Forbidden`; the dates are wrong, or the organisation is of another tenant.
pub fn begin(tx: &mut Tx<'_>, frame: Frame<'_>, id: PersonId, begin: &Begin) -> Result<PersonId> {
    let (person, organisation) = both(tx, frame, id, begin.organisation)?;
    check::text("role_title", &begin.role_title, 200)?;
    let now = frame.act.now;
    let known = store::membership::of_person(tx, person.id)?;
    let running = known.iter().find(|m| m.organisation == organisation.id && runs(m, now));
    let new = NewMembership {
        organisation: organisation.id,
        role_title: begin.role_title.trim().to_owned(),
        from_at: begin.from.or(running.map(|m| m.from_at)).unwrap_or(now),
        to_at: begin.to.unwrap_or(Time::NEVER),
        main: begin.main || !known.iter().any(|m| m.main && runs(m, now)),
    };
    store::membership::put(tx, person.id, &new, now)?;
    let payload = Payload::Organisation { organisation: organisation.id };
    record(tx, frame.act, person.tenant, log::Object::Person(person.id), "person.membership_began", &payload)?;
    Ok(person.id)
}

/// Ends the running memberships in an organisation now.
///
/// # Errors
/// `NotFound`, also when none runs; `Forbidden`.
pub fn end(tx: &mut Tx<'_>, frame: Frame<'_>, id: PersonId, organisation: OrganisationId) -> Result<PersonId> {
    let (person, organisation) = both(tx, frame, id, organisation)?;
    store::membership::end(tx, person.id, organisation.id, frame.act.now, frame.act.now)?;
    let payload = Payload::Organisation { organisation: organisation.id };
    record(tx, frame.act, person.tenant, log::Object::Person(person.id), "person.membership_ended", &payload)?;
    Ok(person.id)
}

/// Whether a membership counts at a moment.
pub fn runs(membership: &Membership, at: Time) -> bool {
    membership.from_at <= at && at < membership.to_at
}

fn both(tx: &mut Tx<'_>, frame: Frame<'_>, id: PersonId, organisation: OrganisationId) -> Result<(Person, Organisation)> {
    let person = permit::person(tx, frame.actor, id, Verb::PersonEdit)?;
    permit::shown(frame.actor, access::Object::Person, person.tenant, "memberships")?;
    let organisation = permit::organisation(tx, frame.actor, organisation, Verb::OrganisationSee)?;
    let oneself = frame.actor.who.persons.contains(&person.id);
    if oneself && !frame.actor.organisations(Verb::OrganisationEdit).sees(&permit::place_of(&organisation)) {
        return Err(Error::forbidden());
    }
    Ok((person, organisation))
}
