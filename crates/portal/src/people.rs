//! Finding a colleague by what somebody typed: a name or an e-mail address, without script.

use access::{Verb, known};
use db::Rd;
use kernel::{Error, PersonId, Result, fold};
use party::PersonLine;
use ticket::Frame;
use ui::Choice;

/// Colleagues offered when several have the name.
const OFFERED: u64 = 8;

/// What a name stands for.
#[derive(Debug, Clone)]
pub enum Found {
    Nobody,
    One(PersonId),
    /// Several: the person chooses.
    Several(Vec<Choice>),
}

/// Looks a person up within what the actor may see, by what they may know.
///
/// # Errors
/// The database refuses.
pub fn find(rd: &mut Rd<'_>, frame: Frame<'_>, typed: &str) -> Result<Found> {
    let within = frame.actor.persons(Verb::PersonSee).within();
    let mut lines = known::search(rd, frame.actor, &within, typed, OFFERED)?;
    lines.retain(|line| line.active);
    let key = fold(typed.trim());
    let exact: Vec<&PersonLine> =
        lines.iter().filter(|l| fold(&l.name) == key || l.email.as_deref().is_some_and(|e| fold(e) == key)).collect();
    Ok(match (exact.as_slice(), lines.as_slice()) {
        ([only], _) => Found::One(only.id),
        ([], [only]) => Found::One(only.id),
        (_, []) => Found::Nobody,
        _ => Found::Several(lines.iter().map(choice).collect()),
    })
}

fn choice(line: &PersonLine) -> Choice {
    let notes: Vec<&str> = [line.email.as_deref(), line.organisation_name.as_deref()].into_iter().flatten().collect();
    let label = if notes.is_empty() { line.name.clone() } else { format!("{} ({})", line.name, notes.join(", ")) };
    Choice::new(line.id.to_string(), label, false)
}

/// The same as an action needs it: one person, or a mistake in `field`.
///
/// # Errors
/// Invalid in `field` when nobody or several have the name.
pub fn one(rd: &mut Rd<'_>, frame: Frame<'_>, typed: &str, field: &'static str) -> Result<PersonId> {
    match find(rd, frame, typed)? {
        Found::One(id) => Ok(id),
        Found::Nobody => Err(Error::invalid(field, "error-portal-nobody").field_arg("name", typed.trim())),
        Found::Several(_) => Err(Error::invalid(field, "error-portal-several").field_arg("name", typed.trim())),
    }
}
