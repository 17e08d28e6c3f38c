//! `/admin/roles/{key}`: one role with its verbs, hidden fields, holders and history.

use std::collections::{BTreeMap, BTreeSet};

use access::store::{grant, role};
use access::{Actor, FALLBACK, Object, Reach, Role, SYSTEM, Verb};
use db::Rd;
use i18n::{Arg, T};
use kernel::{Error, ErrorKind, Id, Lang, PageRequest, PersonId};
use party::{SHARED, TenantId, Wanted};
use serde::Deserialize;
use ui::{Choice, FormErrors, Person};
use web_kit::{Fail, Path, Query, Result, page};

use crate::actions::role::edit::{self as editing, RoleText};
use crate::views::roles::{
    FieldChoice, RolePage, VerbChoice, VerbGroup, VersionLine, description, object_label, reach_icon, reach_label, verb_label,
};
use crate::views::{query, tenant_choices, tenant_name, tenant_options};
use crate::web::{Clerk, Conflict, Fields, comes_back, done, errors, refused, told};
use crate::{fields, permit};

/// What the address says.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    tenant: Option<i64>,
    #[serde(default)]
    done: String,
}

struct Seen {
    tenant: TenantId,
    place: String,
    row: role::RoleRow,
    history: Vec<role::RoleVersion>,
    holders: Vec<grant::Holder>,
    names: party::Names,
}

fn stored(rd: &mut Rd<'_>, actor: &Actor, key: &str, named: Option<TenantId>) -> kernel::Result<Seen> {
    let tenant = super::tenant(rd, actor, named)?;
    let row = role::get(rd, tenant, key)?;
    let history = role::history(rd, row.tenant, key)?;
    let scope = actor.persons(Verb::PersonSee);
    let mut holders = Vec::new();
    for holder in grant::holders(rd, tenant, key, &PageRequest::default())?.rows {
        if scope.reaches(rd, holder.person)? {
            holders.push(holder);
        }
    }
    let mut wanted = Wanted::default();
    wanted.organisation(tenant).person(PersonId::new(row.updated_by));
    for version in &history {
        wanted.person(PersonId::new(version.created_by));
    }
    let names = wanted.load(rd)?;
    Ok(Seen { place: names.organisation(tenant).to_owned(), tenant, row, history, holders, names })
}

/// The fields of the form as the role has them.
fn typed_of(role: &Role, version: i64, active: bool) -> Fields {
    let mut typed = Fields::default().with("version", version.to_string()).with("active", if active { "1" } else { "" });
    for lang in Lang::ALL {
        typed.set(&format!("name.{lang}"), role.names.get(&lang).map(String::as_str).unwrap_or_default());
    }
    for verb in Verb::ALL {
        typed.set(&format!("reach.{verb}"), role.reach(*verb).key());
    }
    for object in Object::ALL {
        for field in fields::of(*object) {
            typed.set(&format!("hide.{}.{}", object.key(), field.key), if role.hides(*object, field.key) { "1" } else { "" });
        }
    }
    typed
}

/// # Errors
/// A verb, a reach or a version is none.
fn read(typed: &Fields) -> kernel::Result<RoleText> {
    let wrong = || Error::invalid("verbs", "error-choice");
    let mut text = RoleText { active: typed.is_on("active"), ..RoleText::default() };
    for (lang, name) in typed.below("name.") {
        text.names.insert(Lang::from_tag(lang).ok_or_else(wrong)?, name.to_owned());
    }
    for (verb, reach) in typed.below("reach.") {
        text.verbs.insert(Verb::from_key(verb).ok_or_else(wrong)?, Reach::from_key(reach).ok_or_else(wrong)?);
    }
    for (place, on) in typed.below("hide.") {
        let (object, field) = place.split_once('.').ok_or_else(wrong)?;
        if !on.is_empty() {
            text.hidden.entry(Object::from_key(object).ok_or_else(wrong)?).or_default().insert(field.to_owned());
        }
    }
    Ok(text)
}

/// # Errors
/// There is no such role; it may not be seen there.
pub async fn show(clerk: Clerk, Path(key): Path<String>, Query(asked): Query<Asked>) -> Result {
    clerk.require(Verb::RoleSee)?;
    let named = asked.tenant.map(Id::new);
    let seen = clerk.read("roles.show", move |rd, actor| stored(rd, actor, &key, named)).await?;
    let typed = typed_of(&seen.row.role, own_version(&seen), seen.row.active);
    form(&clerk, Some(seen), typed, FormErrors::new(), None, &asked.done).await
}

/// 0 while the tenant has no definition of its own.
fn own_version(seen: &Seen) -> i64 {
    if seen.row.tenant == seen.tenant { seen.row.version } else { 0 }
}

/// # Errors
/// Roles may not be added by whoever asks.
pub async fn blank(clerk: Clerk) -> Result {
    clerk.require(Verb::RoleEdit)?;
    let typed = typed_of(&Role::named(BTreeMap::new()), 0, true);
    form(&clerk, None, typed, FormErrors::new(), None, "").await
}

/// # Errors
/// What cannot be told on the form.
pub async fn create(clerk: Clerk, typed: Fields) -> Result {
    clerk.require(Verb::RoleEdit)?;
    let sent = typed.clone();
    let made = clerk.act("role.create", None, move |tx, frame| {
        let tenant = permit::tenant(tx, frame.actor, sent.id("tenant")?, Verb::RoleEdit)?;
        editing::edit(tx, frame, tenant, sent.text("key").trim(), Some(0), &read(&sent)?).map_err(|error| match error.kind() {
            ErrorKind::Stale => Error::invalid("key", "error-key-taken"),
            _ => error,
        })?;
        Ok(tenant.raw())
    });
    match made.await {
        Ok(tenant) => {
            Ok(done(&query(&format!("/admin/roles/{}", typed.text("key").trim()), &[("tenant", &tenant.to_string())]), "created"))
        }
        Err(error) if comes_back(&error) => refused(form(&clerk, None, typed, errors(&clerk.viewer.t, &error), None, "").await, error),
        Err(error) => Err(Fail::from(error)),
    }
}

/// # Errors
/// What cannot be told on the form.
pub async fn change(clerk: Clerk, Path(key): Path<String>, Query(asked): Query<Asked>, typed: Fields) -> Result {
    clerk.require(Verb::RoleEdit)?;
    let (base, named) = (typed.version()?, asked.tenant.map(Id::new));
    let (sent, name) = (typed.clone(), key.clone());
    let changed = clerk.act("role.change", None, move |tx, frame| {
        let tenant = super::tenant(tx, frame.actor, named)?;
        role::get(tx, tenant, &name)?;
        editing::edit(tx, frame, tenant, &name, base, &read(&sent)?)?;
        Ok(tenant.raw())
    });
    match changed.await {
        Ok(tenant) => Ok(done(&query(&format!("/admin/roles/{key}"), &[("tenant", &tenant.to_string())]), "saved")),
        Err(error) if comes_back(&error) => again(clerk, key, named, typed, error).await,
        Err(error) => Err(Fail::from(error)),
    }
}

async fn again(clerk: Clerk, key: String, named: Option<TenantId>, mut typed: Fields, error: Error) -> Result {
    let t = clerk.t();
    let seen = clerk.read("roles.show", move |rd, actor| stored(rd, actor, &key, named)).await?;
    if error.kind() != ErrorKind::Stale {
        return refused(form(&clerk, Some(seen), typed, errors(&t, &error), None, "").await, error);
    }
    let now = typed_of(&seen.row.role, own_version(&seen), seen.row.active);
    let words = |key: &str| Reach::from_key(key).map_or_else(String::new, |reach| t.msg(reach_label(reach)).into_owned());
    let fields = Verb::ALL.iter().map(|verb| {
        let name = format!("reach.{verb}");
        (verb_label(&t, *verb), words(typed.text(&name)), words(now.text(&name)))
    });
    let who = seen.names.person(PersonId::new(seen.row.updated_by)).map(|p| p.name.clone());
    let conflict = Conflict::of(&t, who, seen.row.updated_at, fields.collect());
    typed.set("version", own_version(&seen).to_string());
    refused(form(&clerk, Some(seen), typed, FormErrors::new(), Some(conflict), "").await, error)
}

async fn form(clerk: &Clerk, seen: Option<Seen>, typed: Fields, errors: FormErrors, conflict: Option<Conflict>, what: &str) -> Result {
    let t = clerk.t();
    let actor = clerk.actor();
    let tenants =
        if seen.is_some() { Vec::new() } else { clerk.read("roles.new", |rd, actor| tenant_choices(rd, actor, Verb::RoleEdit)).await? };
    let place = seen.as_ref().map_or(SHARED, |s| s.tenant).raw();
    let custom = clerk.read("roles.fields", move |rd, _| fields::own(rd, place)).await?;
    let key = seen.as_ref().map(|s| s.row.key.clone()).unwrap_or_default();
    let own = seen.as_ref().map(|s| s.tenant.to_string()).unwrap_or_default();
    let title = seen.as_ref().map_or_else(|| t.msg("people-role-new").into_owned(), |s| s.row.role.name(t.lang()).to_owned());
    let mut chrome = clerk.chrome(title);
    chrome.flash = told(&t, what, None);
    let is_fixed = key == SYSTEM;
    let made = RolePage {
        chrome,
        description: description(&t, &key),
        action: if key.is_empty() { "/admin/roles".to_owned() } else { query(&format!("/admin/roles/{key}"), &[("tenant", &own)]) },
        groups: Object::ALL.iter().map(|object| group(&t, *object, &typed, &custom)).collect(),
        history: seen.as_ref().map(|s| versions(clerk, s, &custom)).unwrap_or_default(),
        holders: seen
            .iter()
            .flat_map(|s| {
                s.holders.iter().map(|h| (Person::new(h.person, h.name.as_str()).at(format!("/desk/people/{}", h.person)), h.active))
            })
            .collect(),
        tenants: tenant_options(&t, &tenants, actor.tenant, typed.text("tenant")),
        place: seen.as_ref().map(|s| tenant_name(&t, s.tenant, &s.place)).unwrap_or_default(),
        may_edit: !is_fixed && seen.as_ref().is_none_or(|s| actor.reach(Verb::RoleEdit, s.tenant) == Reach::All),
        is_fixed,
        is_shared_here: seen.as_ref().is_some_and(|s| s.row.tenant == SHARED && s.tenant != SHARED),
        is_fallback: key == FALLBACK,
        key,
        typed,
        errors,
        conflict,
        t,
    };
    page!(clerk.viewer, made, as_main)
}

fn group(t: &T, object: Object, typed: &Fields, custom: &[Custom]) -> VerbGroup {
    let verb = |verb: &Verb| {
        let name = format!("reach.{verb}");
        let chosen = Reach::from_key(typed.text(&name)).unwrap_or_default();
        let possible = std::iter::once(Reach::None).chain(object.reaches().iter().copied());
        VerbChoice {
            label: verb_label(t, *verb),
            reaches: possible.map(|r| Choice::new(r.key(), t.msg(reach_label(r)), r == chosen)).collect(),
            icon: reach_icon(chosen),
            words: t.msg(reach_label(chosen)).into_owned(),
            name,
        }
    };
    let field = |f: &fields::Field| {
        let name = format!("hide.{}.{}", object.key(), f.key);
        FieldChoice { hidden: typed.is_on(&name), label: t.msg(f.label).into_owned(), name }
    };
    let own = |(_, key, names): &Custom| {
        let name = format!("hide.{}.{key}", object.key());
        FieldChoice { hidden: typed.is_on(&name), label: names.get(t.lang()).to_owned(), name }
    };
    let delivered = fields::of(object).iter().map(field);
    VerbGroup {
        label: object_label(t, object),
        verbs: object.verbs().iter().map(verb).collect(),
        fields: delivered.chain(custom.iter().filter(|(of, ..)| *of == object).map(own)).collect(),
    }
}

/// A custom field that can be hidden: of which object, its name among the properties, its names.
type Custom = (Object, String, settings::Texts);

/// The history with what each version changed against the one before.
fn versions(clerk: &Clerk, seen: &Seen, custom: &[Custom]) -> Vec<VersionLine> {
    let t = &clerk.viewer.t;
    let now = clerk.now();
    let lines = seen.history.iter().enumerate().map(|(place, version)| VersionLine {
        version: version.version,
        iso: version.created_at.to_rfc3339(),
        when: t.ago(version.created_at, now),
        who: match version.created_by {
            0 => t.msg("people-delivered").into_owned(),
            by => seen.names.person_name(PersonId::new(by)).to_owned(),
        },
        changes: seen.history.get(place + 1).map(|before| changes(t, before, version, custom)).unwrap_or_default(),
    });
    lines.collect()
}

fn changes(t: &T, before: &role::RoleVersion, after: &role::RoleVersion, custom: &[Custom]) -> Vec<String> {
    let reach = |r: Reach| Arg::Msg(reach_label(r));
    let verbs = Verb::ALL.iter().filter(|v| before.role.reach(**v) != after.role.reach(**v)).map(|v| {
        let args =
            [("verb", Arg::from(verb_label(t, *v))), ("before", reach(before.role.reach(*v))), ("after", reach(after.role.reach(*v)))];
        t.with("people-role-change", &args)
    });
    let mut out: Vec<String> = verbs.collect();
    for object in Object::ALL {
        let hidden = |role: &Role| role.hidden(*object).map(str::to_owned).collect::<BTreeSet<_>>();
        let (was, is) = (hidden(&before.role), hidden(&after.role));
        let own = |key: &String| {
            let found = custom.iter().find(|(of, name, _)| of == object && name == key);
            found.map_or(key.clone(), |(_, _, names)| names.get(t.lang()).to_owned())
        };
        let words =
            |key: &String| fields::of(*object).iter().find(|f| f.key == key).map_or_else(|| own(key), |f| t.msg(f.label).into_owned());
        let named = |key: &String| [("object", Arg::from(object_label(t, *object))), ("field", Arg::from(words(key)))];
        out.extend(is.difference(&was).map(|field| t.with("people-role-hides", &named(field))));
        out.extend(was.difference(&is).map(|field| t.with("people-role-shows", &named(field))));
    }
    if before.active != after.active {
        out.push(if after.active { t.msg("people-role-on") } else { t.msg("people-role-off") }.into_owned());
    }
    out
}
