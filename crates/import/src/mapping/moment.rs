//! How the file writes moments.

use jiff::fmt::strtime::BrokenDownTime;
use jiff::tz::TimeZone;
use kernel::Time;

use super::node::Node;

/// A way of writing moments, with the zone of those that name none.
#[derive(Debug, Clone, PartialEq)]
pub struct MomentFormat {
    style: Style,
    zone: TimeZone,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Style {
    /// RFC 3339, with or without an offset, `T` or a blank between date and time.
    Rfc3339,
    /// Seconds since 1970.
    Unix,
    /// `strptime`, such as `%d.%m.%Y %H:%M`.
    Pattern(String),
}

impl MomentFormat {
    pub(super) fn read(node: Node<'_>) -> Self {
        let style = match node.text("format") {
            None => Style::Rfc3339,
            Some(said) if said.text == "rfc3339" => Style::Rfc3339,
            Some(said) if said.text == "unix" => Style::Unix,
            Some(said) => {
                if !said.text.contains('%') {
                    node.wrong(said.line, "format is \"rfc3339\", \"unix\" or a pattern such as \"%d.%m.%Y %H:%M\"");
                }
                Style::Pattern(said.text)
            }
        };
        let zone = match node.text("zone") {
            None => TimeZone::UTC,
            Some(said) => TimeZone::get(&said.text).unwrap_or_else(|_| {
                node.wrong(said.line, format!("zone: {} is no time zone; write one such as \"Europe/Madrid\"", said.text));
                TimeZone::UTC
            }),
        };
        Self { style, zone }
    }

    /// As a mapping says it: a word or a pattern, and the zone; UTC when there is none of that name.
    pub fn of(format: &str, zone: &str) -> Self {
        let style = match format {
            "rfc3339" => Style::Rfc3339,
            "unix" => Style::Unix,
            pattern => Style::Pattern(pattern.to_owned()),
        };
        Self { style, zone: TimeZone::get(zone).unwrap_or(TimeZone::UTC) }
    }

    /// The moment that a text means, if it means one after 1970.
    pub fn parse(&self, text: &str) -> Option<Time> {
        let found = match &self.style {
            Style::Rfc3339 => Time::from_rfc3339(text).ok().or_else(|| self.local(text.parse().ok()?)),
            Style::Unix => text.parse::<i64>().ok().and_then(|seconds| seconds.checked_mul(Time::SECOND)).map(Time),
            Style::Pattern(pattern) => self.by_pattern(pattern, text),
        };
        found.filter(|time| time.0 > 0)
    }

    fn by_pattern(&self, pattern: &str, text: &str) -> Option<Time> {
        let parts = BrokenDownTime::parse(pattern, text).ok()?;
        if parts.offset().is_some() {
            return parts.to_timestamp().ok().map(|t| Time(t.as_microsecond()));
        }
        let date = parts.to_date().ok()?;
        // A date alone is the beginning of its day.
        let time = parts.to_time().unwrap_or(jiff::civil::Time::midnight());
        self.local(date.to_datetime(time))
    }

    fn local(&self, moment: jiff::civil::DateTime) -> Option<Time> {
        self.zone.to_timestamp(moment).ok().map(|t| Time(t.as_microsecond()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(style: Style, zone: &str) -> MomentFormat {
        MomentFormat { style, zone: TimeZone::get(zone).expect("a zone") }
    }

    #[test]
    fn offsets_win_and_zones_stand_in_for_them() {
        let iso = format(Style::Rfc3339, "Europe/Madrid");
        assert_eq!(iso.parse("2010-03-31T16:59:42+02:00").map(Time::to_rfc3339).as_deref(), Some("2010-03-31T14:59:42Z"));
        assert_eq!(iso.parse("2010-03-31 16:59:42").map(Time::to_rfc3339).as_deref(), Some("2010-03-31T14:59:42Z"));
        let spanish = format(Style::Pattern("%d/%m/%Y %H:%M".into()), "Europe/Madrid");
        assert_eq!(spanish.parse("05/12/2025 09:30").map(Time::to_rfc3339).as_deref(), Some("2025-12-05T08:30:00Z"));
        assert_eq!(
            format(Style::Pattern("%d.%m.%Y".into()), "UTC").parse("05.12.2025").map(Time::to_rfc3339).as_deref(),
            Some("2025-12-05T00:00:00Z")
        );
        assert_eq!(format(Style::Unix, "UTC").parse("1764923400"), Some(Time::from_seconds(1_764_923_400)));
    }

    #[test]
    fn what_is_no_moment_is_none() {
        let iso = format(Style::Rfc3339, "UTC");
        for junk in ["", "yesterday", "2025-13-01T00:00:00Z", "0000-00-00 00:00:00"] {
            assert_eq!(iso.parse(junk), None, "{junk}");
        }
    }
}
