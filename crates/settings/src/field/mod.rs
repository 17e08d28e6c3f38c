//! Custom fields: what administrators add to tickets, people, organisations and services. A definition
//! is a configuration object; values are typed rows beside the record.

pub mod cast;
mod check;
mod def;
mod form;
mod input;
mod rule;
mod set;
mod value;

pub use check::{check, is_key};
pub use def::{Audience, FieldDef, FieldType, Item, Object};
pub use form::{FORM, FormDef, FormSet, Section, check_form};
pub use input::{posted, read};
pub use rule::{Condition, Does, Effect, On, RULE, RuleDef, RuleSet, Test, check_rule, circle};
pub use set::FieldSet;
pub use value::{Input, Value, Values};

/// The kind of these settings.
pub const FIELD: &str = "field";

/// The name of a custom field among the properties of a record: in events, errors, forms, and where
/// roles hide it.
pub const PREFIX: &str = "fields.";

/// The name of a custom field among the properties of a record.
pub fn property(key: &str) -> String {
    format!("{PREFIX}{key}")
}
