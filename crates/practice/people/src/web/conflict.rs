//! Somebody else was faster: who, when, and what is there now.

use db::Rd;
use events::By;
use i18n::{Arg, T};
use kernel::{PersonId, Result, Time};
use party::Wanted;

/// What a form shows beside the own words.
#[derive(Debug, Clone)]
pub struct Conflict {
    pub text: String,
    /// The fields that differ from what was typed: label, and the value that is there now.
    pub now: Vec<(String, String)>,
}

impl Conflict {
    /// `fields`: label, typed, stored.
    pub fn of(t: &T, who: Option<String>, at: Time, fields: Vec<(String, String, String)>) -> Self {
        let text = match who {
            Some(name) => t.with("people-conflict-by", &[("name", Arg::from(name)), ("time", Arg::Moment(at))]),
            None => t.with("people-conflict", &[("time", Arg::Moment(at))]),
        };
        let now = fields.into_iter().filter(|(_, typed, stored)| typed.trim() != stored.trim()).map(|(label, _, stored)| (label, stored));
        Self { text, now: now.collect() }
    }
}

/// Who made the change that a record carries as its last.
///
/// # Errors
/// The database does not answer.
pub fn last_change(rd: &mut Rd<'_>, object: &str, id: i64, at: Time) -> Result<Option<String>> {
    let last = events::of_object(rd, object, id, (at.plus(-1), i64::MAX), 20)?.pop();
    let Some(By::Person(person)) = last.map(|event| event.by) else { return Ok(None) };
    let person = PersonId::new(person);
    Ok(Wanted::default().person(person).load(rd)?.person(person).map(|p| p.name.clone()))
}
