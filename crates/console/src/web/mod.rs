//! The pages, one file each.

pub mod bulk;
pub mod download;
pub mod drafts;
pub mod home;
pub mod list;
pub mod live;
pub mod register;
pub mod search;
pub mod similar;
pub mod suggest;
pub mod ticket;
pub mod trash;
pub mod unseal;
pub mod uploads;

mod agent;
mod fields;
pub(crate) mod named;

use axum::response::Response;
use http::header::RETRY_AFTER;
use http::{HeaderValue, StatusCode};

pub use agent::{Agent, Anybody, FilesRef};
pub use fields::Fields;

/// Whether a form comes back with the error and everything that was typed; other errors have pages of
/// their own.
pub fn comes_back(error: &kernel::Error) -> bool {
    use kernel::ErrorKind::{Busy, Conflict, Forbidden, Invalid, Stale, Storage, TooMany};
    matches!(error.kind(), Invalid | Conflict | Stale | Forbidden | Busy | TooMany | Storage)
}

/// A page that tells of an error, with its status. A form names what it speaks of in its fields, so what
/// is missing there is a mistake of the form.
pub fn refused(mut page: Response, error: &kernel::Error) -> Response {
    *page.status_mut() = match error.kind() {
        kernel::ErrorKind::NotFound => StatusCode::UNPROCESSABLE_ENTITY,
        // A page is no conditional request.
        kernel::ErrorKind::Stale => StatusCode::CONFLICT,
        _ => web_kit::status_of(error),
    };
    if let Some(seconds) = error.retry_seconds() {
        page.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    page
}

/// The page was sent, then changed and sent again: under a new key it counts for itself.
pub fn sent_before(error: &kernel::Error) -> bool {
    error.code() == "error-idempotency-key"
}

/// An error as a form shows it: each field's mistake, or the sentence of the whole.
pub fn errors(t: &i18n::T, error: &kernel::Error) -> ui::FormErrors {
    let mut errors = ui::FormErrors::new();
    if sent_before(error) {
        errors.push("", t.msg("console-sent-already"));
        return errors;
    }
    for field in error.fields() {
        // Actions speak of attachments, forms of files.
        let name = if field.field == "attachments" { "files".into() } else { field.field.clone() };
        errors.push(name, t.field_error(field));
    }
    if errors.is_empty() {
        errors.push("", t.error(error));
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::response::IntoResponse as _;
    use kernel::{Error, ErrorKind};

    #[test]
    fn a_form_comes_back_from_whatever_is_not_its_own_fault() {
        for (kind, status) in [
            (ErrorKind::Busy, 503),
            (ErrorKind::Storage, 507),
            (ErrorKind::TooMany, 429),
            (ErrorKind::Forbidden, 403),
            (ErrorKind::Stale, 409),
        ] {
            let error = Error::new(kind, "error-busy").retry_after(7);
            assert!(comes_back(&error), "{kind:?}");
            let page = refused("form".into_response(), &error);
            assert_eq!((page.status().as_u16(), page.headers()[RETRY_AFTER].to_str().unwrap()), (status, "7"));
        }
        assert!(!comes_back(&Error::internal("fault")) && !comes_back(&Error::not_found()) && !comes_back(&Error::unauthenticated()));
    }
}
