//! The log-in of somebody else.

use askama::Template;
use i18n::T;
use kernel::PersonId;
use ui::{Chrome, FormErrors};

use super::me::SessionLine;

/// `/desk/people/{id}/log-in`
#[derive(Template)]
#[template(path = "sessions/account.html")]
pub struct AccountPage {
    pub t: T,
    pub chrome: Chrome,
    pub errors: FormErrors,
    pub person: PersonId,
    pub name: String,
    /// There is a log-in.
    pub known: bool,
    pub active: bool,
    /// What is in the field: the log-in, else the main mail address.
    pub login: String,
    pub sessions: Vec<SessionLine>,
    /// A link that was just made; shown this once.
    pub link: String,
}
