//! `/me/password`

use axum::extract::State;
use serde::Deserialize;
use web_kit::{App, Fail, Form, Result, Viewer, see_other};

use super::me::again;
use super::{Desk, comes_back, typed_twice};
use crate::Own;
use crate::actions::change_password::{ChangePassword, change_password};
use crate::password::Password;
use crate::views::me::MeForms;

/// What the form says.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    current: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
    #[serde(default)]
    revoke_tokens: Option<String>,
}

/// # Errors
/// What cannot be told on the form.
pub async fn send(State(app): State<App>, desk: Desk, viewer: Viewer, Form(typed): Form<Typed>) -> Result {
    let own = Own::of(&viewer)?;
    let form = ChangePassword {
        current: Password::typed(&typed.current),
        new: Password::typed(&typed.password),
        ip: viewer.client.ip,
        revoke_tokens: typed.revoke_tokens.is_some(),
    };
    let changed = async {
        typed_twice(&typed.password, &typed.again)?;
        change_password(&desk, &own, form).await
    };
    match changed.await {
        Ok(()) => Ok(see_other("/me?done=password")),
        Err(error) if comes_back(&error) => again(&app, &desk, &viewer, &own, error, MeForms::default()).await,
        Err(error) => Err(Fail::from(error)),
    }
}
