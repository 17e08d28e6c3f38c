//! From the steps of the plan to the states of a kind, which are data.

use std::collections::VecDeque;

use ticket::{Category, KindDef};

use crate::model::{Channel, Code, Kind, Level};

/// The states to pass, the last one of the wanted category; none when there is no way for staff.
pub(super) fn way<'k>(kind: &'k KindDef, from: &str, to: Category) -> Option<Vec<&'k str>> {
    let category = |key: &str| kind.state(key).map(|s| s.category);
    let mut ways: VecDeque<Vec<&'k str>> = VecDeque::from([Vec::new()]);
    let mut seen: Vec<&str> = vec![from];
    while let Some(passed) = ways.pop_front() {
        let here = passed.last().copied().unwrap_or(from);
        for step in kind.transitions.iter().filter(|t| t.from == here) {
            if seen.contains(&step.to.as_str()) {
                continue;
            }
            seen.push(&step.to);
            let mut further = passed.clone();
            further.push(&step.to);
            if category(&step.to) == Some(to) {
                return Some(further);
            }
            // Nothing is closed or cancelled on the way to somewhere else.
            if category(&step.to).is_some_and(Category::is_open) {
                ways.push_back(further);
            }
        }
    }
    None
}

/// A state that says more than its category, when the kind has it one step from here.
pub(super) fn special<'k>(kind: &'k KindDef, from: &str, key: &str) -> Option<Vec<&'k str>> {
    kind.transition(from, key).map(|step| vec![step.to.as_str()])
}

pub(super) const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Incident => "incident",
        Kind::Request => "request",
        Kind::Question => "question",
        Kind::Complaint => "complaint",
        Kind::Suggestion => "suggestion",
        Kind::Task => "task",
    }
}

/// The delivered resolution codes.
pub(super) const fn code(code: Code) -> &'static str {
    match code {
        Code::Fixed | Code::Configured | Code::Replaced => "fixed",
        Code::Workaround => "workaround",
        Code::Fulfilled => "delivered",
        Code::Advice => "advice",
        Code::NoFault => "no_fault",
        Code::Declined => "not_possible",
        Code::NoAnswer => "withdrawn",
        Code::Duplicate => "duplicate",
    }
}

pub(super) const fn grade(level: Level) -> i64 {
    match level {
        Level::Low => 1,
        Level::Medium => 2,
        Level::High => 3,
        Level::Top => 4,
    }
}

pub(super) const fn channel(channel: Channel) -> ticket::Channel {
    match channel {
        Channel::Web => ticket::Channel::Portal,
        Channel::Mail => ticket::Channel::Email,
        Channel::Phone => ticket::Channel::Phone,
        Channel::WalkIn => ticket::Channel::WalkIn,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delivered(key: &str) -> KindDef {
        ticket::Catalogue::delivered().unwrap().kind(kernel::Id::new(0), key).unwrap().clone()
    }

    #[test]
    fn the_way_goes_by_the_graph() {
        assert_eq!(way(&delivered("incident"), "open", Category::Resolved), Some(vec!["solved"]));
        assert_eq!(way(&delivered("suggestion"), "review", Category::Resolved), Some(vec!["accepted", "done"]));
        assert_eq!(way(&delivered("task"), "open", Category::Waiting), None);
    }

    #[test]
    fn days_until_a_ticket_closes_are_those_of_the_delivered_kinds() {
        for one in [Kind::Incident, Kind::Request, Kind::Question, Kind::Complaint, Kind::Suggestion, Kind::Task] {
            assert_eq!(delivered(kind(one)).close_after_days, one.closes_after(), "{one:?}");
        }
    }
}
