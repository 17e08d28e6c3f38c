//! Rules of fields: what is shown, required, limited or filled when something holds. The definition, and
//! whether it makes sense; what it does is decided by one pure function of the ticket core.

use std::collections::{BTreeMap, BTreeSet};

use db::Rd;
use jiff::tz::TimeZone;
use kernel::{Error, FieldError, Result};
use serde::{Deserialize, Serialize};

use super::def::keyed;
use super::{FieldDef, FieldType, Input, is_key, read};
use crate::Texts;

/// The kind of these settings.
pub const RULE: &str = "field_rule";

/// Conditions and effects of a rule at most.
const MOST: usize = 50;
/// Values of a condition or an effect at most.
const VALUES: usize = 500;

keyed! {
    /// What a condition looks at.
    On {
        Kind "kind",
        Service "service",
        /// The state that the ticket is in, or will be in.
        State "state",
        /// The state that it comes to by this step.
        Enters "enters",
        /// The state that it goes from by this step.
        Leaves "leaves",
        /// The organisation it is for, with all above it.
        Organisation "organisation",
        /// The roles of the requester.
        Role "role",
        /// A custom field of the ticket.
        Field "field",
    }
}

keyed! {
    /// How a condition compares.
    Test {
        /// One of the values.
        Is "is",
        IsNot "is_not",
        Filled "filled",
        Empty "empty",
        AtLeast "at_least",
        AtMost "at_most",
    }
}

keyed! {
    /// What a rule does to a field.
    Does {
        /// The field is there only while one of the rules that show it holds.
        Show "show",
        Require "require",
        /// Only these of the values.
        Limit "limit",
        /// Fills it, unless somebody did.
        Preset "preset",
    }
}

/// Something that must hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    pub on: On,
    /// Of a field: its key.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub field: String,
    pub test: Test,
    /// Keys, ids, or values as the API writes them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
}

/// What follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Effect {
    pub field: String,
    pub does: Does,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
}

/// A rule of the custom fields of tickets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleDef {
    pub key: String,
    /// What people read when the rule binds them: "Laptops have a serial number".
    pub names: Texts,
    /// All of them must hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<Condition>,
    pub then: Vec<Effect>,
    /// The first preset of a field counts.
    #[serde(default)]
    pub place: i64,
    pub active: bool,
}

impl Effect {
    /// What a preset writes, as a door would be given it.
    pub fn input(&self, ty: FieldType) -> Input {
        match self.values.as_slice() {
            list if ty == FieldType::Several => Input::from(list.to_vec()),
            // The lines of one text.
            list => Input::from(list.join("\n")),
        }
    }
}

/// All rules as they are configured, in their order.
#[derive(Debug, Clone, Default)]
pub struct RuleSet(Vec<(i64, RuleDef)>);

impl RuleSet {
    /// Reads them all.
    ///
    /// # Errors
    /// The database refuses, or a stored rule cannot be read.
    pub fn load(rd: &mut Rd<'_>) -> Result<Self> {
        let mut rules = Vec::new();
        for row in crate::list(rd, RULE)? {
            rules.push((row.tenant, serde_json::from_str(&row.data).map_err(Error::internal)?));
        }
        Ok(Self::of(rules))
    }

    /// These rules with their tenants.
    pub fn of(mut rules: Vec<(i64, RuleDef)>) -> Self {
        rules.sort_by(|(_, a), (_, b)| (a.place, &a.key).cmp(&(b.place, &b.key)));
        Self(rules)
    }

    /// The active rules of a tenant: its own and the shared ones.
    pub fn of_tenant(&self, tenant: i64) -> Vec<&RuleDef> {
        self.0.iter().filter(|(of, rule)| (*of == 0 || *of == tenant) && rule.active).map(|(_, rule)| rule).collect()
    }

    /// The same with one more, or another one of that key: for a trial before it is saved.
    #[must_use]
    pub fn with(&self, tenant: i64, rule: RuleDef) -> Self {
        let mut rules: Vec<(i64, RuleDef)> = self.0.iter().filter(|(_, known)| known.key != rule.key).cloned().collect();
        rules.push((tenant, rule));
        Self::of(rules)
    }
}

/// Everything that is wrong with a rule, by the field of its form.
pub fn check_rule(rule: &RuleDef, field: &dyn Fn(&str) -> Option<FieldDef>) -> Vec<FieldError> {
    let mut wrong = Vec::new();
    if !is_key(&rule.key) {
        wrong.push(FieldError::new("key", "error-field-key"));
    }
    if rule.names.en.trim().is_empty() {
        wrong.push(FieldError::new("names", "error-name-empty"));
    }
    if rule.then.is_empty() || rule.then.len() > MOST {
        wrong.push(FieldError::new("then", "error-rule-then").arg("max", MOST));
    }
    wrong.extend(check_conditions("when", &rule.when, field));
    wrong.extend(rule.then.iter().filter_map(|effect| effect_wrong(effect, field)));
    wrong
}

/// What is wrong with conditions.
pub(super) fn check_conditions(at: &'static str, when: &[Condition], field: &dyn Fn(&str) -> Option<FieldDef>) -> Vec<FieldError> {
    let mut wrong: Vec<FieldError> = when.iter().filter_map(|condition| condition_wrong(at, condition, field)).collect();
    if when.len() > MOST {
        wrong.push(FieldError::new(at, "error-rule-then").arg("max", MOST));
    }
    wrong
}

fn condition_wrong(at: &'static str, condition: &Condition, field: &dyn Fn(&str) -> Option<FieldDef>) -> Option<FieldError> {
    let wrong = |code: &'static str| Some(FieldError::new(at, code).arg("field", &condition.field));
    let needs = !matches!(condition.test, Test::Filled | Test::Empty);
    if needs == condition.values.is_empty() || condition.values.len() > VALUES {
        return wrong("error-rule-values");
    }
    if condition.on != On::Field {
        let plain = condition.field.is_empty() && matches!(condition.test, Test::Is | Test::IsNot);
        return if plain { None } else { wrong("error-rule-test") };
    }
    let Some(def) = field(&condition.field) else { return wrong("error-rule-field") };
    let ordered = def.ty.counts() || matches!(def.ty, FieldType::Date | FieldType::Moment);
    if matches!(condition.test, Test::AtLeast | Test::AtMost) && (!ordered || condition.values.len() != 1) {
        return wrong("error-rule-test");
    }
    if condition.values.iter().all(|value| readable(&def, &Input::from(value.as_str()))) { None } else { wrong("error-rule-value") }
}

/// What is wrong with an effect.
fn effect_wrong(effect: &Effect, field: &dyn Fn(&str) -> Option<FieldDef>) -> Option<FieldError> {
    let wrong = |code: &'static str| Some(FieldError::new("then", code).arg("field", &effect.field));
    let Some(def) = field(&effect.field) else { return wrong("error-rule-field") };
    let fits = match effect.does {
        Does::Show | Does::Require => effect.values.is_empty(),
        Does::Limit => def.ty.chooses() && effect.values.iter().all(|key| def.item(key).is_some()),
        // Who and which file it is, only whoever fills it knows.
        Does::Preset => !matches!(def.ty, FieldType::Person | FieldType::File) && readable(&def, &effect.input(def.ty)),
    };
    let counted = matches!(effect.does, Does::Show | Does::Require) || (1..=VALUES).contains(&effect.values.len());
    if fits && counted { None } else { wrong("error-rule-value") }
}

fn readable(def: &FieldDef, input: &Input) -> bool {
    matches!(read(def, input, &TimeZone::UTC, None), Ok(Some(_)))
}

/// A field that, by these rules, depends on itself: what is shown or filled would never settle.
pub fn circle(rules: &[&RuleDef]) -> Option<String> {
    let mut next: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for rule in rules {
        for condition in rule.when.iter().filter(|condition| condition.on == On::Field) {
            let moved = rule.then.iter().filter(|effect| matches!(effect.does, Does::Show | Does::Preset));
            next.entry(&condition.field).or_default().extend(moved.map(|effect| effect.field.as_str()));
        }
    }
    let reaches = |from: &str| {
        let mut reached: Vec<&str> = next.get(from).into_iter().flatten().copied().collect();
        let mut at = 0;
        while let Some(&field) = reached.get(at) {
            at += 1;
            for &follows in next.get(field).into_iter().flatten() {
                if !reached.contains(&follows) {
                    reached.push(follows);
                }
            }
        }
        reached.contains(&from)
    };
    next.keys().find(|field| reaches(field)).map(|field| (*field).to_owned())
}
