//! What may be typed, and what may come after what.

use kernel::{Error, Result};

use crate::store::{Sort, Task, TaskId};

/// Letters of an answer at most.
const ANSWER: usize = 2_000;

/// One line of some letters.
///
/// # Errors
/// It is empty or too long.
pub fn title(raw: &str) -> Result<String> {
    ticket::rules::text::title(raw).map_err(|error| Error::of_fields(vec![error]).err().unwrap_or_else(Error::not_found))
}

/// The answer that a task asks for, as it is stored; a tick has none.
///
/// # Errors
/// It is missing, too long, or no number where one is asked for.
pub fn answer(sort: Sort, raw: Option<&str>) -> Result<Option<String>> {
    let typed = raw.map(str::trim).unwrap_or_default();
    match sort {
        Sort::Heading => Err(Error::invalid("answer", "error-task-heading")),
        Sort::Tick => Ok(None),
        _ if typed.is_empty() => Err(Error::invalid("answer", "error-task-answer")),
        Sort::Text if typed.chars().count() > ANSWER => Err(Error::invalid("answer", "error-too-long").field_arg("max", ANSWER)),
        Sort::Text => Ok(Some(typed.to_owned())),
        Sort::Number => number(typed).map(Some).ok_or_else(|| Error::invalid("answer", "error-number")),
    }
}

/// Digits with at most one point or comma, and a sign: kept as they were typed, with a point.
fn number(typed: &str) -> Option<String> {
    let number = typed.replace(',', ".").replace('\u{2212}', "-");
    let digits = number.strip_prefix('-').unwrap_or(&number);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |text: &str| !text.is_empty() && text.len() <= 18 && text.bytes().all(|b| b.is_ascii_digit());
    (plain(whole) && plain(part)).then_some(number)
}

/// Whether a task may come after another one: that must be no heading and not wait for it in turn.
///
/// # Errors
/// It may not.
pub fn after(all: &[Task], task: Option<TaskId>, after: TaskId) -> Result<()> {
    let found = |id: TaskId| all.iter().find(|one| one.id == id);
    if found(after).is_none_or(|one| one.sort == Sort::Heading) {
        return Err(Error::invalid("after", "error-choice"));
    }
    let mut next = Some(after);
    // Each step leads to another one, so there are at most as many as tasks.
    for _ in 0..=all.len() {
        let Some(id) = next else { return Ok(()) };
        if Some(id) == task {
            break;
        }
        next = found(id).and_then(|one| one.after);
    }
    Err(Error::invalid("after", "error-task-circle"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_taken_as_people_type_them() {
        for (typed, kept) in [("7", "7"), ("12,5", "12.5"), ("-0.25", "-0.25"), ("\u{2212}3", "-3")] {
            assert_eq!(answer(Sort::Number, Some(typed)).expect("a number").as_deref(), Some(kept), "{typed}");
        }
        for typed in ["", "x", "1.2.3", "1e9", ".5", "--1", "1234567890123456789"] {
            assert!(answer(Sort::Number, Some(typed)).is_err(), "{typed}");
        }
        assert_eq!(answer(Sort::Tick, Some("words")).expect("a tick"), None);
        assert!(answer(Sort::Text, Some("  ")).is_err() && answer(Sort::Heading, None).is_err());
    }
}
