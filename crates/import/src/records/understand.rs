//! What a row says of a record: pure, from cells to typed values.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Lang, fold};
use party::{AddressKind, OrganisationKind, ServiceState};
use serde::{Deserialize, Serialize};

use super::fields::Field;
use super::mapping::RecordMapping;
use crate::input;
use crate::party::{PartyKey, Sort};
use crate::refusal::Reason;

/// What a row says of a field. An empty cell says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Worth {
    Text(String),
    Flag(bool),
    Number(i64),
    Many(Vec<String>),
    /// A record by its name, and its id once it is known.
    Ref(Option<i64>, String),
}

impl Worth {
    /// For a reader.
    pub fn shown(&self) -> String {
        match self {
            Worth::Text(text) | Worth::Ref(_, text) => text.clone(),
            Worth::Flag(flag) => flag.to_string(),
            Worth::Number(number) => number.to_string(),
            Worth::Many(all) => all.join(", "),
        }
    }
    /// Whether both mean the same: references by what they refer to.
    pub fn same(&self, other: &Worth) -> bool {
        match (self, other) {
            (Worth::Ref(Some(a), _), Worth::Ref(Some(b), _)) => a == b,
            _ => self == other,
        }
    }
}

/// A row that is understood.
#[derive(Debug, Clone)]
pub struct Entry {
    pub line: u64,
    pub cells: Vec<String>,
    pub key: PartyKey,
    pub name: String,
    pub said: BTreeMap<Field, Worth>,
    /// The cells of custom fields that are not empty.
    pub custom: BTreeMap<String, String>,
}

/// Why a row is not understood, and what it is about.
pub type Fault = (Reason, String);

/// # Errors
/// A value is missing or none of those that the field has.
pub fn entry(mapping: &RecordMapping, columns: &input::Columns, row: &input::Row) -> Result<Entry, Fault> {
    let record = input::Record { columns, row };
    let cell = |field: Field| mapping.columns.get(&field).map_or("", |column| record.get(&column.text));
    let name = match cell(Field::Name) {
        "" => [cell(Field::Given), cell(Field::Family)].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" "),
        name => name.to_owned(),
    };
    if name.is_empty() {
        return Err((Reason::Missing, Field::Name.key().to_owned()));
    }
    let mut said = BTreeMap::from([(Field::Name, Worth::Text(limited(Field::Name, &name, 200)?))]);
    for field in mapping.columns.keys().filter(|field| !matches!(field, Field::Name | Field::Given | Field::Family | Field::Key)) {
        let text = cell(*field);
        if !text.is_empty() {
            said.insert(*field, worth(*field, text)?);
        }
    }
    let key = key(mapping.sort, cell(Field::Key), cell(Field::Email), &name, cell(Field::Parent));
    let custom = mapping.custom.iter().map(|(key, column)| (key.clone(), record.get(&column.text).to_owned()));
    let custom = custom.filter(|(_, cell)| !cell.is_empty()).collect();
    Ok(Entry { line: row.line, cells: row.cells.clone(), key, name, said, custom })
}

/// By what the record is known again: the key that the row says, else what it says of itself; of a tree with the
/// name of what it stands below.
fn key(sort: Sort, key: &str, email: &str, name: &str, parent: &str) -> PartyKey {
    match (sort, key, email) {
        (Sort::Person, "", "") => PartyKey::derived(sort, &name.split_whitespace().collect::<Vec<_>>().join(" ")),
        (Sort::Person, "", email) => PartyKey::derived(sort, &AddressKind::Email.value_key(email)),
        (Sort::Person, key, _) => PartyKey { sort, key: key.trim_start_matches(char::is_control).to_owned() },
        (_, "", _) if parent.is_empty() => PartyKey::derived(sort, &fold(name)),
        (_, "", _) => PartyKey::derived(sort, &format!("{} < {}", fold(name), fold(parent))),
        (_, key, _) => PartyKey { sort, key: fold(key) },
    }
}

fn wrong(field: Field, text: &str) -> Fault {
    (Reason::Value, format!("{}: {text}", field.key()))
}

fn limited(field: Field, text: &str, most: usize) -> Result<String, Fault> {
    if text.chars().count() > most { Err(wrong(field, text)) } else { Ok(text.to_owned()) }
}

fn worth(field: Field, text: &str) -> Result<Worth, Fault> {
    let one_of = |words: &[(&'static str, &[&str])]| {
        let folded = fold(text);
        let found = words.iter().find(|(key, names)| *key == folded || names.contains(&folded.as_str()));
        found.map(|(key, _)| Worth::Text((*key).to_owned())).ok_or_else(|| wrong(field, text))
    };
    Ok(match field {
        Field::Vip | Field::Active => Worth::Flag(flag(text).ok_or_else(|| wrong(field, text))?),
        Field::Line => Worth::Number(text.parse().ok().filter(|line| (1..=3).contains(line)).ok_or_else(|| wrong(field, text))?),
        Field::Lang => Worth::Text(lang(text).ok_or_else(|| wrong(field, text))?.tag().to_owned()),
        Field::TimeZone if jiff::tz::TimeZone::get(text).is_err() => return Err(wrong(field, text)),
        Field::Email if !plausible(text) => return Err(wrong(field, text)),
        Field::Phone | Field::Mobile if !text.contains(|c: char| c.is_ascii_digit()) => return Err(wrong(field, text)),
        Field::Kind => one_of(KINDS)?,
        Field::State => one_of(STATES)?,
        Field::Impact => one_of(IMPACTS)?,
        Field::Domains => {
            let said = text.split([',', ';', ' ', '\n']).map(|d| d.trim().trim_start_matches('@').to_lowercase());
            Worth::Many(said.filter(|d| !d.is_empty()).collect::<BTreeSet<_>>().into_iter().collect())
        }
        Field::Organisation | Field::Location | Field::Parent | Field::Team | Field::Owner | Field::Lead => {
            Worth::Ref(None, limited(field, text, 254)?)
        }
        Field::Note | Field::Description => Worth::Text(limited(field, text, 10_000)?),
        _ => Worth::Text(limited(field, text, 254)?),
    })
}

const KINDS: &[(&str, &[&str])] = &[
    (OrganisationKind::Internal.key(), &["interna", "interno", "внутренняя", "своя"]),
    (OrganisationKind::Customer.key(), &["client", "cliente", "клиент", "заказчик"]),
    (OrganisationKind::Supplier.key(), &["vendor", "proveedor", "поставщик"]),
    (OrganisationKind::Partner.key(), &["socio", "партнер"]),
];
const STATES: &[(&str, &[&str])] = &[
    (ServiceState::Proposed.key(), &["propuesto", "planned", "предложена"]),
    (ServiceState::Live.key(), &["en uso", "active", "activo", "production", "действует"]),
    (ServiceState::Retired.key(), &["retirado", "inactive", "снята", "закрыта"]),
];
const IMPACTS: &[(&str, &[&str])] = &[
    ("low", &["1", "bajo", "низкое"]),
    ("medium", &["2", "medio", "среднее"]),
    ("high", &["3", "alto", "высокое"]),
    ("extensive", &["4", "extenso", "широкое"]),
];

pub(crate) fn flag(text: &str) -> Option<bool> {
    match fold(text).as_str() {
        "true" | "yes" | "y" | "1" | "x" | "si" | "s" | "да" | "active" | "enabled" | "activo" | "activa" | "активен" => {
            Some(true)
        }
        "false" | "no" | "n" | "0" | "нет" | "inactive" | "disabled" | "inactivo" | "inactiva" | "неактивен" => Some(false),
        _ => None,
    }
}

fn lang(text: &str) -> Option<Lang> {
    let folded = fold(text);
    let tag = folded.split(['-', '_']).next().unwrap_or_default();
    let named = match tag {
        "english" | "ingles" | "английский" => "en",
        "spanish" | "espanol" | "castellano" | "испанский" => "es",
        "russian" | "ruso" | "русский" => "ru",
        other => other,
    };
    Lang::ALL.into_iter().find(|lang| lang.tag() == named)
}

/// What the desk takes for a mail address: one `@` with something on both sides.
pub fn plausible(email: &str) -> bool {
    let sides = email.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty() && !domain.contains('@'));
    sides && email.chars().count() <= 254 && !email.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ','))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_as_they_are_compared() {
        for word in KINDS.iter().chain(STATES).chain(IMPACTS).flat_map(|(_, words)| words.iter()) {
            assert_eq!(fold(word), *word);
        }
        assert_eq!((flag("Sí"), flag("ДА"), flag("No"), flag("maybe")), (Some(true), Some(true), Some(false), None));
        assert_eq!((lang("es-ES"), lang("Русский"), lang("Klingon")), (Some(Lang::Es), Some(Lang::Ru), None));
    }
}
