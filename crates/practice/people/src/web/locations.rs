//! `/admin/locations`

use access::{Actor, Verb};
use db::Rd;
use i18n::T;
use kernel::{Error, ErrorKind, Id, LocationId, PageRequest};
use party::{Location, LocationData, SHARED, Wanted, store};
use ui::FormErrors;
use web_kit::{Fail, Path, Query, Result, page};

use super::options::{Sort, pick, pick_over, words_of};
use super::services::{Asked, NODES};
use super::{Clerk, Conflict, Fields, Told, comes_back, done, errors, last_change, refused, told};
use crate::actions::location::{create as creating, edit as editing};
use crate::permit;
use crate::read::FOUND;
use crate::views::trees::{LocationPage, Node, TreePage, TreeTexts, arrange};
use crate::views::{tenant_choices, tenant_name, tenant_options, zone_choices};

/// # Errors
/// The database does not answer.
pub async fn list(clerk: Clerk, Query(asked): Query<Asked>) -> Result {
    clerk.require(Verb::LocationSee)?;
    let t = clerk.t();
    let q = asked.q.clone();
    let (found, names) = clerk
        .read("locations.tree", move |rd, actor| {
            let within = actor.locations(Verb::LocationSee).within();
            let mut found: Vec<Location> = Vec::new();
            if q.trim().is_empty() {
                let mut request = PageRequest { limit: Some(PageRequest::MAX), cursor: None };
                while found.len() < NODES {
                    let page = store::location::page(rd, &within, &request)?;
                    found.extend(page.rows);
                    request.cursor = page.next;
                    if request.cursor.is_none() {
                        break;
                    }
                }
            } else {
                found = store::location::search(rd, &within, &q, FOUND)?;
            }
            let mut wanted = Wanted::default();
            for l in &found {
                wanted.organisation(Some(l.tenant).filter(|t| *t != SHARED));
            }
            let names = wanted.load(rd)?;
            Ok((found, names))
        })
        .await?;
    let node = |l: Location| Node {
        id: l.id.raw(),
        parent: l.parent.map(|p| p.raw()),
        badge: (String::new(), ""),
        end: l.time_zone.unwrap_or_default().replace('_', " "),
        place: tenant_name(&t, l.tenant, names.organisation(l.tenant)),
        active: l.active,
        depth: 0,
        may_edit: clerk.actor().locations(Verb::LocationEdit).sees(l.tenant),
        name: l.name,
        note: l.address,
    };
    let mut chrome = clerk.chrome(t.msg("people-locations"));
    chrome.flash = told(&t, &asked.done, None);
    let made = TreePage {
        chrome,
        nodes: arrange(found.into_iter().map(node).collect()),
        base: "/admin/locations",
        icon: "map-pin",
        texts: TreeTexts {
            new: t.msg("people-location-new").into_owned(),
            empty: t.msg("people-locations-empty").into_owned(),
            search: t.msg("people-locations-search").into_owned(),
            end: t.msg("people-zone").into_owned(),
        },
        may_create: clerk.actor().may_anywhere(Verb::LocationEdit),
        export: crate::views::export("locations", &[("q", &asked.q)]),
        q: asked.q,
        t: clerk.t(),
    };
    page!(clerk.viewer, made, as_main)
}

/// # Errors
/// Locations may not be added by whoever asks.
pub async fn blank(clerk: Clerk, Query(asked): Query<Asked>) -> Result {
    clerk.require(Verb::LocationEdit)?;
    let parent = asked.parent;
    let above = clerk
        .read("locations.new", move |rd, actor| parent.map(|id| permit::location(rd, actor, Id::new(id), Verb::LocationEdit)).transpose())
        .await?;
    let mut typed = Fields::default().with("client_id", clerk.form_key());
    if let Some(above) = above {
        typed = typed.with("parent", above.id.to_string()).with("parent_text", above.name);
    }
    form(&clerk, None, typed, FormErrors::new(), None, "").await
}

/// # Errors
/// What cannot be told on the form.
pub async fn create(clerk: Clerk, typed: Fields) -> Result {
    clerk.require(Verb::LocationEdit)?;
    let key = clerk.sent_key(&typed, "location.create");
    let sent = typed.clone();
    let made = clerk.act("location.create", key, move |tx, frame| {
        let data = LocationData {
            name: sent.text("name").to_owned(),
            address: sent.text("address").trim().to_owned(),
            time_zone: sent.some("time_zone"),
            active: true,
        };
        let parent = pick(tx, frame.actor, Sort::Location, &sent, "parent")?;
        creating::create(tx, frame, &creating::NewLocation { tenant: sent.id("tenant")?, parent, data })
    });
    match made.await {
        Ok(_) => Ok(done("/admin/locations", "created")),
        Err(error) if comes_back(&error) => refused(form(&clerk, None, typed, errors(&clerk.viewer.t, &error), None, "").await, error),
        Err(error) => Err(Fail::from(error)),
    }
}

struct Seen {
    location: Location,
    typed: Fields,
    place: String,
    who: Option<String>,
}

fn stored(rd: &mut Rd<'_>, actor: &Actor, t: &T, id: LocationId) -> kernel::Result<Seen> {
    let l = permit::location(rd, actor, id, Verb::LocationSee)?;
    let names = Wanted::default().organisation(l.tenant).load(rd)?;
    let parent = words_of(rd, actor, t, Sort::Location, l.parent);
    let typed = Fields::default()
        .with("version", l.version.to_string())
        .with("name", l.name.as_str())
        .with("parent", l.parent.map(|p| p.to_string()).unwrap_or_default())
        .with("parent_text", parent)
        .with("address", l.address.as_str())
        .with("time_zone", l.time_zone.as_deref().unwrap_or_default())
        .with("active", if l.active { "1" } else { "" });
    let who = last_change(rd, "location", id.raw(), l.updated_at)?;
    Ok(Seen { place: names.organisation(l.tenant).to_owned(), location: l, typed, who })
}

/// # Errors
/// The location may not be seen.
pub async fn show(clerk: Clerk, Path(id): Path<LocationId>, Query(told_now): Query<Told>) -> Result {
    clerk.require(Verb::LocationSee)?;
    let t = clerk.t();
    let seen = clerk.read("locations.show", move |rd, actor| stored(rd, actor, &t, id)).await?;
    let typed = seen.typed.clone();
    form(&clerk, Some(seen), typed, FormErrors::new(), None, &told_now.done).await
}

/// # Errors
/// What cannot be told on the form.
pub async fn change(clerk: Clerk, Path(id): Path<LocationId>, typed: Fields) -> Result {
    let base = typed.version()?;
    let sent = typed.clone();
    let changed = clerk.act("location.change", None, move |tx, frame| {
        let location = permit::location(tx, frame.actor, id, Verb::LocationEdit)?;
        let patch = editing::Patch {
            name: Some(sent.text("name").to_owned()),
            address: Some(sent.text("address").to_owned()),
            time_zone: Some(sent.some("time_zone")),
            active: Some(sent.is_on("active")),
            parent: Some(pick_over(tx, frame.actor, Sort::Location, &sent, "parent", location.parent)?),
        };
        editing::edit(tx, frame, id, base, &patch)
    });
    match changed.await {
        Ok(id) => Ok(done(&format!("/admin/locations/{id}"), "saved")),
        Err(error) if comes_back(&error) => again(clerk, id, typed, error).await,
        Err(error) => Err(Fail::from(error)),
    }
}

async fn again(clerk: Clerk, id: LocationId, mut typed: Fields, error: Error) -> Result {
    let (t, told) = (clerk.t(), clerk.t());
    let seen = clerk.read("locations.show", move |rd, actor| stored(rd, actor, &told, id)).await?;
    if error.kind() != ErrorKind::Stale {
        return refused(form(&clerk, Some(seen), typed, errors(&t, &error), None, "").await, error);
    }
    let labels = [
        ("name", t.msg("people-label")),
        ("parent_text", t.msg("people-parent")),
        ("address", t.msg("people-address")),
        ("time_zone", t.msg("people-zone")),
    ];
    let fields =
        labels.into_iter().map(|(name, label)| (label.into_owned(), typed.text(name).to_owned(), seen.typed.text(name).to_owned()));
    let conflict = Conflict::of(&t, seen.who.clone(), seen.location.updated_at, fields.collect());
    typed.set("version", seen.location.version.to_string());
    refused(form(&clerk, Some(seen), typed, FormErrors::new(), Some(conflict), "").await, error)
}

async fn form(clerk: &Clerk, seen: Option<Seen>, typed: Fields, errors: FormErrors, conflict: Option<Conflict>, what: &str) -> Result {
    let t = clerk.t();
    let actor = clerk.actor();
    let tenants = if seen.is_some() {
        Vec::new()
    } else {
        clerk.read("locations.new", |rd, actor| tenant_choices(rd, actor, Verb::LocationEdit)).await?
    };
    let mut chrome = clerk.chrome(seen.as_ref().map_or_else(|| t.msg("people-location-new").into_owned(), |s| s.location.name.clone()));
    chrome.flash = told(&t, what, None);
    let made = LocationPage {
        chrome,
        id: seen.as_ref().map(|s| s.location.id.raw()),
        place: seen.as_ref().map(|s| tenant_name(&t, s.location.tenant, &s.place)).unwrap_or_default(),
        zones: zone_choices(typed.text("time_zone")),
        tenants: tenant_options(&t, &tenants, actor.tenant, typed.text("tenant")),
        may_edit: seen.as_ref().is_none_or(|s| actor.locations(Verb::LocationEdit).sees(s.location.tenant)),
        typed,
        errors,
        conflict,
        t,
    };
    page!(clerk.viewer, made, as_main)
}
