//! Pages of custom fields.

use askama::Template;
use i18n::{T, key};
use settings::field::{Audience, FieldType, Object};
use ui::{Choice, Chrome, FormErrors};

use super::Version;
use crate::web::Typed;

/// `/admin/fields`
#[derive(Template)]
#[template(path = "forms/fields.html", blocks = ["main"])]
pub struct FieldsPage {
    pub t: T,
    pub chrome: Chrome,
    pub groups: Vec<Group>,
    pub may_edit: bool,
}

/// The fields of one object.
pub struct Group {
    pub label: String,
    pub rows: Vec<Row>,
}

pub struct Row {
    pub href: String,
    pub name: String,
    pub key: String,
    pub ty: String,
    pub audience: String,
    /// Of which kinds it is; empty for all.
    pub kinds: String,
    pub active: bool,
}

/// `/admin/fields/new` before the type is chosen.
#[derive(Template)]
#[template(path = "forms/palette.html", blocks = ["main"])]
pub struct PalettePage {
    pub t: T,
    pub chrome: Chrome,
    pub types: Vec<Offer>,
}

/// A type with what it is for.
pub struct Offer {
    pub href: String,
    pub name: String,
    pub help: String,
}

/// `/admin/fields/{object}/{key}` and `/admin/fields/new?type=`
#[derive(Template)]
#[template(path = "forms/field.html", blocks = ["main"])]
pub struct FieldPage {
    pub t: T,
    pub chrome: Chrome,
    pub errors: FormErrors,
    pub typed: Typed,
    pub is_new: bool,
    pub action: String,
    pub key: String,
    pub ty: FieldType,
    pub type_name: String,
    /// How many records have a value.
    pub used: String,
    pub objects: Vec<Choice>,
    pub object_name: String,
    pub is_ticket: bool,
    pub audiences: Vec<Choice>,
    pub kinds: Vec<Choice>,
    pub services: Vec<Choice>,
    pub tenants: Vec<Choice>,
    pub items: Vec<ItemRow>,
    pub may_edit: bool,
    pub history: Vec<Version>,
}

/// A line of the list of values.
pub struct ItemRow {
    /// Its place in the form.
    pub n: usize,
    pub key: String,
    pub en: String,
    pub es: String,
    pub ru: String,
    pub parent: String,
    pub retired: bool,
}

pub const fn object_label(object: Object) -> &'static str {
    match object {
        Object::Ticket => key!("forms-object-ticket"),
        Object::Person => key!("forms-object-person"),
        Object::Organisation => key!("forms-object-organisation"),
        Object::Service => key!("forms-object-service"),
    }
}

pub const fn type_label(ty: FieldType) -> &'static str {
    match ty {
        FieldType::Text => key!("forms-type-text"),
        FieldType::LongText => key!("forms-type-long-text"),
        FieldType::Number => key!("forms-type-number"),
        FieldType::Money => key!("forms-type-money"),
        FieldType::Date => key!("forms-type-date"),
        FieldType::Moment => key!("forms-type-time"),
        FieldType::Choice => key!("forms-type-choice"),
        FieldType::Several => key!("forms-type-several"),
        FieldType::Tree => key!("forms-type-tree"),
        FieldType::Person => key!("forms-type-person"),
        FieldType::File => key!("forms-type-file"),
        FieldType::Checkbox => key!("forms-type-checkbox"),
        FieldType::Address => key!("forms-type-address"),
    }
}

/// What a type is for.
pub const fn type_help(ty: FieldType) -> &'static str {
    match ty {
        FieldType::Text => key!("forms-type-text-help"),
        FieldType::LongText => key!("forms-type-long-text-help"),
        FieldType::Number => key!("forms-type-number-help"),
        FieldType::Money => key!("forms-type-money-help"),
        FieldType::Date => key!("forms-type-date-help"),
        FieldType::Moment => key!("forms-type-time-help"),
        FieldType::Choice => key!("forms-type-choice-help"),
        FieldType::Several => key!("forms-type-several-help"),
        FieldType::Tree => key!("forms-type-tree-help"),
        FieldType::Person => key!("forms-type-person-help"),
        FieldType::File => key!("forms-type-file-help"),
        FieldType::Checkbox => key!("forms-type-checkbox-help"),
        FieldType::Address => key!("forms-type-address-help"),
    }
}

pub const fn audience_label(audience: Audience) -> &'static str {
    match audience {
        Audience::Desk => key!("forms-audience-desk"),
        Audience::Reads => key!("forms-audience-reads"),
        Audience::Fills => key!("forms-audience-fills"),
    }
}
