//! The custom fields of the side panel: each with its value and the control that changes it.

use i18n::T;
use kernel::PersonId;
use settings::field::{FieldType, Value};
use ticket::custom::Shown;
use ui::Control;
use web_kit::field::{self, Filled};

use super::read::Known;
use super::timeline::FileLink;

/// Where persons are searched.
pub const PEOPLE: &str = "/desk/suggest/persons";

/// A custom field of a ticket.
pub struct Own {
    pub control: Control,
    /// In words; empty when there is nothing.
    pub value: String,
    /// Where the value leads; empty for nowhere.
    pub href: String,
}

/// The custom fields that the reader may know; without the right to edit only those with a value.
pub fn customs(t: &T, known: &Known) -> Vec<Own> {
    let files: Vec<(i64, String)> = known.timeline.files.iter().map(|file| (file.id.raw(), file.name.clone())).collect();
    let own = |shown: &Shown| {
        let (value, href) = told(t, known, shown);
        let filled = shown.value.as_ref().map_or(Filled::Nothing, Filled::Stored);
        Own { control: field::control(t, &shown.def, filled, PEOPLE, &value, &files), value, href }
    };
    known.customs.iter().filter(|shown| known.rights.edit || shown.value.is_some()).map(own).collect()
}

/// Custom fields that are changed in place at most: with more of them the page would be slow to read and to
/// send, and they have a form of their own.
pub const FEW: usize = 12;

/// The fields of the side panel: all, or of many those that have a value.
pub fn beside(t: &T, known: &Known) -> Vec<Own> {
    let mut all = customs(t, known);
    if all.len() > FEW {
        all.retain(|own| !own.value.is_empty());
    }
    all
}

/// A value in words, and where it leads.
fn told(t: &T, known: &Known, shown: &Shown) -> (String, String) {
    match (shown.def.ty, &shown.value) {
        (_, None) => (String::new(), String::new()),
        (FieldType::Person, Some(Value::Int(id))) => (known.names.person_name(PersonId::new(*id)).to_owned(), format!("/desk/people/{id}")),
        (FieldType::File, Some(Value::Int(id))) => {
            let file = known.timeline.files.iter().find(|file| file.id.raw() == *id).map(|file| FileLink::new(t, file));
            file.map_or_else(|| (id.to_string(), String::new()), |file| (file.name, file.href))
        }
        (_, Some(value)) => (field::words(t, &shown.def, value), String::new()),
    }
}
