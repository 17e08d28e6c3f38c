//! The custom fields that a requester fills and reads.

use db::Rd;
use kernel::{Error, OrganisationId, Result, ServiceId};
use settings::Texts;
use settings::field::{Audience, FieldType, Input, Object, Value};
use ticket::Frame;
use ticket::custom::{self, About, Ask, Form, Inputs, Shown};
use ui::{Control, Fill, Group};
use web_kit::field::{self, Filled};

use crate::people;

/// What they are asked who want something of this kind and service, with what was typed.
fn form(rd: &mut Rd<'_>, frame: Frame<'_>, (kind, service): (&str, Option<ServiceId>), typed: &Inputs, mark: &str) -> Result<Form> {
    let tenant: OrganisationId = frame.actor.tenant;
    let catalogue = frame.desk.catalogue(rd)?;
    let organisation = match frame.actor.person {
        Some(person) => party::store::person::main_organisation(rd, person, frame.act.now)?.or(Some(tenant)),
        None => None,
    };
    let about = About { service, requester: frame.actor.person, organisation };
    custom::form(rd, frame, &catalogue, Ask { tenant, kind, about, staff: false, step: None, mark }, typed)
}

/// For what the fields are that a form shows: sent along, so that other ones are shown first.
fn asked_for(kind: &str, service: Option<ServiceId>, mark: &str) -> String {
    let of = format!("{kind}:{}", service.map_or_else(String::new, |id| id.to_string()));
    if mark.is_empty() { of } else { format!("{of}:{mark}") }
}

/// The rules that applied in the form before.
fn mark(asked: &str) -> &str {
    asked.splitn(3, ':').nth(2).unwrap_or_default()
}

/// Whether the form must be shown again: it has fields for another kind or service than the one that was
/// chosen, none yet, or the rules ask for more.
///
/// # Errors
/// The database refuses.
pub fn asks_more(rd: &mut Rd<'_>, frame: Frame<'_>, of: (&str, Option<ServiceId>), typed: &Inputs, asked: &str) -> Result<bool> {
    let form = form(rd, frame, of, typed, mark(asked))?;
    let elsewhere = asked_for(of.0, of.1, mark(asked)) != asked;
    Ok((elsewhere && !form.fields.is_empty()) || form.has_more(typed, mark(asked)))
}

/// The fields that a form asks, and for what they are.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    pub groups: Vec<Group>,
    pub mark: String,
    /// They may be others when something is chosen.
    pub live: bool,
}

/// The controls, with what was typed or what rules fill in. A person is named by name or address.
///
/// # Errors
/// The database refuses.
pub fn asked(
    rd: &mut Rd<'_>,
    frame: Frame<'_>,
    t: &i18n::T,
    of: (&str, Option<ServiceId>),
    (typed, asked): (&Inputs, &str),
    files: &[(i64, String)],
) -> Result<Asked> {
    let form = form(rd, frame, of, typed, mark(asked))?;
    let fill = |one: &custom::Asking| {
        let given = typed.get(&one.def.key).map_or(Filled::Nothing, Filled::Typed);
        let filled = one.preset.as_ref().map_or(given, Filled::Stored);
        let mut control = Control { required: one.required, ..field::control(t, &one.def, filled, "", "", files) };
        if one.def.ty == FieldType::Person {
            control.fill = Fill::Line("text");
        }
        control
    };
    let live =
        frame.desk.catalogue(rd)?.fields().of_object(Object::Ticket, frame.actor.tenant.raw()).any(|def| def.audience == Audience::Fills);
    let lang = t.lang();
    let group = |(head, fields): (Option<(&Texts, &Texts)>, &[custom::Asking])| Group {
        title: head.map(|(title, _)| title.get(lang).to_owned()).unwrap_or_default(),
        help: head.map(|(_, help)| help.get(lang).to_owned()).unwrap_or_default(),
        controls: fields.iter().map(fill).collect(),
    };
    Ok(Asked { groups: form.groups().into_iter().map(group).collect(), mark: asked_for(of.0, of.1, &form.mark()), live })
}

/// What was typed, with people looked up; fields of another kind that were filled before it was changed, or
/// that a rule took away, do not count.
///
/// # Errors
/// Nobody, or several, have that name.
pub fn looked_up(rd: &mut Rd<'_>, frame: Frame<'_>, kind: &str, service: Option<ServiceId>, typed: &Inputs) -> Result<Inputs> {
    let mut inputs = Inputs::new();
    for one in form(rd, frame, (kind, service), typed, "")?.fields {
        let def = one.def;
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
