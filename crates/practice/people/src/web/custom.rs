//! The custom fields of people, organisations and services: a card on the page of each, and a form.

use access::Actor;
use askama::Template;
use db::Rd;
use i18n::T;
use kernel::{Id, Result};
use settings::field::{FieldType, posted};
use ui::{Chrome, Control, FormErrors};
use web_kit::field::{self, Filled};
use web_kit::{Fail, Path, page};

use super::{Clerk, Fields, comes_back, done, errors, refused};
use crate::actions::custom::{Owner, Shown, Was, save, shown};

/// The fields of a record on its page.
#[derive(Debug, Clone, Default)]
pub struct Card {
    /// Name, value and where it leads; those that have a value.
    pub rows: Vec<(String, String, String)>,
    /// Where they are changed; empty when the reader may not, or there are none.
    pub edit: String,
}

/// The card of a record, at its address.
///
/// # Errors
/// The record may not be seen.
pub fn card(rd: &mut Rd<'_>, actor: &Actor, t: &T, owner: Owner, address: &str) -> Result<Card> {
    let shown = shown(rd, actor, owner)?;
    let row = |one: &Shown| {
        let value = one.value.as_ref()?;
        let name = one.def.names.get(t.lang()).to_owned();
        Some(match (one.def.ty, value.int()) {
            (FieldType::Person, Some(id)) => (name, one.name.clone(), format!("/desk/people/{id}")),
            _ => (name, field::words(t, &one.def, value), String::new()),
        })
    };
    let may = !shown.is_empty() && owner.found(rd, actor, true).is_ok();
    Ok(Card { rows: shown.iter().filter_map(row).collect(), edit: if may { format!("{address}/fields") } else { String::new() } })
}

#[derive(Template)]
#[template(path = "people/fields.html", blocks = ["main"])]
struct FieldsPage {
    t: T,
    chrome: Chrome,
    errors: FormErrors,
    /// The page of the record.
    back: String,
    /// What stood in the fields when the form was made.
    was: String,
    controls: Vec<Control>,
}

pub async fn person(clerk: Clerk, Path(id): Path<i64>) -> web_kit::Result {
    form(&clerk, Owner::Person(Id::new(id)), format!("/desk/people/{id}"), None, FormErrors::new()).await
}
pub async fn change_person(clerk: Clerk, Path(id): Path<i64>, typed: Fields) -> web_kit::Result {
    change(&clerk, Owner::Person(Id::new(id)), format!("/desk/people/{id}"), typed).await
}
pub async fn organisation(clerk: Clerk, Path(id): Path<i64>) -> web_kit::Result {
    form(&clerk, Owner::Organisation(Id::new(id)), format!("/desk/orgs/{id}"), None, FormErrors::new()).await
}
pub async fn change_organisation(clerk: Clerk, Path(id): Path<i64>, typed: Fields) -> web_kit::Result {
    change(&clerk, Owner::Organisation(Id::new(id)), format!("/desk/orgs/{id}"), typed).await
}
pub async fn service(clerk: Clerk, Path(id): Path<i64>) -> web_kit::Result {
    form(&clerk, Owner::Service(Id::new(id)), format!("/admin/services/{id}"), None, FormErrors::new()).await
}
pub async fn change_service(clerk: Clerk, Path(id): Path<i64>, typed: Fields) -> web_kit::Result {
    change(&clerk, Owner::Service(Id::new(id)), format!("/admin/services/{id}"), typed).await
}

async fn change(clerk: &Clerk, owner: Owner, back: String, typed: Fields) -> web_kit::Result {
    let was: Was = serde_json::from_str(typed.text("was")).unwrap_or_default();
    let mut inputs = posted(typed.pairs());
    // What is still as it was nobody touched.
    inputs.retain(|key, input| text(input) != was.get(key).map_or("", String::as_str));
    let changed = clerk.act("fields.change", None, move |tx, frame| save(tx, frame, owner, &inputs, Some(&was))).await;
    match changed {
        Ok(()) => Ok(done(&back, "saved")),
        Err(error) if comes_back(&error) => {
            let said = errors(&clerk.viewer.t, &error);
            refused(form(clerk, owner, back, Some(typed), said).await, error)
        }
        Err(error) => Err(Fail::from(error)),
    }
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

async fn form(clerk: &Clerk, owner: Owner, back: String, typed: Option<Fields>, errors: FormErrors) -> web_kit::Result {
    let (found, name) = clerk
        .read("fields.form", move |rd, actor| {
            let (_, _, name) = owner.found(rd, actor, true)?;
            Ok((shown(rd, actor, owner)?, name))
        })
        .await?;
    let t = clerk.t();
    let sent = typed.as_ref().map(|typed| posted(typed.pairs()));
    let control = |one: &Shown| {
        let stored = one.value.as_ref().map_or(Filled::Nothing, Filled::Stored);
        let filled = sent.as_ref().map_or(stored, |sent| sent.get(&one.def.key).map_or(Filled::Nothing, Filled::Typed));
        field::control(&t, &one.def, filled, "/desk/options/people", &one.name, &[])
    };
    let raw = |one: &Shown| Some((one.def.key.clone(), field::raw(&one.def, one.value.as_ref()?, t.zone())));
    let mut now: Was = found.iter().filter_map(raw).collect();
    // A box is always sent.
    for one in found.iter().filter(|one| one.def.ty == FieldType::Checkbox) {
        now.entry(one.def.key.clone()).or_insert_with(|| "0".to_owned());
    }
    let made = FieldsPage {
        chrome: clerk.chrome(format!("{name}: {}", t.msg("people-fields"))),
        controls: found.iter().map(control).collect(),
        was: typed.as_ref().map_or_else(|| serde_json::to_string(&now).unwrap_or_default(), |typed| typed.text("was").to_owned()),
        errors,
        back,
        t,
    };
    page!(clerk.viewer, made, as_main)
}
