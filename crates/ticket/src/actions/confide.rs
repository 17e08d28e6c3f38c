//! Making a ticket visible to the people named on it only, and lifting that again.
//!
//! A confidential ticket stands alone: it has neither parent nor children, which would tell of it.

use std::collections::BTreeSet;

use access::{SYSTEM, Verb, store::grant};
use db::Tx;
use events::Visibility;
use kernel::{Error, PersonId, Result};

use crate::events::TicketEvent;
use crate::record::{self, Flags, Set};
use crate::store::{involved, link, merge, ticket as rows};
use crate::{Frame, Involvement, Ticket, permit};

/// Children that are let go at once, at most.
const CHILDREN: i64 = 200;
/// People of the desk who are named on a confidential ticket that nobody has, at most.
const KEEPERS: usize = 20;

/// What is set when it is to become confidential, or no longer to be.
///
/// # Errors
/// Forbidden without the right to confide; invalid together with a parent; conflict when it was merged.
pub(crate) fn decide(tx: &mut Tx<'_>, frame: Frame<'_>, before: &Ticket, wish: Option<bool>, sets: &mut Vec<Set>) -> Result<()> {
    let Some(to) = wish.filter(|to| *to != before.confidential) else { return Ok(()) };
    permit::may(tx, frame, before, Verb::TicketConfide)?;
    if to {
        if merge::of(tx, before.id)?.is_some() || !merge::parts(tx, before.id)?.is_empty() {
            return Err(Error::conflict("error-merge-confidential"));
        }
        if sets.iter().any(|set| matches!(set, Set::Parent(Some(_)))) {
            return Err(Error::invalid("parent", "error-parent-confidential"));
        }
        if before.parent.is_some() {
            sets.push(Set::Parent(None));
        }
    }
    sets.push(Set::Confidential(to));
    Ok(())
}

/// What follows from it: links are veiled, children let go, and who confides it still sees it.
///
/// # Errors
/// Conflict when it has more children than one step can let go.
pub(crate) fn follow_up(tx: &mut Tx<'_>, frame: Frame<'_>, before: &Ticket, after: &Ticket) -> Result<()> {
    if before.confidential == after.confidential {
        return Ok(());
    }
    link::veil(tx, after.id)?;
    if !after.confidential {
        return Ok(());
    }
    let_go(tx, frame, after)?;
    match frame.actor.person {
        Some(me) => name_all(tx, frame, after, &[me]),
        None => Ok(()),
    }
}

/// A ticket that is confidential from its beginning: who registers it is named, and when that is whoever
/// asks, so are those of the desk who may keep it.
///
/// # Errors
/// The database refuses.
pub(crate) fn begin(tx: &mut Tx<'_>, frame: Frame<'_>, ticket: &Ticket) -> Result<()> {
    if !ticket.confidential {
        return Ok(());
    }
    let asks = permit::is_requester(frame, ticket);
    let mut people: Vec<PersonId> = frame.actor.person.into_iter().collect();
    if ticket.assignee.is_none() && (asks || frame.actor.is_machine()) {
        people.extend(keepers(tx, ticket)?);
    }
    name_all(tx, frame, ticket, &people)
}

/// Who keeps a confidential ticket that nobody has: those of its team who may confide, else whoever may,
/// and administrators only when there is nobody else.
fn keepers(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<Vec<PersonId>> {
    let about: BTreeSet<PersonId> =
        involved::people(tx, ticket.id)?.into_iter().filter(|(_, role)| *role == Involvement::About).map(|(id, _)| id).collect();
    let mut able = grant::who_may(tx, Verb::TicketConfide, ticket.tenant)?;
    able.retain(|(person, _)| !about.contains(person));
    let team: BTreeSet<PersonId> = match ticket.team {
        Some(team) => party::store::team::members(tx, team)?.into_iter().map(|member| member.person).collect(),
        None => BTreeSet::new(),
    };
    let chosen = |test: &dyn Fn(&(PersonId, String)) -> bool| {
        let people: BTreeSet<PersonId> = able.iter().filter(|one| test(one)).map(|(person, _)| *person).collect();
        (!people.is_empty()).then(|| people.into_iter().take(KEEPERS).collect::<Vec<_>>())
    };
    let people = chosen(&|(person, _)| team.contains(person)).or_else(|| chosen(&|(_, role)| role != SYSTEM)).or_else(|| chosen(&|_| true));
    Ok(people.unwrap_or_default())
}

/// Names those who do not stand on it in any other way.
fn name_all(tx: &mut Tx<'_>, frame: Frame<'_>, ticket: &Ticket, people: &[PersonId]) -> Result<()> {
    for person in people {
        let stands = [ticket.requester, ticket.beneficiary, ticket.assignee].contains(&Some(*person));
        if !stands && involved::add_person(tx, ticket.id, *person, Involvement::Named)? {
            let event = TicketEvent::Involved { role: Involvement::Named, person: Some(*person), team: None };
            rows::touch(tx, ticket.id, frame.act.occurred, false, false)?;
            record::log(tx, frame.act, ticket.tenant, ticket.id, &event, Visibility::Internal)?;
        }
    }
    Ok(())
}

fn let_go(tx: &mut Tx<'_>, frame: Frame<'_>, parent: &Ticket) -> Result<()> {
    let children = rows::all_children(tx, parent.id, CHILDREN + 1)?;
    if i64::try_from(children.len()).unwrap_or(i64::MAX) > CHILDREN {
        return Err(Error::conflict("error-confide-children").arg("max", CHILDREN));
    }
    let catalogue = frame.desk.catalogue(tx)?;
    for id in children {
        let child = rows::by_id(tx, id)?;
        record::apply(tx, frame.act, catalogue.kind_of(&child)?, &child, &[Set::Parent(None)], Flags::default())?;
    }
    Ok(())
}
