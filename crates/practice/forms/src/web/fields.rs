//! `/admin/fields`: the custom fields, and one of them with its history.

use access::{Reach, Verb};
use i18n::T;
use kernel::{Error, Lang, OrganisationId, PageRequest};
use party::{SHARED, Wanted};
use serde::Deserialize;
use settings::field::{Audience, FieldDef, FieldType, Item, Object};
use settings::{Change, Texts, values};
use ticket::Frame;
use ui::{Choice, FormErrors};
use web_kit::{Fail, Path, Query, Result, page};

use super::{Admin, Told, Typed, comes_back, errors, refused, saved, told};
use crate::actions::field::{self as action, Stored};
use crate::views::fields::{
    FieldPage, FieldsPage, Group, ItemRow, Offer, PalettePage, Row, audience_label, object_label, type_help, type_label,
};
use crate::views::versions;

/// Empty lines below a list of values.
const BLANK: usize = 5;
/// More of them, when they are asked for.
const MORE: usize = 20;

/// # Errors
/// The database does not answer.
pub async fn list(admin: Admin) -> Result {
    admin.require(Verb::SettingsSee)?;
    let t = admin.viewer.t.clone();
    let (all, catalogue) = admin.read("fields", |rd, frame| Ok((action::all(rd, frame)?, frame.desk.catalogue(rd)?))).await?;
    let tenant = admin.viewer.actor.tenant;
    let row = |s: &Stored| {
        let kinds: Vec<String> =
            s.def.kinds.iter().map(|k| catalogue.kind(tenant, k).map_or(k.clone(), |k| k.names.get(t.lang()).to_owned())).collect();
        Row {
            href: address(&s.def),
            name: s.def.names.get(t.lang()).to_owned(),
            key: s.def.key.clone(),
            ty: t.msg(type_label(s.def.ty)).into_owned(),
            audience: if s.def.object == Object::Ticket { t.msg(audience_label(s.def.audience)).into_owned() } else { String::new() },
            kinds: t.list(&kinds),
            active: s.def.active,
        }
    };
    let group = |object: &Object| Group {
        label: t.msg(object_label(*object)).into_owned(),
        rows: all.iter().filter(|s| s.def.object == *object).map(row).collect(),
    };
    let groups = Object::ALL.iter().map(group).filter(|group| !group.rows.is_empty()).collect();
    let made = FieldsPage {
        chrome: admin.chrome(t.msg("forms-fields")),
        may_edit: admin.viewer.actor.may_anywhere(Verb::SettingsEdit),
        groups,
        t,
    };
    page!(admin.viewer, made, as_main)
}

fn address(def: &FieldDef) -> String {
    format!("/admin/fields/{}/{}", def.object.key(), def.key)
}

/// What the address of a new field says.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(default, rename = "type")]
    ty: String,
}

/// # Errors
/// Fields may not be added by whoever asks.
pub async fn blank(admin: Admin, Query(asked): Query<Asked>) -> Result {
    admin.require(Verb::SettingsEdit)?;
    let t = admin.viewer.t.clone();
    if FieldType::from_key(&asked.ty).is_none() {
        let offer = |ty: &FieldType| Offer {
            href: format!("/admin/fields/new?type={}", ty.key()),
            name: t.msg(type_label(*ty)).into_owned(),
            help: t.msg(type_help(*ty)).into_owned(),
        };
        let made =
            PalettePage { chrome: admin.chrome(t.msg("forms-field-new")), types: FieldType::ALL.iter().map(offer).collect(), t: t.clone() };
        return page!(admin.viewer, made, as_main);
    }
    let mut typed = Typed::default();
    typed.set("type", asked.ty);
    typed.set("active", "1");
    form(&admin, None, typed, FormErrors::new(), "").await
}

/// # Errors
/// What cannot be told on the form.
pub async fn create(admin: Admin, typed: Typed) -> Result {
    admin.require(Verb::SettingsEdit)?;
    if typed.is_on("more") {
        return form(&admin, None, typed, FormErrors::new(), "").await;
    }
    let sent = typed.clone();
    let made = admin
        .act("field.create", move |tx, frame| {
            let mut def = read(&sent, sent.text("key"), sent.text("object"))?;
            def.active = true;
            let tenant = sent.number("tenant")?.map_or(home(frame), OrganisationId::new);
            action::save(tx, frame, tenant, &def, Some(0)).map(|_| ())
        })
        .await;
    match made {
        Ok(()) => Ok(saved(&format!("/admin/fields/{}/{}", typed.text("object"), typed.text("key")))),
        Err(error) if comes_back(&error) => {
            let said = errors(&admin.viewer.t, &error);
            refused(form(&admin, None, typed, said, "").await, error)
        }
        Err(error) => Err(Fail::from(error)),
    }
}

/// Where somebody's new fields belong: everywhere, if they may say so.
fn home(frame: Frame<'_>) -> OrganisationId {
    if frame.actor.reach(Verb::SettingsEdit, SHARED) == Reach::All { SHARED } else { frame.actor.tenant }
}

/// # Errors
/// There is no such field.
pub async fn show(admin: Admin, Path((object, key)): Path<(String, String)>, Query(asked): Query<Told>) -> Result {
    admin.require(Verb::SettingsSee)?;
    let seen = seen(&admin, object, key).await?;
    let typed = typed_of(&seen.stored);
    form(&admin, Some(seen), typed, FormErrors::new(), &asked.done).await
}

/// # Errors
/// What cannot be told on the form.
pub async fn change(admin: Admin, Path((object, key)): Path<(String, String)>, typed: Typed) -> Result {
    admin.require(Verb::SettingsEdit)?;
    if typed.is_on("more") {
        let seen = seen(&admin, object, key).await?;
        return form(&admin, Some(seen), typed, FormErrors::new(), "").await;
    }
    let (sent, place) = (typed.clone(), (object.clone(), key.clone()));
    let changed = admin
        .act("field.change", move |tx, frame| {
            let stored = action::get(tx, frame, &place.0, &place.1)?;
            let def = read(&sent, &place.1, &place.0)?;
            action::save(tx, frame, stored.tenant, &def, sent.number("version")?).map(|_| ())
        })
        .await;
    match changed {
        Ok(()) => Ok(saved(&format!("/admin/fields/{object}/{key}"))),
        Err(error) if comes_back(&error) => {
            let seen = seen(&admin, object, key).await?;
            let said = errors(&admin.viewer.t, &error);
            refused(form(&admin, Some(seen), typed, said, "").await, error)
        }
        Err(error) => Err(Fail::from(error)),
    }
}

/// # Errors
/// The version cannot be put back.
pub async fn revert(admin: Admin, Path((object, key)): Path<(String, String)>, typed: Typed) -> Result {
    admin.require(Verb::SettingsEdit)?;
    let version = typed.number("version")?.ok_or_else(Error::not_found)?;
    let place = (object.clone(), key.clone());
    let done = admin.act("field.revert", move |tx, frame| action::revert(tx, frame, &place.0, &place.1, version).map(|_| ())).await;
    match done {
        Ok(()) => Ok(saved(&format!("/admin/fields/{object}/{key}"))),
        Err(error) if comes_back(&error) => {
            let seen = seen(&admin, object, key).await?;
            let (said, typed) = (errors(&admin.viewer.t, &error), typed_of(&seen.stored));
            refused(form(&admin, Some(seen), typed, said, "").await, error)
        }
        Err(error) => Err(Fail::from(error)),
    }
}

struct Seen {
    stored: Stored,
    history: Vec<Change>,
    names: party::Names,
    used: i64,
}

async fn seen(admin: &Admin, object: String, key: String) -> kernel::Result<Seen> {
    admin
        .read("field", move |rd, frame| {
            let stored = action::get(rd, frame, &object, &key)?;
            let history = settings::history(rd, stored.row.id)?;
            let mut wanted = Wanted::default();
            for change in &history {
                wanted.person(kernel::PersonId::new(change.created_by));
            }
            let names = wanted.load(rd)?;
            let used = values::used(rd, stored.def.object, &stored.def.key)?;
            Ok(Seen { stored, history, names, used })
        })
        .await
}

fn typed_of(stored: &Stored) -> Typed {
    let (def, mut typed) = (&stored.def, Typed::default());
    typed.set("version", stored.version.to_string());
    typed.set("type", def.ty.key());
    typed.set("audience", def.audience.key());
    typed.set_texts("names", &def.names);
    typed.set_texts("help", &def.help);
    for kind in &def.kinds {
        typed.set("kinds", kind);
    }
    for service in &def.services {
        typed.set("services", service.to_string());
    }
    typed.set("decimals", def.decimals.to_string());
    typed.set("currency", &def.currency);
    typed.set("required", if def.required { "1" } else { "" });
    typed.set("place", def.place.to_string());
    typed.set("active", if def.active { "1" } else { "" });
    for (n, item) in def.items.iter().enumerate() {
        typed.set(format!("item.{n}.key"), &item.key);
        for lang in Lang::ALL {
            typed.set(format!("item.{n}.{lang}"), item.names.own(lang));
        }
        typed.set(format!("item.{n}.parent"), item.parent.as_deref().unwrap_or_default());
        typed.set(format!("item.{n}.retired"), if item.retired { "1" } else { "" });
    }
    typed
}

/// # Errors
/// Something typed is none of its kind.
fn read(typed: &Typed, key: &str, object: &str) -> kernel::Result<FieldDef> {
    let ty = FieldType::from_key(typed.text("type")).ok_or_else(|| Error::invalid("type", "error-choice"))?;
    let object = Object::from_key(object).ok_or_else(|| Error::invalid("object", "error-choice"))?;
    let services = typed.all("services").map(|id| id.parse().map_err(|_| Error::invalid("services", "error-choice")));
    Ok(FieldDef {
        object,
        key: key.to_owned(),
        ty,
        names: typed.texts("names"),
        help: typed.texts("help"),
        audience: Audience::from_key(typed.text("audience")).unwrap_or(Audience::Desk),
        kinds: typed.all("kinds").filter(|k| !k.is_empty()).map(str::to_owned).collect(),
        services: services.collect::<kernel::Result<_>>()?,
        decimals: if ty.counts() { typed.number("decimals")?.unwrap_or(0) } else { 0 },
        currency: if ty == FieldType::Money { typed.text("currency").to_uppercase() } else { String::new() },
        items: if ty.chooses() { items(typed) } else { Vec::new() },
        required: typed.is_on("required"),
        place: typed.number("place")?.unwrap_or(0),
        active: typed.is_on("active"),
    })
}

/// The lines of the list that say something.
fn items(typed: &Typed) -> Vec<Item> {
    let lines = rows(typed, 0).into_iter().filter(|row| !row.key.is_empty() || !row.en.is_empty());
    let item = |row: ItemRow| {
        let mut names = Texts::same(row.en);
        names.set(Lang::Es, &row.es);
        names.set(Lang::Ru, &row.ru);
        Item { key: row.key, names, parent: Some(row.parent).filter(|above| !above.is_empty()), retired: row.retired }
    };
    lines.map(item).collect()
}

fn rows(typed: &Typed, blank: usize) -> Vec<ItemRow> {
    let line = |n: usize| {
        let text = |what: &str| typed.text(&format!("item.{n}.{what}")).to_owned();
        let retired = typed.is_on(&format!("item.{n}.retired"));
        ItemRow { n, key: text("key"), en: text("en"), es: text("es"), ru: text("ru"), parent: text("parent"), retired }
    };
    let filled = typed.lines("item", "key").max(typed.lines("item", "en"));
    (0..filled + blank).map(line).collect()
}

/// What the form offers beside the field.
struct Offered {
    kinds: Vec<(String, Texts)>,
    services: Vec<(i64, String)>,
}

fn offered(rd: &mut db::Rd<'_>, frame: Frame<'_>) -> kernel::Result<Offered> {
    let catalogue = frame.desk.catalogue(rd)?;
    let within = frame.actor.services(Verb::ServiceSee).within();
    let request = PageRequest { limit: Some(PageRequest::MAX), cursor: None };
    let services = party::store::service::page(rd, &within, None, &request)?.rows;
    Ok(Offered {
        kinds: catalogue.kinds(frame.actor.tenant).into_iter().map(|k| (k.key.clone(), k.names.clone())).collect(),
        services: services.into_iter().map(|s| (s.id.raw(), s.name)).collect(),
    })
}

async fn form(admin: &Admin, seen: Option<Seen>, typed: Typed, errors: FormErrors, done: &str) -> Result {
    let (t, actor) = (admin.viewer.t.clone(), &admin.viewer.actor);
    let offered = admin.read("field.form", offered).await?;
    let ty = FieldType::from_key(typed.text("type")).ok_or_else(Error::not_found)?;
    let object = seen.as_ref().map(|s| s.stored.def.object);
    let title = seen.as_ref().map_or_else(|| t.msg("forms-field-new").into_owned(), |s| s.stored.def.names.get(t.lang()).to_owned());
    let mut chrome = admin.chrome(title);
    chrome.flash = told(&t, done);
    let on = |name: &str, key: &str| typed.all(name).any(|one| one == key);
    let chosen = |name: &str, default: &str, key: &str| if typed.is_on(name) { typed.text(name) == key } else { key == default };
    let tickets_only = ty == FieldType::File;
    let objects = Object::ALL.iter().filter(|o| !tickets_only || **o == Object::Ticket);
    let mut tenants = Vec::new();
    if seen.is_none() && actor.reach(Verb::SettingsEdit, SHARED) == Reach::All {
        tenants.push(Choice::new("0", t.msg("forms-tenant-all"), chosen("tenant", "0", "0")));
        tenants.push(Choice::new(actor.tenant.to_string(), t.msg("forms-tenant-own"), chosen("tenant", "0", &actor.tenant.to_string())));
    }
    let made = FieldPage {
        chrome,
        errors,
        is_new: seen.is_none(),
        action: seen.as_ref().map_or_else(|| "/admin/fields".to_owned(), |s| address(&s.stored.def)),
        key: seen.as_ref().map(|s| s.stored.def.key.clone()).unwrap_or_default(),
        ty,
        type_name: t.msg(type_label(ty)).into_owned(),
        used: seen.as_ref().map(|s| t.count("forms-used", s.used)).unwrap_or_default(),
        objects: objects.map(|o| Choice::new(o.key(), t.msg(object_label(*o)), chosen("object", "ticket", o.key()))).collect(),
        object_name: object.map(|o| t.msg(object_label(o)).into_owned()).unwrap_or_default(),
        is_ticket: object.is_none_or(|o| o == Object::Ticket),
        audiences: Audience::ALL
            .iter()
            .map(|a| Choice::new(a.key(), t.msg(audience_label(*a)), chosen("audience", "desk", a.key())))
            .collect(),
        kinds: offered.kinds.iter().map(|(key, names)| Choice::new(key, names.get(t.lang()), on("kinds", key))).collect(),
        services: offered.services.iter().map(|(id, name)| Choice::new(id.to_string(), name, on("services", &id.to_string()))).collect(),
        tenants,
        items: rows(&typed, if typed.is_on("more") { MORE } else { BLANK }),
        may_edit: may_edit(actor, seen.as_ref()),
        history: seen.as_ref().map(|s| history(&t, admin, s)).unwrap_or_default(),
        typed,
        t,
    };
    page!(admin.viewer, made, as_main)
}

fn may_edit(actor: &access::Actor, seen: Option<&Seen>) -> bool {
    seen.map_or_else(|| actor.may_anywhere(Verb::SettingsEdit), |s| actor.reach(Verb::SettingsEdit, s.stored.tenant) == Reach::All)
}

fn history(t: &T, admin: &Admin, seen: &Seen) -> Vec<crate::views::Version> {
    versions(t, admin.now(), &seen.history, &seen.names)
}
