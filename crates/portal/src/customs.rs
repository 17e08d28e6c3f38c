//! The custom fields that a requester fills and reads.

use db::Rd;
use kernel::{Error, OrganisationId, Result, ServiceId};
use settings::field::{FieldDef, FieldType, Input, Value};
use ticket::custom::{self, Inputs, Shown};
use ticket::{Catalogue, Frame};
use ui::{Control, Fill};
use web_kit::field::{self, Filled};

use crate::people;

/// What they fill who ask for something of this kind and service.
fn to_fill<'c>(catalogue: &'c Catalogue, frame: Frame<'_>, kind: &str, service: Option<ServiceId>) -> Vec<&'c FieldDef> {
    let tenant: OrganisationId = frame.actor.tenant;
    custom::to_fill(catalogue, frame.actor, tenant, kind, service, false)
}

/// For what the fields are that a form shows: sent along, so that other ones are shown first.
pub fn asked_for(kind: &str, service: Option<ServiceId>) -> String {
    format!("{kind}:{}", service.map_or_else(String::new, |id| id.to_string()))
}

/// Whether the form must be shown again: it has fields for another kind or service than the one that was
/// chosen, or none yet.
pub fn asks_more(catalogue: &Catalogue, frame: Frame<'_>, kind: &str, service: Option<ServiceId>, asked: &str) -> bool {
    asked != asked_for(kind, service) && !to_fill(catalogue, frame, kind, service).is_empty()
}

/// The controls, with what was typed. A person is named by name or address.
pub fn controls(
    t: &i18n::T,
    catalogue: &Catalogue,
    frame: Frame<'_>,
    of: (&str, Option<ServiceId>),
    typed: &Inputs,
    files: &[(i64, String)],
) -> Vec<Control> {
    let fill = |def: &FieldDef| {
        let filled = typed.get(&def.key).map_or(Filled::Nothing, Filled::Typed);
        let mut control = Control { required: def.required, ..field::control(t, def, filled, "", "", files) };
        if def.ty == FieldType::Person {
            control.fill = Fill::Line("text");
        }
        control
    };
    to_fill(catalogue, frame, of.0, of.1).into_iter().map(fill).collect()
}

/// What was typed, with people looked up; fields of another kind that were filled before it was changed do
/// not count.
///
/// # Errors
/// Nobody, or several, have that name.
pub fn looked_up(rd: &mut Rd<'_>, frame: Frame<'_>, kind: &str, service: Option<ServiceId>, typed: &Inputs) -> Result<Inputs> {
    let catalogue = frame.desk.catalogue(rd)?;
    let mut inputs = Inputs::new();
    for def in to_fill(&catalogue, frame, kind, service) {
        let Some(input) = typed.get(&def.key) else { continue };
        let words = input.as_str().map(str::trim).filter(|words| !words.is_empty());
        let input = match (def.ty, words) {
            (FieldType::Person, Some(words)) => {
                let found = people::one(rd, frame, words, "person").map_err(|_| Error::invalid(def.property(), "error-choice"))?;
                Input::from(found.raw())
            }
            _ => input.clone(),
        };
        inputs.insert(def.key.clone(), input);
    }
    Ok(inputs)
}

/// A custom field of a request: its name and its value in words.
pub fn told(t: &i18n::T, shown: &Shown, names: &party::Names, files: &[ticket::store::attachment::Attachment]) -> Option<(String, String)> {
    let value = shown.value.as_ref()?;
    let words = match (shown.def.ty, value) {
        (FieldType::Person, Value::Int(id)) => names.person_name(kernel::PersonId::new(*id)).to_owned(),
        (FieldType::File, Value::Int(id)) => files.iter().find(|file| file.id.raw() == *id)?.name.clone(),
        _ => field::words(t, &shown.def, value),
    };
    Some((shown.def.names.get(t.lang()).to_owned(), words))
}
