//! Pages of the rules of fields.

use askama::Template;
use i18n::{T, key};
use settings::field::{Does, On, Test};
use ui::{Choice, Chrome, FormErrors};

use super::Version;
use crate::web::Typed;

/// `/admin/rules`
#[derive(Template)]
#[template(path = "forms/rules.html", blocks = ["main"])]
pub struct RulesPage {
    pub t: T,
    pub chrome: Chrome,
    pub rows: Vec<RuleRow>,
    pub may_edit: bool,
}

pub struct RuleRow {
    pub href: String,
    pub name: String,
    pub key: String,
    pub when: String,
    pub then: String,
    pub active: bool,
}

/// `/admin/rules/{key}` and `/admin/rules/new`
#[derive(Template)]
#[template(path = "forms/rule.html", blocks = ["main"])]
pub struct RulePage {
    pub t: T,
    pub chrome: Chrome,
    pub errors: FormErrors,
    pub typed: Typed,
    pub is_new: bool,
    pub action: String,
    pub key: String,
    /// The rule in words.
    pub when: String,
    pub then: String,
    pub tenants: Vec<Choice>,
    pub conditions: Vec<ConditionRow>,
    pub effects: Vec<EffectRow>,
    /// What the values of conditions can name: where, key, name.
    pub keys: Vec<(String, String, String)>,
    pub kinds: Vec<Choice>,
    pub services: Vec<Choice>,
    pub trial: Option<Trial>,
    pub may_edit: bool,
    pub history: Vec<Version>,
}

/// A line of the conditions.
pub struct ConditionRow {
    pub n: usize,
    pub ons: Vec<Choice>,
    pub fields: Vec<Choice>,
    pub tests: Vec<Choice>,
    pub values: String,
}

/// A line of what follows.
pub struct EffectRow {
    pub n: usize,
    pub fields: Vec<Choice>,
    pub does: Vec<Choice>,
    pub values: String,
}

/// What the rules say of the values of a trial.
pub struct Trial {
    /// The names of the rules that apply.
    pub applying: String,
    pub asked: Vec<TrialRow>,
    /// Fields that are not asked for: name, and the rule that would show it.
    pub hidden: Vec<(String, String)>,
}

pub struct TrialRow {
    pub name: String,
    pub required: bool,
    /// Of a limited list: what may be chosen.
    pub choices: String,
    pub preset: String,
    /// Why: what, and by which rule.
    pub because: Vec<(String, String)>,
}

pub const fn on_label(on: On) -> &'static str {
    match on {
        On::Kind => key!("forms-on-kind"),
        On::Service => key!("forms-on-service"),
        On::State => key!("forms-on-state"),
        On::Enters => key!("forms-on-enters"),
        On::Leaves => key!("forms-on-leaves"),
        On::Organisation => key!("forms-on-organisation"),
        On::Role => key!("forms-on-role"),
        On::Field => key!("forms-on-field"),
    }
}

pub const fn test_label(test: Test) -> &'static str {
    match test {
        Test::Is => key!("forms-test-is"),
        Test::IsNot => key!("forms-test-is-not"),
        Test::Filled => key!("forms-test-filled"),
        Test::Empty => key!("forms-test-empty"),
        Test::AtLeast => key!("forms-test-at-least"),
        Test::AtMost => key!("forms-test-at-most"),
    }
}

pub const fn does_label(does: Does) -> &'static str {
    match does {
        Does::Show => key!("forms-does-show"),
        Does::Require => key!("forms-does-require"),
        Does::Limit => key!("forms-does-limit"),
        Does::Preset => key!("forms-does-preset"),
    }
}

/// A condition as a part of a sentence, with `what` and `values`.
pub const fn test_sentence(test: Test) -> &'static str {
    match test {
        Test::Is => key!("forms-when-is"),
        Test::IsNot => key!("forms-when-is-not"),
        Test::Filled => key!("forms-when-filled"),
        Test::Empty => key!("forms-when-empty"),
        Test::AtLeast => key!("forms-when-at-least"),
        Test::AtMost => key!("forms-when-at-most"),
    }
}

/// What follows as a part of a sentence, with `field` and `values`.
pub const fn does_sentence(does: Does) -> &'static str {
    match does {
        Does::Show => key!("forms-then-show"),
        Does::Require => key!("forms-then-require"),
        Does::Limit => key!("forms-then-limit"),
        Does::Preset => key!("forms-then-preset"),
    }
}
