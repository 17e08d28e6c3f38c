//! `/desk/orgs/new` and `/desk/orgs/{id}/edit`

use access::{Actor, Object, Verb};
use db::Rd;
use i18n::T;
use kernel::{Error, ErrorKind, Id, Lang, OrganisationId};
use party::store::organisation as rows;
use party::{Organisation, OrganisationData, OrganisationKind};
use serde::Deserialize;
use ui::FormErrors;
use web_kit::{Fail, Path, Query, Result, page};

use crate::actions::organisation::{create as creating, domains as setting, edit as editing};
use crate::permit;
use crate::views::orgs::OrgFormPage;
use crate::views::{lang_choices, organisation_kinds, zone_choices};
use crate::web::options::{Sort, pick, pick_over, words_of};
use crate::web::{Clerk, Conflict, Fields, comes_back, done, errors, last_change, refused};

/// What the address of a new organisation says.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    parent: Option<i64>,
}

/// # Errors
/// Organisations may not be added by whoever asks.
pub async fn blank(clerk: Clerk, Query(asked): Query<Asked>) -> Result {
    clerk.require(Verb::OrganisationCreate)?;
    let parent = asked.parent;
    let above = clerk
        .read("orgs.new", move |rd, actor| {
            parent.map(|id| permit::organisation(rd, actor, Id::new(id), Verb::OrganisationCreate)).transpose()
        })
        .await?;
    let mut typed = Fields::default().with("client_id", clerk.form_key());
    if let Some(o) = above {
        typed = typed.with("parent", o.id.to_string()).with("parent_text", o.name).with("kind", o.kind.key());
    }
    form(&clerk, None, typed, FormErrors::new(), None)
}

/// # Errors
/// What cannot be told on the form.
pub async fn create(clerk: Clerk, typed: Fields) -> Result {
    clerk.require(Verb::OrganisationCreate)?;
    let key = clerk.sent_key(&typed, "organisation.create");
    let sent = typed.clone();
    let made = clerk.act("organisation.create", key, move |tx, frame| {
        let parent = pick(tx, frame.actor, Sort::Organisation, &sent, "parent")?;
        let data = OrganisationData {
            name: sent.text("name").to_owned(),
            kind: kind(&sent)?,
            payer: pick(tx, frame.actor, Sort::Organisation, &sent, "payer")?,
            time_zone: sent.some("time_zone"),
            lang: lang(&sent)?,
            note: sent.text("note").trim().to_owned(),
            active: true,
        };
        let id = creating::create(tx, frame, parent, &data)?;
        let domains = domains(&sent);
        if !domains.is_empty() {
            setting::set_domains(tx, frame, id, &domains)?;
        }
        Ok(id)
    });
    match made.await {
        Ok(id) => Ok(done(&format!("/desk/orgs/{id}"), "created")),
        Err(error) if comes_back(&error) => refused(form(&clerk, None, typed, errors(&clerk.viewer.t, &error), None), error),
        Err(error) => Err(Fail::from(error)),
    }
}

fn kind(typed: &Fields) -> kernel::Result<OrganisationKind> {
    OrganisationKind::from_key(typed.text("kind")).ok_or_else(|| Error::invalid("kind", "error-choice"))
}

fn lang(typed: &Fields) -> kernel::Result<Option<Lang>> {
    let tag = typed.some("lang");
    tag.map(|tag| Lang::ALL.into_iter().find(|l| l.tag() == tag).ok_or_else(|| Error::invalid("lang", "error-choice"))).transpose()
}

fn domains(typed: &Fields) -> Vec<String> {
    typed.text("domains").split(|c: char| c.is_whitespace() || c == ',').filter(|d| !d.is_empty()).map(str::to_owned).collect()
}

/// # Errors
/// The organisation may not be seen or changed.
pub async fn edit(clerk: Clerk, Path(id): Path<OrganisationId>) -> Result {
    let t = clerk.t();
    let (organisation, typed) = clerk.read("orgs.edit", move |rd, actor| stored(rd, actor, &t, id)).await?;
    form(&clerk, Some(&organisation), typed, FormErrors::new(), None)
}

fn stored(rd: &mut Rd<'_>, actor: &Actor, t: &T, id: OrganisationId) -> kernel::Result<(Organisation, Fields)> {
    let o = permit::organisation(rd, actor, id, Verb::OrganisationEdit)?;
    let mut name = |id: Option<OrganisationId>| words_of(rd, actor, t, Sort::Organisation, id);
    let (parent, payer) = (name(o.parent), name(o.payer));
    let number = |id: Option<OrganisationId>| id.map(|id| id.to_string()).unwrap_or_default();
    let typed = Fields::default()
        .with("version", o.version.to_string())
        .with("name", o.name.as_str())
        .with("kind", o.kind.key())
        .with("parent", number(o.parent))
        .with("parent_text", parent)
        .with("payer", number(o.payer))
        .with("payer_text", payer)
        .with("time_zone", o.time_zone.as_deref().unwrap_or_default())
        .with("lang", o.lang.map_or("", Lang::tag))
        .with("domains", rows::domains(rd, id)?.join("\n"))
        .with("note", o.note.as_str())
        .with("active", if o.active { "1" } else { "" });
    Ok((o, typed))
}

/// # Errors
/// What cannot be told on the form.
pub async fn change(clerk: Clerk, Path(id): Path<OrganisationId>, typed: Fields) -> Result {
    let base = typed.version()?;
    let sent = typed.clone();
    let changed = clerk.act("organisation.change", None, move |tx, frame| {
        let organisation = permit::organisation(tx, frame.actor, id, Verb::OrganisationEdit)?;
        let hidden = frame.actor.hidden_in(Object::Organisation, organisation.tenant);
        let shown = |field: &str| !hidden.contains(field);
        let (above, paid) = (organisation.parent, organisation.payer);
        let parent = if above.is_some() { pick_over(tx, frame.actor, Sort::Organisation, &sent, "parent", above)? } else { None };
        let payer = if shown("payer") { Some(pick_over(tx, frame.actor, Sort::Organisation, &sent, "payer", paid)?) } else { None };
        let patch = editing::Patch {
            name: Some(sent.text("name").to_owned()),
            kind: Some(kind(&sent)?),
            payer,
            time_zone: Some(sent.some("time_zone")),
            lang: Some(lang(&sent)?),
            note: shown("note").then(|| sent.text("note").to_owned()),
            active: Some(sent.is_on("active")),
            parent,
        };
        editing::edit(tx, frame, id, base, &patch)?;
        let domains = domains(&sent);
        if shown("domains") && rows::domains(tx, id)? != domains {
            setting::set_domains(tx, frame, id, &domains)?;
        }
        Ok(())
    });
    match changed.await {
        Ok(()) => Ok(done(&format!("/desk/orgs/{id}"), "saved")),
        Err(error) if comes_back(&error) => again(clerk, id, typed, error).await,
        Err(error) => Err(Fail::from(error)),
    }
}

async fn again(clerk: Clerk, id: OrganisationId, mut typed: Fields, error: Error) -> Result {
    let (t, told) = (clerk.t(), clerk.t());
    let (organisation, now, who) = clerk
        .read("orgs.edit", move |rd, actor| {
            let (organisation, now) = stored(rd, actor, &told, id)?;
            let who = last_change(rd, "organisation", id.raw(), organisation.updated_at)?;
            Ok((organisation, now, who))
        })
        .await?;
    if error.kind() != ErrorKind::Stale {
        return refused(form(&clerk, Some(&organisation), typed, errors(&t, &error), None), error);
    }
    let hidden = clerk.actor().hidden_in(Object::Organisation, organisation.tenant);
    let labels = [
        ("name", "name", t.msg("people-label")),
        ("parent", "parent_text", t.msg("people-parent")),
        ("payer", "payer_text", t.msg("people-payer")),
        ("time_zone", "time_zone", t.msg("people-zone")),
        ("lang", "lang", t.msg("people-lang")),
        ("note", "note", t.msg("people-note")),
    ];
    let fields = labels.into_iter().filter(|(field, _, _)| !hidden.contains(field));
    let fields = fields.map(|(_, name, label)| (label.into_owned(), typed.text(name).to_owned(), now.text(name).to_owned())).collect();
    let conflict = Conflict::of(&t, who, organisation.updated_at, fields);
    typed.set("version", organisation.version.to_string());
    refused(form(&clerk, Some(&organisation), typed, FormErrors::new(), Some(conflict)), error)
}

fn form(clerk: &Clerk, organisation: Option<&Organisation>, typed: Fields, errors: FormErrors, conflict: Option<Conflict>) -> Result {
    let t = clerk.t();
    let tenant = organisation.map_or(clerk.actor().tenant, |o| o.tenant);
    let (title, action, back) = match organisation {
        None => (t.msg("people-org-new").into_owned(), "/desk/orgs".to_owned(), "/desk/orgs".to_owned()),
        Some(o) => (o.name.clone(), format!("/desk/orgs/{}", o.id), format!("/desk/orgs/{}", o.id)),
    };
    let made = OrgFormPage {
        chrome: clerk.chrome(title),
        is_new: organisation.is_none(),
        is_root: organisation.is_some_and(|o| o.parent.is_none()),
        hidden: clerk.actor().hidden_in(Object::Organisation, tenant).into_iter().map(str::to_owned).collect(),
        kinds: organisation_kinds(&t, typed.text("kind")),
        langs: lang_choices(typed.text("lang")),
        zones: zone_choices(typed.text("time_zone")),
        action,
        back,
        typed,
        errors,
        conflict,
        t,
    };
    page!(clerk.viewer, made, as_main)
}
