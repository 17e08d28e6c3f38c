//! Addresses: of the desk as people type it, and of the database.

use web_kit::PublicUrl;

use super::{Value, expected};
use crate::config::resolve::Given;

impl Value for PublicUrl {
    const KIND: &'static str = "a web address without a path, such as https://desk.example.org";
    fn read(given: &Given) -> Result<Self, String> {
        given.text.parse().map_err(|_| expected::<Self>(given))
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
