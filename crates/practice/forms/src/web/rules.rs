//! `/admin/rules`: the rules of fields, and one of them with a trial and its history.

use access::{Reach, Verb};
use i18n::T;
use kernel::{Error, OrganisationId};
use party::{SHARED, Wanted};
use settings::Change;
use settings::field::{Condition, Does, Effect, FieldDef, Input, On, RuleDef, Test};
use ticket::Frame;
use ticket::custom::Form as Said;
use ui::{Choice, FormErrors};
use web_kit::{Fail, Path, Query, Result, page};

use super::told::{Around, around};
use super::{Admin, Told, Typed, comes_back, errors, refused, saved, told};
use crate::actions::rule::{self as action, Stored, Trial as Asked};
use crate::views::rules::{ConditionRow, EffectRow, RulePage, RuleRow, RulesPage, Trial, TrialRow, does_label, on_label, test_label};
use crate::views::versions;

/// Empty lines below the conditions and the effects.
const BLANK: usize = 2;
/// More of them, when they are asked for.
const MORE: usize = 10;

/// # Errors
/// The database does not answer.
pub async fn list(admin: Admin) -> Result {
    admin.require(Verb::SettingsSee)?;
    let t = admin.viewer.t.clone();
    let (all, around) = admin
        .read("rules", |rd, frame| {
            let all = action::all(rd, frame)?;
            let around = around(rd, frame, all.iter().map(|stored| &stored.def))?;
            Ok((all, around))
        })
        .await?;
    let row = |stored: &Stored| RuleRow {
        href: format!("/admin/rules/{}", stored.def.key),
        name: stored.def.names.get(t.lang()).to_owned(),
        key: stored.def.key.clone(),
        when: around.when(&t, &stored.def.when),
        then: around.then(&t, &stored.def),
        active: stored.def.active,
    };
    let rows = all.iter().map(row).collect();
    let may_edit = admin.viewer.actor.may_anywhere(Verb::SettingsEdit);
    let made = RulesPage { chrome: admin.chrome(t.msg("forms-rules")), rows, may_edit, t };
    page!(admin.viewer, made, as_main)
}

/// # Errors
/// Rules may not be added by whoever asks.
pub async fn blank(admin: Admin) -> Result {
    admin.require(Verb::SettingsEdit)?;
    let mut typed = Typed::default();
    typed.set("active", "1");
    form(&admin, None, typed, FormErrors::new(), None, "").await
}

/// # Errors
/// There is no such rule.
pub async fn show(admin: Admin, Path(key): Path<String>, Query(asked): Query<Told>) -> Result {
    admin.require(Verb::SettingsSee)?;
    let seen = seen(&admin, key).await?;
    let typed = typed_of(&seen.stored);
    form(&admin, Some(seen), typed, FormErrors::new(), None, &asked.done).await
}

/// # Errors
/// What cannot be told on the form.
pub async fn create(admin: Admin, typed: Typed) -> Result {
    admin.require(Verb::SettingsEdit)?;
    if typed.is_on("more") || typed.is_on("try") {
        return again(&admin, None, typed).await;
    }
    let sent = typed.clone();
    let made = admin
        .act("rule.create", move |tx, frame| {
            let def = RuleDef { active: true, ..read(&sent, sent.text("key"))? };
            let tenant = sent.number("tenant")?.map_or(home(frame), OrganisationId::new);
            action::save(tx, frame, tenant, &def, Some(0)).map(|_| ())
        })
        .await;
    let key = typed.text("key").to_owned();
    answered(&admin, None, key, Some(typed), made).await
}

/// Where somebody's new rules belong: everywhere, if they may say so.
fn home(frame: Frame<'_>) -> OrganisationId {
    if frame.actor.reach(Verb::SettingsEdit, SHARED) == Reach::All { SHARED } else { frame.actor.tenant }
}

/// # Errors
/// What cannot be told on the form.
pub async fn change(admin: Admin, Path(key): Path<String>, typed: Typed) -> Result {
    admin.require(Verb::SettingsEdit)?;
    if typed.is_on("more") || typed.is_on("try") {
        return again(&admin, Some(key), typed).await;
    }
    let (sent, name) = (typed.clone(), key.clone());
    let done = admin
        .act("rule.change", move |tx, frame| {
            let stored = action::get(tx, frame, &name)?;
            action::save(tx, frame, stored.tenant, &read(&sent, &name)?, sent.number("version")?).map(|_| ())
        })
        .await;
    answered(&admin, Some(key.clone()), key, Some(typed), done).await
}

/// # Errors
/// The version cannot be put back.
pub async fn revert(admin: Admin, Path(key): Path<String>, typed: Typed) -> Result {
    admin.require(Verb::SettingsEdit)?;
    let version = typed.number("version")?.ok_or_else(Error::not_found)?;
    let name = key.clone();
    let done = admin.act("rule.revert", move |tx, frame| action::revert(tx, frame, &name, version).map(|_| ())).await;
    answered(&admin, Some(key.clone()), key, None, done).await
}

/// On, or the form again with what is wrong.
async fn answered(admin: &Admin, of: Option<String>, key: String, typed: Option<Typed>, done: kernel::Result<()>) -> Result {
    match done {
        Ok(()) => Ok(saved(&format!("/admin/rules/{key}"))),
        Err(error) if comes_back(&error) => {
            let seen = match of {
                Some(key) => Some(seen(admin, key).await?),
                None => None,
            };
            let typed = typed.or_else(|| seen.as_ref().map(|seen| typed_of(&seen.stored))).unwrap_or_default();
            let said = errors(&admin.viewer.t, &error);
            refused(form(admin, seen, typed, said, None, "").await, error)
        }
        Err(error) => Err(Fail::from(error)),
    }
}

/// The form once more: with more lines, or with what a trial says.
async fn again(admin: &Admin, of: Option<String>, typed: Typed) -> Result {
    let key = of.clone().unwrap_or_else(|| typed.text("key").to_owned());
    let seen = match of {
        Some(key) => Some(seen(admin, key).await?),
        None => None,
    };
    if !typed.is_on("try") {
        return form(admin, seen, typed, FormErrors::new(), None, "").await;
    }
    let sent = typed.clone();
    let said = admin.read("rule.trial", move |rd, frame| action::try_out(rd, frame, Some(read(&sent, &key)?), &asked(&sent)?)).await;
    match said {
        Ok(said) => form(admin, seen, typed, FormErrors::new(), Some(said), "").await,
        Err(error) if comes_back(&error) => {
            let told = errors(&admin.viewer.t, &error);
            refused(form(admin, seen, typed, told, None, "").await, error)
        }
        Err(error) => Err(Fail::from(error)),
    }
}

/// What a trial is of: values in lines of `key = value`, several of one key are a list.
fn asked(typed: &Typed) -> kernel::Result<Asked> {
    let pairs: Vec<(String, &str)> = typed
        .text("trial.values")
        .lines()
        .filter_map(|line| line.split_once('='))
        .map(|(key, value)| (settings::field::property(key.trim()), value.trim()))
        .collect();
    Ok(Asked {
        kind: typed.text("trial.kind").to_owned(),
        service: typed.number("trial.service")?,
        requester: typed.number("trial.requester")?,
        organisation: None,
        from: typed.text("trial.from").to_owned(),
        to: typed.text("trial.to").to_owned(),
        values: settings::field::posted(pairs.iter().map(|(name, value)| (name.as_str(), *value))),
        as_requester: typed.is_on("trial.as_requester"),
    })
}

struct Seen {
    stored: Stored,
    history: Vec<Change>,
    names: party::Names,
}

async fn seen(admin: &Admin, key: String) -> kernel::Result<Seen> {
    admin
        .read("rule", move |rd, frame| {
            let stored = action::get(rd, frame, &key)?;
            let history = settings::history(rd, stored.row.id)?;
            let mut wanted = Wanted::default();
            for change in &history {
                wanted.person(kernel::PersonId::new(change.created_by));
            }
            Ok(Seen { stored, history, names: wanted.load(rd)? })
        })
        .await
}

fn typed_of(stored: &Stored) -> Typed {
    let (def, mut typed) = (&stored.def, Typed::default());
    typed.set("version", stored.version.to_string());
    typed.set_texts("names", &def.names);
    typed.set("place", def.place.to_string());
    typed.set("active", if def.active { "1" } else { "" });
    typed.set_conditions("when", &def.when);
    for (n, effect) in def.then.iter().enumerate() {
        typed.set(format!("then.{n}.field"), &effect.field);
        typed.set(format!("then.{n}.does"), effect.does.key());
        typed.set(format!("then.{n}.values"), effect.values.join("\n"));
    }
    typed
}

/// # Errors
/// Something typed is none of its kind.
fn read(typed: &Typed, key: &str) -> kernel::Result<RuleDef> {
    let choice = |field: &'static str| move || Error::invalid(field, "error-choice");
    let mut then = Vec::new();
    for n in 0..typed.lines("then", "field") {
        let text = |what: &str| typed.text(&format!("then.{n}.{what}"));
        if text("field").is_empty() {
            continue;
        }
        let does = Does::from_key(text("does")).ok_or_else(choice("then"))?;
        let values = if matches!(does, Does::Show | Does::Require) { Vec::new() } else { lines(text("values")) };
        then.push(Effect { field: text("field").to_owned(), does, values });
    }
    let place = typed.number("place")?.unwrap_or(0);
    let when = conditions(typed, "when", "when")?;
    Ok(RuleDef { key: key.to_owned(), names: typed.texts("names"), when, then, place, active: typed.is_on("active") })
}

/// What stands in lines, one to a line.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// The conditions in the lines of a list; `at` is the field that is named when one makes no sense.
///
/// # Errors
/// Something typed is none of its kind.
pub(super) fn conditions(typed: &Typed, list: &str, at: &'static str) -> kernel::Result<Vec<Condition>> {
    let choice = || Error::invalid(at, "error-choice");
    let mut when = Vec::new();
    for n in 0..typed.lines(list, "on") {
        let text = |what: &str| typed.text(&format!("{list}.{n}.{what}"));
        if text("on").is_empty() {
            continue;
        }
        let (on, test) = (On::from_key(text("on")).ok_or_else(choice)?, Test::from_key(text("test")).ok_or_else(choice)?);
        let field = if on == On::Field { text("field").to_owned() } else { String::new() };
        let values = if matches!(test, Test::Filled | Test::Empty) { Vec::new() } else { lines(text("values")) };
        when.push(Condition { on, field, test, values });
    }
    Ok(when)
}

async fn form(admin: &Admin, seen: Option<Seen>, typed: Typed, errors: FormErrors, said: Option<Said>, done: &str) -> Result {
    let (t, actor) = (admin.viewer.t.clone(), &admin.viewer.actor);
    let draft = read(&typed, "").ok();
    let around = {
        let draft = draft.clone();
        admin.read("rule.form", move |rd, frame| around(rd, frame, draft.iter())).await?
    };
    let title = seen.as_ref().map_or_else(|| t.msg("forms-rule-new").into_owned(), |s| s.stored.def.names.get(t.lang()).to_owned());
    let mut chrome = admin.chrome(title);
    chrome.flash = told(&t, done);
    let mut tenants = Vec::new();
    if seen.is_none() && actor.reach(Verb::SettingsEdit, SHARED) == Reach::All {
        tenants.push(Choice::new("0", t.msg("forms-tenant-all"), true));
        tenants.push(Choice::new(actor.tenant.to_string(), t.msg("forms-tenant-own"), typed.text("tenant") == actor.tenant.to_string()));
    }
    let blank = if typed.is_on("more") { MORE } else { BLANK };
    let chosen = |label: &str, key: &str| typed.text(label) == key;
    let may_edit = seen
        .as_ref()
        .map_or_else(|| actor.may_anywhere(Verb::SettingsEdit), |s| actor.reach(Verb::SettingsEdit, s.stored.tenant) == Reach::All);
    let made = RulePage {
        chrome,
        errors,
        is_new: seen.is_none(),
        action: seen.as_ref().map_or_else(|| "/admin/rules".to_owned(), |s| format!("/admin/rules/{}", s.stored.def.key)),
        key: seen.as_ref().map(|s| s.stored.def.key.clone()).unwrap_or_default(),
        when: draft.as_ref().map(|def| around.when(&t, &def.when)).unwrap_or_default(),
        then: draft.as_ref().filter(|def| !def.then.is_empty()).map(|def| around.then(&t, def)).unwrap_or_default(),
        tenants,
        conditions: (0..typed.lines("when", "on") + blank).map(|n| condition_row(&t, &around, &typed, "when", n)).collect(),
        effects: (0..typed.lines("then", "field") + blank).map(|n| effect_row(&t, &around, &typed, n)).collect(),
        keys: around.keys(&t),
        kinds: around.kinds.iter().map(|(key, names)| Choice::new(key, names.get(t.lang()), chosen("trial.kind", key))).collect(),
        services: around.services.iter().map(|(id, name)| Choice::new(id, name, chosen("trial.service", id))).collect(),
        trial: said.as_ref().map(|said| trial(&t, said)),
        may_edit,
        history: seen.as_ref().map(|s| versions(&t, admin.now(), &s.history, &s.names)).unwrap_or_default(),
        typed,
        t,
    };
    page!(admin.viewer, made, as_main)
}

/// The fields to choose from, with an empty line.
fn fields(around: &Around, lang: kernel::Lang, chosen: &str) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", "", chosen.is_empty())];
    choices.extend(around.fields.iter().map(|def: &FieldDef| Choice::new(&def.key, def.names.get(lang), def.key == chosen)));
    choices
}

pub(super) fn condition_row(t: &T, around: &Around, typed: &Typed, list: &str, n: usize) -> ConditionRow {
    let text = |what: &str| typed.text(&format!("{list}.{n}.{what}"));
    let mut ons = vec![Choice::new("", "", text("on").is_empty())];
    ons.extend(On::ALL.iter().map(|on| Choice::new(on.key(), t.msg(on_label(*on)), on.key() == text("on"))));
    let test = |test: &Test| Choice::new(test.key(), t.msg(test_label(*test)), test.key() == text("test"));
    ConditionRow {
        n,
        ons,
        fields: fields(around, t.lang(), text("field")),
        tests: Test::ALL.iter().map(test).collect(),
        values: text("values").to_owned(),
    }
}

fn effect_row(t: &T, around: &Around, typed: &Typed, n: usize) -> EffectRow {
    let text = |what: &str| typed.text(&format!("then.{n}.{what}"));
    let does = |does: &Does| Choice::new(does.key(), t.msg(does_label(*does)), does.key() == text("does"));
    EffectRow {
        n,
        fields: fields(around, t.lang(), text("field")),
        does: Does::ALL.iter().map(does).collect(),
        values: text("values").to_owned(),
    }
}

/// What the rules say, in words.
fn trial(t: &T, said: &Said) -> Trial {
    let lang = t.lang();
    let name = |rule: &RuleDef| rule.names.get(lang).to_owned();
    let asked = said.fields.iter().map(|one| {
        let limited = one.because.iter().any(|(does, _)| *does == Does::Limit);
        let choices: Vec<&str> = one.def.items.iter().filter(|item| limited && !item.retired).map(|item| item.names.get(lang)).collect();
        TrialRow {
            name: one.def.names.get(lang).to_owned(),
            required: one.required,
            choices: t.list(&choices),
            preset: one.preset.as_ref().map(|value| web_kit::field::words(t, &one.def, value)).unwrap_or_default(),
            because: one.because.iter().map(|(does, rule)| (t.msg(does_label(*does)).into_owned(), name(rule))).collect(),
        }
    });
    Trial {
        applying: t.list(&said.applying.iter().map(name).collect::<Vec<_>>()),
        asked: asked.collect(),
        hidden: said.hidden.iter().map(|(def, rule)| (def.names.get(lang).to_owned(), name(rule))).collect(),
    }
}

/// A value of a condition or an effect as a field would be given it.
pub(super) fn worded(t: &T, def: &FieldDef, text: &str) -> String {
    let zone = t.zone().clone();
    match settings::field::read(def, &Input::from(text), &zone, None) {
        Ok(Some(value)) => web_kit::field::words(t, def, &value),
        _ => text.to_owned(),
    }
}
