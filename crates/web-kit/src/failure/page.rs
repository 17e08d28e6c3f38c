//! Errors for people: a page that knows nothing of who is signed in, because what is missing and
//! what is invisible must give the same bytes.

use askama::Template;
use i18n::T;
use kernel::{Error, ErrorKind};
use ui::Chrome;

use crate::{Look, Web};

#[derive(Template)]
#[template(path = "web-kit/error.html")]
struct Page<'a> {
    t: &'a T,
    chrome: Chrome,
    detail: String,
    /// What is wrong with fields, when the form itself is not shown again.
    fields: Vec<String>,
    /// The code to give to an administrator; faults of ours only.
    incident: Option<&'a str>,
    sign_in: bool,
    /// Asking once more may help.
    retry: bool,
    /// What was asked for: the place to come back to.
    path: &'a str,
}

/// What the page needs of the request.
pub(super) struct Seen<'a> {
    pub(super) id: &'a str,
    pub(super) path: &'a str,
    pub(super) look: Look,
}

pub(super) fn html(web: &Web, t: &T, error: &Error, seen: &Seen<'_>) -> String {
    let title = t.msg(super::status::title(error.kind()));
    // The place that was asked for would make each 404 different.
    let path = if error.kind() == ErrorKind::NotFound { "/" } else { seen.path };
    let page = Page {
        t,
        chrome: seen.look.chrome(t, title, web.desk.clone(), path),
        detail: t.error(error),
        fields: error.fields().iter().map(|field| t.field_error(field)).collect(),
        incident: (error.kind() == ErrorKind::Internal).then_some(seen.id),
        sign_in: error.kind() == ErrorKind::Unauthenticated,
        retry: matches!(error.kind(), ErrorKind::Internal | ErrorKind::Busy | ErrorKind::TooMany),
        path,
    };
    page.render().unwrap_or_else(|cause| {
        // Writing to a String fails only when memory does; the words still go out.
        tracing::error!(%cause, "error page");
        page.detail.clone()
    })
}
