//! What was typed into a form, as it was typed: so that a refused form comes back whole.

use axum::extract::{FromRequest, Request};
use kernel::{Error, Id, Result};
use web_kit::{Fail, Form};

/// The fields of a form by name, in the order in which they were sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Fail;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fail> {
        let Form(fields) = Form::<Vec<(String, String)>>::from_request(request, state).await?;
        Ok(Self(fields))
    }
}

impl Fields {
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.set(name, value);
        self
    }
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some(field) => field.1 = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }
    /// The text of a field; empty when the form had none.
    pub fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
    /// Whether a box is ticked.
    pub fn is_on(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }
    /// A text that is none when empty.
    pub fn some(&self, name: &str) -> Option<String> {
        Some(self.text(name).trim()).filter(|text| !text.is_empty()).map(str::to_owned)
    }
    /// The version the form started from.
    ///
    /// # Errors
    /// It is no number.
    pub fn version(&self) -> Result<Option<i64>> {
        self.some("version").map(|text| text.parse().map_err(|_| Error::invalid("version", "error-number"))).transpose()
    }
    /// The id that a select sent; none when nothing was chosen.
    ///
    /// # Errors
    /// It is no number.
    pub fn id<K>(&self, name: &'static str) -> Result<Option<Id<K>>> {
        self.some(name).map(|text| text.parse().map_err(|_| Error::invalid(name, "error-choice"))).transpose()
    }
    /// All names and values.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
    /// The fields whose names begin so, by the rest of the name.
    pub fn below<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.as_str())))
    }
}
