//! `/admin/time`: kinds of activity, and which tickets need time before they are solved.

use access::Verb;
use askama::Template;
use axum::response::Response;
use i18n::T;
use kernel::{Error, Lang};
use party::SHARED;
use settings::Texts;
use ui::{Choice, Chrome, Flash, FormErrors};
use web_kit::{Query, Result, see_other};

use super::{Clerk, Typed, comes_back, errors, refused};
use crate::actions::time_rules as action;
use crate::time_rules::{Activity, MOST, TimeRules};

/// Empty lines at the end.
const MORE: usize = 2;

#[derive(Template)]
#[template(path = "work/admin.html", blocks = ["main"])]
struct AdminPage {
    t: T,
    chrome: Chrome,
    errors: FormErrors,
    version: String,
    lines: Vec<Line>,
    kinds: Vec<Choice>,
    may_edit: bool,
}

struct Line {
    key: String,
    en: String,
    es: String,
    ru: String,
    billable: bool,
    active: bool,
}

#[derive(Debug, Clone, Default, serde::Deserialize)]
pub struct Told {
    #[serde(default)]
    done: String,
}

pub async fn show(clerk: Clerk, Query(told): Query<Told>) -> Result {
    page(&clerk, None, told.done == "saved").await
}

pub async fn save(clerk: Clerk, typed: Typed) -> Result {
    let sent = typed.clone();
    let saved = match typed.number("version") {
        Ok(version) => clerk.act("time.rules", move |tx, frame| action::save(tx, frame, &read(&sent), version).map(|_| ())).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(()) => Ok(see_other("/admin/time?done=saved")),
        Err(error) if comes_back(&error) => page(&clerk, Some((&typed, &error)), false).await,
        Err(error) => Err(error.into()),
    }
}

/// The lines that have a name; one without a key gets one from its English name.
fn read(typed: &Typed) -> TimeRules {
    let at = |n: usize, what: &str| typed.text(&format!("{what}.{n}")).to_owned();
    let lines = (0..MOST + MORE).filter(|n| !at(*n, "en").is_empty() || !at(*n, "key").is_empty());
    let activities = lines.map(|n| {
        let mut names = Texts::default();
        for lang in Lang::ALL {
            names.set(lang, &at(n, lang.tag()));
        }
        let key = Some(at(n, "key")).filter(|key| !key.is_empty()).unwrap_or_else(|| key_of(&at(n, "en")));
        Activity { key, names, billable: !at(n, "billable").is_empty(), active: !at(n, "active").is_empty() }
    });
    TimeRules { activities: activities.collect(), required: typed.all("required").map(str::to_owned).collect() }
}

fn key_of(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    kernel::fold(name).chars().map(plain).take(40).collect::<String>().trim_matches('_').to_owned()
}

async fn page(clerk: &Clerk, refusal: Option<(&Typed, &Error)>, saved: bool) -> Result {
    let (rules, version, kinds) = clerk
        .read("time.rules", |rd, frame| {
            let (rules, version) = TimeRules::load(rd)?;
            let catalogue = frame.desk.catalogue(rd)?;
            let kinds: Vec<(String, Texts)> =
                catalogue.kinds(frame.actor.tenant).iter().map(|k| (k.key.clone(), k.names.clone())).collect();
            Ok((rules, version, kinds))
        })
        .await?;
    let t = clerk.viewer.t.clone();
    let rules = refusal.map_or(rules, |(typed, _)| read(typed));
    let line = |one: &Activity| Line {
        key: one.key.clone(),
        en: one.names.own(Lang::En).to_owned(),
        es: one.names.own(Lang::Es).to_owned(),
        ru: one.names.own(Lang::Ru).to_owned(),
        billable: one.billable,
        active: one.active,
    };
    let empty = || Line { key: String::new(), en: String::new(), es: String::new(), ru: String::new(), billable: false, active: true };
    let mut chrome = clerk.chrome(t.msg("work-admin-time"));
    chrome.flash = saved.then(|| Flash { kind: "ok", text: t.msg("work-saved").into_owned(), undo: None });
    let page = AdminPage {
        chrome,
        errors: refusal.map(|(_, error)| errors(&t, error)).unwrap_or_default(),
        version: version.to_string(),
        lines: rules.activities.iter().map(line).chain((0..MORE).map(|_| empty())).collect(),
        kinds: kinds.iter().map(|(key, names)| Choice::new(key, names.get(t.lang()), rules.required.contains(key))).collect(),
        may_edit: clerk.viewer.actor.may(Verb::SettingsEdit, SHARED),
        t,
    };
    let response: Response = web_kit::page!(clerk.viewer, page, as_main)?;
    Ok(match refusal {
        Some((_, error)) => refused(response, error),
        None => response,
    })
}
