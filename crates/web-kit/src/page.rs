//! Templates as answers.

use axum::response::{Html, IntoResponse as _, Response};
use http::{HeaderName, HeaderValue};
use kernel::Error;

use crate::Result;

/// A rendered template.
///
/// # Errors
/// It could not be rendered: a fault of ours.
pub fn html(rendered: askama::Result<String>) -> Result {
    Ok(Html(rendered.map_err(Error::internal)?).into_response())
}

/// A part of a page with the message that its whole would show: the script puts it into the corner.
#[must_use]
pub fn with_toast(mut response: Response, flash: &ui::Flash) -> Response {
    let toast = serde_json::json!({"spoc:toast": {"kind": flash.kind, "text": flash.text, "undo": flash.undo}});
    if let Ok(value) = HeaderValue::from_str(&crate::failure::ascii(&toast.to_string())) {
        response.headers_mut().insert(HeaderName::from_static("hx-trigger"), value);
    }
    response
}

/// Answers with the page, or with the part of it that the request wants:
/// `web_kit::page!(viewer, page, as_main)`.
#[macro_export]
macro_rules! page {
    ($viewer:expr, $page:expr, $part:ident) => {{
        use ::askama::Template as _;
        let page = $page;
        $viewer.page(if $viewer.partial { page.$part().render() } else { page.render() })
    }};
}
