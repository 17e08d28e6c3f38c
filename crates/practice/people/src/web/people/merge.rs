//! `/desk/people/{id}/merge`: two records of one person.

use access::Verb;
use kernel::{Error, PersonId};
use ui::FormErrors;
use web_kit::{Fail, Path, Result, page, see_other};

use crate::actions::person::{merge as merging, unmerge as unmerging};
use crate::permit;
use crate::views::people::MergePage;
use crate::web::options::{Sort, pick};
use crate::web::{Clerk, Fields, comes_back, done, errors, refused};

/// # Errors
/// The person may not be seen or merged.
pub async fn show(clerk: Clerk, Path(id): Path<PersonId>) -> Result {
    form(&clerk, id, Fields::default(), FormErrors::new()).await
}

async fn form(clerk: &Clerk, id: PersonId, typed: Fields, errors: FormErrors) -> Result {
    let person = clerk.read("people.merge", move |rd, actor| permit::person(rd, actor, id, Verb::PersonMerge)).await?;
    if person.id != id {
        return Ok(see_other(&format!("/desk/people/{}", person.id)));
    }
    let mut typed = typed;
    if typed.text("version").is_empty() {
        typed.set("version", person.version.to_string());
    }
    let t = clerk.t();
    let made = MergePage { chrome: clerk.chrome(t.msg("people-merge")), id: id.raw(), person: person.name, typed, errors, t };
    page!(clerk.viewer, made, as_main)
}

/// # Errors
/// What cannot be told on the form.
pub async fn send(clerk: Clerk, Path(id): Path<PersonId>, typed: Fields) -> Result {
    let base = typed.version()?;
    let sent = typed.clone();
    let merged = clerk.act("person.merge", None, move |tx, frame| {
        let into: Option<PersonId> = pick(tx, frame.actor, Sort::Person, &sent, "into")?;
        let into = into.ok_or_else(|| Error::invalid("into", "error-required"))?;
        merging::merge(tx, frame, id, base, into)
    });
    match merged.await {
        Ok(survivor) => Ok(done(&format!("/desk/people/{survivor}?other={id}"), "merged")),
        Err(error) if comes_back(&error) => {
            refused(form(&clerk, id, typed.with("version", ""), errors(&clerk.viewer.t, &error)).await, error)
        }
        Err(error) => Err(Fail::from(error)),
    }
}

/// # Errors
/// The person was not merged, or may not be seen.
pub async fn undo(clerk: Clerk, Path(id): Path<PersonId>) -> Result {
    let id = clerk.act("person.unmerge", None, move |tx, frame| unmerging::unmerge(tx, frame, id, None)).await?;
    Ok(done(&format!("/desk/people/{id}"), "unmerged"))
}
