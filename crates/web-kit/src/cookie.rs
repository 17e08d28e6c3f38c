//! Cookies, all of one kind: for this host alone, never for scripts, not sent along from other sites.

use axum::response::Response;
use http::header::{COOKIE, SET_COOKIE};
use http::{HeaderMap, HeaderValue};

use crate::Client;

/// How long a browser keeps a cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Until the browser closes.
    Session,
    Seconds(u32),
    /// It goes at once.
    Not,
}

/// The cookie's name on the wire. Browsers hold the prefix to HTTPS, this host and the root path, so
/// that no sibling host can set it; on loopback without TLS there is no prefix.
fn full(name: &str, secure: bool) -> String {
    if secure { format!("__Host-{name}") } else { name.to_owned() }
}

/// The value that the browser sent.
pub fn get<'a>(headers: &'a HeaderMap, client: &Client, name: &str) -> Option<&'a str> {
    let wanted = full(name, client.secure);
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.into_iter().find(|(name, _)| *name == wanted).map(|(_, value)| value)
}

/// Makes the browser keep or forget a value of letters, digits and `-_.~`.
pub fn set(response: &mut Response, client: &Client, name: &str, value: &str, keep: Keep) {
    let safe = value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~'));
    debug_assert!(safe, "a cookie's value is a token");
    let age = match keep {
        Keep::Session => String::new(),
        Keep::Seconds(seconds) => format!("; Max-Age={seconds}"),
        Keep::Not => "; Max-Age=0".to_owned(),
    };
    let secure = if client.secure { "; Secure" } else { "" };
    let line = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}", full(name, client.secure));
    if let (true, Ok(line)) = (safe, HeaderValue::from_str(&line)) {
        response.headers_mut().append(SET_COOKIE, line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::response::IntoResponse as _;

    fn client(secure: bool) -> Client {
        Client { ip: [192, 0, 2, 1].into(), secure, local: false }
    }

    #[test]
    fn the_attributes_leave_no_hole() {
        let mut response = ().into_response();
        set(&mut response, &client(true), "session", "abc", Keep::Seconds(60));
        set(&mut response, &client(false), "session", "", Keep::Not);
        let lines: Vec<&str> = response.headers().get_all(SET_COOKIE).iter().map(|line| line.to_str().unwrap()).collect();
        assert_eq!(
            lines,
            [
                "__Host-session=abc; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60",
                "session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0",
            ]
        );
    }

    #[test]
    fn over_https_only_the_prefixed_name_counts() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, "session=planted; theme=dark".parse().unwrap());
        headers.append(COOKIE, "__Host-session=own".parse().unwrap());
        assert_eq!(get(&headers, &client(true), "session"), Some("own"));
        assert_eq!(get(&headers, &client(false), "session"), Some("planted"));
        assert_eq!(get(&headers, &client(true), "theme"), None);
    }
}
