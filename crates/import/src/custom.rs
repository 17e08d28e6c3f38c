//! Cells of a file as values of custom fields: what the field itself reads, and what people write in files.

use jiff::tz::TimeZone;
use kernel::{Lang, fold};
use settings::field::{FieldDef, FieldType, Input, Value, read};

use crate::mapping::MomentFormat;
use crate::records::flag;

/// Whether files can fill such a field: somebody and a file are more than a cell says.
pub(crate) const fn fills(ty: FieldType) -> bool {
    !matches!(ty, FieldType::Person | FieldType::File)
}

/// What a cell says; nothing when it is empty, and nothing at all when the field cannot take it.
pub(crate) fn typed(def: &FieldDef, cell: &str, moments: Option<&MomentFormat>) -> Option<Option<Value>> {
    let cell = cell.trim();
    let input = match def.ty {
        _ if cell.is_empty() => return Some(None),
        FieldType::Choice | FieldType::Several | FieldType::Tree => keys(def, cell)?,
        FieldType::Checkbox => Input::from(i64::from(flag(cell)?)),
        FieldType::Date => Input::from(moments.and_then(|format| format.day(cell)).unwrap_or_else(|| cell.to_owned())),
        FieldType::Moment => {
            let at = moments.and_then(|format| format.parse(cell));
            Input::from(at.map_or_else(|| cell.to_owned(), kernel::Time::to_rfc3339))
        }
        _ => Input::from(cell),
    };
    read(def, &input, &TimeZone::UTC, None).ok()
}

/// The keys of what is named, by key or by name in any language; of a tree also by the way to it.
fn keys(def: &FieldDef, cell: &str) -> Option<Input> {
    let one = |text: &str| {
        let wanted = fold(text.trim());
        let last = fold(text.rsplit('>').next().unwrap_or_default().trim());
        let named = |wanted: &str| {
            def.items
                .iter()
                .find(|item| fold(&item.key) == wanted || Lang::ALL.into_iter().any(|lang| fold(item.names.get(lang)) == wanted))
        };
        named(&wanted).or_else(|| named(&last).filter(|_| def.ty == FieldType::Tree)).map(|item| item.key.clone())
    };
    let parts: Vec<&str> = match def.ty {
        FieldType::Several if one(cell).is_none() => cell.split([',', ';', '\n']).filter(|part| !part.trim().is_empty()).collect(),
        _ => vec![cell],
    };
    let keys: Option<Vec<String>> = parts.into_iter().map(one).collect();
    keys.map(Input::from)
}

/// The columns for custom fields, as far as their names tell: `fields.room`, the key, or the name in any language.
pub(crate) fn proposed<'d>(defs: impl Iterator<Item = &'d FieldDef>, header: &[String], taken: &[&str]) -> Vec<(String, String)> {
    let mut free: Vec<&String> = header.iter().filter(|name| !name.is_empty() && !taken.contains(&name.as_str())).collect();
    let mut found = Vec::new();
    for def in defs.filter(|def| fills(def.ty)) {
        let names: Vec<String> = Lang::ALL.into_iter().map(|lang| fold(def.names.get(lang))).collect();
        let is = |column: &&&String| {
            let folded = fold(column);
            folded == def.property() || folded == def.key || names.contains(&folded)
        };
        // What says the whole name of the property is meant before what only sounds like it.
        let whole = free.iter().position(|column| fold(column) == def.property());
        if let Some(at) = whole.or_else(|| free.iter().position(|column| is(&column))) {
            found.push((def.key.clone(), free.remove(at).clone()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use settings::Texts;
    use settings::field::{Audience, Item, Object};

    use super::*;

    fn field(key: &str, name: &str, ty: FieldType) -> FieldDef {
        let item = |key: &str, name: &str| Item {
            key: key.into(),
            names: Texts { en: key.to_uppercase(), es: None, ru: Some(name.into()) },
            parent: None,
            retired: false,
        };
        FieldDef {
            object: Object::Ticket,
            key: key.into(),
            ty,
            names: Texts { en: key.into(), es: Some(name.into()), ru: None },
            help: Texts::default(),
            audience: Audience::Desk,
            kinds: Vec::new(),
            services: Vec::new(),
            decimals: 2,
            currency: String::new(),
            items: vec![item("red", "Красный"), item("blue", "Синий")],
            required: false,
            place: 0,
            active: true,
        }
    }

    #[test]
    fn cells_are_understood_as_people_write_them() {
        let of = |ty, cell: &str| typed(&field("f", "F", ty), cell, Some(&MomentFormat::of("%d/%m/%Y", "Europe/Madrid")));
        let keys = |keys: &[&str]| Some(Some(Value::Keys(keys.iter().map(|key| (*key).to_owned()).collect())));
        assert_eq!(of(FieldType::Choice, "Красный"), keys(&["red"]));
        assert_eq!(of(FieldType::Several, "BLUE; red"), keys(&["red", "blue"]));
        assert_eq!(of(FieldType::Tree, "All > Blue"), keys(&["blue"]));
        assert_eq!((of(FieldType::Choice, "pink"), of(FieldType::Choice, "")), (None, Some(None)));
        assert_eq!((of(FieldType::Checkbox, "да"), of(FieldType::Checkbox, "No")), (Some(Some(Value::Int(1))), Some(Some(Value::Int(0)))));
        assert_eq!(of(FieldType::Number, "12,5"), Some(Some(Value::Int(1250))));
        let noon = kernel::Time::from_rfc3339("2026-01-05T12:00:00Z").expect("a moment");
        assert_eq!(
            (of(FieldType::Date, "05/01/2026"), of(FieldType::Date, "2026-01-05")),
            (Some(Some(Value::Int(noon.0))), Some(Some(Value::Int(noon.0))))
        );
        assert_eq!(of(FieldType::Date, "soon"), None);
    }

    #[test]
    fn columns_are_proposed_by_key_and_by_name() {
        let defs =
            [field("room", "Sala", FieldType::Text), field("floor", "Planta", FieldType::Number), field("boss", "Jefe", FieldType::Person)];
        let header: Vec<String> = ["Título", "planta", "room", "fields.room", "Jefe"].map(str::to_owned).to_vec();
        let found = proposed(defs.iter(), &header, &["Título"]);
        assert_eq!(found, [("room".to_owned(), "fields.room".to_owned()), ("floor".to_owned(), "planta".to_owned())]);
    }
}
