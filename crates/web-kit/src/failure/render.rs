//! The answer to a request that failed: which of the two forms, in whose language.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use http::header::{ALLOW, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE, REFERER, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use i18n::T;
use kernel::{Error, ErrorKind};

use super::{Failed, page, problem, status};
use crate::{Client, Context, Look, Web, local_path};

/// What must be remembered of a request to answer its error.
#[derive(Debug)]
pub(crate) struct Asked {
    /// A program asks: under `/api/`, or for JSON only.
    pub(crate) program: bool,
    pub(crate) htmx: bool,
    place: Place,
    look: Look,
}

impl Asked {
    pub(crate) fn of(request: &Request, client: &Client) -> Self {
        let path = request.uri().path();
        let accept = request.headers().get(http::header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or_default();
        Self {
            program: is_api(path) || (accept.contains("json") && !accept.contains("text/html")),
            htmx: request.headers().contains_key("hx-request"),
            place: Place::of(request),
            look: Look::of(request.headers(), client),
        }
    }
}

/// Where one can come back to.
#[derive(Debug)]
enum Place {
    /// What was asked for.
    Here(String),
    /// The page whose form was sent: its address answers no link. As the browser names it.
    Referer(Option<String>),
}

impl Place {
    fn of(request: &Request) -> Self {
        if matches!(*request.method(), Method::GET | Method::HEAD) {
            let uri = request.uri();
            return Self::Here(uri.path_and_query().map_or(uri.path(), |all| all.as_str()).to_owned());
        }
        Self::Referer(request.headers().get(REFERER).and_then(|value| value.to_str().ok()).map(str::to_owned))
    }

    /// A path of ours; the start page when none is known.
    fn path(&self, web: &Web) -> &str {
        match self {
            Self::Here(path) => path,
            Self::Referer(page) => page.as_deref().and_then(|page| page.strip_prefix(web.public_url.origin())).map_or("/", local_path),
        }
    }
}

/// Whether a path belongs to programs.
pub(crate) fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

/// Gives a failed response its body. Responses that a handler wrote itself stay as they are.
pub(crate) fn render(web: &Web, context: &Context, asked: &Asked, mut response: Response) -> Response {
    let error = match response.extensions_mut().remove::<Failed>() {
        Some(Failed(error)) => error,
        None if is_foreign(&response) => Arc::new(status::error_of(response.status())),
        None => return response,
    };
    let status = shown_status(asked, response.status());
    let error = if status == response.status() { error } else { Arc::new(Error::not_found()) };
    log(context, &error, status);
    let reader = context.reader().cloned().unwrap_or_else(|| web.reader(asked.look.lang.or(context.accepted())));
    let headers = response.headers_mut();
    headers.remove(CONTENT_LENGTH);
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(reader.tag()));
    if let Some(seconds) = error.retry_seconds() {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"spoc\""));
    }
    if status == StatusCode::NOT_FOUND {
        headers.remove(ALLOW);
    }
    let (kind, body) = if asked.program || asked.htmx {
        if asked.htmx {
            notice(headers, &reader, &error, status);
        }
        ("application/problem+json", problem::write(&reader, &error, status.as_u16(), context.id()))
    } else {
        let seen = page::Seen { id: context.id(), path: asked.place.path(web), look: asked.look.clone() };
        ("text/html; charset=utf-8", page::html(web, &reader, &error, &seen).into_bytes())
    };
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    *response.body_mut() = Body::from(body);
    *response.status_mut() = status;
    response
}

/// Nothing of a problem is put into the page. Its script shows the words of most statuses by itself;
/// two usually carry a form to swap, so these are told as a toast.
fn notice(headers: &mut HeaderMap, reader: &T, error: &Error, status: StatusCode) {
    headers.insert(HeaderName::from_static("hx-reswap"), HeaderValue::from_static("none"));
    if !matches!(status, StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY) {
        return;
    }
    let fields = error.fields().iter().map(|field| reader.field_error(field));
    let words: Vec<String> = std::iter::once(reader.error(error)).chain(fields).collect();
    let toast = serde_json::json!({"spoc:toast": {"kind": "danger", "text": words.join(". ")}});
    if let Ok(value) = HeaderValue::from_str(&ascii(&toast.to_string())) {
        headers.insert(HeaderName::from_static("hx-trigger"), value);
    }
}

/// JSON for a header: letters beyond ASCII as escapes.
pub(crate) fn ascii(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut units = [0; 2];
    for c in json.chars() {
        if c.is_ascii() {
            out.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut units) {
            out.push_str(&format!("\\u{unit:04x}"));
        }
    }
    out
}

/// A page that exists under another method is not there for people; programs learn of it.
fn shown_status(asked: &Asked, status: StatusCode) -> StatusCode {
    match status {
        StatusCode::METHOD_NOT_ALLOWED if !asked.program => StatusCode::NOT_FOUND,
        other => other,
    }
}

/// A status of a library: no body of ours is a plain text.
fn is_foreign(response: &Response) -> bool {
    let status = response.status();
    (status.is_client_error() || status.is_server_error())
        && response.headers().get(CONTENT_TYPE).is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"))
}

fn log(context: &Context, error: &Error, status: StatusCode) {
    match error.kind() {
        ErrorKind::Internal => {
            tracing::error!(incident = context.id(), error = %error, "fault");
        }
        ErrorKind::Busy | ErrorKind::Storage => {
            tracing::warn!(request = context.id(), error = %error, "not served");
        }
        _ => tracing::debug!(request = context.id(), status = status.as_u16(), error = %error, "refused"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_comes_back_to_a_page_and_never_to_the_address_of_a_form() {
        let clock = std::sync::Arc::new(kernel::MockClock::at(kernel::Time(0)));
        let web = Web::new(clock, std::sync::Arc::new(kernel::SeededEntropy::new(7)), "https://desk.example".parse().unwrap()).unwrap();
        let place = |method: &str, referer: Option<&str>| {
            let mut request = Request::builder().method(method).uri("/desk/tickets/7/post?x=1");
            if let Some(referer) = referer {
                request = request.header(REFERER, referer);
            }
            Place::of(&request.body(Body::empty()).unwrap()).path(&web).to_owned()
        };
        assert_eq!(place("GET", Some("https://desk.example/desk")), "/desk/tickets/7/post?x=1");
        assert_eq!(place("POST", Some("https://desk.example/desk/tickets/7?show=notes")), "/desk/tickets/7?show=notes");
        for foreign in
            [None, Some("https://evil.example/x"), Some("https://desk.example.evil/x"), Some("https://desk.example//evil"), Some("")]
        {
            assert_eq!(place("POST", foreign), "/", "{foreign:?}");
        }
    }
}
