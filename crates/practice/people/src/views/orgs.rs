//! Pages of organisations.

use std::collections::BTreeSet;

use askama::Template;
use i18n::T;
use ui::{Choice, Chrome, FormErrors, Tab};

use super::Link;
use super::people::PersonRow;
use crate::web::{Conflict, Fields};

/// `/desk/orgs`
#[derive(Template)]
#[template(path = "people/orgs.html", blocks = ["main"])]
pub struct OrgsPage {
    pub t: T,
    pub chrome: Chrome,
    pub rows: Vec<OrgRow>,
    pub tabs: Vec<Tab>,
    pub next: String,
    pub narrowed: bool,
    /// New tenants may be made.
    pub may_create: bool,
    /// The list as a file, see [`super::export`].
    pub export: String,
    /// Words and tab as they stand in the address.
    pub asked: (String, String),
}

/// An organisation in the list.
pub struct OrgRow {
    pub id: i64,
    pub name: String,
    /// The names of those above it that may be seen.
    pub above: String,
    pub kind: String,
    pub active: bool,
}

/// `/desk/orgs/{id}`
#[derive(Template)]
#[template(path = "people/org.html", blocks = ["main"])]
pub struct OrgPage {
    pub t: T,
    pub chrome: Chrome,
    pub organisation: party::Organisation,
    pub kind: String,
    pub above: Vec<Link>,
    pub below: Vec<OrgRow>,
    pub payer: Option<Link>,
    pub domains: Vec<String>,
    pub lang: String,
    pub members: Vec<PersonRow>,
    pub more_members: bool,
    pub hidden: BTreeSet<String>,
    pub may_edit: bool,
    pub may_create: bool,
    pub may_add_person: bool,
}

/// `/desk/orgs/new` and `/desk/orgs/{id}/edit`
#[derive(Template)]
#[template(path = "people/org_form.html", blocks = ["main"])]
pub struct OrgFormPage {
    pub t: T,
    pub chrome: Chrome,
    pub is_new: bool,
    /// A tenant has nothing above it and stays where it is.
    pub is_root: bool,
    pub typed: Fields,
    pub errors: FormErrors,
    pub conflict: Option<Conflict>,
    pub hidden: BTreeSet<String>,
    pub kinds: Vec<Choice>,
    pub langs: Vec<Choice>,
    pub zones: Vec<Choice>,
    pub action: String,
    pub back: String,
}
