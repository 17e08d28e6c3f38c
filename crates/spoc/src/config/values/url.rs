//! Addresses: of the desk as people type it, and of the database.

use std::fmt;

use super::{Value, expected};
use crate::config::resolve::Given;

/// Scheme, host and port of a web address, such as `https://desk.example.org`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// The origin without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// Whether browsers reach it encrypted.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Value for Origin {
    const KIND: &'static str = "a web address without a path, such as https://desk.example.org";
    fn read(given: &Given) -> Result<Self, String> {
        let text = given.text.trim();
        let uri: http::Uri = text.parse().map_err(|_| expected::<Self>(given))?;
        let scheme = uri.scheme_str().filter(|scheme| matches!(*scheme, "http" | "https"));
        let plain = matches!(uri.path(), "" | "/") && uri.query().is_none() && !text.contains(['#', '@']);
        match (scheme, uri.host(), plain) {
            (Some(scheme), Some(host), true) if !host.is_empty() => {
                let port = uri.port().map(|port| format!(":{port}")).unwrap_or_default();
                Ok(Self(format!("{scheme}://{}{port}", host.to_lowercase())))
            }
            _ => Err(expected::<Self>(given)),
        }
    }
}

/// A PostgreSQL URL. It may hold a password and is therefore only used inside a secret.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Value for DatabaseUrl {
    const KIND: &'static str = "postgres://user:password@host:5432/name";
    /// The grammar is checked by the client when it connects; here what people usually get wrong.
    fn read(given: &Given) -> Result<Self, String> {
        let text = given.text.trim();
        let Some((scheme, rest)) = text.split_once("://") else {
            return Err(format!("the database URL has no scheme; write {}", Self::KIND));
        };
        match scheme {
            "postgres" | "postgresql" => {}
            "sqlite" | "file" => return Err("SQLite needs no URL; name its folder with data".into()),
            _ => return Err(format!("only PostgreSQL is known here; write {}", Self::KIND)),
        }
        let name = rest.split(['?', '#']).next().unwrap_or_default().split_once('/').map_or("", |(_, name)| name);
        if name.is_empty() {
            return Err(format!("the database URL names no database; write {}", Self::KIND));
        }
        if text.contains(char::is_whitespace) {
            return Err("the database URL holds a blank; write it as %20".into());
        }
        Ok(Self(text.to_owned()))
    }
}
