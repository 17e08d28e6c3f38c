//! The custom fields of a list: which there are for the reader, and what stands in their cells.

use std::collections::HashMap;
use std::sync::Arc;

use access::{Actor, Verb};
use db::Rd;
use jiff::tz::TimeZone;
use kernel::{OrganisationId, PersonId, Result, Time};
use party::{Names, Wanted};
use settings::field::{Audience, FieldDef, FieldType, Object, Value, Values};
use ticket::Desk;

use super::Reading;
use crate::asked::List;
use crate::cell::{Cell, Column};

/// What a list is of, where its records have custom fields.
const fn object(list: List) -> Option<Object> {
    match list {
        List::Tickets => Some(Object::Ticket),
        List::People => Some(Object::Person),
        List::Organisations => Some(Object::Organisation),
        List::Services => Some(Object::Service),
        List::Teams | List::Locations => None,
    }
}

/// The columns of the custom fields that the reader may know of a list; what roles hide is left out later.
///
/// # Errors
/// The database does not answer.
pub fn fields(rd: &mut Rd<'_>, desk: &Desk, actor: &Actor, list: List) -> Result<Vec<Column>> {
    let Some(object) = object(list) else { return Ok(Vec::new()) };
    let catalogue = desk.catalogue(rd)?;
    let known = |(tenant, def): &(i64, &FieldDef)| {
        let here = if *tenant == 0 { actor.tenant } else { OrganisationId::new(*tenant) };
        let staff = actor.may(Verb::TicketSeeInternal, here);
        staff || (here == actor.tenant && object == Object::Ticket && def.audience != Audience::Desk)
    };
    let mut columns: Vec<Column> = Vec::new();
    for (_, def) in catalogue.fields().everywhere(object).filter(known) {
        let column = Column::own(&Arc::new(def.clone()));
        // Two tenants may have a field of the same key; its column is one.
        if !columns.iter().any(|before| before.key == column.key) {
            columns.push(column);
        }
    }
    Ok(columns)
}

/// The people that values of the columns name.
pub fn wanted<'a>(reading: &Reading, values: impl Iterator<Item = &'a Values>, wanted: &mut Wanted) {
    let people: Vec<&FieldDef> = reading.columns.iter().filter_map(|c| c.own.as_deref()).filter(|d| d.ty == FieldType::Person).collect();
    for values in values {
        for def in &people {
            wanted.person(values.get(&def.key).and_then(Value::int).map(PersonId::new));
        }
    }
}

/// Whether the reader may know a custom field of a record that is no ticket: it is the desk's own.
fn knows(reading: &Reading, tenant: OrganisationId, column: &Column) -> bool {
    let hides = match reading.asked.list {
        List::People => access::Object::Person,
        List::Organisations => access::Object::Organisation,
        _ => access::Object::Service,
    };
    reading.actor.is_staff() && !reading.actor.hidden_in(hides, tenant).contains(column.field())
}

/// The cell of a custom field of a record that is no ticket; none for another column.
pub fn beside(reading: &Reading, (id, tenant): (i64, OrganisationId), column: &Column, (values, names): &Found) -> Option<Cell> {
    let def = column.own.as_ref()?;
    if !knows(reading, tenant, column) {
        return Some(Cell::Empty);
    }
    Some(cell(reading, def, values.get(&id).and_then(|values| values.get(&def.key)), names))
}

/// Values by record, and the names that they need.
pub type Found = (HashMap<i64, Values>, Names);

/// The values of records that are no tickets, with the names that they need.
///
/// # Errors
/// The database does not answer.
pub fn of(reading: &Reading, rd: &mut Rd<'_>, ids: &[i64]) -> Result<Found> {
    let Some(object) = object(reading.asked.list).filter(|_| reading.columns.iter().any(|c| c.own.is_some())) else {
        return Ok((HashMap::new(), Wanted::default().load(rd)?));
    };
    let values = settings::values::of_many(rd, object, ids)?;
    let mut names = Wanted::default();
    wanted(reading, values.values(), &mut names);
    Ok((values, names.load(rd)?))
}

/// The cell of a value.
pub fn cell(reading: &Reading, def: &FieldDef, value: Option<&Value>, names: &Names) -> Cell {
    let Some(value) = value else { return Cell::Empty };
    let raw = || web_kit::field::raw(def, value, &TimeZone::UTC);
    match (value, def.ty) {
        (Value::Text(text), _) => Cell::text(text),
        (Value::Keys(keys), _) => Cell::Chosen(keys.iter().map(|key| (key.clone(), named(reading, def, key))).collect()),
        (Value::Int(n), FieldType::Number | FieldType::Money) if def.decimals == 0 => Cell::Number(*n),
        (Value::Int(_), FieldType::Number | FieldType::Money) => Cell::Decimal(raw()),
        (Value::Int(_), FieldType::Date) => Cell::text(raw()),
        (Value::Int(n), FieldType::Moment) => Cell::At(Time(*n)),
        (Value::Int(n), FieldType::Checkbox) => Cell::Flag(*n != 0),
        (Value::Int(n), FieldType::Person) => Cell::Named { id: *n, name: names.person_name(PersonId::new(*n)).to_owned() },
        (Value::Int(n), _) => Cell::Number(*n),
    }
}

fn named(reading: &Reading, def: &FieldDef, key: &str) -> String {
    let path: Vec<&str> = def.path(key).into_iter().map(|item| item.names.get(reading.t.lang())).collect();
    if path.is_empty() { key.to_owned() } else { path.join(" › ") }
}
