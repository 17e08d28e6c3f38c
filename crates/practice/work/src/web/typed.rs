//! What was typed into a form, as it was typed: so that a refused form comes back whole.

use axum::extract::{FromRequest, Request};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kernel::{Error, Result, Time};
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
    /// The text of a field; empty when the form had none.
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }
    /// All values of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.trim())
    }
    pub fn is_on(&self, name: &str) -> bool {
        !self.text(name).is_empty()
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
    /// The end of a day in the reader's zone; [`Time::NEVER`] for none.
    ///
    /// # Errors
    /// It is no date.
    pub fn day_end(&self, name: &'static str, zone: &TimeZone) -> Result<Time> {
        let typed = self.text(name);
        if typed.is_empty() {
            return Ok(Time::NEVER);
        }
        let wrong = || Error::invalid(name, "error-date");
        let day: Date = typed.parse().map_err(|_| wrong())?;
        let end = day.at(23, 59, 0, 0).to_zoned(zone.clone()).map_err(|_| wrong())?;
        Ok(Time::from_seconds(end.timestamp().as_second()))
    }
}

/// The day of a moment as a date field takes it; empty for none.
pub fn day_of(at: Time, zone: &TimeZone) -> String {
    let moment = (at != Time::NEVER).then(|| jiff::Timestamp::from_microsecond(at.0).ok()).flatten();
    moment.map_or_else(String::new, |moment| moment.to_zoned(zone.clone()).date().to_string())
}
