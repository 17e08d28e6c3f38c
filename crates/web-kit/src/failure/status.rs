//! Kinds of error and HTTP statuses.

use http::StatusCode;
use kernel::{Error, ErrorKind};

/// The status of a kind of error.
pub(super) const fn of(kind: ErrorKind) -> StatusCode {
    match kind {
        ErrorKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::Malformed => StatusCode::BAD_REQUEST,
        ErrorKind::Unauthenticated => StatusCode::UNAUTHORIZED,
        ErrorKind::Forbidden => StatusCode::FORBIDDEN,
        ErrorKind::NotFound => StatusCode::NOT_FOUND,
        ErrorKind::Conflict => StatusCode::CONFLICT,
        ErrorKind::Stale => StatusCode::PRECONDITION_FAILED,
        ErrorKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorKind::TooMany => StatusCode::TOO_MANY_REQUESTS,
        ErrorKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        ErrorKind::Busy => StatusCode::SERVICE_UNAVAILABLE,
        ErrorKind::Storage => StatusCode::INSUFFICIENT_STORAGE,
    }
}

/// The error behind a status that a library answered with, such as axum's extractors.
pub(super) fn error_of(status: StatusCode) -> Error {
    let (kind, code) = match status.as_u16() {
        401 => (ErrorKind::Unauthenticated, "error-unauthenticated"),
        403 => (ErrorKind::Forbidden, "error-forbidden"),
        404 => (ErrorKind::NotFound, "error-not-found"),
        405 => (ErrorKind::Malformed, "error-method"),
        408 | 504 => (ErrorKind::Busy, "error-timeout"),
        409 => (ErrorKind::Conflict, "error-conflict"),
        412 => (ErrorKind::Stale, "error-stale"),
        415 => (ErrorKind::Malformed, "error-media-type"),
        422 => (ErrorKind::Invalid, "error-invalid"),
        503 => (ErrorKind::Busy, "error-busy"),
        500.. => (ErrorKind::Internal, "error-internal"),
        _ => (ErrorKind::Malformed, "error-malformed"),
    };
    Error::new(kind, code)
}

/// The key of the short title of an error's kind.
pub(super) const fn title(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Invalid => "error-page-invalid",
        ErrorKind::Malformed => "error-page-malformed",
        ErrorKind::Unauthenticated => "error-page-unauthenticated",
        ErrorKind::Forbidden => "error-page-forbidden",
        ErrorKind::NotFound => "error-page-not-found",
        ErrorKind::Conflict | ErrorKind::Stale => "error-page-conflict",
        ErrorKind::TooLarge => "error-page-too-large",
        ErrorKind::TooMany => "error-page-too-many",
        ErrorKind::Internal => "error-page-internal",
        ErrorKind::Busy | ErrorKind::Storage => "error-page-busy",
    }
}
