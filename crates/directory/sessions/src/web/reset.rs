//! `/reset/{token}`: choose a password by a link that works once.

use axum::extract::State;
use serde::Deserialize;
use ui::FormErrors;
use web_kit::{App, Fail, Form, Path, Result, html, see_other};

use super::{Desk, Visitor, comes_back, refused, typed_twice, unkept, words};
use crate::Secret;
use crate::actions::reset_password::{dead, look_at, reset_password};
use crate::password::{self, Password};
use crate::views::ResetPage;

/// What the form says.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
    #[serde(default)]
    revoke_tokens: Option<String>,
}

/// # Errors
/// The link does not work.
pub async fn show(State(app): State<App>, desk: Desk, visitor: Visitor, Path(token): Path<String>) -> Result {
    let secret = Secret::parse(&token).ok_or_else(dead)?;
    look_at(&desk, secret.digest()).await?;
    html(askama::Template::render(&page(&app, &visitor, FormErrors::new()))).map(unkept)
}

/// # Errors
/// The link does not work.
pub async fn send(State(app): State<App>, desk: Desk, visitor: Visitor, Path(token): Path<String>, Form(typed): Form<Typed>) -> Result {
    let secret = Secret::parse(&token).ok_or_else(dead)?;
    let set = async {
        typed_twice(&typed.password, &typed.again)?;
        reset_password(&desk, secret.digest(), Password::typed(&typed.password), typed.revoke_tokens.is_some()).await
    };
    match set.await {
        Ok(()) => Ok(see_other("/login?changed=1")),
        Err(error) if comes_back(&error) => {
            let page = page(&app, &visitor, words(&visitor.t, &error));
            refused(html(askama::Template::render(&page)), error).map(unkept)
        }
        Err(error) => Err(Fail::from(error)),
    }
}

fn page(app: &App, visitor: &Visitor, errors: FormErrors) -> ResetPage {
    let t = visitor.t.clone();
    ResetPage {
        chrome: visitor.chrome(app, t.msg("sessions-reset-title"), &visitor.path),
        help: t.count("sessions-password-help", i64::try_from(password::MIN).unwrap_or(0)),
        action: visitor.path.clone(),
        t,
        errors,
    }
}
