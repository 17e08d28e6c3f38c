//! The custom fields of records: what a row says of them, and how they were before.

use std::collections::BTreeMap;

use db::{Db, Rd, Tx};
use kernel::{OrganisationId, Result as CoreResult, Time};
use serde::{Deserialize, Serialize};
use settings::field::{FieldDef, FieldSet, FieldType, Object, Value};
use settings::values;

use super::mapping::RecordMapping;
use super::understand::{Entry, Fault};
use crate::custom::{fills, typed};
use crate::error::Result;
use crate::mapping::mistake::proposal;
use crate::mapping::{Mistake, Mistakes};
use crate::party::Sort;
use crate::refusal::Reason;

/// The fields that a mapping names, by their keys.
pub type Defs = BTreeMap<String, FieldDef>;

/// What custom fields of a sort are added to; locations and teams have none.
pub const fn object(sort: Sort) -> Option<Object> {
    match sort {
        Sort::Person => Some(Object::Person),
        Sort::Organisation => Some(Object::Organisation),
        Sort::Service => Some(Object::Service),
        Sort::Location | Sort::Team => None,
    }
}

/// The fields that a mapping names.
///
/// # Errors
/// Those that there are not, or that files cannot fill; the database does not answer.
pub fn load(db: &Db, tenant: Option<OrganisationId>, mapping: &RecordMapping) -> Result<Defs> {
    if mapping.custom.is_empty() {
        return Ok(Defs::new());
    }
    let set = db.read_wait("import.fields", FieldSet::load)?;
    let number = tenant.map_or(0, OrganisationId::raw);
    let all: Vec<&FieldDef> = object(mapping.sort).into_iter().flat_map(|object| set.of_object(object, number)).collect();
    let (mut found, mut list) = (Defs::new(), Vec::new());
    for (key, said) in &mapping.custom {
        match all.iter().find(|def| def.key == *key) {
            Some(def) if fills(def.ty) => drop(found.insert(key.clone(), (*def).clone())),
            Some(_) => list.push(Mistake { line: said.line, message: format!("a file cannot fill fields.{key}") }),
            None => {
                let known: Vec<&str> = all.iter().map(|def| def.key.as_str()).collect();
                list.push(Mistake { line: said.line, message: format!("there is no field fields.{key}{}", proposal(key, known)) });
            }
        }
    }
    if list.is_empty() { Ok(found) } else { Err(Mistakes { file: mapping.file_name.clone(), list }.into()) }
}

/// A custom field that gets another value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    pub key: String,
    pub property: String,
    pub before: Option<Value>,
    pub after: Option<Value>,
    /// For a reader.
    pub shown: (String, String),
}

/// What a row says otherwise than the record holds; an empty cell says nothing.
pub fn changes(rd: &mut Rd<'_>, defs: &Defs, entry: &Entry, there: Option<i64>) -> CoreResult<std::result::Result<Vec<Changed>, Fault>> {
    let Some(object) = object(entry.key.sort).filter(|_| !entry.custom.is_empty()) else { return Ok(Ok(Vec::new())) };
    let held = match there.filter(|id| *id > 0) {
        Some(id) => values::of(rd, object, id)?,
        None => settings::field::Values::new(),
    };
    let mut found = Vec::new();
    for (key, cell) in &entry.custom {
        let Some(def) = defs.get(key) else { continue };
        let Some(after) = typed(def, cell, None) else { return Ok(Err((Reason::Value, format!("{}: {cell}", def.property())))) };
        let before = held.get(key).cloned();
        if before != after {
            let shown = (before.as_ref().map(|value| shown(def, value)).unwrap_or_default(), cell.clone());
            found.push(Changed { key: key.clone(), property: def.property(), before, after, shown });
        }
    }
    Ok(Ok(found))
}

fn shown(def: &FieldDef, value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Keys(keys) => keys.join(", "),
        Value::Int(day) if def.ty == FieldType::Date => Time(*day).to_rfc3339().chars().take(10).collect(),
        Value::Int(at) if def.ty == FieldType::Moment => Time(*at).to_rfc3339(),
        Value::Int(number) if def.decimals > 0 && matches!(def.ty, FieldType::Number | FieldType::Money) => {
            let scale = 10_i64.pow(u32::from(def.decimals));
            format!(
                "{}{}.{:0width$}",
                if *number < 0 { "-" } else { "" },
                (number / scale).abs(),
                (number % scale).abs(),
                width = usize::from(def.decimals)
            )
        }
        Value::Int(number) => number.to_string(),
    }
}

/// Writes them.
pub fn write(tx: &mut Tx<'_>, tenant: OrganisationId, sort: Sort, id: i64, changed: &[Changed]) -> CoreResult<()> {
    let Some(object) = object(sort) else { return Ok(()) };
    changed.iter().try_for_each(|change| values::put(tx, tenant.raw(), object, id, &change.key, change.after.as_ref()))
}

/// How a field was, and what the batch made of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Was {
    pub key: String,
    before: Option<Held>,
    after: Option<Held>,
}

/// A value as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Held {
    Text(String),
    Int(i64),
    Keys(Vec<String>),
}

impl Held {
    fn of(value: &Value) -> Self {
        match value {
            Value::Text(text) => Held::Text(text.clone()),
            Value::Int(number) => Held::Int(*number),
            Value::Keys(keys) => Held::Keys(keys.clone()),
        }
    }
    fn value(&self) -> Value {
        match self {
            Held::Text(text) => Value::Text(text.clone()),
            Held::Int(number) => Value::Int(*number),
            Held::Keys(keys) => Value::Keys(keys.clone()),
        }
    }
}

impl Was {
    pub fn of(change: &Changed) -> Self {
        Self { key: change.key.clone(), before: change.before.as_ref().map(Held::of), after: change.after.as_ref().map(Held::of) }
    }

    /// As a later row of the same batch left it.
    #[must_use]
    pub fn then(self, later: Option<&Was>) -> Self {
        Self { after: later.map_or(self.after, |later| later.after.clone()), ..self }
    }

    /// Brings the value back, unless somebody gave it another one since.
    pub fn restore(&self, tx: &mut Tx<'_>, tenant: OrganisationId, sort: Sort, id: i64) -> CoreResult<()> {
        let Some(object) = object(sort) else { return Ok(()) };
        let is = values::of(tx, object, id)?.remove(&self.key);
        if is != self.after.as_ref().map(Held::value) {
            return Ok(());
        }
        values::put(tx, tenant.raw(), object, id, &self.key, self.before.as_ref().map(Held::value).as_ref())
    }
}
