//! Saving lists.

use std::collections::BTreeSet;

use db::Tx;
use events::{Draft, Visibility, append};
use kernel::{Error, FieldError, Result, TeamId, ViewId};

use crate::events::{VIEW, ViewEvent};
use crate::store::view::{self, View, ViewData};
use crate::{Frame, permit};

/// Whose a view is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    Me,
    Team(TeamId),
    Everyone,
}

/// Saves a new view. The query was parsed by the caller.
///
/// # Errors
/// Invalid; forbidden to share beyond one's own.
pub fn save(tx: &mut Tx<'_>, frame: Frame<'_>, share: Share, data: &ViewData) -> Result<View> {
    check(data)?;
    let (person, team) = match share {
        Share::Me => (Some(frame.person()?), None),
        Share::Team(team) => {
            if !frame.actor.who.teams.contains(&team) {
                return Err(Error::not_found());
            }
            permit::shares_views(frame)?;
            (None, Some(team))
        }
        Share::Everyone => {
            permit::shares_views(frame)?;
            (None, None)
        }
    };
    let id = view::insert(tx, frame.actor.tenant, person, team, None, data)?;
    let saved = view::get(tx, id)?;
    log(tx, frame, &saved, &ViewEvent::Created { person, team })?;
    Ok(saved)
}

/// Changes a view.
///
/// # Errors
/// Not found when it is not the actor's to change; conflict when it changed meanwhile.
pub fn change(tx: &mut Tx<'_>, frame: Frame<'_>, id: ViewId, version: i64, data: &ViewData) -> Result<View> {
    check(data)?;
    own(tx, frame, id)?;
    view::update(tx, id, version, data)?;
    let saved = view::get(tx, id)?;
    log(tx, frame, &saved, &ViewEvent::Changed { version: saved.version })?;
    Ok(saved)
}

/// Deletes a view.
///
/// # Errors
/// Not found when it is not the actor's to delete.
pub fn delete(tx: &mut Tx<'_>, frame: Frame<'_>, id: ViewId) -> Result<()> {
    let gone = own(tx, frame, id)?;
    if !view::delete(tx, id)? {
        return Err(Error::not_found());
    }
    log(tx, frame, &gone, &ViewEvent::Deleted { version: gone.version })
}

/// Arranges the lists of the actor: those named stand first, in this order, in the column or out of it;
/// the others follow as they stood. Theirs alone, so that the log says nothing of it.
///
/// # Errors
/// Not found when one of them is not theirs to use; invalid when one comes twice.
pub fn arrange(tx: &mut Tx<'_>, frame: Frame<'_>, order: &[(ViewId, bool)]) -> Result<()> {
    let person = frame.person()?;
    let (views, pinned) = view::arranged(tx, person, &frame.actor.who.teams, frame.actor.tenant)?;
    let usable: BTreeSet<ViewId> = views.iter().map(|view| view.id).collect();
    let mut named = BTreeSet::new();
    for (id, _) in order {
        if !usable.contains(id) {
            return Err(Error::not_found());
        }
        if !named.insert(*id) {
            return Err(Error::invalid("items", "error-view-twice"));
        }
    }
    let rest = views.iter().enumerate().filter(|(_, view)| !named.contains(&view.id)).map(|(place, view)| (view.id, place < pinned));
    let all: Vec<(ViewId, bool)> = order.iter().copied().chain(rest).collect();
    view::arrange(tx, person, &all)
}

/// In the log for those who look after the desk: the lists of a person are their own.
fn log(tx: &mut Tx<'_>, frame: Frame<'_>, view: &View, event: &ViewEvent) -> Result<()> {
    let (tenant, object_id) = (view.tenant.raw(), view.id.raw());
    let visibility = Visibility::Administrative;
    append(tx, frame.act, &Draft { tenant, object: VIEW, object_id, kind: event.kind(), visibility, payload: event })?;
    Ok(())
}

fn own(tx: &mut Tx<'_>, frame: Frame<'_>, id: ViewId) -> Result<View> {
    let found = view::get(tx, id)?;
    let mine = found.owner == Some(frame.person()?);
    let shared = found.owner.is_none()
        && found.builtin.is_none()
        && found.tenant == frame.actor.tenant
        && found.team.is_none_or(|t| frame.actor.who.teams.contains(&t))
        && permit::shares_views(frame).is_ok();
    if mine || shared { Ok(found) } else { Err(Error::not_found()) }
}

fn check(data: &ViewData) -> Result<()> {
    let mut wrong = Vec::new();
    match data.name.trim().chars().count() {
        0 => wrong.push(FieldError::new("name", "error-name-empty")),
        n if n > 100 => wrong.push(FieldError::new("name", "error-too-long").arg("max", 100)),
        _ => {}
    }
    Error::of_fields(wrong)
}
