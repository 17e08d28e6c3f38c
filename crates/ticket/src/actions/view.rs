//! Saving lists.

use db::Tx;
use kernel::{Error, FieldError, Result, TeamId, ViewId};

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
    let id = match share {
        Share::Me => view::insert(tx, frame.actor.tenant, Some(frame.person()?), None, None, data)?,
        Share::Team(team) => {
            if !frame.actor.who.teams.contains(&team) {
                return Err(Error::not_found());
            }
            permit::shares_views(frame)?;
            view::insert(tx, frame.actor.tenant, None, Some(team), None, data)?
        }
        Share::Everyone => {
            permit::shares_views(frame)?;
            view::insert(tx, frame.actor.tenant, None, None, None, data)?
        }
    };
    view::get(tx, id)
}

/// Changes a view.
///
/// # Errors
/// Not found when it is not the actor's to change; conflict when it changed meanwhile.
pub fn change(tx: &mut Tx<'_>, frame: Frame<'_>, id: ViewId, version: i64, data: &ViewData) -> Result<View> {
    check(data)?;
    own(tx, frame, id)?;
    view::update(tx, id, version, data)?;
    view::get(tx, id)
}

/// Deletes a view.
///
/// # Errors
/// Not found when it is not the actor's to delete.
pub fn delete(tx: &mut Tx<'_>, frame: Frame<'_>, id: ViewId) -> Result<()> {
    own(tx, frame, id)?;
    if view::delete(tx, id)? { Ok(()) } else { Err(Error::not_found()) }
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
