//! The pages: parse, act, show or go on.

pub mod fields;
pub mod forms;
pub mod kinds;
pub mod retype;
pub mod rules;
pub mod secrets;

mod admin;
mod told;
mod typed;

pub use admin::Admin;
pub use typed::Typed;

use axum::response::Response;
use http::StatusCode;
use i18n::T;
use kernel::{Error, ErrorKind};
use ui::{Flash, FormErrors};
use web_kit::{Fail, see_other};

/// An error as a form shows it: each field's mistake, or the sentence of the whole.
pub fn errors(t: &T, error: &Error) -> FormErrors {
    let mut errors = FormErrors::new();
    for field in error.fields() {
        errors.push(field.field.to_string(), t.field_error(field));
    }
    if errors.is_empty() {
        errors.push("", t.error(error));
    }
    errors
}

/// Whether a form comes back with the error and everything that was typed.
pub fn comes_back(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict | ErrorKind::Stale | ErrorKind::Busy)
}

/// A form that came back, with the status of its error.
pub fn refused(page: web_kit::Result, error: Error) -> web_kit::Result {
    let mut response = page?;
    *response.status_mut() = if error.kind() == ErrorKind::Stale { StatusCode::CONFLICT } else { Fail::from(error).status() };
    Ok(response)
}

/// On to a page that tells that it was saved.
pub fn saved(path: &str) -> Response {
    see_other(&format!("{path}?done=saved"))
}

/// What the step before did, in words.
pub fn told(t: &T, done: &str) -> Option<Flash> {
    (done == "saved").then(|| Flash { kind: "ok", text: t.msg("forms-saved").into_owned(), undo: None })
}

/// What a page's address says besides its record.
#[derive(Debug, Clone, Default, serde::Deserialize)]
pub struct Told {
    #[serde(default)]
    pub done: String,
}
