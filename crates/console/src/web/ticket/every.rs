//! `/desk/tickets/{number}/fields`: all custom fields of a ticket in one form, where there are too many for
//! the side panel.

use askama::Template;
use i18n::T;
use kernel::TicketId;
use settings::field::posted;
use ticket::actions;
use ticket::actions::change::{Base, Patch};
use ticket::custom::Inputs;
use ui::{Chrome, Control, FormErrors};
use web_kit::field::{self, Filled};
use web_kit::{Path, Result};

use super::customs::{self, PEOPLE};
use super::read::{self, Known};
use super::to_page;
use crate::web::{Agent, Fields, comes_back, errors};
use crate::words;

#[derive(Template)]
#[template(path = "console/fields.html", blocks = ["main"])]
struct FieldsPage {
    t: T,
    chrome: Chrome,
    errors: FormErrors,
    id: TicketId,
    version: i64,
    number: String,
    /// What stood in the fields when the form was made: what is still the same was not touched.
    was: String,
    controls: Vec<Control>,
}

/// The form.
pub async fn show(agent: Agent, Path(id): Path<TicketId>) -> Result {
    page(&agent, id, None, FormErrors::new()).await
}

/// Changes what was touched.
pub async fn change(agent: Agent, Path(id): Path<TicketId>, fields: Fields) -> Result {
    match run(&agent, id, &fields).await {
        Ok(()) => Ok(to_page(id)),
        Err(error) if comes_back(&error) => {
            let said = errors(&agent.viewer.t, &error);
            Ok(crate::web::refused(page(&agent, id, Some(&fields), said).await?, &error))
        }
        Err(error) => Err(error.into()),
    }
}

async fn run(agent: &Agent, id: TicketId, fields: &Fields) -> kernel::Result<()> {
    let was: Inputs = serde_json::from_str(fields.text("was")).unwrap_or_default();
    let mut sent = posted(fields.pairs());
    sent.retain(|key, input| text(input) != was.get(key).map_or_else(String::new, text));
    let base = fields.number("version")?.map_or(Base::Latest, Base::Since);
    let patch = Patch { fields: sent, ..Patch::default() };
    agent.act("ticket.change", None, move |tx, frame| actions::change::change(tx, frame, id, base, &patch).map(|_| ())).await
}

/// A value as one text: a list without the mark that a form sends before its boxes.
fn text(input: &settings::field::Input) -> String {
    match input {
        serde_json::Value::Array(list) => {
            let words: Vec<&str> = list.iter().filter_map(serde_json::Value::as_str).filter(|word| !word.is_empty()).collect();
            words.join(",")
        }
        serde_json::Value::String(text) => text.replace("\r\n", "\n").trim().to_owned(),
        other => other.to_string(),
    }
}

async fn page(agent: &Agent, id: TicketId, typed: Option<&Fields>, errors: FormErrors) -> Result {
    let known = agent.read_bounded("ticket.fields", move |rd, frame| read::known(rd, frame, id)).await?;
    if !known.rights.edit {
        return Err(kernel::Error::forbidden().arg("verb", access::Verb::TicketEdit).into());
    }
    let t = agent.viewer.t.clone();
    let number = words::number(&known.kind, id);
    let made = FieldsPage {
        chrome: agent.chrome(format!("{number} {}", t.msg("console-fields"))),
        errors,
        id,
        version: typed.and_then(|fields| fields.number("version").ok().flatten()).unwrap_or(known.seen.ticket.version),
        was: typed.map_or_else(|| stored(&t, &known), |fields| fields.text("was").to_owned()),
        controls: controls(&t, &known, typed),
        number,
        t,
    };
    web_kit::page!(agent.viewer, made, as_main)
}

/// What is there now, as the form sends it.
fn stored(t: &T, known: &Known) -> String {
    let value = |shown: &ticket::custom::Shown| Some((shown.def.key.clone(), field::raw(&shown.def, shown.value.as_ref()?, t.zone())));
    let mut values: std::collections::BTreeMap<String, String> = known.customs.iter().filter_map(value).collect();
    // A box is always sent.
    for shown in known.customs.iter().filter(|shown| shown.def.ty == settings::field::FieldType::Checkbox) {
        values.entry(shown.def.key.clone()).or_insert_with(|| "0".to_owned());
    }
    serde_json::to_string(&values).unwrap_or_default()
}

fn controls(t: &T, known: &Known, typed: Option<&Fields>) -> Vec<Control> {
    let Some(fields) = typed else { return customs::customs(t, known).into_iter().map(|own| own.control).collect() };
    let sent = posted(fields.pairs());
    let files: Vec<(i64, String)> = known.timeline.files.iter().map(|file| (file.id.raw(), file.name.clone())).collect();
    let again = |shown: &ticket::custom::Shown| {
        let filled = sent.get(&shown.def.key).map_or(Filled::Nothing, Filled::Typed);
        field::control(t, &shown.def, filled, PEOPLE, fields.raw(&format!("{}_text", shown.def.property())), &files)
    };
    known.customs.iter().map(again).collect()
}
