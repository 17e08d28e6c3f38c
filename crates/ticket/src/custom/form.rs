//! What a form asks: fields in sections, as the rules and what was typed so far have it.

use std::collections::BTreeMap;

use db::Rd;
use jiff::tz::TimeZone;
use kernel::{OrganisationId, Result, ServiceId};
use settings::Texts;
use settings::field::{self, FieldDef, RuleDef, Value, Values};

use super::Inputs;
use super::ruled::{About, facts, known, rules_of_form};
use crate::rules::field::{Ruled, rule};
use crate::{Catalogue, Frame};

/// A field as a form asks for it.
#[derive(Debug, Clone)]
pub struct Asking {
    /// Of a list only what may be chosen is offered.
    pub def: FieldDef,
    pub required: bool,
    /// What a rule fills in.
    pub preset: Option<Value>,
    /// The rules that say so.
    pub because: Vec<(field::Does, RuleDef)>,
}

/// What a form asks with what was typed so far.
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// The form, when there is one of its own: key and name.
    pub form: Option<(String, Texts)>,
    /// In the order of the form.
    pub fields: Vec<Asking>,
    /// Its sections: title, help, and how many of the fields are theirs; those of no section come last.
    pub sections: Vec<(Texts, Texts, usize)>,
    /// What is not asked, with a rule that would show it.
    pub hidden: Vec<(FieldDef, RuleDef)>,
    pub applying: Vec<RuleDef>,
}

/// Title and help of a section; none for the fields that stand in no section.
pub type Head<'a> = Option<(&'a Texts, &'a Texts)>;

impl Form {
    /// The fields by section: title, help, fields; those of no section come last, without a title.
    pub fn groups(&self) -> Vec<(Head<'_>, &[Asking])> {
        let (mut groups, mut rest) = (Vec::new(), self.fields.as_slice());
        for (names, help, count) in &self.sections {
            let (theirs, after) = rest.split_at((*count).min(rest.len()));
            groups.push((Some((names, help)), theirs));
            rest = after;
        }
        if !rest.is_empty() {
            groups.push((None, rest));
        }
        groups
    }

    /// The rules that apply: sent along with a form, so that each fills in what it fills once.
    pub fn mark(&self) -> String {
        let keys: Vec<&str> = self.applying.iter().map(|rule| rule.key.as_str()).collect();
        keys.join(",")
    }

    /// Whether it asks what the form before it did not: a field that was not on it, or a value that a rule
    /// fills in only now.
    pub fn has_more(&self, typed: &Inputs, mark: &str) -> bool {
        self.mark() != mark && self.fields.iter().any(|one| one.preset.is_some() || !typed.contains_key(&one.def.key))
    }
}

/// For whom and what a form is.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    pub tenant: OrganisationId,
    pub kind: &'a str,
    pub about: About,
    /// Whoever is asked works for the desk.
    pub staff: bool,
    /// A step from a state to a state instead of registering.
    pub step: Option<(&'a str, &'a str)>,
    /// The rules that applied in the form before, by [`Form::mark`].
    pub mark: &'a str,
}

/// What somebody is asked. Values that make no sense yet count as none.
///
/// # Errors
/// The database refuses.
pub fn form(rd: &mut Rd<'_>, frame: Frame<'_>, catalogue: &Catalogue, ask: Ask<'_>, typed: &Inputs) -> Result<Form> {
    let zone = TimeZone::get(&frame.actor.time_zone).unwrap_or(TimeZone::UTC);
    let asked = super::to_fill(catalogue, frame.actor, ask.tenant, ask.kind, ask.about.service, ask.staff);
    let rules = rules_of_form(catalogue, ask.tenant, ask.kind, ask.about.service);
    if rules.is_empty() {
        let plain = |def: &FieldDef| Asking { def: def.clone(), required: def.required, preset: None, because: Vec::new() };
        let form = Form { fields: asked.into_iter().map(plain).collect(), ..Form::default() };
        return Ok(in_sections(catalogue, ask, form));
    }
    let initial = catalogue.kind(ask.tenant, ask.kind).map_or("", |kind| kind.initial.as_str());
    let mut facts = facts(rd, &rules, (ask.tenant, frame.act.now), ask.kind, ask.step.map_or(initial, |(_, to)| to), ask.about)?;
    facts.leaves = ask.step.map(|(from, _)| from.to_owned());
    facts.enters = ask.step.map(|(_, to)| to.to_owned());
    let field = known(catalogue, ask.tenant, ask.kind, facts.service);
    let value = |def: &&FieldDef| Some((def.key.clone(), field::read(def, typed.get(&def.key)?, &zone, None).ok()??));
    let values: Values = asked.iter().filter_map(value).collect();
    let held: Vec<&str> = ask.mark.split(',').collect();
    // Who emptied what a rule had filled meant it.
    let fills = |rule: &RuleDef, key: &str| !typed.contains_key(key) || !held.contains(&rule.key.as_str());
    let ruled = rule(&rules, &field, &facts, &values, &fills);
    let (mut fields, mut hidden) = (Vec::new(), Vec::new());
    for def in asked {
        match ruled.hidden.get(def.key.as_str()) {
            Some(rule) => hidden.push((def.clone(), (*rule).clone())),
            None => fields.push(asking(def, &ruled)),
        }
    }
    let form = Form { fields, hidden, applying: ruled.applying.into_iter().cloned().collect(), ..Form::default() };
    Ok(in_sections(catalogue, ask, form))
}

/// The fields in the order of the form, and where its sections end.
fn in_sections(catalogue: &Catalogue, ask: Ask<'_>, form: Form) -> Form {
    let Some((def, _)) = catalogue.forms().find(ask.tenant.raw(), ask.kind, ask.about.service.map(ServiceId::raw)) else { return form };
    let mut left: BTreeMap<String, Asking> = form.fields.iter().map(|one| (one.def.key.clone(), one.clone())).collect();
    let (mut fields, mut sections) = (Vec::new(), Vec::new());
    for section in &def.sections {
        let theirs: Vec<Asking> = section.fields.iter().filter_map(|key| left.remove(key)).collect();
        if !theirs.is_empty() {
            sections.push((section.names.clone(), section.help.clone(), theirs.len()));
            fields.extend(theirs);
        }
    }
    let rest = form.fields.into_iter().filter(|one| left.contains_key(&one.def.key));
    fields.extend(rest);
    Form { form: Some((def.key.clone(), def.names.clone())), fields, sections, ..form }
}

fn asking(def: &FieldDef, ruled: &Ruled<'_>) -> Asking {
    let key = def.key.as_str();
    let mut asking = Asking { def: def.clone(), required: def.required, preset: None, because: Vec::new() };
    let shown = ruled.applying.iter().find(|rule| rule.then.iter().any(|e| e.does == field::Does::Show && e.field == key));
    asking.because.extend(shown.map(|rule| (field::Does::Show, (*rule).clone())));
    if let Some(rule) = ruled.required.get(key) {
        asking.required = true;
        asking.because.push((field::Does::Require, (*rule).clone()));
    }
    if let Some((allowed, rule)) = ruled.limited.get(key) {
        for item in asking.def.items.iter_mut().filter(|item| !allowed.contains(&item.key)) {
            item.retired = true;
        }
        asking.because.push((field::Does::Limit, (*rule).clone()));
    }
    if let Some((value, rule)) = ruled.presets.get(key) {
        asking.preset = Some(value.clone());
        asking.because.push((field::Does::Preset, (*rule).clone()));
    }
    asking
}
