//! The pages, one file each.

pub mod cancel;
pub mod home;
pub mod new;
pub mod rate;
pub mod reply;
pub mod request;
pub mod requests;
pub mod watchers;

use http::HeaderValue;
use http::header::RETRY_AFTER;
use i18n::T;
use kernel::{Error, ErrorKind};
use ui::FormErrors;
use web_kit::Fail;

/// An error as a form shows it: each field's mistake, or the sentence of the whole.
fn words(t: &T, error: &Error) -> FormErrors {
    let mut errors = FormErrors::new();
    for field in error.fields() {
        // Actions speak of attachments, the form of files.
        let name = if field.field == "attachments" { "files".to_owned() } else { field.field.to_string() };
        errors.push(name, t.field_error(field));
    }
    if was_sent(error) {
        errors.push("", t.msg("portal-sent-already"));
    } else if errors.is_empty() {
        errors.push("", t.error(error));
    }
    errors
}

/// Whether the page was sent before and is now sent with other words: it needs a new key to count again.
fn was_sent(error: &Error) -> bool {
    error.code() == "error-idempotency-key"
}

/// Whether a form comes back with the error and everything that was typed; other errors have pages of
/// their own.
fn comes_back(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict | ErrorKind::Busy | ErrorKind::TooMany | ErrorKind::Storage)
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
