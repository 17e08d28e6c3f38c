//! The pages: parse, act, show or go on.

pub mod admin;
pub mod edit;
pub mod mine;
pub mod section;
pub mod templates;
pub mod time;

mod clerk;
mod owner;
mod typed;

pub use clerk::Clerk;
pub use typed::Typed;

use axum::response::Response;
use i18n::T;
use kernel::{Error, ErrorKind, TicketId, Time};
use ui::FormErrors;

/// A moment as the time macro takes it.
#[derive(Debug, Clone, Default)]
pub struct When {
    pub iso: String,
    pub text: String,
    pub exact: String,
}

impl When {
    pub fn new(t: &T, at: Time, now: Time) -> Self {
        Self { iso: at.to_rfc3339(), text: t.ago(at, now), exact: t.moment_exact(at) }
    }
}

/// An error as a form shows it: each field's mistake, or the sentence of the whole.
fn errors(t: &T, error: &Error) -> FormErrors {
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
fn comes_back(error: &Error) -> bool {
    use ErrorKind::{Busy, Conflict, Forbidden, Invalid, NotFound, Stale, Storage, TooMany};
    matches!(error.kind(), Invalid | Conflict | Stale | Forbidden | Busy | TooMany | Storage | NotFound)
}

/// A page that tells of an error, with its status. A form names what it speaks of, so what is missing there
/// is a mistake of the form.
fn refused(mut page: Response, error: &Error) -> Response {
    *page.status_mut() = match error.kind() {
        ErrorKind::NotFound => http::StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::Stale => http::StatusCode::CONFLICT,
        _ => web_kit::status_of(error),
    };
    page
}

/// The tasks of a ticket, as a page.
fn address(id: TicketId) -> String {
    format!("/desk/tickets/{id}/tasks")
}
