//! What was typed into a form, as it was typed: so that a refused form comes back whole.

use axum::extract::{FromRequest, Request};
use kernel::{Error, Lang, Result};
use settings::Texts;
use settings::field::Condition;
use web_kit::{Fail, Form};

/// The fields of a form by name, in the order in which they were sent.
#[derive(Debug, Clone, Default)]
pub struct Typed(Vec<(String, String)>);

impl<S: Send + Sync> FromRequest<S> for Typed {
    type Rejection = Fail;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fail> {
        let Form(fields) = Form::<Vec<(String, String)>>::from_request(request, state).await?;
        Ok(Self(fields))
    }
}

impl Typed {
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }
    /// The text of a field; empty when the form had none.
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }
    /// The text of `name.part`.
    pub fn part(&self, name: &str, part: &str) -> &str {
        self.text(&format!("{name}.{part}"))
    }
    pub fn is_on(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }
    /// All values of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.trim())
    }
    /// A number that may be absent.
    ///
    /// # Errors
    /// It is no number.
    pub fn number<N: std::str::FromStr>(&self, name: &'static str) -> Result<Option<N>> {
        match self.text(name) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| Error::invalid(name, "error-number")),
        }
    }
    /// How many lines of a list were sent: one more than the highest number in `list.{n}.what`; empty ones
    /// at the end do not count.
    pub fn lines(&self, list: &str, what: &str) -> usize {
        let number = |name: &str| name.strip_prefix(list)?.strip_prefix('.')?.strip_suffix(what)?.strip_suffix('.')?.parse::<usize>().ok();
        let filled = self.0.iter().filter(|(_, value)| !value.trim().is_empty());
        // A form has no more lines than it has fields.
        filled.filter_map(|(name, _)| number(name)).max().map_or(0, |n| (n + 1).min(self.0.len()))
    }
    /// The text of `list.n.what.part`.
    pub fn at(&self, list: &str, n: &usize, what: &str, part: &str) -> &str {
        self.text(&format!("{list}.{n}.{what}.{part}"))
    }
    /// The texts of all languages below a name: `name.en`, `name.es`, `name.ru`.
    pub fn texts(&self, name: &str) -> Texts {
        let mut texts = Texts::default();
        for lang in Lang::ALL {
            texts.set(lang, self.text(&format!("{name}.{lang}")));
        }
        texts
    }
    pub fn set_texts(&mut self, name: &str, texts: &Texts) {
        for lang in Lang::ALL {
            self.set(format!("{name}.{lang}"), texts.own(lang));
        }
    }
    /// Writes conditions as lines of a list.
    pub fn set_conditions(&mut self, list: &str, when: &[Condition]) {
        for (n, condition) in when.iter().enumerate() {
            self.set(format!("{list}.{n}.on"), condition.on.key());
            self.set(format!("{list}.{n}.field"), &condition.field);
            self.set(format!("{list}.{n}.test"), condition.test.key());
            self.set(format!("{list}.{n}.values"), condition.values.join("\n"));
        }
    }
}
