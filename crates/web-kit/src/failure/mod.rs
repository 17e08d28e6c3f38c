//! Errors of the core as answers: told once, here, as a problem for programs and a page for people.

mod page;
mod problem;
mod render;
mod status;

use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use kernel::Error;

pub(crate) use render::{Asked, ascii, is_api, render};

/// The result of a handler.
pub type Result<T = Response, E = Fail> = std::result::Result<T, E>;

/// An error on its way out of a handler; the guard puts it into the reader's words.
#[derive(Debug)]
pub struct Fail {
    error: Error,
    status: StatusCode,
}

impl Fail {
    /// An error whose status is not that of its kind.
    pub fn with_status(error: Error, status: StatusCode) -> Self {
        Self { error, status }
    }

    pub fn error(&self) -> &Error {
        &self.error
    }

    pub fn status(&self) -> StatusCode {
        self.status
    }
}

impl<E: Into<Error>> From<E> for Fail {
    fn from(error: E) -> Self {
        let error = error.into();
        Self { status: status::of(error.kind()), error }
    }
}

/// The status of an error, for a page that tells of it itself.
pub fn status_of(error: &Error) -> StatusCode {
    status::of(error.kind())
}

/// The error inside a response that has no body yet.
#[derive(Debug, Clone)]
pub(crate) struct Failed(pub(crate) Arc<Error>);

impl IntoResponse for Fail {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(Failed(Arc::new(self.error)));
        response
    }
}

/// What answers where nothing is.
pub(crate) async fn nothing_here() -> Fail {
    Error::not_found().into()
}
