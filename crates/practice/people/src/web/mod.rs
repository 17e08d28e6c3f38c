//! The pages: parse, act, show or go on.

pub mod clerk;
pub mod custom;
pub mod grants;
pub mod locations;
pub mod options;
pub mod orgs;
pub mod people;
pub mod roles;
pub mod services;
pub mod teams;

mod conflict;
mod fields;

pub use clerk::Clerk;
pub use conflict::{Conflict, last_change};
pub use fields::Fields;

use access::Verb;
use axum::response::Response;
use http::StatusCode;
use i18n::T;
use kernel::{Error, ErrorKind};
use ui::{Flash, FormErrors};
use web_kit::{Fail, see_other};

use crate::views::roles::verb_label;

/// An error as a form shows it: each field's mistake, or the sentence of the whole.
pub fn errors(t: &T, error: &Error) -> FormErrors {
    let mut errors = FormErrors::new();
    for field in error.fields() {
        errors.push(field.field.to_string(), t.field_error(field));
    }
    if errors.is_empty() {
        errors.push("", sentence(t, error));
    }
    errors
}

/// The sentence of an error; a verb that it names stands in words, not as its key.
fn sentence(t: &T, error: &Error) -> String {
    let verb = error.args().iter().find(|(name, _)| *name == "verb").and_then(|(_, key)| Verb::from_key(key));
    match verb {
        Some(verb) if error.code() == "error-role-exceeds" => t.with("error-role-exceeds", &[("verb", verb_label(t, verb).into())]),
        _ => t.error(error),
    }
}

/// Whether a form comes back with the error and everything that was typed; other errors have pages of
/// their own.
pub fn comes_back(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict | ErrorKind::Stale | ErrorKind::Busy)
        || (error.kind() == ErrorKind::Forbidden && error.code() == "error-role-exceeds")
}

/// A form that came back, with the status of its error. A stale edit is a conflict for a browser.
pub fn refused(page: web_kit::Result, error: Error) -> web_kit::Result {
    let mut response = page?;
    *response.status_mut() = match error.kind() {
        ErrorKind::Stale => StatusCode::CONFLICT,
        _ => Fail::from(error).status(),
    };
    Ok(response)
}

/// On to a page that tells what was done.
pub fn done(path: &str, what: &str) -> Response {
    let parted = if path.contains('?') { '&' } else { '?' };
    see_other(&format!("{path}{parted}done={what}"))
}

/// What the step before did, in words.
pub fn told(t: &T, what: &str, undo: Option<String>) -> Option<Flash> {
    let text = match what {
        "saved" => t.msg("people-done-saved"),
        "created" => t.msg("people-done-created"),
        "disabled" => t.msg("people-done-disabled"),
        "enabled" => t.msg("people-done-enabled"),
        "merged" => t.msg("people-done-merged"),
        "unmerged" => t.msg("people-done-unmerged"),
        "granted" => t.msg("people-done-granted"),
        "revoked" => t.msg("people-done-revoked"),
        _ => return None,
    };
    Some(Flash { kind: "ok", text: text.into_owned(), undo })
}

/// What a page's address says besides its record.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Told {
    /// The step before, told once.
    #[serde(default)]
    pub done: String,
    /// Another record that the step before was about.
    pub other: Option<i64>,
}
