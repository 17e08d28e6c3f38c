//! `/admin/kinds`: the kinds of tickets, and one of them with its states, steps, drawing and history.

use access::{Reach, Verb};
use i18n::T;
use kernel::{Error, Lang};
use party::Wanted;
use settings::Change;
use ticket::catalogue::{Children, Requirement, Taker};
use ticket::{Category, KindDef, StateDef, TransitionDef};
use ui::{Choice, FormErrors};
use web_kit::{Fail, Path, Query, Result, page};

use super::{Admin, Told, Typed, comes_back, errors, refused, saved, told};
use crate::actions::kind::{self as action, STAFF_VERBS, Stored};
use crate::graph::draw;
use crate::views::kinds::{KindPage, KindRow, KindsPage, StateRow, StepRow, Way, category_label, children_label, verb_label};
use crate::views::versions;

/// Empty lines below the states and the steps.
const BLANK: usize = 2;
/// More of them, when they are asked for.
const MORE: usize = 10;

/// # Errors
/// The database does not answer.
pub async fn list(admin: Admin) -> Result {
    admin.require(Verb::SettingsSee)?;
    let t = admin.viewer.t.clone();
    let catalogue = admin.read("kinds", |rd, frame| frame.desk.catalogue(rd)).await?;
    let row = |kind: &KindDef| KindRow {
        key: kind.key.clone(),
        name: kind.names.get(t.lang()).to_owned(),
        prefix: kind.prefix.clone(),
        states: kind.states.len(),
        steps: kind.transitions.len(),
    };
    let rows = catalogue.kinds(admin.viewer.actor.tenant).into_iter().map(row).collect();
    let made = KindsPage { chrome: admin.chrome(t.msg("forms-kinds-title")), rows, t };
    page!(admin.viewer, made, as_main)
}

struct Seen {
    stored: Stored,
    history: Vec<Change>,
    names: party::Names,
}

async fn seen(admin: &Admin, key: String) -> kernel::Result<Seen> {
    admin
        .read("kind", move |rd, frame| {
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

/// # Errors
/// There is no such kind.
pub async fn show(admin: Admin, Path(key): Path<String>, Query(asked): Query<Told>) -> Result {
    admin.require(Verb::SettingsSee)?;
    let seen = seen(&admin, key).await?;
    let typed = typed_of(&seen.stored);
    form(&admin, seen, typed, FormErrors::new(), &asked.done)
}

/// # Errors
/// What cannot be told on the form.
pub async fn change(admin: Admin, Path(key): Path<String>, typed: Typed) -> Result {
    admin.require(Verb::SettingsEdit)?;
    if typed.is_on("more") {
        let seen = seen(&admin, key).await?;
        return form(&admin, seen, typed, FormErrors::new(), "");
    }
    let (sent, name) = (typed.clone(), key.clone());
    let changed = admin
        .act("kind.change", move |tx, frame| {
            let before = action::get(tx, frame, &name)?;
            let def = read(&sent, &before.def)?;
            action::save(tx, frame, &def, sent.number("version")?).map(|_| ())
        })
        .await;
    answered(&admin, key, Some(typed), changed).await
}

/// # Errors
/// The version cannot be put back.
pub async fn revert(admin: Admin, Path(key): Path<String>, typed: Typed) -> Result {
    admin.require(Verb::SettingsEdit)?;
    let version = typed.number("version")?.ok_or_else(Error::not_found)?;
    let name = key.clone();
    let done = admin.act("kind.revert", move |tx, frame| action::revert(tx, frame, &name, version).map(|_| ())).await;
    answered(&admin, key, None, done).await
}

/// On, or the form again with what is wrong.
async fn answered(admin: &Admin, key: String, typed: Option<Typed>, done: kernel::Result<()>) -> Result {
    match done {
        Ok(()) => Ok(saved(&format!("/admin/kinds/{key}"))),
        Err(error) if comes_back(&error) => {
            let seen = seen(admin, key).await?;
            let typed = typed.unwrap_or_else(|| typed_of(&seen.stored));
            let said = errors(&admin.viewer.t, &error);
            refused(form(admin, seen, typed, said, ""), error)
        }
        Err(error) => Err(Fail::from(error)),
    }
}

fn typed_of(stored: &Stored) -> Typed {
    let (def, mut typed) = (&stored.def, Typed::default());
    typed.set("version", stored.version.to_string());
    typed.set_texts("names", &def.names);
    typed.set_texts("plural", &def.plural);
    typed.set("prefix", &def.prefix);
    typed.set("initial", &def.initial);
    typed.set("children", children_key(def.children));
    typed.set("close_after_days", def.close_after_days.to_string());
    typed.set("reopen_within_days", def.reopen_within_days.to_string());
    typed.set("rate_within_days", def.rate_within_days.to_string());
    typed.set("rating_final", mark(def.rating_final));
    for (n, state) in def.states.iter().enumerate() {
        typed.set(format!("state.{n}.key"), &state.key);
        typed.set(format!("state.{n}.category"), state.category.key());
        typed.set_texts(&format!("state.{n}.names"), &state.names);
        typed.set_texts(&format!("state.{n}.portal"), &state.portal);
        typed.set(format!("state.{n}.fields"), state.fields.join(", "));
        typed.set(format!("state.{n}.leaving"), state.leaving.join(", "));
        typed.set(format!("state.{n}.code"), mark(state.requires.contains(&Requirement::ResolutionCode)));
        typed.set(format!("state.{n}.report"), mark(state.requires.contains(&Requirement::ResolutionReport)));
    }
    for (n, step) in def.transitions.iter().enumerate() {
        typed.set(format!("step.{n}.from"), &step.from);
        typed.set(format!("step.{n}.to"), &step.to);
        typed.set(format!("step.{n}.verb"), &step.verb);
        typed.set(format!("step.{n}.staff"), mark(step.by.contains(&Taker::Staff)));
        typed.set(format!("step.{n}.requester"), mark(step.by.contains(&Taker::Requester)));
        typed.set(format!("step.{n}.roles"), step.roles.join(", "));
    }
    typed
}

const fn mark(on: bool) -> &'static str {
    if on { "1" } else { "" }
}

const CHILDREN: [Children; 3] = [Children::Block, Children::Cascade, Children::Free];

const fn children_key(children: Children) -> &'static str {
    match children {
        Children::Block => "block",
        Children::Cascade => "cascade",
        Children::Free => "free",
    }
}

/// # Errors
/// Something typed is none of its kind.
fn read(typed: &Typed, before: &KindDef) -> kernel::Result<KindDef> {
    let children = CHILDREN.into_iter().find(|c| children_key(*c) == typed.text("children"));
    let mut def = KindDef {
        names: typed.texts("names"),
        plural: typed.texts("plural"),
        prefix: typed.text("prefix").to_uppercase(),
        initial: typed.text("initial").to_owned(),
        children: children.ok_or_else(|| Error::invalid("children", "error-choice"))?,
        close_after_days: typed.number("close_after_days")?.unwrap_or(0),
        reopen_within_days: typed.number("reopen_within_days")?.unwrap_or(0),
        rate_within_days: typed.number("rate_within_days")?.unwrap_or(0),
        rating_final: typed.is_on("rating_final"),
        states: Vec::new(),
        transitions: Vec::new(),
        ..before.clone()
    };
    for n in 0..typed.lines("state", "key") {
        let text = |what: &str| typed.text(&format!("state.{n}.{what}"));
        if text("key").is_empty() {
            continue;
        }
        let category = Category::from_key(text("category")).ok_or_else(|| Error::invalid("states", "error-choice"))?;
        let wants = [("code", Requirement::ResolutionCode), ("report", Requirement::ResolutionReport)];
        def.states.push(StateDef {
            key: text("key").to_owned(),
            category,
            requires: wants.into_iter().filter(|(name, _)| !text(name).is_empty()).map(|(_, wants)| wants).collect(),
            fields: keys(text("fields")),
            leaving: keys(text("leaving")),
            names: typed.texts(&format!("state.{n}.names")),
            portal: typed.texts(&format!("state.{n}.portal")),
        });
    }
    for n in 0..typed.lines("step", "from") {
        let text = |what: &str| typed.text(&format!("step.{n}.{what}"));
        if text("from").is_empty() && text("to").is_empty() {
            continue;
        }
        let takers = [("staff", Taker::Staff), ("requester", Taker::Requester)];
        def.transitions.push(TransitionDef {
            from: text("from").to_owned(),
            to: text("to").to_owned(),
            verb: text("verb").to_owned(),
            by: takers.into_iter().filter(|(name, _)| !text(name).is_empty()).map(|(_, taker)| taker).collect(),
            roles: keys(text("roles")),
        });
    }
    Ok(def)
}

/// Keys with commas or blanks between them.
fn keys(text: &str) -> Vec<String> {
    text.split([',', ' ']).filter(|key| !key.is_empty()).map(str::to_owned).collect()
}

fn form(admin: &Admin, seen: Seen, typed: Typed, errors: FormErrors, done: &str) -> Result {
    let t = admin.viewer.t.clone();
    let stored = &seen.stored;
    // The drawing is of what was typed, so that a mistake can be seen.
    let drawn = read(&typed, &stored.def).unwrap_or_else(|_| stored.def.clone());
    let mut chrome = admin.chrome(stored.def.names.get(t.lang()));
    chrome.flash = told(&t, done);
    let blank = if typed.is_on("more") { MORE } else { BLANK };
    let choice = |key: &str, label: String, chosen: &str| Choice::new(key, label, key == chosen);
    let made = KindPage {
        chrome,
        errors,
        key: stored.def.key.clone(),
        action: format!("/admin/kinds/{}", stored.def.key),
        drawing: draw(&drawn, t.lang()),
        ways: drawn.transitions.iter().map(|step| way(&t, &drawn, step)).collect(),
        initials: drawn.states.iter().map(|s| choice(&s.key, s.names.get(t.lang()).to_owned(), typed.text("initial"))).collect(),
        children: CHILDREN
            .iter()
            .map(|c| choice(children_key(*c), t.msg(children_label(*c)).into_owned(), typed.text("children")))
            .collect(),
        states: (0..typed.lines("state", "key") + blank).map(|n| state_row(&t, &typed, n)).collect(),
        steps: (0..typed.lines("step", "from") + blank).map(|n| step_row(&t, &typed, n)).collect(),
        may_edit: admin.viewer.actor.reach(Verb::SettingsEdit, stored.tenant) == Reach::All,
        history: versions(&t, admin.now(), &seen.history, &seen.names),
        typed,
        t,
    };
    page!(admin.viewer, made, as_main)
}

fn state_row(t: &T, typed: &Typed, n: usize) -> StateRow {
    let text = |what: &str| typed.text(&format!("state.{n}.{what}"));
    let category = |c: &Category| Choice::new(c.key(), t.msg(category_label(*c)), c.key() == text("category"));
    StateRow {
        n,
        key: text("key").to_owned(),
        categories: Category::ALL.iter().map(category).collect(),
        code: !text("code").is_empty(),
        report: !text("report").is_empty(),
        fields: text("fields").to_owned(),
        leaving: text("leaving").to_owned(),
    }
}

fn step_row(t: &T, typed: &Typed, n: usize) -> StepRow {
    let text = |what: &str| typed.text(&format!("step.{n}.{what}"));
    let verb = |verb: &&str| Choice::new(*verb, verb_label(t, verb), *verb == text("verb"));
    StepRow {
        n,
        from: text("from").to_owned(),
        to: text("to").to_owned(),
        verbs: STAFF_VERBS.iter().map(verb).collect(),
        staff: !text("staff").is_empty(),
        requester: !text("requester").is_empty(),
        roles: text("roles").to_owned(),
    }
}

fn way(t: &T, def: &KindDef, step: &TransitionDef) -> Way {
    let lang: Lang = t.lang();
    let name = |key: &str| def.state(key).map_or(key, |s| s.names.get(lang)).to_owned();
    let by = step.by.iter().map(|taker| match taker {
        Taker::Staff => t.msg("forms-step-staff").into_owned(),
        Taker::Requester => t.msg("forms-step-requester").into_owned(),
    });
    let who: Vec<String> = by.chain(step.roles.iter().cloned()).collect();
    Way { from: name(&step.from), to: name(&step.to), verb: verb_label(t, &step.verb), who: who.join(", ") }
}
