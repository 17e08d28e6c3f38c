//! The rules of custom fields bind a history, too: which rows of a new ticket they refuse, and what they fill.

use std::collections::BTreeSet;

use settings::field::{FieldDef, Object, On, RuleDef, Value, Values};
use ticket::Category;
use ticket::rules::field::{Facts, Ruled, Rules, rule};

use super::case::{CaseSteps, Now};
use super::{Custom, Step, Understand, Want};
use crate::mapping::RuledHistory;
use crate::party::Sort;

/// The rows of a case that a rule refuses, with the rule in words, and what rules fill where nobody did: as long as its ticket
/// is new.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bound {
    pub broken: Vec<(u64, String)>,
    /// The others go with them.
    pub whole: bool,
    pub presets: Vec<Want>,
}

/// What was before a step: the facts and the values.
type Before<'a> = Option<&'a (Facts, Values)>;

impl Understand<'_> {
    /// Looks at the steps of a case as those of a new ticket.
    pub(super) fn bound(&self, case: &CaseSteps) -> Bound {
        let rules = self.rules();
        let mut bound = Bound::default();
        if (rules.is_empty() && self.mapping.custom.is_empty()) || self.is_accepted(case) {
            return bound;
        }
        let mut gone: BTreeSet<u64> = BTreeSet::new();
        // A row that is refused leaves nothing behind, so what comes after it is looked at anew.
        while let Some((line, why)) = self.first_broken(case, &rules, &gone, &mut bound.presets) {
            if !gone.insert(line) {
                break;
            }
            bound.broken.push((line, why));
        }
        bound
    }

    /// The history of a ticket that is closed is taken as it was, where the mapping says so.
    fn is_accepted(&self, case: &CaseSteps) -> bool {
        let states = case.steps.iter().flat_map(|step| &step.wants);
        let last = states.filter_map(|want| if let Want::State(_, category) = want { Some(*category) } else { None }).next_back();
        self.mapping.case.rules == RuledHistory::Accept && matches!(last, Some(Category::Closed | Category::Cancelled))
    }

    /// The rules that can be looked at: which roles somebody had then is not known.
    fn rules(&self) -> Vec<&RuleDef> {
        let mut rules = self.catalogue.rules().of_tenant(self.tenant);
        rules.retain(|rule| rule.when.iter().all(|condition| condition.on != On::Role));
        rules
    }

    fn first_broken(&self, case: &CaseSteps, rules: &[&RuleDef], gone: &BTreeSet<u64>, presets: &mut Vec<Want>) -> Option<(u64, String)> {
        presets.clear();
        let (mut now, mut held) = (Now::default(), Values::new());
        let mut before: Option<(Facts, Values)> = None;
        for step in case.steps.iter().filter(|step| !gone.contains(&step.line)) {
            now.take(&step.wants);
            for custom in step.wants.iter().filter_map(Want::custom) {
                held.remove(&custom.key);
                held.extend(custom.to.clone().map(|value| (custom.key.clone(), value)));
            }
            let facts = self.facts(&now, before.as_ref());
            if let Some(why) = self.breaks(rules, step, (&facts, &mut held), before.as_ref(), presets) {
                return Some((step.line, why));
            }
            before = Some((facts, held.clone()));
        }
        None
    }

    /// Why a step may not be, if a rule says so; the first one is filled by the rules.
    fn breaks(
        &self,
        rules: &[&RuleDef],
        step: &Step,
        (facts, held): (&Facts, &mut Values),
        before: Before<'_>,
        presets: &mut Vec<Want>,
    ) -> Option<String> {
        let field =
            |key: &str| self.catalogue.fields().get(Object::Ticket, self.tenant, key).filter(|def| def.is_of(&facts.kind, facts.service));
        let guards = match before {
            None => self.catalogue.forms().find(self.tenant, &facts.kind, facts.service).map(|(_, guards)| guards.iter().collect()),
            Some(_) => None,
        };
        let all = Rules { rules: rules.to_vec(), guards: guards.unwrap_or_default() };
        let ruled = rule(&all, &field, facts, held, &|_, _| before.is_none());
        for custom in step.wants.iter().filter_map(Want::custom).filter(|custom| custom.to.is_some()) {
            let Some(def) = field(&custom.key) else { continue };
            if let Some(rule) = against(&ruled, custom) {
                return Some(self.in_words(def, rule));
            }
        }
        let earlier =
            before.map(|(facts, values)| rule(&Rules { rules: rules.to_vec(), guards: Vec::new() }, &field, facts, values, &|_, _| false));
        let began = |rule: &RuleDef| earlier.as_ref().is_none_or(|earlier| earlier.applying.iter().all(|known| known.key != rule.key));
        for (key, rule) in &ruled.required {
            let Some(def) = field(key).filter(|_| !held.contains_key(*key) && !ruled.presets.contains_key(key)) else { continue };
            if began(rule) || step.wants.iter().filter_map(Want::custom).any(|custom| custom.key == **key) {
                return Some(self.in_words(def, rule));
            }
        }
        for (key, (value, _)) in &ruled.presets {
            if let Some(def) = field(key) {
                held.insert(def.key.clone(), value.clone());
                presets.push(Want::Custom(Custom::of(def, Some(value.clone()), String::new())));
            }
        }
        None
    }

    /// The field and the rule, by their names.
    fn in_words(&self, def: &FieldDef, rule: &RuleDef) -> String {
        let lang = self.mapping.case.lang;
        format!("{}: {}", def.names.get(lang), rule.names.get(lang))
    }

    fn facts(&self, now: &Now, before: Before<'_>) -> Facts {
        let id = |field: &str| now.get(field).and_then(Want::party).and_then(|party| self.directory.id(&party.key));
        let state = match now.get("state") {
            Some(Want::State(key, _)) => key.clone(),
            _ => self.kind.initial.clone(),
        };
        let was = before.map(|(facts, _)| facts.state.clone()).filter(|was| *was != state);
        Facts {
            kind: self.kind.key.clone(),
            service: id(Sort::Service.key()),
            enters: was.is_some().then(|| state.clone()),
            leaves: was,
            state,
            organisations: id(Sort::Organisation.key()).map(|id| self.directory.with_above(id)).unwrap_or_default(),
            roles: Vec::new(),
        }
    }
}

/// The rule that a value is against: its field is not there, or it is none of those that may be.
fn against<'r>(ruled: &Ruled<'r>, custom: &Custom) -> Option<&'r RuleDef> {
    if let Some(rule) = ruled.hidden.get(custom.key.as_str()) {
        return Some(rule);
    }
    let (allowed, rule) = ruled.limited.get(custom.key.as_str())?;
    match &custom.to {
        Some(Value::Keys(keys)) if keys.iter().any(|key| !allowed.contains(key)) => Some(rule),
        _ => None,
    }
}
