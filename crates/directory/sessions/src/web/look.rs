//! `/me/look`: theme, density, side bar, letters and language, with a session or without.

use web_kit::{Form, LookForm, Result, Viewer, see_other};

use super::{Desk, Visitor, done};
use crate::Own;
use crate::actions::save_look::save_look;
use crate::actions::save_profile::{Profile, save_profile};

/// Changes what the form names, in this browser and for the account.
///
/// # Errors
/// The database does not answer.
pub async fn send(desk: Desk, visitor: Visitor, viewer: Option<Viewer>, Form(form): Form<LookForm>) -> Result {
    let look = visitor.look.clone().changed(&form);
    if let Some(viewer) = &viewer {
        let own = Own::of(viewer)?;
        if look != visitor.look {
            save_look(&desk, own.actor.require_person()?, look.clone()).await?;
        }
        if let Some(lang) = form.lang() {
            save_profile(&desk, &own, Profile { lang: Some(Some(lang)), ..Profile::default() }).await?;
        }
    }
    let mut response = if visitor.scripted { done() } else { see_other(form.back()) };
    look.keep(&mut response, &visitor.client);
    Ok(response)
}
