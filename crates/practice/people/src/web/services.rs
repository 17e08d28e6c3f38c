//! `/admin/services`

use access::{Actor, Object, Verb};
use db::Rd;
use i18n::T;
use kernel::{Error, ErrorKind, Id, PageRequest, ServiceId};
use party::{SHARED, Service, ServiceData, ServiceState, Wanted};
use serde::Deserialize;
use ui::FormErrors;
use web_kit::{Fail, Path, Query, Result, page};

use super::options::{Sort, name_or_none, pick, pick_over, words_of};
use super::{Clerk, Conflict, Fields, Told, comes_back, done, errors, last_change, refused, told};
use crate::actions::service::{create as creating, edit as editing};
use crate::views::trees::{Node, ServicePage, TreePage, TreeTexts, arrange};
use crate::views::{impacts, service_state, service_states, tenant_choices, tenant_name, tenant_options};
use crate::{permit, read};

/// Nodes of a tree that one page shows at most.
pub(super) const NODES: usize = 1000;

/// What the address of a tree says.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    pub q: String,
    #[serde(default)]
    pub done: String,
    /// Where something new shall stand.
    pub parent: Option<i64>,
}

/// # Errors
/// The database does not answer.
pub async fn list(clerk: Clerk, Query(asked): Query<Asked>) -> Result {
    clerk.require(Verb::ServiceSee)?;
    let t = clerk.t();
    let q = asked.q.clone();
    let (found, names) = clerk
        .read("services.tree", move |rd, actor| {
            let mut found: Vec<Service> = Vec::new();
            let mut request = PageRequest { limit: Some(PageRequest::MAX), cursor: None };
            loop {
                let page = read::services(rd, actor, &q, None, &request)?;
                found.extend(page.rows);
                request.cursor = page.next;
                if request.cursor.is_none() || found.len() >= NODES {
                    break;
                }
            }
            let mut wanted = Wanted::default();
            for s in &found {
                wanted.team(s.team).organisation(Some(s.tenant).filter(|t| *t != SHARED));
            }
            let names = wanted.load(rd)?;
            Ok((found, names))
        })
        .await?;
    let node = |s: Service| Node {
        id: s.id.raw(),
        parent: s.parent.map(|p| p.raw()),
        badge: match s.state {
            ServiceState::Live => (String::new(), ""),
            ServiceState::Proposed => (t.msg(service_state(s.state)).into_owned(), "new"),
            ServiceState::Retired => (t.msg(service_state(s.state)).into_owned(), "muted"),
        },
        end: s
            .team
            .filter(|_| !clerk.actor().hidden_in(Object::Service, s.tenant).contains("team"))
            .map(|team| names.team(team).to_owned())
            .unwrap_or_default(),
        place: tenant_name(&t, s.tenant, names.organisation(s.tenant)),
        active: s.active,
        depth: 0,
        may_edit: permit::reaches_service(clerk.actor(), &s, Verb::ServiceEdit),
        name: s.name,
        note: s.key,
    };
    let mut chrome = clerk.chrome(t.msg("people-services"));
    chrome.flash = told(&t, &asked.done, None);
    let made = TreePage {
        chrome,
        nodes: arrange(found.into_iter().map(node).collect()),
        base: "/admin/services",
        icon: "layers",
        texts: TreeTexts {
            new: t.msg("people-service-new").into_owned(),
            empty: t.msg("people-services-empty").into_owned(),
            search: t.msg("people-services-search").into_owned(),
            end: t.msg("people-team").into_owned(),
        },
        may_create: clerk.actor().may_anywhere(Verb::ServiceEdit),
        export: crate::views::export("services", &[("q", &asked.q)]),
        q: asked.q,
        t: clerk.t(),
    };
    page!(clerk.viewer, made, as_main)
}

/// # Errors
/// Services may not be added by whoever asks.
pub async fn blank(clerk: Clerk, Query(asked): Query<Asked>) -> Result {
    clerk.require(Verb::ServiceEdit)?;
    let parent = asked.parent;
    let above = clerk
        .read("services.new", move |rd, actor| parent.map(|id| permit::service(rd, actor, Id::new(id), Verb::ServiceEdit)).transpose())
        .await?;
    let mut typed = Fields::default().with("client_id", clerk.form_key()).with("state", ServiceState::Live.key());
    if let Some(above) = above {
        typed = typed.with("parent", above.id.to_string()).with("parent_text", above.name);
    }
    form(&clerk, None, typed, FormErrors::new(), None, "").await
}

/// # Errors
/// What cannot be told on the form.
pub async fn create(clerk: Clerk, typed: Fields) -> Result {
    clerk.require(Verb::ServiceEdit)?;
    let key = clerk.sent_key(&typed, "service.create");
    let sent = typed.clone();
    let made = clerk.act("service.create", key, move |tx, frame| {
        let data = ServiceData {
            name: sent.text("name").to_owned(),
            state: state(&sent)?,
            owner: pick(tx, frame.actor, Sort::Person, &sent, "owner")?,
            team: pick(tx, frame.actor, Sort::Team, &sent, "team")?,
            impact: impact(&sent)?,
            description: sent.text("description").trim().to_owned(),
            active: true,
        };
        let parent = pick(tx, frame.actor, Sort::Service, &sent, "parent")?;
        creating::create(tx, frame, &creating::NewService { tenant: sent.id("tenant")?, parent, key: sent.text("key").to_owned(), data })
    });
    match made.await {
        Ok(_) => Ok(done("/admin/services", "created")),
        Err(error) if comes_back(&error) => refused(form(&clerk, None, typed, errors(&clerk.viewer.t, &error), None, "").await, error),
        Err(error) => Err(Fail::from(error)),
    }
}

fn state(typed: &Fields) -> kernel::Result<ServiceState> {
    ServiceState::from_key(typed.text("state")).ok_or_else(|| Error::invalid("state", "error-choice"))
}

fn impact(typed: &Fields) -> kernel::Result<Option<i64>> {
    typed.some("impact").map(|text| text.parse().map_err(|_| Error::invalid("impact", "error-choice"))).transpose()
}

struct Seen {
    service: Service,
    typed: Fields,
    place: String,
    who: Option<String>,
}

fn stored(rd: &mut Rd<'_>, actor: &Actor, t: &T, id: ServiceId) -> kernel::Result<Seen> {
    let s = permit::service(rd, actor, id, Verb::ServiceSee)?;
    let place = Wanted::default().organisation(s.tenant).load(rd)?;
    let (parent, owner, team) = if permit::reaches_service(actor, &s, Verb::ServiceEdit) {
        let parent = words_of(rd, actor, t, Sort::Service, s.parent);
        (parent, words_of(rd, actor, t, Sort::Person, s.owner), words_of(rd, actor, t, Sort::Team, s.team))
    } else {
        let parent = name_or_none(rd, actor, Sort::Service, s.parent);
        (parent, name_or_none(rd, actor, Sort::Person, s.owner), name_or_none(rd, actor, Sort::Team, s.team))
    };
    let typed = Fields::default()
        .with("version", s.version.to_string())
        .with("name", s.name.as_str())
        .with("state", s.state.key())
        .with("parent", s.parent.map(|p| p.to_string()).unwrap_or_default())
        .with("parent_text", parent)
        .with("owner", s.owner.map(|p| p.to_string()).unwrap_or_default())
        .with("owner_text", owner)
        .with("team", s.team.map(|p| p.to_string()).unwrap_or_default())
        .with("team_text", team)
        .with("impact", s.impact.map(|n| n.to_string()).unwrap_or_default())
        .with("description", s.description.as_str())
        .with("active", if s.active { "1" } else { "" });
    let who = last_change(rd, "service", id.raw(), s.updated_at)?;
    let hidden = actor.hidden_in(Object::Service, s.tenant);
    let typed = hidden.into_iter().fold(typed, |typed, field| typed.with(field, "").with(&format!("{field}_text"), ""));
    Ok(Seen { place: place.organisation(s.tenant).to_owned(), service: s, typed, who })
}

/// # Errors
/// The service may not be seen.
pub async fn show(clerk: Clerk, Path(id): Path<ServiceId>, Query(told_now): Query<Told>) -> Result {
    clerk.require(Verb::ServiceSee)?;
    let t = clerk.t();
    let seen = clerk.read("services.show", move |rd, actor| stored(rd, actor, &t, id)).await?;
    let typed = seen.typed.clone();
    form(&clerk, Some(seen), typed, FormErrors::new(), None, &told_now.done).await
}

/// # Errors
/// What cannot be told on the form.
pub async fn change(clerk: Clerk, Path(id): Path<ServiceId>, typed: Fields) -> Result {
    let base = typed.version()?;
    let sent = typed.clone();
    let changed = clerk.act("service.change", None, move |tx, frame| {
        let service = permit::service(tx, frame.actor, id, Verb::ServiceEdit)?;
        let hidden = frame.actor.hidden_in(Object::Service, service.tenant);
        let shown = |field: &str| !hidden.contains(field);
        let patch = editing::Patch {
            name: Some(sent.text("name").to_owned()),
            state: Some(state(&sent)?),
            owner: if shown("owner") { Some(pick_over(tx, frame.actor, Sort::Person, &sent, "owner", service.owner)?) } else { None },
            team: if shown("team") { Some(pick_over(tx, frame.actor, Sort::Team, &sent, "team", service.team)?) } else { None },
            impact: if shown("impact") { Some(impact(&sent)?) } else { None },
            description: Some(sent.text("description").to_owned()),
            active: Some(sent.is_on("active")),
            parent: Some(pick_over(tx, frame.actor, Sort::Service, &sent, "parent", service.parent)?),
        };
        editing::edit(tx, frame, id, base, &patch)
    });
    match changed.await {
        Ok(id) => Ok(done(&format!("/admin/services/{id}"), "saved")),
        Err(error) if comes_back(&error) => again(clerk, id, typed, error).await,
        Err(error) => Err(Fail::from(error)),
    }
}

async fn again(clerk: Clerk, id: ServiceId, mut typed: Fields, error: Error) -> Result {
    let (t, told) = (clerk.t(), clerk.t());
    let seen = clerk.read("services.show", move |rd, actor| stored(rd, actor, &told, id)).await?;
    if error.kind() != ErrorKind::Stale {
        return refused(form(&clerk, Some(seen), typed, errors(&t, &error), None, "").await, error);
    }
    let labels = [
        ("name", t.msg("people-label")),
        ("parent_text", t.msg("people-parent")),
        ("owner_text", t.msg("people-owner")),
        ("team_text", t.msg("people-team")),
        ("description", t.msg("people-description")),
    ];
    let fields =
        labels.into_iter().map(|(name, label)| (label.into_owned(), typed.text(name).to_owned(), seen.typed.text(name).to_owned()));
    let conflict = Conflict::of(&t, seen.who.clone(), seen.service.updated_at, fields.collect());
    typed.set("version", seen.service.version.to_string());
    refused(form(&clerk, Some(seen), typed, FormErrors::new(), Some(conflict), "").await, error)
}

async fn form(clerk: &Clerk, seen: Option<Seen>, typed: Fields, errors: FormErrors, conflict: Option<Conflict>, what: &str) -> Result {
    let t = clerk.t();
    let actor = clerk.actor();
    let tenants = if seen.is_some() {
        Vec::new()
    } else {
        clerk.read("services.new", |rd, actor| tenant_choices(rd, actor, Verb::ServiceEdit)).await?
    };
    let tenant = seen.as_ref().map_or(actor.tenant, |s| s.service.tenant);
    let mut chrome = clerk.chrome(seen.as_ref().map_or_else(|| t.msg("people-service-new").into_owned(), |s| s.service.name.clone()));
    chrome.flash = told(&t, what, None);
    let made = ServicePage {
        chrome,
        id: seen.as_ref().map(|s| s.service.id.raw()),
        key: seen.as_ref().map(|s| s.service.key.clone()).unwrap_or_default(),
        place: seen.as_ref().map(|s| tenant_name(&t, s.service.tenant, &s.place)).unwrap_or_default(),
        states: service_states(&t, typed.text("state")),
        impacts: impacts(&t, typed.text("impact")),
        tenants: tenant_options(&t, &tenants, actor.tenant, typed.text("tenant")),
        hidden: actor.hidden_in(Object::Service, tenant).into_iter().map(str::to_owned).collect(),
        may_edit: seen.as_ref().is_none_or(|s| permit::reaches_service(actor, &s.service, Verb::ServiceEdit)),
        typed,
        errors,
        conflict,
        t,
    };
    page!(clerk.viewer, made, as_main)
}
