//! Requests that change something must come from our own pages (CSRF). Browsers say where a request
//! comes from; a program with a bearer token is under nobody's session.

use axum::extract::Request;
use http::HeaderMap;
use http::header::{AUTHORIZATION, COOKIE, ORIGIN};
use kernel::{Error, ErrorKind, Result};

use crate::PublicUrl;
use crate::failure::is_api;

/// # Errors
/// The request could be another site's, sent with the reader's session.
pub(super) fn check(request: &Request, public: &PublicUrl) -> Result<()> {
    let headers = request.headers();
    if bears_token(headers) {
        return Ok(());
    }
    // Nobody is signed in: the API will say so itself.
    if is_api(request.uri().path()) && !headers.contains_key(COOKIE) {
        return Ok(());
    }
    let own = match (text(headers, "sec-fetch-site"), text(headers, ORIGIN.as_str())) {
        // Set by the browser alone; `none` is the reader's own doing, such as a reload.
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => origin.eq_ignore_ascii_case(public.origin()),
        (None, None) => false,
    };
    if own { Ok(()) } else { Err(Error::new(ErrorKind::Forbidden, "error-origin")) }
}

/// Whether the request names a token; the authenticator then looks at no cookie.
pub(crate) fn bears_token(headers: &HeaderMap) -> bool {
    text(headers, AUTHORIZATION.as_str()).and_then(|value| value.get(..7)).is_some_and(|scheme| scheme.eq_ignore_ascii_case("bearer "))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    // A value that is no text is foreign, not absent.
    headers.get(name).map(|value| value.to_str().unwrap_or("?"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn allowed(path: &str, lines: &[(&str, &str)]) -> bool {
        let mut request = Request::post(path);
        for (name, value) in lines {
            request = request.header(*name, *value);
        }
        check(&request.body(Body::empty()).unwrap(), &"https://desk.example".parse().unwrap()).is_ok()
    }

    #[test]
    fn only_our_own_pages_change_things_in_a_session() {
        let cookie = ("cookie", "s=1");
        assert!(allowed("/t", &[cookie, ("origin", "https://desk.example")]));
        assert!(allowed("/t", &[cookie, ("sec-fetch-site", "same-origin"), ("origin", "null")]));
        assert!(allowed("/t", &[cookie, ("sec-fetch-site", "none")]));
        for foreign in ["https://evil.example", "http://desk.example", "https://desk.example.evil", "null", ""] {
            assert!(!allowed("/t", &[cookie, ("origin", foreign)]), "{foreign}");
        }
        for site in ["cross-site", "same-site", ""] {
            assert!(!allowed("/t", &[cookie, ("sec-fetch-site", site), ("origin", "https://desk.example")]), "{site}");
        }
        assert!(!allowed("/t", &[cookie]), "both missing");
        assert!(!allowed("/login", &[]), "log-in of another site");
        assert!(!allowed("/api/v1/t", &[cookie, ("origin", "https://evil.example")]));
    }

    #[test]
    fn programs_with_a_token_or_with_nothing_are_judged_by_the_api() {
        assert!(allowed("/api/v1/t", &[("authorization", "Bearer x")]));
        assert!(allowed("/t", &[("authorization", "bearer x"), ("cookie", "s=1")]));
        assert!(allowed("/api/v1/t", &[]));
        assert!(!allowed("/t", &[("authorization", "Basic eDp5"), ("cookie", "s=1")]));
    }
}
