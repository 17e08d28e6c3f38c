//! Forms: the order of the custom fields of a kind of ticket, in sections with titles and conditions.

use db::Rd;
use kernel::{Error, FieldError, Result};
use serde::{Deserialize, Serialize};

use super::rule::check_conditions;
use super::{Condition, Does, Effect, FieldDef, RuleDef, is_key};
use crate::Texts;

/// The kind of these settings.
pub const FORM: &str = "form";

/// Sections of a form at most.
const SECTIONS: usize = 50;

/// Fields below a title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    pub key: String,
    /// May be empty.
    #[serde(default)]
    pub names: Texts,
    #[serde(default)]
    pub help: Texts,
    /// In this order.
    pub fields: Vec<String>,
    /// Asked only when all of them hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<Condition>,
}

/// What is asked for a kind of ticket, perhaps only for some services.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormDef {
    pub key: String,
    pub names: Texts,
    pub kind: String,
    /// Empty: for every service, and without one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<i64>,
    pub sections: Vec<Section>,
    #[serde(default)]
    pub place: i64,
    pub active: bool,
}

impl FormDef {
    /// The conditions of its sections as rules that must hold beside all others.
    fn guards(&self) -> Vec<RuleDef> {
        let conditional = self.sections.iter().filter(|section| !section.when.is_empty());
        let effect = |field: &String| Effect { field: field.clone(), does: Does::Show, values: Vec::new() };
        let guard = |section: &Section| RuleDef {
            key: format!("{}.{}", self.key, section.key),
            names: if section.names.en.is_empty() { self.names.clone() } else { section.names.clone() },
            when: section.when.clone(),
            then: section.fields.iter().map(effect).collect(),
            place: 0,
            active: true,
        };
        conditional.map(guard).collect()
    }
}

/// All forms as they are configured.
#[derive(Debug, Clone, Default)]
pub struct FormSet(Vec<(i64, FormDef, Vec<RuleDef>)>);

impl FormSet {
    /// Reads them all.
    ///
    /// # Errors
    /// The database refuses, or a stored form cannot be read.
    pub fn load(rd: &mut Rd<'_>) -> Result<Self> {
        let mut forms = Vec::new();
        for row in crate::list(rd, FORM)? {
            forms.push((row.tenant, serde_json::from_str(&row.data).map_err(Error::internal)?));
        }
        Ok(Self::of(forms))
    }

    /// These forms with their tenants.
    pub fn of(mut forms: Vec<(i64, FormDef)>) -> Self {
        forms.sort_by(|(_, a), (_, b)| (a.place, &a.key).cmp(&(b.place, &b.key)));
        Self(forms.into_iter().map(|(tenant, form)| (tenant, form.clone(), form.guards())).collect())
    }

    /// The form of a kind and service, with the rules of its sections: a form for the service comes before one
    /// for all, one of the tenant before one that all share.
    pub fn find(&self, tenant: i64, kind: &str, service: Option<i64>) -> Option<(&FormDef, &[RuleDef])> {
        let fits = |form: &FormDef| form.services.is_empty() || service.is_some_and(|id| form.services.contains(&id));
        let mine = self.0.iter().filter(|(of, form, _)| (*of == 0 || *of == tenant) && form.active && form.kind == kind && fits(form));
        mine.min_by_key(|(of, form, _)| (form.services.is_empty(), *of == 0)).map(|(_, form, guards)| (form, guards.as_slice()))
    }
}

/// Everything that is wrong with a form, by the field of its page.
pub fn check_form(form: &FormDef, field: &dyn Fn(&str) -> Option<FieldDef>) -> Vec<FieldError> {
    let mut wrong = Vec::new();
    if !is_key(&form.key) {
        wrong.push(FieldError::new("key", "error-field-key"));
    }
    if form.names.en.trim().is_empty() {
        wrong.push(FieldError::new("names", "error-name-empty"));
    }
    if form.sections.is_empty() || form.sections.len() > SECTIONS {
        wrong.push(FieldError::new("sections", "error-rule-then").arg("max", SECTIONS));
    }
    let mut asked: Vec<&str> = Vec::new();
    for (place, section) in form.sections.iter().enumerate() {
        if !is_key(&section.key) || form.sections.iter().take(place).any(|before| before.key == section.key) {
            wrong.push(FieldError::new("sections", "error-form-section").arg("key", &section.key));
        }
        for key in &section.fields {
            if field(key).is_none() {
                wrong.push(FieldError::new("sections", "error-rule-field").arg("field", key));
            } else if asked.contains(&key.as_str()) {
                wrong.push(FieldError::new("sections", "error-form-twice").arg("field", key));
            }
            asked.push(key);
        }
        wrong.extend(check_conditions("sections", &section.when, field));
    }
    wrong
}
