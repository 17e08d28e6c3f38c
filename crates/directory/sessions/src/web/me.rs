//! `/me`: one's own account.

use axum::extract::State;
use kernel::{Error, Lang};
use serde::Deserialize;
use ui::{Flash, FormErrors};
use web_kit::{App, Fail, Form, Query, Result, Viewer, see_other};

use super::{Desk, comes_back, refused, words};
use crate::Own;
use crate::actions::save_profile::{Profile, save_profile};
use crate::views::me::{MeForms, build};

/// What the address says.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// The step before, told once.
    #[serde(default)]
    done: String,
}

/// What the form says.
#[derive(Debug, Deserialize)]
pub struct Typed {
    /// Empty: as the organisation has it.
    #[serde(default)]
    lang: String,
    #[serde(default)]
    time_zone: String,
}

/// # Errors
/// Nobody is signed in.
pub async fn show(State(app): State<App>, desk: Desk, viewer: Viewer, Query(asked): Query<Asked>) -> Result {
    let own = Own::of(&viewer)?;
    let forms = MeForms { flash: told(&viewer, &asked.done), ..MeForms::default() };
    build(&app, &desk, &viewer, &own, forms).await
}

/// # Errors
/// What cannot be told on the form.
pub async fn send(State(app): State<App>, desk: Desk, viewer: Viewer, Form(typed): Form<Typed>) -> Result {
    let own = Own::of(&viewer)?;
    let saved = async {
        let lang = match typed.lang.as_str() {
            "" => None,
            tag => Some(Lang::from_tag(tag).ok_or_else(|| Error::invalid("lang", "error-choice"))?),
        };
        let time_zone = (!typed.time_zone.is_empty()).then(|| typed.time_zone.clone());
        save_profile(&desk, &own, Profile { lang: Some(lang), time_zone: Some(time_zone) }).await?;
        Ok(lang)
    };
    match saved.await {
        Ok(lang) => {
            let mut response = see_other("/me?done=profile");
            web_kit::Look { lang, ..viewer.look.clone() }.keep(&mut response, &viewer.client);
            Ok(response)
        }
        Err(error) if comes_back(&error) => again(&app, &desk, &viewer, &own, error, MeForms::default()).await,
        Err(error) => Err(Fail::from(error)),
    }
}

/// The page once more, with what is wrong.
pub(super) async fn again(app: &App, desk: &Desk, viewer: &Viewer, own: &Own, error: Error, forms: MeForms) -> Result {
    let forms = MeForms { errors: words(&viewer.t, &error), ..forms };
    refused(build(app, desk, viewer, own, forms).await, error)
}

fn told(viewer: &Viewer, done: &str) -> Option<Flash> {
    let key = match done {
        "profile" => i18n::key!("sessions-done-profile"),
        "password" => i18n::key!("sessions-done-password"),
        "session" => i18n::key!("sessions-done-session"),
        "sessions" => i18n::key!("sessions-done-sessions"),
        "token" => i18n::key!("sessions-done-token"),
        _ => return None,
    };
    Some(Flash { kind: "ok", text: viewer.t.msg(key).into_owned(), undo: None })
}

/// No mistakes yet.
impl Default for MeForms {
    fn default() -> Self {
        Self { errors: FormErrors::new(), flash: None, made: None, token_name: String::new() }
    }
}
