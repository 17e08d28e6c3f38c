//! The address under which people reach the desk: the only source of links, because a request's
//! Host header is written by whoever sends it.

use std::fmt;
use std::str::FromStr;

use http::Uri;

/// Scheme, host and port, such as `https://desk.example.com`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    secure: bool,
}

/// The text is no address of a desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrlError(String);

impl fmt::Display for PublicUrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is no public address: write scheme and host only, such as https://desk.example.com", self.0)
    }
}

impl std::error::Error for PublicUrlError {}

impl FromStr for PublicUrl {
    type Err = PublicUrlError;

    fn from_str(text: &str) -> Result<Self, PublicUrlError> {
        let wrong = || PublicUrlError(text.to_owned());
        let uri: Uri = text.trim().trim_end_matches('/').parse().map_err(|_| wrong())?;
        let scheme = uri.scheme_str().filter(|s| matches!(*s, "http" | "https")).ok_or_else(wrong)?;
        let authority = uri.authority().filter(|a| !a.as_str().contains('@')).ok_or_else(wrong)?;
        if uri.path() != "/" || uri.query().is_some() {
            return Err(wrong());
        }
        let default = if scheme == "https" { 443 } else { 80 };
        let host = authority.host().to_ascii_lowercase();
        // Browsers leave the default port out of Origin.
        let port = authority.port_u16().filter(|port| *port != default);
        let origin = port.map_or(format!("{scheme}://{host}"), |port| format!("{scheme}://{host}:{port}"));
        Ok(Self { origin, secure: scheme == "https" })
    }
}

impl PublicUrl {
    /// As browsers write it in `Origin`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    pub fn secure(&self) -> bool {
        self.secure
    }

    /// The link to a path of ours that begins with a slash.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_scheme_host_and_port_are_taken() {
        let read = |text: &str| text.parse::<PublicUrl>().map(|url| url.origin().to_owned());
        assert_eq!(read("https://Desk.Example.com:443/").unwrap(), "https://desk.example.com");
        assert_eq!(read("http://localhost:8080").unwrap(), "http://localhost:8080");
        assert_eq!(read("https://desk.example").map(|_| ()), Ok(()));
        for wrong in ["desk.example", "ftp://desk", "https://a@desk", "https://desk/x", "https://desk?x", ""] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
        let url: PublicUrl = "https://desk.example".parse().unwrap();
        assert_eq!(url.link("/t/7"), "https://desk.example/t/7");
    }
}
