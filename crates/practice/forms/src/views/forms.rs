//! Pages of forms.

use askama::Template;
use i18n::T;
use ui::{Choice, Chrome, FormErrors, Group};

use super::Version;
use super::rules::ConditionRow;
use crate::web::Typed;

/// `/admin/forms`
#[derive(Template)]
#[template(path = "forms/forms.html", blocks = ["main"])]
pub struct FormsPage {
    pub t: T,
    pub chrome: Chrome,
    pub rows: Vec<FormRow>,
    pub may_edit: bool,
}

pub struct FormRow {
    pub href: String,
    pub name: String,
    pub key: String,
    pub kind: String,
    /// Empty: all.
    pub services: String,
    pub sections: usize,
    pub fields: usize,
    pub active: bool,
}

/// `/admin/forms/{key}` and `/admin/forms/new`
#[derive(Template)]
#[template(path = "forms/form.html", blocks = ["main"])]
pub struct FormPage {
    pub t: T,
    pub chrome: Chrome,
    pub errors: FormErrors,
    pub typed: Typed,
    pub is_new: bool,
    pub action: String,
    pub key: String,
    pub tenants: Vec<Choice>,
    pub kinds: Vec<Choice>,
    pub services: Vec<Choice>,
    pub sections: Vec<SectionRow>,
    /// The fields of tickets: key and name.
    pub fields: Vec<(String, String)>,
    /// What the values of conditions can name: where, key, name.
    pub keys: Vec<(String, String, String)>,
    pub preview: Option<Vec<Group>>,
    pub may_edit: bool,
    pub history: Vec<Version>,
}

/// A section being written.
pub struct SectionRow {
    pub n: usize,
    /// Its names in the form.
    pub at: String,
    pub key: String,
    /// The keys of its fields, one to a line.
    pub fields: String,
    /// The conditions in words.
    pub when: String,
    pub open: bool,
    pub conditions: Vec<ConditionRow>,
}
