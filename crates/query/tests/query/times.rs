//! Dates and durations against the clock and the zone of the reader.

use crate::cast::{NOW, Ticket, finds, plan};
use kernel::Time;
use query::{Node, Test};

fn at(rfc3339: &str) -> Time {
    Time::from_rfc3339(rfc3339).unwrap()
}

/// The interval that a filter on one number becomes.
fn range(text: &str) -> (Option<Time>, Option<Time>) {
    match plan(text).filter {
        Node::Test(_, Test::Range { from, to }) => (from.map(Time), to.map(Time)),
        other => panic!("{text}: {other:?}"),
    }
}

/// From the first instant to just before the second.
fn until(first: &str, end: &str) -> (Option<Time>, Option<Time>) {
    (Some(at(first)), Some(at(end).plus(-1)))
}

#[test]
fn days_weeks_months_and_years_are_those_of_the_zone() {
    for (text, first, end) in [
        ("today", "2026-03-05T00:00:00+01:00", "2026-03-06T00:00:00+01:00"),
        ("yesterday", "2026-03-04T00:00:00+01:00", "2026-03-05T00:00:00+01:00"),
        ("Tomorrow", "2026-03-06T00:00:00+01:00", "2026-03-07T00:00:00+01:00"),
        ("week", "2026-03-02T00:00:00+01:00", "2026-03-09T00:00:00+01:00"),
        // The clocks of Madrid change on 29 March.
        ("month", "2026-03-01T00:00:00+01:00", "2026-04-01T00:00:00+02:00"),
        ("2026-03-29", "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00"),
        ("year", "2026-01-01T00:00:00+01:00", "2027-01-01T00:00:00+01:00"),
        ("2025", "2025-01-01T00:00:00+01:00", "2026-01-01T00:00:00+01:00"),
        ("2026-07", "2026-07-01T00:00:00+02:00", "2026-08-01T00:00:00+02:00"),
        ("2026-07-01T10:00", "2026-07-01T10:00:00+02:00", "2026-07-01T10:01:00+02:00"),
        ("2026-07-01T10:00:05Z", "2026-07-01T10:00:05Z", "2026-07-01T10:00:06Z"),
        ("2026-07-01T10:00-05:00", "2026-07-01T15:00:00Z", "2026-07-01T15:01:00Z"),
        ("2026-01..2026-02-03", "2026-01-01T00:00:00+01:00", "2026-02-04T00:00:00+01:00"),
    ] {
        assert_eq!(range(&format!("created:{text}")), until(first, end), "{text}");
    }
}

#[test]
fn comparisons_with_a_day_are_with_its_near_end() {
    let (first, end) = (at("2026-03-05T00:00:00+01:00"), at("2026-03-06T00:00:00+01:00"));
    assert_eq!(range("created:>today"), (Some(end), None));
    assert_eq!(range("created:>=today"), (Some(first), None));
    assert_eq!(range("created:<today"), (None, Some(first.plus(-1))));
    assert_eq!(range("created:<=today"), (None, Some(end.plus(-1))));
    assert_eq!(range("created:..today"), (None, Some(end.plus(-1))));
}

#[test]
fn relative_moments_are_points_and_alone_reach_to_now() {
    let two_days = NOW.plus(-2 * Time::DAY);
    assert_eq!(range("created:>-2d"), (Some(two_days.plus(1)), None));
    assert_eq!(range("created:-2d"), (Some(two_days), Some(NOW)));
    assert_eq!(range("created:+4h"), (Some(NOW), Some(NOW.plus(4 * Time::HOUR))));
    assert_eq!(range("created:-1w..-2d"), (Some(NOW.plus(-7 * Time::DAY)), Some(two_days)));
    assert_eq!(range("created:>=-1mo"), (Some(at("2026-02-05T12:00:00Z")), None));
    // A calendar day across the change of clocks has 23 hours.
    assert_eq!(range("created:<=+25d"), (None, Some(at("2026-03-30T13:00:00+02:00"))));
}

#[test]
fn time_left_and_time_since_turn_with_the_clock() {
    let hour = NOW.plus(Time::HOUR);
    assert_eq!(range("sla:<1h"), (None, Some(hour.plus(-1))));
    assert_eq!(range("sla:>=1h"), (Some(hour), Some(Time::NEVER.plus(-1))));
    assert_eq!(range("sla:<-2h"), (None, Some(NOW.plus(-2 * Time::HOUR - 1))));
    assert_eq!(range("sla:-1h..1h30m"), (Some(NOW.plus(-Time::HOUR)), Some(NOW.plus(90 * Time::MINUTE))));
    assert_eq!(range("waiting-for:>2d"), (None, Some(NOW.plus(-2 * Time::DAY - 1))));
    assert_eq!(range("waiting-for:1d..2d"), (Some(NOW.plus(-2 * Time::DAY)), Some(NOW.plus(-Time::DAY))));
    let waiting = Ticket { waiting_since: Some(NOW.plus(-3 * Time::DAY)), ..Ticket::default() };
    assert!(finds("waiting-for:>2d waiting-for:3d -waiting-for:<=2d", &waiting));
}

#[test]
fn amounts_round_inwards_to_their_unit() {
    let minutes = |text: &str| {
        let (from, to) = range(&format!("time-spent:{text}"));
        (from.map(|t| t.0), to.map(|t| t.0))
    };
    assert_eq!(minutes("1h"), (Some(60), Some(119)));
    assert_eq!(minutes(">90s"), (Some(2), None));
    assert_eq!(minutes(">=90s"), (Some(2), None));
    assert_eq!(minutes("<=90s"), (None, Some(1)));
    assert_eq!(minutes("<2m"), (None, Some(1)));
    assert_eq!(minutes(">2m"), (Some(3), None));
    assert_eq!(plan("time-spent:61s..119s").filter, Node::Literal(false));
}
