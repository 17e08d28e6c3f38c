//! `/login`

use axum::extract::State;
use kernel::Error;
use serde::Deserialize;
use ui::FormErrors;
use web_kit::{App, Fail, Form, Query, Result, Viewer, html, local_path, see_other};

use super::{Desk, Visitor, comes_back, done, refused, signed_in, words};
use crate::actions::log_in::{LogIn, log_in};
use crate::demo;
use crate::password::Password;
use crate::views::LoginPage;

/// What the address says.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// Where to go then.
    #[serde(default, alias = "return")]
    next: String,
    /// The step before chose a new password.
    #[serde(default)]
    changed: Option<String>,
}

/// What the form says.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default, alias = "return")]
    next: String,
}

/// # Errors
/// The database does not answer.
pub async fn show(State(app): State<App>, desk: Desk, visitor: Visitor, viewer: Option<Viewer>, Query(asked): Query<Asked>) -> Result {
    if viewer.is_some() {
        return Ok(see_other(local_path(&asked.next)));
    }
    let page = LoginPage {
        empty: desk.is_empty().await?,
        changed: asked.changed.is_some(),
        demo: demo::log_ins(&desk, visitor.t.lang()).await?,
        ..page(&app, &visitor, String::new(), asked.next)
    };
    html(askama::Template::render(&page))
}

/// # Errors
/// What cannot be told on the form.
pub async fn send(State(app): State<App>, desk: Desk, visitor: Visitor, Form(typed): Form<Typed>) -> Result {
    let Typed { email, password, next } = typed;
    match attempt(&desk, &visitor, &email, &password).await {
        Ok(begun) => {
            let mut response = if visitor.scripted { done() } else { see_other(local_path(&next)) };
            signed_in(&mut response, &desk, &visitor.client, visitor.look, &begun);
            Ok(response)
        }
        Err(error) if comes_back(&error) && !visitor.scripted => {
            let demo = demo::log_ins(&desk, visitor.t.lang()).await?;
            let page = LoginPage { errors: words(&visitor.t, &error), demo, ..page(&app, &visitor, email, next) };
            refused(html(askama::Template::render(&page)), error)
        }
        Err(error) => Err(Fail::from(error)),
    }
}

async fn attempt(desk: &Desk, visitor: &Visitor, email: &str, password: &str) -> kernel::Result<crate::actions::log_in::Begun> {
    let empty = [("email", email.trim()), ("password", password)].into_iter().filter(|(_, text)| text.is_empty());
    Error::of_fields(empty.map(|(field, _)| kernel::FieldError::new(field, "error-required")).collect())?;
    let form = LogIn {
        login: email.trim().to_owned(),
        password: Password::typed(password),
        ip: visitor.client.ip,
        user_agent: visitor.user_agent.clone(),
        browser: visitor.browser.clone(),
        before: visitor.session.clone(),
    };
    log_in(desk, form).await
}

fn page(app: &App, visitor: &Visitor, email: String, next: String) -> LoginPage {
    let next = local_path(&next).to_owned();
    LoginPage {
        chrome: visitor.chrome(app, visitor.t.msg("sessions-login-title"), "/login"),
        t: visitor.t.clone(),
        errors: FormErrors::new(),
        email,
        next,
        empty: false,
        changed: false,
        demo: Vec::new(),
    }
}
