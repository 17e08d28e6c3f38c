//! `/logout`

use axum::response::Response;
use http::{HeaderName, HeaderValue};
use web_kit::{Result, cookie, see_other};

use super::{Desk, Visitor};
use crate::actions::log_out::log_out;

/// Ends the session on the server and clears what the browser kept of the desk: pages, drafts.
///
/// # Errors
/// The database does not answer: then the session still lives, and the page says so.
pub async fn send(desk: Desk, visitor: Visitor) -> Result {
    if let Some(secret) = &visitor.session {
        log_out(&desk, secret.digest()).await?;
    }
    let mut response: Response = see_other("/login");
    cookie::set(&mut response, &visitor.client, web_kit::SESSION_COOKIE, "", cookie::Keep::Not);
    response.headers_mut().insert(HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\", \"storage\""));
    Ok(response)
}
