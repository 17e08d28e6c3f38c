//! The translator of one reader.

use std::borrow::Cow;

use fluent_bundle::{FluentArgs, FluentValue};
use jiff::tz::TimeZone;
use kernel::{Error, FieldError, Lang, Time};

use crate::{catalogue, lengths, numbers};

/// One reader's language and time zone; cheap to clone.
#[derive(Debug, Clone)]
pub struct T {
    lang: Lang,
    zone: TimeZone,
}

/// An argument of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg<'a> {
    /// As it stands.
    Text(Cow<'a, str>),
    /// A whole number: `$n` formatted, `$n_plural` its plural category.
    Count(i64),
    /// Another message of the same language, by its key.
    Msg(&'a str),
    /// A moment in the reader's zone, always with the year.
    Moment(Time),
    /// A length of time in microseconds, such as "2 h 10 min".
    Length(i64),
    /// A size in bytes, such as "4.2 MB".
    Size(u64),
}

impl T {
    pub fn new(lang: Lang, zone: TimeZone) -> Self {
        Self { lang, zone }
    }

    /// With a zone of the tz database by name; UTC when the name is unknown here.
    pub fn named(lang: Lang, zone: &str) -> Self {
        Self::new(lang, TimeZone::get(zone).unwrap_or(TimeZone::UTC))
    }

    pub fn utc(lang: Lang) -> Self {
        Self::new(lang, TimeZone::UTC)
    }

    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The BCP 47 tag for `lang` attributes and `Content-Language`.
    pub fn tag(&self) -> &'static str {
        self.lang.tag()
    }

    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The same zone in another language.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> Self {
        Self::new(lang, self.zone.clone())
    }

    pub fn has(&self, key: &str) -> bool {
        catalogue::has(self.lang, key)
    }

    /// A message without arguments.
    pub fn msg(&self, key: &str) -> Cow<'static, str> {
        catalogue::format(self.lang, key, None)
    }

    /// A message with arguments.
    pub fn with(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let mut values = FluentArgs::with_capacity(args.len() + 1);
        for (name, arg) in args {
            let text = match arg {
                Arg::Text(text) => Cow::Borrowed(text.as_ref()),
                Arg::Count(n) => {
                    values.set(format!("{name}_plural"), numbers::category(self.lang, *n));
                    Cow::Owned(self.number(*n))
                }
                Arg::Msg(key) => self.msg(key),
                Arg::Moment(time) => Cow::Owned(self.moment_full(*time)),
                Arg::Length(micros) => Cow::Owned(self.length(*micros)),
                Arg::Size(bytes) => Cow::Owned(self.size(*bytes)),
            };
            values.set(*name, FluentValue::String(text));
        }
        catalogue::format(self.lang, key, Some(&values)).into_owned()
    }

    /// A message whose only argument is `$count`.
    pub fn count(&self, key: &str, count: i64) -> String {
        self.with(key, &[("count", Arg::Count(count))])
    }

    /// The sentence of an error for the person; what is wrong with each field is apart.
    /// `$seconds` is the time to wait, when the error names one.
    pub fn error(&self, error: &Error) -> String {
        let wait = error.retry_seconds().map(|seconds| ("seconds", seconds.to_string()));
        let args: Vec<_> = error.args().iter().cloned().chain(wait).collect();
        self.coded(error.code(), &args)
    }

    /// What is wrong with a field.
    pub fn field_error(&self, error: &FieldError) -> String {
        let text = self.coded(error.code, &error.args);
        // What may have been meant is a sentence of its own.
        match error.args.iter().find(|(name, _)| *name == "proposals") {
            Some((_, proposals)) => format!("{text}. {}", self.with("filter-did-you-mean", &[("proposals", proposals.as_str().into())])),
            None => text,
        }
    }

    /// Arguments of errors are texts; one that is a whole number selects plurals as well, and one
    /// named `.._bytes` is written as a size under the name before that.
    fn coded(&self, code: &str, args: &[(&'static str, String)]) -> String {
        let mut values = FluentArgs::with_capacity(args.len() * 2);
        for (name, text) in args {
            if let (Some(name), Ok(bytes)) = (name.strip_suffix("_bytes"), text.parse()) {
                values.set(name, FluentValue::String(Cow::Owned(self.size(bytes))));
                continue;
            }
            if let Ok(n) = text.parse::<i64>() {
                values.set(format!("{name}_plural"), numbers::category(self.lang, n));
            }
            values.set(*name, FluentValue::String(Cow::Borrowed(text)));
        }
        catalogue::format(self.lang, code, Some(&values)).into_owned()
    }

    /// A whole number with the grouping of the language.
    pub fn number(&self, n: i64) -> String {
        numbers::whole(self.lang, n)
    }

    /// A number of `digits` decimals: `decimal(15, 1)` is 1.5.
    pub fn decimal(&self, scaled: i64, digits: u8) -> String {
        numbers::scaled(self.lang, scaled, digits)
    }

    /// A length of time by its two largest units, such as "2 h 10 min"; the sign is dropped.
    pub fn length(&self, micros: i64) -> String {
        lengths::length(self.lang, micros)
    }

    /// A size by powers of 1,000, such as "4.2 MB".
    pub fn size(&self, bytes: u64) -> String {
        lengths::size(self.lang, bytes)
    }

    /// "a, b and c".
    pub fn list<S: AsRef<str>>(&self, items: &[S]) -> String {
        lengths::list(self.lang, items)
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Arg::Text(Cow::Borrowed(text))
    }
}
impl<'a> From<&&'a str> for Arg<'a> {
    fn from(text: &&'a str) -> Self {
        Arg::Text(Cow::Borrowed(text))
    }
}
impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Arg::Text(Cow::Borrowed(text))
    }
}
impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Arg::Text(Cow::Owned(text))
    }
}
impl<'a> From<Cow<'a, str>> for Arg<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Arg::Text(text)
    }
}
/// Templates hand everything by reference, hence both.
macro_rules! from_number {
    ($($number:ty)*) => {$(
        impl From<$number> for Arg<'_> {
            fn from(n: $number) -> Self {
                Arg::Count(i64::try_from(n).unwrap_or(i64::MAX))
            }
        }
        impl From<&$number> for Arg<'_> {
            fn from(n: &$number) -> Self {
                Arg::from(*n)
            }
        }
    )*};
}
from_number!(i64 i32 u32 u64 usize);

impl From<Time> for Arg<'_> {
    fn from(time: Time) -> Self {
        Arg::Moment(time)
    }
}
impl From<&Time> for Arg<'_> {
    fn from(time: &Time) -> Self {
        Arg::Moment(*time)
    }
}
