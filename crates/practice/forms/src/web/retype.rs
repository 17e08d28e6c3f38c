//! `/admin/fields/{object}/{key}/type`: giving a field another type, after a look at what would become of its
//! values.

use access::{Reach, Verb};
use i18n::{Arg, T};
use kernel::{Error, Time};
use settings::changes::ChangeState;
use settings::field::FieldDef;
use settings::field::FieldType;
use settings::field::cast::castable;
use ui::{Choice, FormErrors};
use web_kit::{Fail, Path, Result, page, see_other};

use super::{Admin, Typed, comes_back, errors, refused};
use crate::actions::field::{self, Stored};
use crate::actions::retype::{self as action, Example, Preview, State, Wish};
use crate::retype;
use crate::views::fields::type_label;
use crate::views::retype::{Line, Progress, RetypePage, Told, why_label};

/// # Errors
/// There is no such field.
pub async fn show(admin: Admin, Path(place): Path<(String, String)>, asked: web_kit::Query<Vec<(String, String)>>) -> Result {
    admin.require(Verb::SettingsSee)?;
    let mut typed = Typed::default();
    for (name, value) in asked.0 {
        typed.set(name, value);
    }
    form(&admin, place, typed, None).await
}

/// # Errors
/// What cannot be told on the form.
pub async fn change(admin: Admin, Path((object, key)): Path<(String, String)>, typed: Typed) -> Result {
    admin.require(Verb::SettingsEdit)?;
    let done = async {
        let version = typed.number("version")?.ok_or_else(|| Error::conflict("error-setting-changed"))?;
        let wish = wish(&typed)?.ok_or_else(|| Error::invalid("type", "error-choice"))?;
        let told = (version, typed.is_on("confirm"));
        retype::start(&admin.app, &admin.viewer, admin.desk(), (&object, &key), &wish, told).await
    };
    match done.await {
        Ok(_) => Ok(see_other(&format!("/admin/fields/{object}/{key}/type"))),
        Err(error) if comes_back(&error) => {
            let said = errors(&admin.viewer.t, &error);
            refused(form(&admin, (object, key), typed, Some(said)).await, error)
        }
        Err(error) => Err(Fail::from(error)),
    }
}

/// # Errors
/// What cannot be told on the form.
pub async fn revert(admin: Admin, Path((object, key)): Path<(String, String)>, typed: Typed) -> Result {
    admin.require(Verb::SettingsEdit)?;
    let (version, how) = (typed.number("version")?, retype::how(&admin.viewer));
    let place = (object.clone(), key.clone());
    let back = move |tx: &mut db::Tx<'_>, frame: ticket::Frame<'_>| {
        action::revert(tx, frame, (&place.0, &place.1), version, how.clone()).map(|_| ())
    };
    match admin.act("field.retype.revert", back).await {
        Ok(()) => Ok(see_other(&format!("/admin/fields/{object}/{key}/type"))),
        Err(error) if comes_back(&error) => {
            let said = errors(&admin.viewer.t, &error);
            refused(form(&admin, (object, key), Typed::default(), Some(said)).await, error)
        }
        Err(error) => Err(Fail::from(error)),
    }
}

/// What is wished for, once a type was chosen.
fn wish(typed: &Typed) -> kernel::Result<Option<Wish>> {
    let Some(ty) = FieldType::from_key(typed.text("type")) else { return Ok(None) };
    let (decimals, currency) = (typed.number("decimals")?.unwrap_or(0), typed.text("currency").to_uppercase());
    Ok(Some(Wish { ty, decimals, currency, items: None, add: typed.is_on("add") }))
}

async fn form(admin: &Admin, (object, key): (String, String), typed: Typed, said: Option<FormErrors>) -> Result {
    let t = admin.viewer.t.clone();
    let place = (object.clone(), key.clone());
    let (stored, now) = admin
        .read("field.type", move |rd, frame| {
            Ok((field::get(rd, frame, &place.0, &place.1)?, action::state(rd, frame, &place.0, &place.1)?))
        })
        .await?;
    let running = now.as_ref().is_some_and(|now| now.change.state == ChangeState::Running);
    let mut problems = said.unwrap_or_default();
    let mut found = None;
    let may_edit = admin.viewer.actor.reach(Verb::SettingsEdit, stored.tenant) == Reach::All;
    if may_edit && !running {
        let looked = match wish(&typed) {
            Ok(Some(wish)) => retype::preview(&admin.app, &admin.viewer, admin.desk(), (&object, &key), &wish).await.map(Some),
            Ok(None) => Ok(None),
            Err(error) => Err(error),
        };
        match looked {
            Ok(preview) => found = preview,
            Err(error) if comes_back(&error) && problems.is_empty() => problems = errors(&t, &error),
            Err(error) if comes_back(&error) => {}
            Err(error) => return Err(Fail::from(error)),
        }
    }
    let made = RetypePage {
        chrome: admin.chrome(t.with("forms-retype-title", &[("name", Arg::Text(stored.def.names.get(t.lang()).into()))])),
        errors: problems,
        here: format!("/admin/fields/{object}/{key}/type"),
        field: format!("/admin/fields/{object}/{key}"),
        name: stored.def.names.get(t.lang()).to_owned(),
        type_name: t.msg(type_label(stored.def.ty)).into_owned(),
        types: types(&t, &stored, &typed),
        may_edit: may_edit && !running,
        told: found.as_ref().map(|preview| told(&t, preview)),
        progress: now.as_ref().map(|now| progress(&t, admin.now(), now, may_edit)),
        typed,
        t,
    };
    page!(admin.viewer, made, as_main)
}

/// The types that its values can become.
fn types(t: &T, stored: &Stored, typed: &Typed) -> Vec<Choice> {
    // Of numbers and amounts the decimals and the currency can change as well.
    let other = |ty: &FieldType| FieldDef { ty: *ty, decimals: stored.def.decimals + 1, ..stored.def.clone() };
    let fits = FieldType::ALL.iter().filter(|ty| castable(&stored.def, &other(ty)));
    fits.map(|ty| Choice::new(ty.key(), t.msg(type_label(*ty)), typed.text("type") == ty.key())).collect()
}

fn lines(t: &T, to: &FieldDef, examples: &[Example]) -> Vec<Line> {
    let line = |example: &Example| Line {
        href: example.href.clone(),
        name: example.name.clone(),
        before: example.before.clone(),
        after: example.after.as_ref().map(|value| web_kit::field::words(t, to, value)).unwrap_or_default(),
        why: t.msg(why_label(example.why)).into_owned(),
    };
    examples.iter().map(line).collect()
}

fn told(t: &T, found: &Preview) -> Told {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Told {
        version: found.version,
        kept: t.count("forms-retype-kept", found.kept),
        changed: t.count("forms-retype-changed", found.changed),
        lost: t.count("forms-retype-lost", found.lost),
        loses: found.lost > 0,
        missing: if found.missing.is_empty() { String::new() } else { t.count("forms-retype-missing", count(found.missing.len())) },
        changed_lines: lines(t, &found.to, &found.changed_examples),
        lost_lines: lines(t, &found.to, &found.lost_examples),
    }
}

fn progress(t: &T, now: Time, state: &State, may_edit: bool) -> Progress {
    let change = &state.change;
    let words = |ty: FieldType| t.msg(type_label(ty)).into_owned();
    let (from, to) = (words(state.from.ty), words(state.to.ty));
    let args = [("from", Arg::Text(from.as_str().into())), ("to", Arg::Text(to.as_str().into()))];
    let key = match (change.state, change.reverts) {
        (ChangeState::Running, _) => "forms-retype-running",
        (_, None) => "forms-retype-done",
        (_, Some(_)) => "forms-retype-back",
    };
    Progress {
        running: change.state == ChangeState::Running,
        title: t.with(key, &args),
        iso: change.created_at.to_rfc3339(),
        when: t.ago(change.created_at, now),
        left: if state.left > 0 { t.count("forms-retype-left", state.left) } else { String::new() },
        counts: vec![
            t.count("forms-retype-kept", change.kept),
            t.count("forms-retype-changed", change.changed),
            t.count("forms-retype-lost", change.lost),
        ],
        overtaken: if change.overtaken > 0 { t.count("forms-retype-overtaken", change.overtaken) } else { String::new() },
        lost_lines: lines(t, &state.to, &state.lost),
        overtaken_lines: lines(t, &state.to, &state.overtaken),
        version: state.version,
        revertible: state.revertible && may_edit,
    }
}
