//! Pages of teams.

use std::collections::BTreeSet;

use askama::Template;
use i18n::T;
use ui::{Choice, Chrome, FormErrors};

use crate::web::{Conflict, Fields};

/// `/admin/teams`
#[derive(Template)]
#[template(path = "people/teams.html", blocks = ["main"])]
pub struct TeamsPage {
    pub t: T,
    pub chrome: Chrome,
    pub rows: Vec<TeamRow>,
    pub next: String,
    pub may_create: bool,
    /// The list as a file, see [`super::export`].
    pub export: String,
    pub q: String,
}

/// A team in the list.
pub struct TeamRow {
    pub id: i64,
    pub name: String,
    pub key: String,
    pub line: i64,
    pub lead: String,
    /// Whose team it is.
    pub place: String,
    pub active: bool,
}

/// `/admin/teams/{id}` and `/admin/teams/new`
#[derive(Template)]
#[template(path = "people/team.html", blocks = ["main"])]
pub struct TeamPage {
    pub t: T,
    pub chrome: Chrome,
    /// None: a new one.
    pub id: Option<i64>,
    pub key: String,
    pub place: String,
    pub active: bool,
    pub members: Vec<MemberLine>,
    pub lines: Vec<Choice>,
    pub member_roles: Vec<Choice>,
    pub tenants: Vec<Choice>,
    pub typed: Fields,
    pub errors: FormErrors,
    pub conflict: Option<Conflict>,
    pub hidden: BTreeSet<String>,
    pub may_edit: bool,
    /// The form of members is the one that came back.
    pub adding: bool,
}

/// Somebody in the team.
pub struct MemberLine {
    pub id: i64,
    pub who: ui::Person,
    pub lead: bool,
    pub active: bool,
}
