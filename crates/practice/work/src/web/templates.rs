//! `/admin/checklists`: the checklists that are prepared.

use access::Verb;
use axum::response::Response;
use i18n::T;
use kernel::{Error, Lang, PageRequest};
use party::SHARED;
use settings::Texts;
use ui::{Choice, Chrome, Flash, FormErrors};
use web_kit::{Path, Query, Result, see_other};

use super::edit::sort_label;
use super::{Clerk, Typed, comes_back, errors, refused};
use crate::actions::template as action;
use crate::store::Sort;
use crate::template::{self, Item, MOST, Template};

/// Empty lines at the end.
const MORE: usize = 4;

#[derive(askama::Template)]
#[template(path = "work/templates.html", blocks = ["main"])]
struct ListPage {
    t: T,
    chrome: Chrome,
    /// Key, name, lines, in use.
    rows: Vec<(String, String, usize, bool)>,
    may_edit: bool,
}

#[derive(askama::Template)]
#[template(path = "work/template.html", blocks = ["main"])]
struct EditPage {
    t: T,
    chrome: Chrome,
    action: String,
    errors: FormErrors,
    version: String,
    names: [(Lang, String); 3],
    kinds: Vec<Choice>,
    active: bool,
    lines: Vec<Line>,
    may_edit: bool,
}

struct Line {
    title: String,
    sorts: Vec<Choice>,
    teams: Vec<Choice>,
    days: String,
    blocks: bool,
    follows: bool,
}

#[derive(Debug, Clone, Default, serde::Deserialize)]
pub struct Told {
    #[serde(default)]
    done: String,
}

pub async fn list(clerk: Clerk, Query(told): Query<Told>) -> Result {
    let found = clerk.read("checklists", |rd, _| template::all(rd)).await?;
    let t = clerk.viewer.t.clone();
    let row = |(one, _): (Template, i64)| (one.key.clone(), one.names.get(t.lang()).to_owned(), one.items.len(), one.active);
    let mut chrome = clerk.chrome(t.msg("work-templates"));
    chrome.flash = (told.done == "saved").then(|| Flash { kind: "ok", text: t.msg("work-saved").into_owned(), undo: None });
    let may_edit = clerk.viewer.actor.may(Verb::SettingsEdit, SHARED);
    let page = ListPage { chrome, rows: found.into_iter().map(row).collect(), may_edit, t };
    web_kit::page!(clerk.viewer, page, as_main)
}

pub async fn blank(clerk: Clerk) -> Result {
    page(&clerk, None, None).await
}

pub async fn show(clerk: Clerk, Path(key): Path<String>) -> Result {
    page(&clerk, Some(key), None).await
}

pub async fn create(clerk: Clerk, typed: Typed) -> Result {
    let key = key_of(typed.text("names.en"));
    save(clerk, None, key, Some(0), typed).await
}

pub async fn change(clerk: Clerk, Path(key): Path<String>, typed: Typed) -> Result {
    let version = typed.number("version")?;
    save(clerk, Some(key.clone()), key, version, typed).await
}

async fn save(clerk: Clerk, there: Option<String>, key: String, version: Option<i64>, typed: Typed) -> Result {
    let saved = match read(&typed, key) {
        Ok(template) => clerk.act("checklist.save", move |tx, frame| action::save(tx, frame, &template, version).map(|_| ())).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(()) => Ok(see_other("/admin/checklists?done=saved")),
        Err(error) if comes_back(&error) => page(&clerk, there, Some((&typed, &error))).await,
        Err(error) => Err(error.into()),
    }
}

fn key_of(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    kernel::fold(name).chars().map(plain).take(40).collect::<String>().trim_matches('_').to_owned()
}

/// The lines that have a title, as they were typed.
fn read(typed: &Typed, key: String) -> kernel::Result<Template> {
    let at = |n: usize, what: &str| typed.text(&format!("{what}.{n}")).to_owned();
    let number = |n: usize, what: &str| match at(n, what).as_str() {
        "" => Ok(None),
        text => text.parse::<i64>().map(Some).map_err(|_| Error::invalid("items", "error-number")),
    };
    let mut items = Vec::new();
    for n in (0..MOST + MORE).filter(|n| !at(*n, "title").is_empty()) {
        items.push(Item {
            title: at(n, "title"),
            sort: Sort::from_key(&at(n, "sort")).ok_or_else(|| Error::invalid("items", "error-choice"))?,
            team: number(n, "team")?,
            days: number(n, "days")?,
            blocks: !at(n, "blocks").is_empty(),
            follows: !at(n, "follows").is_empty(),
        });
    }
    let mut names = Texts::default();
    for lang in Lang::ALL {
        names.set(lang, typed.text(&format!("names.{}", lang.tag())));
    }
    Ok(Template { key, names, kinds: typed.all("kinds").map(str::to_owned).collect(), active: typed.is_on("active"), items })
}

async fn page(clerk: &Clerk, key: Option<String>, refusal: Option<(&Typed, &Error)>) -> Result {
    let asked = key.clone();
    let (stored, kinds, teams) = clerk
        .read("checklist", move |rd, frame| {
            let stored = asked.as_deref().map(|key| template::get(rd, key)).transpose()?;
            let catalogue = frame.desk.catalogue(rd)?;
            let kinds: Vec<(String, Texts)> =
                catalogue.kinds(frame.actor.tenant).iter().map(|k| (k.key.clone(), k.names.clone())).collect();
            let within = frame.actor.teams(Verb::TeamSee).within();
            let request = PageRequest { limit: Some(PageRequest::MAX), cursor: None };
            let teams = party::store::team::page(rd, &within, &request)?.rows;
            Ok((stored, kinds, teams.into_iter().map(|team| (team.id.raw(), team.name)).collect::<Vec<_>>()))
        })
        .await?;
    let t = clerk.viewer.t.clone();
    let version = stored.as_ref().map_or(0, |(_, version)| *version);
    let empty = || Template { key: String::new(), names: Texts::default(), kinds: Vec::new(), active: true, items: Vec::new() };
    let typed = refusal.and_then(|(typed, _)| read(typed, String::new()).ok());
    let shown = typed.or(stored.map(|(one, _)| one)).unwrap_or_else(empty);
    let title = if key.is_some() { shown.names.get(t.lang()).to_owned() } else { t.msg("work-template-new").into_owned() };
    let page = EditPage {
        chrome: clerk.chrome(title),
        action: key.map_or_else(|| "/admin/checklists".to_owned(), |key| format!("/admin/checklists/{key}")),
        errors: refusal.map(|(_, error)| errors(&t, error)).unwrap_or_default(),
        version: version.to_string(),
        names: Lang::ALL.map(|lang| (lang, shown.names.own(lang).to_owned())),
        kinds: kinds.iter().map(|(key, names)| Choice::new(key, names.get(t.lang()), shown.kinds.contains(key))).collect(),
        active: shown.active,
        lines: lines(&t, &shown.items, &teams),
        may_edit: clerk.viewer.actor.may(Verb::SettingsEdit, SHARED),
        t,
    };
    let response: Response = web_kit::page!(clerk.viewer, page, as_main)?;
    Ok(match refusal {
        Some((_, error)) => refused(response, error),
        None => response,
    })
}

fn lines(t: &T, items: &[Item], teams: &[(i64, String)]) -> Vec<Line> {
    let sorts = |chosen: Sort| Sort::ALL.iter().map(|one| Choice::new(one.key(), t.msg(sort_label(*one)), *one == chosen)).collect();
    let teams =
        |chosen: Option<i64>| teams.iter().map(|(id, name)| Choice::new(id.to_string(), name.as_str(), Some(*id) == chosen)).collect();
    let line = |item: &Item| Line {
        title: item.title.clone(),
        sorts: sorts(item.sort),
        teams: teams(item.team),
        days: item.days.map_or_else(String::new, |days| days.to_string()),
        blocks: item.blocks,
        follows: item.follows,
    };
    let empty =
        || Line { title: String::new(), sorts: sorts(Sort::Tick), teams: teams(None), days: String::new(), blocks: false, follows: false };
    items.iter().map(line).chain((0..MORE).map(|_| empty())).collect()
}
