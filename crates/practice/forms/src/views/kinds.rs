//! Pages of kinds of tickets.

use askama::Template;
use i18n::{T, key};
use ticket::Category;
use ticket::catalogue::Children;
use ui::{Choice, Chrome, FormErrors};

use super::Version;
use crate::graph::Drawing;
use crate::web::Typed;

/// `/admin/kinds`
#[derive(Template)]
#[template(path = "forms/kinds.html", blocks = ["main"])]
pub struct KindsPage {
    pub t: T,
    pub chrome: Chrome,
    pub rows: Vec<KindRow>,
}

pub struct KindRow {
    pub key: String,
    pub name: String,
    pub prefix: String,
    pub states: usize,
    pub steps: usize,
}

/// `/admin/kinds/{key}`
#[derive(Template)]
#[template(path = "forms/kind.html", blocks = ["main"])]
pub struct KindPage {
    pub t: T,
    pub chrome: Chrome,
    pub errors: FormErrors,
    pub typed: Typed,
    pub key: String,
    pub action: String,
    pub drawing: Drawing,
    /// The same as a table: from, to, who.
    pub ways: Vec<Way>,
    pub initials: Vec<Choice>,
    pub children: Vec<Choice>,
    pub states: Vec<StateRow>,
    pub steps: Vec<StepRow>,
    pub may_edit: bool,
    pub history: Vec<Version>,
}

/// A step in words.
pub struct Way {
    pub from: String,
    pub to: String,
    pub verb: String,
    pub who: String,
}

/// A line of the states.
pub struct StateRow {
    pub n: usize,
    pub key: String,
    pub categories: Vec<Choice>,
    pub code: bool,
    pub report: bool,
    /// Custom fields that it needs, to enter it and to leave it.
    pub fields: String,
    pub leaving: String,
}

/// A line of the steps.
pub struct StepRow {
    pub n: usize,
    pub from: String,
    pub to: String,
    pub verbs: Vec<Choice>,
    pub staff: bool,
    pub requester: bool,
    pub roles: String,
}

pub const fn category_label(category: Category) -> &'static str {
    match category {
        Category::New => key!("forms-category-new"),
        Category::Active => key!("forms-category-active"),
        Category::Waiting => key!("forms-category-waiting"),
        Category::Held => key!("forms-category-held"),
        Category::Resolved => key!("forms-category-resolved"),
        Category::Closed => key!("forms-category-closed"),
        Category::Cancelled => key!("forms-category-cancelled"),
    }
}

pub const fn children_label(children: Children) -> &'static str {
    match children {
        Children::Block => key!("forms-children-block"),
        Children::Cascade => key!("forms-children-cascade"),
        Children::Free => key!("forms-children-free"),
    }
}

/// A verb in words.
pub fn verb_label(t: &T, verb: &str) -> String {
    t.msg(&format!("access-verb-{}", verb.replace(['.', '_'], "-"))).into_owned()
}
