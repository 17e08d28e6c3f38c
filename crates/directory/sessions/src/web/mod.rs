//! The pages: parse, act, show or go on.

pub mod account;
pub mod login;
pub mod logout;
pub mod look;
pub mod me;
pub mod own_sessions;
pub mod password;
pub mod reset;
pub mod see_as;
pub mod setup;
pub mod tokens;

mod visitor;

use std::sync::Arc;

use axum::Extension;
use axum::response::Response;
use http::header::{CACHE_CONTROL, RETRY_AFTER};
use http::{HeaderValue, StatusCode};
use i18n::T;
use kernel::{Error, ErrorKind};
use ui::FormErrors;
use web_kit::{Client, Fail, Look, cookie};

pub(crate) use visitor::Visitor;

use crate::Sessions;
use crate::actions::log_in::Begun;
use crate::actions::save_look::preferred;
use crate::lifetimes::BROWSER;

/// The state of the slice as an argument of a handler.
pub(crate) type Desk = Extension<Arc<Sessions>>;

/// The cookie of a browser that has signed in before; it opens nothing.
const BROWSER_COOKIE: &str = "browser";

/// The errors of a form in the reader's words.
fn words(t: &T, error: &Error) -> FormErrors {
    let mut errors = FormErrors::new();
    for field in error.fields() {
        errors.push(field.field.to_string(), t.field_error(field));
    }
    if errors.is_empty() {
        errors.push("", t.error(error));
    }
    errors
}

/// Whether a form comes back with the error and everything that was typed; other errors have pages of
/// their own.
fn comes_back(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict | ErrorKind::TooMany | ErrorKind::Busy)
}

/// A page that tells of an error, with its status.
fn refused(page: web_kit::Result, error: Error) -> web_kit::Result {
    let mut response = page?;
    let fail = Fail::from(error);
    *response.status_mut() = fail.status();
    if let Some(seconds) = fail.error().retry_seconds() {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(response)
}

/// Nothing of this answer is kept: it shows a secret, or the address does.
fn unkept(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Two fields for one new password: what is typed unseen is typed twice.
fn typed_twice(password: &str, again: &str) -> Result<(), Error> {
    if password == again { Ok(()) } else { Err(Error::invalid("again", "error-password-again")) }
}

/// Hands the cookies of a new session to the browser, and the look that its person prefers.
fn signed_in(response: &mut Response, desk: &Sessions, client: &Client, look: Look, begun: &Begun) {
    let seconds = |micros: i64| cookie::Keep::Seconds(u32::try_from(micros / kernel::Time::SECOND).unwrap_or(u32::MAX));
    cookie::set(response, client, web_kit::SESSION_COOKIE, begun.secret.reveal(), seconds(desk.lifetimes.absolute));
    cookie::set(response, client, BROWSER_COOKIE, begun.browser.reveal(), seconds(BROWSER));
    let look = Look { lang: begun.lang.or(look.lang), ..preferred(look, &begun.preferences) };
    look.keep(response, client);
}

/// The status alone, for scripts that have what they need.
fn done() -> Response {
    let mut response = Response::default();
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
}
