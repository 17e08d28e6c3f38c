//! `/admin/teams`

use access::{Actor, Object, Verb};
use db::Rd;
use i18n::{T, key};
use kernel::{Error, ErrorKind, Page, PageRequest, PersonId, TeamId};
use party::store::team as rows;
use party::{Team, TeamData, TeamMember, TeamRole, TenantId, Wanted};
use serde::Deserialize;
use ui::{Choice, FormErrors, Person};
use web_kit::{Fail, Path, Query, Result, page};

use super::options::{Sort, name_or_none, pick, pick_over, words_of};
use super::{Clerk, Conflict, Fields, Told, comes_back, done, errors, last_change, refused, told};
use crate::actions::team::{create as creating, edit as editing, members as membering};
use crate::permit;
use crate::read::FOUND;
use crate::views::teams::{MemberLine, TeamPage, TeamRow, TeamsPage};
use crate::views::{query, tenant_choices, tenant_name, tenant_options};

/// What the address of the list says.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    cursor: String,
}

/// # Errors
/// The cursor is not ours.
pub async fn list(clerk: Clerk, Query(asked): Query<Asked>) -> Result {
    clerk.require(Verb::TeamSee)?;
    let t = clerk.t();
    let wish = asked.clone();
    let (found, names) = clerk
        .read("teams.list", move |rd, actor| {
            let within = actor.teams(Verb::TeamSee).within();
            let found: Page<Team> = if wish.q.trim().is_empty() {
                let cursor = Some(wish.cursor).filter(|c| !c.is_empty());
                rows::page(rd, &within, &PageRequest { limit: None, cursor })?
            } else {
                Page { rows: rows::search(rd, &within, &wish.q, FOUND)?, next: None }
            };
            let mut wanted = Wanted::default();
            for team in &found.rows {
                wanted.person(team.lead).organisation(team.tenant);
            }
            let names = wanted.load(rd)?;
            Ok((found, names))
        })
        .await?;
    let row = |team: Team| TeamRow {
        id: team.id.raw(),
        name: team.name,
        key: team.key,
        line: team.line,
        lead: team
            .lead
            .filter(|_| !clerk.actor().hidden_in(Object::Team, team.tenant).contains("lead"))
            .map(|p| names.person_name(p).to_owned())
            .unwrap_or_default(),
        place: tenant_name(&t, team.tenant, names.organisation(team.tenant)),
        active: team.active,
    };
    let made = TeamsPage {
        chrome: clerk.chrome(t.msg("people-teams")),
        rows: found.rows.into_iter().map(row).collect(),
        next: found.next.map(|cursor| query("/admin/teams", &[("cursor", &cursor)])).unwrap_or_default(),
        may_create: clerk.actor().may_anywhere(Verb::TeamEdit),
        export: crate::views::export("teams", &[("q", &asked.q)]),
        q: asked.q,
        t: clerk.t(),
    };
    page!(clerk.viewer, made, as_main)
}

/// # Errors
/// Teams may not be added by whoever asks.
pub async fn blank(clerk: Clerk) -> Result {
    clerk.require(Verb::TeamEdit)?;
    let typed = Fields::default().with("client_id", clerk.form_key()).with("line", "1");
    form(&clerk, None, Forms { typed, ..Forms::default() }, None).await
}

/// # Errors
/// What cannot be told on the form.
pub async fn create(clerk: Clerk, typed: Fields) -> Result {
    clerk.require(Verb::TeamEdit)?;
    let key = clerk.sent_key(&typed, "team.create");
    let sent = typed.clone();
    let made = clerk.act("team.create", key, move |tx, frame| {
        let data = TeamData {
            name: sent.text("name").to_owned(),
            line: line(&sent)?,
            lead: pick(tx, frame.actor, Sort::Person, &sent, "lead")?,
            note: sent.text("note").trim().to_owned(),
            active: true,
        };
        creating::create(tx, frame, &creating::NewTeam { tenant: sent.id("tenant")?, key: sent.text("key").to_owned(), data })
    });
    match made.await {
        Ok(id) => Ok(done(&format!("/admin/teams/{id}"), "created")),
        Err(error) if comes_back(&error) => {
            let forms = Forms { errors: errors(&clerk.viewer.t, &error), typed, ..Forms::default() };
            refused(form(&clerk, None, forms, None).await, error)
        }
        Err(error) => Err(Fail::from(error)),
    }
}

fn line(typed: &Fields) -> kernel::Result<i64> {
    typed.text("line").parse().map_err(|_| Error::invalid("line", "error-choice"))
}

/// Forms that came back.
#[derive(Debug, Clone, Default)]
struct Forms {
    typed: Fields,
    errors: FormErrors,
    conflict: Option<Conflict>,
    adding: bool,
}

struct Seen {
    team: Team,
    members: Vec<TeamMember>,
    typed: Fields,
    place: String,
    who: Option<String>,
}

fn stored(rd: &mut Rd<'_>, actor: &Actor, t: &T, id: TeamId) -> kernel::Result<Seen> {
    let team = permit::team(rd, actor, id, Verb::TeamSee)?;
    let names = Wanted::default().organisation(team.tenant).load(rd)?;
    let lead = match actor.teams(Verb::TeamEdit).sees(team.tenant, team.id) {
        true => words_of(rd, actor, t, Sort::Person, team.lead),
        false => name_or_none(rd, actor, Sort::Person, team.lead),
    };
    let typed = Fields::default()
        .with("version", team.version.to_string())
        .with("name", team.name.as_str())
        .with("line", team.line.to_string())
        .with("lead", team.lead.map(|p| p.to_string()).unwrap_or_default())
        .with("lead_text", lead)
        .with("note", team.note.as_str())
        .with("active", if team.active { "1" } else { "" });
    Ok(Seen {
        members: rows::members(rd, id)?,
        place: names.organisation(team.tenant).to_owned(),
        who: last_change(rd, "team", id.raw(), team.updated_at)?,
        team,
        typed,
    })
}

/// # Errors
/// The team may not be seen.
pub async fn show(clerk: Clerk, Path(id): Path<TeamId>, Query(told_now): Query<Told>) -> Result {
    clerk.require(Verb::TeamSee)?;
    let t = clerk.t();
    let seen = clerk.read("teams.show", move |rd, actor| stored(rd, actor, &t, id)).await?;
    let forms = Forms { typed: seen.typed.clone(), ..Forms::default() };
    form_told(&clerk, Some(seen), forms, None, &told_now.done).await
}

/// # Errors
/// What cannot be told on the form.
pub async fn change(clerk: Clerk, Path(id): Path<TeamId>, typed: Fields) -> Result {
    let base = typed.version()?;
    let sent = typed.clone();
    let changed = clerk.act("team.change", None, move |tx, frame| {
        let team = permit::team(tx, frame.actor, id, Verb::TeamEdit)?;
        let hidden = frame.actor.hidden_in(Object::Team, team.tenant);
        let lead = if hidden.contains("lead") { None } else { Some(pick_over(tx, frame.actor, Sort::Person, &sent, "lead", team.lead)?) };
        let patch = editing::Patch {
            name: Some(sent.text("name").to_owned()),
            line: Some(line(&sent)?),
            lead,
            note: (!hidden.contains("note")).then(|| sent.text("note").to_owned()),
            active: Some(sent.is_on("active")),
        };
        editing::edit(tx, frame, id, base, &patch)
    });
    match changed.await {
        Ok(id) => Ok(done(&format!("/admin/teams/{id}"), "saved")),
        Err(error) if comes_back(&error) => again(clerk, id, typed, error, false).await,
        Err(error) => Err(Fail::from(error)),
    }
}

async fn again(clerk: Clerk, id: TeamId, mut typed: Fields, error: Error, adding: bool) -> Result {
    let (t, told) = (clerk.t(), clerk.t());
    let seen = clerk.read("teams.show", move |rd, actor| stored(rd, actor, &told, id)).await?;
    let forms = if adding {
        // The form of members came back; the other one stands as it is stored.
        let member = ["person", "person_text", "role"].map(|name| (name, typed.text(name).to_owned()));
        let both = member.into_iter().fold(seen.typed.clone(), |fields, (name, value)| fields.with(name, value));
        Forms { typed: both, errors: errors(&t, &error), conflict: None, adding }
    } else if error.kind() == ErrorKind::Stale {
        let labels = [
            ("name", t.msg("people-label")),
            ("line", t.msg("people-line")),
            ("lead_text", t.msg("people-lead")),
            ("note", t.msg("people-note")),
        ];
        let fields =
            labels.into_iter().map(|(name, label)| (label.into_owned(), typed.text(name).to_owned(), seen.typed.text(name).to_owned()));
        let conflict = Conflict::of(&t, seen.who.clone(), seen.team.updated_at, fields.collect());
        typed.set("version", seen.team.version.to_string());
        Forms { typed, errors: FormErrors::new(), conflict: Some(conflict), adding }
    } else {
        Forms { typed, errors: errors(&t, &error), conflict: None, adding }
    };
    refused(form(&clerk, Some(seen), forms, None).await, error)
}

/// # Errors
/// What cannot be told on the page.
pub async fn add(clerk: Clerk, Path(id): Path<TeamId>, typed: Fields) -> Result {
    let sent = typed.clone();
    let added = clerk.act("team.member", None, move |tx, frame| {
        let person: Option<PersonId> = pick(tx, frame.actor, Sort::Person, &sent, "person")?;
        let person = person.ok_or_else(|| Error::invalid("person", "error-required"))?;
        let role = TeamRole::from_key(sent.text("role")).ok_or_else(|| Error::invalid("role", "error-choice"))?;
        membering::add(tx, frame, id, person, role)
    });
    match added.await {
        Ok(_) => Ok(done(&format!("/admin/teams/{id}"), "saved")),
        Err(error) if comes_back(&error) => again(clerk, id, typed, error, true).await,
        Err(error) => Err(Fail::from(error)),
    }
}

/// # Errors
/// The team may not be changed; the person is not in it.
pub async fn remove(clerk: Clerk, Path((id, person)): Path<(TeamId, PersonId)>) -> Result {
    clerk.act("team.member", None, move |tx, frame| membering::remove(tx, frame, id, person)).await?;
    Ok(done(&format!("/admin/teams/{id}"), "saved"))
}

async fn form(clerk: &Clerk, seen: Option<Seen>, forms: Forms, tenants: Option<Vec<(TenantId, String)>>) -> Result {
    form_told(clerk, seen, forms, tenants, "").await
}

async fn form_told(clerk: &Clerk, seen: Option<Seen>, forms: Forms, tenants: Option<Vec<(TenantId, String)>>, what: &str) -> Result {
    let t = clerk.t();
    let actor = clerk.actor();
    let tenants = match (&seen, tenants) {
        (Some(_), _) => Vec::new(),
        (None, Some(tenants)) => tenants,
        (None, None) => clerk.read("teams.new", |rd, actor| tenant_choices(rd, actor, Verb::TeamEdit)).await?,
    };
    let tenant = seen.as_ref().map_or(actor.tenant, |s| s.team.tenant);
    let mut chrome = clerk.chrome(seen.as_ref().map_or_else(|| t.msg("people-team-new").into_owned(), |s| s.team.name.clone()));
    chrome.flash = told(&t, what, None);
    let lines = [(1, key!("people-line-1")), (2, key!("people-line-2")), (3, key!("people-line-3"))];
    let roles = [(TeamRole::Member, key!("people-member")), (TeamRole::Lead, key!("people-lead"))];
    let member = |m: &TeamMember| MemberLine {
        id: m.person.raw(),
        who: Person::new(m.person, m.name.as_str()).at(format!("/desk/people/{}", m.person)),
        lead: m.role == TeamRole::Lead,
        active: m.active,
    };
    let made = TeamPage {
        chrome,
        id: seen.as_ref().map(|s| s.team.id.raw()),
        key: seen.as_ref().map(|s| s.team.key.clone()).unwrap_or_default(),
        place: seen.as_ref().map(|s| tenant_name(&t, s.team.tenant, &s.place)).unwrap_or_default(),
        active: seen.as_ref().is_none_or(|s| s.team.active),
        members: seen.iter().flat_map(|s| s.members.iter().map(member)).collect(),
        lines: lines
            .into_iter()
            .map(|(n, label)| Choice::new(n.to_string(), t.msg(label), forms.typed.text("line") == n.to_string()))
            .collect(),
        member_roles: roles
            .into_iter()
            .map(|(role, label)| Choice::new(role.key(), t.msg(label), forms.typed.text("role") == role.key()))
            .collect(),
        tenants: tenant_options(&t, &tenants, actor.tenant, forms.typed.text("tenant")),
        hidden: actor.hidden_in(Object::Team, tenant).into_iter().map(str::to_owned).collect(),
        may_edit: seen.as_ref().is_none_or(|s| actor.teams(Verb::TeamEdit).sees(s.team.tenant, s.team.id)),
        typed: forms.typed,
        errors: forms.errors,
        conflict: forms.conflict,
        adding: forms.adding,
        t,
    };
    page!(clerk.viewer, made, as_main)
}
