//! `/admin/forms`: the forms, and one of them with a preview and its history.

use access::{Reach, Verb};
use i18n::T;
use kernel::{Error, OrganisationId};
use party::{SHARED, Wanted};
use settings::field::{FormDef, Section};
use settings::{Change, Texts};
use ticket::Frame;
use ticket::custom::{Asking, Form as Said};
use ui::{Choice, Control, FormErrors, Group};
use web_kit::field::{Filled, control};
use web_kit::{Fail, Path, Query, Result, page};

use super::rules::{condition_row, conditions};
use super::told::{Around, around};
use super::{Admin, Told, Typed, comes_back, errors, refused, saved, told};
use crate::actions::form::{self as action, Stored};
use crate::views::forms::{FormPage, FormRow, FormsPage, SectionRow};
use crate::views::versions;

/// Empty sections below those that are written.
const BLANK: usize = 1;
/// More of them, when they are asked for.
const MORE: usize = 4;
/// Empty conditions of a section.
const LINES: usize = 2;

/// # Errors
/// The database does not answer.
pub async fn list(admin: Admin) -> Result {
    admin.require(Verb::SettingsSee)?;
    let t = admin.viewer.t.clone();
    let (all, around) = admin.read("forms", |rd, frame| Ok((action::all(rd, frame)?, around(rd, frame, std::iter::empty())?))).await?;
    let row = |stored: &Stored| {
        let def = &stored.def;
        let service = |id: &i64| around.services.iter().find(|(known, _)| *known == id.to_string()).map(|(_, name)| name.clone());
        FormRow {
            href: format!("/admin/forms/{}", def.key),
            name: def.names.get(t.lang()).to_owned(),
            key: def.key.clone(),
            kind: around.kind(&t, &def.kind),
            services: t.list(&def.services.iter().filter_map(service).collect::<Vec<_>>()),
            sections: def.sections.len(),
            fields: def.sections.iter().map(|section| section.fields.len()).sum(),
            active: def.active,
        }
    };
    let rows = all.iter().map(row).collect();
    let may_edit = admin.viewer.actor.may_anywhere(Verb::SettingsEdit);
    let made = FormsPage { chrome: admin.chrome(t.msg("forms-forms")), rows, may_edit, t };
    page!(admin.viewer, made, as_main)
}

/// # Errors
/// Forms may not be added by whoever asks.
pub async fn blank(admin: Admin) -> Result {
    admin.require(Verb::SettingsEdit)?;
    let mut typed = Typed::default();
    typed.set("active", "1");
    form(&admin, None, typed, FormErrors::new(), None, "").await
}

/// # Errors
/// There is no such form.
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
        .act("form.create", move |tx, frame| {
            let def = FormDef { active: true, ..read(&sent, sent.text("key"))? };
            let tenant = sent.number("tenant")?.map_or(home(frame), OrganisationId::new);
            action::save(tx, frame, tenant, &def, Some(0)).map(|_| ())
        })
        .await;
    let key = typed.text("key").to_owned();
    answered(&admin, None, key, Some(typed), made).await
}

/// Where somebody's new forms belong: everywhere, if they may say so.
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
        .act("form.change", move |tx, frame| {
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
    let done = admin.act("form.revert", move |tx, frame| action::revert(tx, frame, &name, version).map(|_| ())).await;
    answered(&admin, Some(key.clone()), key, None, done).await
}

/// On, or the form again with what is wrong.
async fn answered(admin: &Admin, of: Option<String>, key: String, typed: Option<Typed>, done: kernel::Result<()>) -> Result {
    match done {
        Ok(()) => Ok(saved(&format!("/admin/forms/{key}"))),
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

/// The form once more: with more sections, or with what it would ask.
async fn again(admin: &Admin, of: Option<String>, typed: Typed) -> Result {
    let key = of.clone().unwrap_or_else(|| typed.text("key").to_owned());
    let seen = match of {
        Some(key) => Some(seen(admin, key).await?),
        None => None,
    };
    if !typed.is_on("try") {
        return form(admin, seen, typed, FormErrors::new(), None, "").await;
    }
    let (sent, staff) = (typed.clone(), typed.text("try") == "desk");
    let said = admin.read("form.preview", move |rd, frame| action::preview(rd, frame, &read(&sent, &key)?, staff)).await;
    match said {
        Ok(said) => form(admin, seen, typed, FormErrors::new(), Some(said), "").await,
        Err(error) if comes_back(&error) => {
            let told = errors(&admin.viewer.t, &error);
            refused(form(admin, seen, typed, told, None, "").await, error)
        }
        Err(error) => Err(Fail::from(error)),
    }
}

struct Seen {
    stored: Stored,
    history: Vec<Change>,
    names: party::Names,
}

async fn seen(admin: &Admin, key: String) -> kernel::Result<Seen> {
    admin
        .read("form", move |rd, frame| {
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
    typed.set("kind", &def.kind);
    for service in &def.services {
        typed.set("services", service.to_string());
    }
    typed.set("place", def.place.to_string());
    typed.set("active", if def.active { "1" } else { "" });
    for (n, section) in def.sections.iter().enumerate() {
        let at = format!("section.{n}");
        typed.set(format!("{at}.key"), &section.key);
        typed.set_texts(&format!("{at}.names"), &section.names);
        typed.set_texts(&format!("{at}.help"), &section.help);
        typed.set(format!("{at}.fields"), section.fields.join("\n"));
        typed.set_conditions(&format!("{at}.when"), &section.when);
    }
    typed
}

/// # Errors
/// Something typed is none of its kind.
fn read(typed: &Typed, key: &str) -> kernel::Result<FormDef> {
    let mut sections = Vec::new();
    for n in 0..typed.lines("section", "key") {
        let at = format!("section.{n}");
        if typed.part(&at, "key").is_empty() {
            continue;
        }
        let fields = typed.part(&at, "fields").split([',', '\n', ' ', '\r']).filter(|key| !key.is_empty());
        sections.push(Section {
            key: typed.part(&at, "key").to_owned(),
            names: typed.texts(&format!("{at}.names")),
            help: typed.texts(&format!("{at}.help")),
            fields: fields.map(str::to_owned).collect(),
            when: conditions(typed, &format!("{at}.when"), "sections")?,
        });
    }
    let services = typed.all("services").map(|id| id.parse().map_err(|_| Error::invalid("services", "error-choice")));
    Ok(FormDef {
        key: key.to_owned(),
        names: typed.texts("names"),
        kind: typed.text("kind").to_owned(),
        services: services.collect::<kernel::Result<_>>()?,
        sections,
        place: typed.number("place")?.unwrap_or(0),
        active: typed.is_on("active"),
    })
}

async fn form(admin: &Admin, seen: Option<Seen>, typed: Typed, errors: FormErrors, said: Option<Said>, done: &str) -> Result {
    let (t, actor) = (admin.viewer.t.clone(), &admin.viewer.actor);
    let around = admin.read("form.form", |rd, frame| around(rd, frame, std::iter::empty())).await?;
    let title = seen.as_ref().map_or_else(|| t.msg("forms-form-new").into_owned(), |s| s.stored.def.names.get(t.lang()).to_owned());
    let mut chrome = admin.chrome(title);
    chrome.flash = told(&t, done);
    let mut tenants = Vec::new();
    if seen.is_none() && actor.reach(Verb::SettingsEdit, SHARED) == Reach::All {
        tenants.push(Choice::new("0", t.msg("forms-tenant-all"), true));
        tenants.push(Choice::new(actor.tenant.to_string(), t.msg("forms-tenant-own"), typed.text("tenant") == actor.tenant.to_string()));
    }
    let on = |name: &str, key: &str| typed.all(name).any(|one| one == key);
    let blank = if typed.is_on("more") { MORE } else { BLANK };
    let may_edit = seen
        .as_ref()
        .map_or_else(|| actor.may_anywhere(Verb::SettingsEdit), |s| actor.reach(Verb::SettingsEdit, s.stored.tenant) == Reach::All);
    let made = FormPage {
        chrome,
        errors,
        is_new: seen.is_none(),
        action: seen.as_ref().map_or_else(|| "/admin/forms".to_owned(), |s| format!("/admin/forms/{}", s.stored.def.key)),
        key: seen.as_ref().map(|s| s.stored.def.key.clone()).unwrap_or_default(),
        tenants,
        kinds: around.kinds.iter().map(|(key, names)| Choice::new(key, names.get(t.lang()), on("kind", key))).collect(),
        services: around.services.iter().map(|(id, name)| Choice::new(id, name, on("services", id))).collect(),
        sections: (0..typed.lines("section", "key") + blank).map(|n| section_row(&t, &around, &typed, n)).collect(),
        fields: around.fields.iter().map(|def| (def.key.clone(), def.names.get(t.lang()).to_owned())).collect(),
        keys: around.keys(&t),
        preview: said.as_ref().map(|said| groups(&t, said)),
        may_edit,
        history: seen.as_ref().map(|s| versions(&t, admin.now(), &s.history, &s.names)).unwrap_or_default(),
        typed,
        t,
    };
    page!(admin.viewer, made, as_main)
}

fn section_row(t: &T, around: &Around, typed: &Typed, n: usize) -> SectionRow {
    let at = format!("section.{n}");
    let list = format!("{at}.when");
    let lines = typed.lines(&list, "on");
    SectionRow {
        n,
        key: typed.part(&at, "key").to_owned(),
        fields: typed.part(&at, "fields").to_owned(),
        when: around.when(t, &conditions(typed, &list, "sections").unwrap_or_default()),
        open: lines > 0,
        conditions: (0..lines + LINES).map(|line| condition_row(t, around, typed, &list, line)).collect(),
        at,
    }
}

/// What a form would ask, as its page shows it.
fn groups(t: &T, said: &Said) -> Vec<Group> {
    let lang = t.lang();
    let fill = |one: &Asking| {
        let filled = one.preset.as_ref().map_or(Filled::Nothing, Filled::Stored);
        Control { required: one.required, ..control(t, &one.def, filled, "/desk/suggest/persons", "", &[]) }
    };
    let group = |(head, fields): (Option<(&Texts, &Texts)>, &[Asking])| Group {
        title: head.map(|(title, _)| title.get(lang).to_owned()).unwrap_or_default(),
        help: head.map(|(_, help)| help.get(lang).to_owned()).unwrap_or_default(),
        controls: fields.iter().map(fill).collect(),
    };
    said.groups().into_iter().map(group).collect()
}
