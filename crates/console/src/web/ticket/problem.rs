//! A refused change, as the page shows it: what is wrong where, what was typed, and who changed what
//! meanwhile.

use i18n::T;
use kernel::{AttachmentId, Error, Time};
use settings::field::{Object, PREFIX};
use ticket::timeline::field_label;
use ui::{Control, FormErrors};
use web_kit::field::{Filled, control};

use super::customs::{self, PEOPLE};
use super::facts::Fact;
use super::read::Known;
use crate::web::{Fields, errors};

/// Which form was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A field, by its own form.
    Change,
    /// Solving, by its dialog.
    Solve,
    Post,
    /// People, tags, links, files.
    Around,
}

/// A refused form with what it held.
pub struct Refusal {
    pub form: Form,
    pub error: Error,
    pub typed: Fields,
    /// Files that were stored and are not yet used.
    pub uploads: Vec<(AttachmentId, String)>,
}

/// A field that two people changed.
pub struct Clash {
    pub label: String,
    /// Who and when, in words.
    pub who: String,
    pub theirs: String,
    pub mine: String,
}

/// What the page says of it.
#[derive(Default)]
pub struct Problem {
    pub errors: FormErrors,
    pub clashes: Vec<Clash>,
    /// The form once more, over what is there now; none where its own form is on the page.
    pub again: Vec<(String, String)>,
    /// What a rule or a state asks to be filled with it, in the same form.
    pub asked: Vec<Control>,
}

/// The errors of fields that must be filled with a change.
const ASKED: [&str; 2] = ["error-rule-required", "error-field-needed"];

impl Refusal {
    pub fn problem(&self, t: &T, now: Time, known: &Known, facts: &[Fact]) -> Problem {
        if self.error.code() != "error-stale" {
            let asked = self.asked(t, known);
            let held = |name: &str| !asked.iter().any(|control| control.name == name);
            let again = self.typed.0.iter().filter(|(name, _)| !asked.is_empty() && held(name)).cloned().collect();
            return Problem { errors: errors(t, &self.error), again, asked, ..Problem::default() };
        }
        let clashes = self.error.fields().iter().map(|field| {
            let arg = |name| field.args.iter().find(|(n, _)| *n == name).map_or("", |(_, v)| v.as_str());
            let when = Time::from_rfc3339(arg("at")).map(|at| t.ago(at, now)).unwrap_or_default();
            Clash {
                label: custom(t, known, &field.field).map_or_else(|| field_label(t, &field.field), |(label, _)| label),
                who: format!("{}, {when}", arg("who")),
                theirs: theirs(t, known, facts, &field.field),
                mine: self.mine(t, known, facts, &field.field),
            }
        });
        let mut again: Vec<(String, String)> = self.typed.0.iter().filter(|(name, _)| name != "version").cloned().collect();
        again.push(("version".to_owned(), known.seen.ticket.version.to_string()));
        Problem {
            errors: FormErrors::new(),
            clashes: clashes.collect(),
            again: if self.form == Form::Post { Vec::new() } else { again },
            asked: Vec::new(),
        }
    }

    /// The fields that a form of its own has not, and that must be filled with it.
    fn asked(&self, t: &T, known: &Known) -> Vec<Control> {
        let tenant = known.seen.ticket.tenant.raw();
        let files: Vec<(i64, String)> = known.timeline.files.iter().map(|file| (file.id.raw(), file.name.clone())).collect();
        let missing = self.error.fields().iter().filter(|field| self.form == Form::Change && ASKED.contains(&field.code));
        let missing = missing.filter(|field| !self.typed.is_set(&field.field)).filter_map(|field| field.field.strip_prefix(PREFIX));
        let def = |key| known.catalogue.fields().get(Object::Ticket, tenant, key);
        missing.filter_map(def).map(|def| Control { required: true, ..control(t, def, Filled::Nothing, PEOPLE, "", &files) }).collect()
    }

    fn mine(&self, t: &T, known: &Known, facts: &[Fact], field: &str) -> String {
        let named = self.typed.text(&format!("{field}_text"));
        let value = self.typed.text(field);
        if !named.is_empty() {
            return named.to_owned();
        }
        let choice = facts.iter().filter(|f| f.field == field).flat_map(Fact::choices).find(|c| c.value == value);
        match (field, choice) {
            (_, Some(choice)) => choice.label.clone(),
            ("state", None) => {
                let key = if value.is_empty() { self.typed.text("then_reply") } else { value };
                known.kind.state(key).map_or(key, |s| s.names.get(t.lang())).to_owned()
            }
            ("priority", None) => t.msg("console-by-matrix").into_owned(),
            (_, None) if value.is_empty() => t.msg("none").into_owned(),
            (_, None) => value.to_owned(),
        }
    }
}

/// The name and the value of a custom field.
fn custom(t: &T, known: &Known, field: &str) -> Option<(String, String)> {
    let own = customs::customs(t, known).into_iter().find(|own| own.control.name == field)?;
    Some((own.control.label, if own.value.is_empty() { t.msg("none").into_owned() } else { own.value }))
}

/// What is there now.
fn theirs(t: &T, known: &Known, facts: &[Fact], field: &str) -> String {
    let ticket = &known.seen.ticket;
    match field {
        "title" => ticket.title.clone(),
        _ if field.starts_with(PREFIX) => custom(t, known, field).map(|(_, value)| value).unwrap_or_default(),
        "state" => known.kind.state(&ticket.state).map_or(ticket.state.as_str(), |s| s.names.get(t.lang())).to_owned(),
        _ => {
            let value = facts.iter().find(|f| f.field == field).map_or("", |f| f.value.as_str());
            if value.is_empty() { t.msg("none").into_owned() } else { value.to_owned() }
        }
    }
}
