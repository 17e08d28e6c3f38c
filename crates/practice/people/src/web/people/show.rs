//! `/desk/people/{id}`, and shutting a person out or letting them in again.

use std::collections::BTreeSet;

use access::store::{grant, role};
use access::{Actor, FALLBACK, Object, Verb, known};
use db::Rd;
use kernel::{PersonId, Time};
use party::{Membership, SHARED, Wanted, store};
use ui::{Choice, FormErrors, Person};
use web_kit::{Path, Query, Result, page, see_other};

use crate::actions::custom::Owner;
use crate::actions::person::edit as editing;
use crate::actions::person::membership::runs;
use crate::permit;
use crate::views::people::{AddressLine, GrantLine, MembershipLine, PersonPage};
use crate::views::{Link, address_kinds, tenant_choices, tenant_name};
use crate::web::custom::{Card, card};
use crate::web::{Clerk, Fields, Told, done, told};

/// What a page of a person shows besides the person: forms that came back.
#[derive(Debug, Clone, Default)]
pub struct Forms {
    pub typed: Fields,
    pub errors: FormErrors,
    /// Which form is open: `contact`, `membership` or `grant`.
    pub open: &'static str,
}

/// # Errors
/// The person may not be seen.
pub async fn show(clerk: Clerk, Path(id): Path<PersonId>, Query(told): Query<Told>) -> Result {
    build(&clerk, id, Forms::default(), &told).await
}

/// What is read of a person.
struct Seen {
    person: party::Person,
    addresses: Vec<party::Address>,
    memberships: Vec<Membership>,
    teams: Vec<party::Team>,
    grants: Vec<grant::GrantRow>,
    roles: Vec<role::RoleRow>,
    merged: Vec<party::Person>,
    login: Option<party::Account>,
    names: party::Names,
    tenants: Vec<(party::TenantId, String)>,
    may: Rights,
    customs: Card,
}

/// What the reader may do here: for showing a button; the action asks again.
#[derive(Debug, Clone, Copy)]
pub struct Rights {
    pub edit: bool,
    pub disable: bool,
    pub merge: bool,
    /// For good; a page of another slice.
    pub erase: bool,
    pub grant: bool,
    /// The log-in has a page of its own, where more is asked.
    pub account: bool,
    /// The desk as they see it; a page of another slice, where more is asked.
    pub see_as: bool,
}

fn read(rd: &mut Rd<'_>, actor: &Actor, t: &i18n::T, id: PersonId) -> kernel::Result<Seen> {
    let person = permit::person(rd, actor, id, Verb::PersonSee)?;
    let reaches = |rd: &mut Rd<'_>, verb| actor.persons(verb).reaches(rd, person.id);
    let may = Rights {
        edit: reaches(rd, Verb::PersonEdit)?,
        disable: reaches(rd, Verb::PersonDisable)?,
        merge: reaches(rd, Verb::PersonMerge)?,
        erase: reaches(rd, Verb::PersonErase)?,
        grant: actor.may_anywhere(Verb::RoleGrant),
        account: reaches(rd, Verb::PersonAccount)?,
        see_as: person.active && actor.person != Some(person.id) && reaches(rd, Verb::PersonSeeAs)?,
    };
    let login = if may.account { store::account::of_person(rd, person.id)? } else { None };
    let team_scope = actor.teams(Verb::TeamSee);
    let mut teams = store::team::of_person(rd, person.id)?;
    teams.retain(|team| team_scope.sees(team.tenant, team.id));
    let mut grants = grant::of_person(rd, person.id)?;
    grants.retain(|g| actor.may(Verb::RoleSee, g.tenant) || actor.may(Verb::RoleGrant, g.tenant) || actor.person == Some(person.id));
    let mut merged = Vec::new();
    for id in store::person::merged_into(rd, person.id)? {
        merged.push(store::person::get(rd, id)?);
    }
    let mut wanted = Wanted::default();
    wanted.location(person.location);
    for g in &grants {
        wanted.organisation(Some(g.tenant).filter(|t| *t != SHARED));
    }
    Ok(Seen {
        addresses: known::addresses(rd, actor, &person)?,
        memberships: known::memberships(rd, actor, &person)?,
        roles: role::list(rd, person.tenant)?,
        tenants: if may.grant { tenant_choices(rd, actor, Verb::RoleGrant)? } else { Vec::new() },
        names: wanted.load(rd)?,
        person: known::person(actor, person),
        customs: card(rd, actor, t, Owner::Person(id), &format!("/desk/people/{id}"))?,
        teams,
        grants,
        merged,
        login,
        may,
    })
}

/// The page, also with a form that came back.
///
/// # Errors
/// The person may not be seen.
pub async fn build(clerk: &Clerk, id: PersonId, forms: Forms, told_now: &Told) -> Result {
    let words = clerk.t();
    let seen = clerk.read("people.show", move |rd, actor| read(rd, actor, &words, id)).await?;
    if seen.person.id != id {
        return Ok(see_other(&format!("/desk/people/{}", seen.person.id)));
    }
    let t = clerk.t();
    let now = clerk.now();
    let p = &seen.person;
    let hidden: BTreeSet<String> = clerk.actor().hidden_in(Object::Person, p.tenant).into_iter().map(str::to_owned).collect();
    let undo = match told_now.done.as_str() {
        "disabled" => Some(format!("/desk/people/{id}/enable")),
        "merged" => told_now.other.map(|other| format!("/desk/people/{other}/unmerge")),
        _ => None,
    };
    let mut chrome = clerk.chrome(p.name.as_str());
    chrome.flash = told(&t, &told_now.done, undo);
    let zone = p.time_zone.clone().unwrap_or_default();
    let made = PersonPage {
        chrome,
        who: Person::new(p.id, p.name.as_str()),
        addresses: seen.addresses.iter().map(|a| AddressLine::of(&t, a)).collect(),
        memberships: seen.memberships.iter().map(|m| membership_line(&t, m, now)).collect(),
        teams: seen.teams.iter().map(|team| Link { label: team.name.clone(), href: format!("/admin/teams/{}", team.id) }).collect(),
        grants: grant_lines(clerk, &seen),
        fallback: fallback(clerk, &seen),
        merged: seen.merged.iter().map(|m| (m.id.raw(), m.name.clone())).collect(),
        login: seen.login.as_ref().map(|account| account.login.clone()).unwrap_or_default(),
        last_login: seen.login.as_ref().and_then(|a| a.last_login_at).map(|at| (at.to_rfc3339(), t.ago(at, now))),
        location: p.location.map(|l| seen.names.location(l).to_owned()).unwrap_or_default(),
        lang: p.lang.map(|l| ui::own_name(&l).to_owned()).unwrap_or_default(),
        clock: if zone.is_empty() { String::new() } else { i18n::T::named(t.lang(), &zone).clock(now) },
        zone,
        kinds: address_kinds(&t, forms.typed.text("kind")),
        role_choices: role_choices(&t, &seen, forms.typed.text("role")),
        tenant_choices: tenants_as_choices(&t, &seen, forms.typed.text("tenant")),
        customs: seen.customs,
        person: seen.person,
        may: seen.may,
        hidden,
        forms,
        t,
    };
    page!(clerk.viewer, made, as_main)
}

fn membership_line(t: &i18n::T, m: &Membership, now: Time) -> MembershipLine {
    let running = runs(m, now);
    let dates = if running && m.to_at == Time::NEVER {
        t.with("people-since", &[("day", t.day(m.from_at, now).into())])
    } else {
        t.with("people-from-to", &[("from", t.day(m.from_at, now).into()), ("to", t.day(m.to_at, now).into())])
    };
    MembershipLine {
        id: m.organisation.raw(),
        name: m.organisation_name.clone(),
        role_title: m.role_title.clone(),
        dates,
        main: m.main,
        running,
    }
}

fn grant_lines(clerk: &Clerk, seen: &Seen) -> Vec<GrantLine> {
    let t = &clerk.viewer.t;
    let name = |key: &str| seen.roles.iter().rev().find(|r| r.key == key).map_or(key.to_owned(), |r| r.role.name(t.lang()).to_owned());
    let lines = seen.grants.iter().map(|g| GrantLine {
        key: g.role.clone(),
        name: name(&g.role),
        tenant: g.tenant.raw(),
        place: tenant_name(t, g.tenant, seen.names.organisation(g.tenant)),
        may_revoke: clerk.actor().may(Verb::RoleGrant, g.tenant),
    });
    lines.collect()
}

/// The role of whoever holds no other at home.
fn fallback(clerk: &Clerk, seen: &Seen) -> String {
    let at_home = seen.grants.iter().any(|g| g.tenant == SHARED || g.tenant == seen.person.tenant);
    let role = seen.roles.iter().find(|r| r.key == FALLBACK).filter(|_| !at_home);
    role.map(|r| r.role.name(clerk.viewer.t.lang()).to_owned()).unwrap_or_default()
}

fn role_choices(t: &i18n::T, seen: &Seen, chosen: &str) -> Vec<Choice> {
    let mut known = BTreeSet::new();
    let active = seen.roles.iter().rev().filter(|r| known.insert(r.key.clone()) && r.active);
    let mut choices: Vec<Choice> = active.map(|r| Choice::new(r.key.as_str(), r.role.name(t.lang()), r.key == chosen)).collect();
    choices.sort_by_key(|c| kernel::fold(&c.label));
    choices
}

fn tenants_as_choices(t: &i18n::T, seen: &Seen, chosen: &str) -> Vec<Choice> {
    let fallback = seen.person.tenant.to_string();
    let chosen = if chosen.is_empty() { fallback.as_str() } else { chosen };
    let one = |(id, name): &(party::TenantId, String)| Choice::new(id.to_string(), tenant_name(t, *id, name), id.to_string() == chosen);
    seen.tenants.iter().map(one).collect()
}

/// # Errors
/// `Forbidden`; the person may not be seen; nobody would remain to administer the desk.
pub async fn disable(clerk: Clerk, Path(id): Path<PersonId>) -> Result {
    set_active(clerk, id, false).await
}

/// # Errors
/// As [`disable`].
pub async fn enable(clerk: Clerk, Path(id): Path<PersonId>) -> Result {
    set_active(clerk, id, true).await
}

async fn set_active(clerk: Clerk, id: PersonId, active: bool) -> Result {
    let patch = editing::Patch { active: Some(active), ..editing::Patch::default() };
    let id = clerk.act("person.active", None, move |tx, frame| editing::edit(tx, frame, id, None, &patch)).await?;
    Ok(done(&format!("/desk/people/{id}"), if active { "enabled" } else { "disabled" }))
}
