//! The page on which a field gets another type.

use askama::Template;
use i18n::{T, key};
use settings::field::cast::Why;
use ui::{Choice, Chrome, FormErrors};

use crate::web::Typed;

/// `/admin/fields/{object}/{key}/type`
#[derive(Template)]
#[template(path = "forms/retype.html", blocks = ["main"])]
pub struct RetypePage {
    pub t: T,
    pub chrome: Chrome,
    pub errors: FormErrors,
    pub typed: Typed,
    pub here: String,
    /// The page of the field.
    pub field: String,
    pub name: String,
    pub type_name: String,
    pub types: Vec<Choice>,
    pub may_edit: bool,
    pub told: Option<Told>,
    pub progress: Option<Progress>,
}

/// What would become of the values.
pub struct Told {
    pub version: i64,
    pub kept: String,
    pub changed: String,
    pub lost: String,
    pub loses: bool,
    /// Empty: every choice is there.
    pub missing: String,
    pub changed_lines: Vec<Line>,
    pub lost_lines: Vec<Line>,
}

/// How far the newest change is.
pub struct Progress {
    pub running: bool,
    pub title: String,
    pub iso: String,
    pub when: String,
    pub left: String,
    pub counts: Vec<String>,
    pub overtaken: String,
    pub lost_lines: Vec<Line>,
    pub overtaken_lines: Vec<Line>,
    pub version: i64,
    pub revertible: bool,
}

/// A value of a record.
pub struct Line {
    pub href: String,
    pub name: String,
    pub before: String,
    pub after: String,
    pub why: String,
}

pub const fn why_label(why: Why) -> &'static str {
    match why {
        Why::Written => key!("forms-why-written"),
        Why::Joined => key!("forms-why-joined"),
        Why::Cut => key!("forms-why-cut"),
        Why::Rounded => key!("forms-why-rounded"),
        Why::DayOnly => key!("forms-why-day"),
        Why::TruthOnly => key!("forms-why-truth"),
        Why::FirstOnly => key!("forms-why-first"),
        Why::SomeGone => key!("forms-why-some"),
        Why::NoNumber => key!("forms-why-no-number"),
        Why::NoDate => key!("forms-why-no-date"),
        Why::NoTime => key!("forms-why-no-time"),
        Why::NoTruth => key!("forms-why-no-truth"),
        Why::NoChoice => key!("forms-why-no-choice"),
    }
}
