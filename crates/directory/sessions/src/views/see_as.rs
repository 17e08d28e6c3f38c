//! Seeing the desk as somebody else does.

use askama::Template;
use i18n::T;
use kernel::PersonId;
use ui::{Chrome, FormErrors};

/// `/desk/people/{id}/see-as`
#[derive(Template)]
#[template(path = "sessions/see_as.html")]
pub struct SeeAsPage {
    pub t: T,
    pub chrome: Chrome,
    pub errors: FormErrors,
    pub person: PersonId,
    pub name: String,
    /// What was typed.
    pub reason: String,
}
