//! Who is in a team. Seeing the tickets of the team follows from it.

use access::{Object, Verb};
use db::Tx;
use kernel::{PersonId, Result, TeamId};
use party::{TeamRole, store};

use crate::log::{self, Payload, record};
use crate::{Frame, permit};

/// Puts a person into a team, or changes what they are there; answers who it is.
///
/// # Errors
/// `NotFound`, `Forbidden`; the person is shut out.
pub fn add(tx: &mut Tx<'_>, frame: Frame<'_>, id: TeamId, person: PersonId, role: TeamRole) -> Result<PersonId> {
    let team = permit::team(tx, frame.actor, id, Verb::TeamEdit)?;
    permit::shown(frame.actor, Object::Team, team.tenant, "members")?;
    let person = permit::active_person(tx, frame.actor, "person", person)?;
    store::team::put_member(tx, id, person.id, role)?;
    record(tx, frame.act, team.tenant, log::Object::Team(id), "team.member_added", &Payload::Person { person: person.id })?;
    Ok(person.id)
}

/// Takes a person out of a team. Whoever runs the team may do that without seeing the person.
///
/// # Errors
/// `NotFound`, also when the person is not in it; `Forbidden`.
pub fn remove(tx: &mut Tx<'_>, frame: Frame<'_>, id: TeamId, person: PersonId) -> Result<()> {
    let team = permit::team(tx, frame.actor, id, Verb::TeamEdit)?;
    permit::shown(frame.actor, Object::Team, team.tenant, "members")?;
    store::team::remove_member(tx, id, person)?;
    record(tx, frame.act, team.tenant, log::Object::Team(id), "team.member_removed", &Payload::Person { person })
}
