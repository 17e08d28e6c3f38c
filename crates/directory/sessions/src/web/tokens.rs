//! `/me/tokens`

use api_kit::{Key, RequestKeyed as _};
use axum::extract::State;
use kernel::{Time, TokenId};
use serde::Deserialize;
use web_kit::{App, Fail, Form, Path, Result, Viewer, see_other};

use super::me::again;
use super::{Desk, comes_back, unkept};
use crate::actions::create_token::create_token;
use crate::actions::revoke_token::revoke_token;
use crate::token::NewToken;
use crate::views::me::{MeForms, build};
use crate::{Own, Scopes};

/// What the form says.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    name: String,
    #[serde(default)]
    scopes: String,
    /// In days from now.
    #[serde(default, rename = "expires_at")]
    days: String,
    #[serde(default)]
    client_id: String,
}

/// # Errors
/// What cannot be told on the form.
pub async fn create(State(app): State<App>, desk: Desk, viewer: Viewer, Form(typed): Form<Typed>) -> Result {
    let own = Own::of(&viewer)?;
    let made = async {
        let days: i64 = typed.days.parse().map_err(|_| kernel::Error::invalid("expires_at", "error-number"))?;
        let new = NewToken {
            name: typed.name.clone(),
            scopes: Scopes::parse(typed.scopes.split_whitespace())?,
            expires_at: app.now().plus(days.saturating_mul(Time::DAY)),
        };
        let key = Key::of_form(&typed.client_id, &typed).stored(own.actor.require_person()?, "token.create");
        create_token(&desk, &own, new, key).await
    };
    match made.await {
        Ok(made) => build(&app, &desk, &viewer, &own, MeForms { made: Some(made.text), ..MeForms::default() }).await.map(unkept),
        Err(error) if comes_back(&error) => {
            again(&app, &desk, &viewer, &own, error, MeForms { token_name: typed.name, ..MeForms::default() }).await
        }
        Err(error) => Err(Fail::from(error)),
    }
}

/// # Errors
/// It is not one's own token.
pub async fn revoke(desk: Desk, viewer: Viewer, Path(id): Path<TokenId>) -> Result {
    revoke_token(&desk, &Own::of(&viewer)?, id).await?;
    Ok(see_other("/me?done=token"))
}
