//! Templates as answers.

use axum::response::{Html, IntoResponse as _};
use kernel::Error;

use crate::Result;

/// A rendered template.
///
/// # Errors
/// It could not be rendered: a fault of ours.
pub fn html(rendered: askama::Result<String>) -> Result {
    Ok(Html(rendered.map_err(Error::internal)?).into_response())
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
