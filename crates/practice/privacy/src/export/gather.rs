//! Everything that is kept about a person beside tickets, without secrets.

use std::collections::BTreeMap;

use access::{Object, Verb, known};
use db::Rd;
use kernel::{PersonId, Result, TicketId, Time};
use party::{Names, Person, Wanted};
use serde_json::{Value, json};
use settings::field::{Audience, Object as Owner};

use super::readers::{Field, Readers};
use super::store;

/// One record with what hangs on it.
pub struct Record {
    pub json: Value,
    /// What the page shows of it: a label and a value.
    pub facts: Vec<(String, String)>,
}

/// The person's record, and those of who were merged into them.
///
/// # Errors
/// The database does not answer.
pub fn records(rd: &mut Rd<'_>, readers: &Readers) -> Result<Vec<Record>> {
    readers.same.iter().map(|id| record(rd, readers, *id)).collect()
}

fn record(rd: &mut Rd<'_>, r: &Readers, id: PersonId) -> Result<Record> {
    let whole = party::store::person::get(rd, id)?;
    let addresses = known::addresses(rd, r.asker(), &whole)?;
    let memberships = known::memberships(rd, r.asker(), &whole)?;
    let fields = fields(rd, r, &whole)?;
    let person = known::person(r.asker(), whole);
    let names = names(rd, r, &person)?;
    let place = person.location.map(|id| names.location(id).to_owned());
    let end = |at: Time| (at != Time::NEVER).then(|| at.to_rfc3339());
    let mut facts = vec![(r.t.msg("privacy-file-name").into_owned(), person.name.clone())];
    if !person.title.is_empty() {
        facts.push((r.t.msg("privacy-file-title").into_owned(), person.title.clone()));
    }
    facts.extend(addresses.iter().map(|a| (r.t.msg(&format!("privacy-file-{}", a.kind.key())).into_owned(), a.value.clone())));
    facts.extend(memberships.iter().map(|m| (r.t.msg("privacy-file-organisation").into_owned(), m.organisation_name.clone())));
    facts.extend(fields.iter().map(|field| (field.name.clone(), field.words.clone())));
    let mut json = json!({
        "id": person.id.raw(),
        "name": person.name,
        "title": person.title,
        "language": person.lang.map(kernel::Lang::tag),
        "time_zone": person.time_zone,
        "location": place,
        "vip": person.vip,
        "note": person.note,
        "active": person.active,
        "created_at": person.created_at.to_rfc3339(),
        "updated_at": person.updated_at.to_rfc3339(),
        "addresses": addresses.iter().map(|a| json!({
            "kind": a.kind.key(), "value": a.value, "main": a.main, "verified_at": a.verified_at.map(Time::to_rfc3339),
        })).collect::<Vec<_>>(),
        "organisations": memberships.iter().map(|m| json!({
            "id": m.organisation.raw(), "name": m.organisation_name, "role": m.role_title, "main": m.main,
            "from": m.from_at.to_rfc3339(), "to": end(m.to_at),
        })).collect::<Vec<_>>(),
        "fields": fields.iter().map(|field| (field.key.clone(), field.value.clone())).collect::<serde_json::Map<_, _>>(),
        "teams": teams(rd, r, id)?,
        "roles": roles(rd, r, id)?,
    });
    if let Some(json) = json.as_object_mut() {
        json.extend(log_in(rd, r, &person)?);
        json.extend(own(rd, r, id)?);
    }
    Ok(Record { json, facts })
}

fn names(rd: &mut Rd<'_>, r: &Readers, person: &Person) -> Result<Names> {
    let seen = match person.location {
        Some(location) => r.own || r.asker().locations(Verb::LocationSee).get(rd, location).is_ok(),
        None => false,
    };
    let mut wanted = Wanted::default();
    wanted.location(person.location.filter(|_| seen));
    wanted.load(rd)
}

/// The custom fields of a record: the desk's own, but for those that the person themselves may read.
fn fields(rd: &mut Rd<'_>, r: &Readers, person: &Person) -> Result<Vec<Field>> {
    let catalogue = r.person_frame().desk.catalogue(rd)?;
    let values = settings::values::of(rd, Owner::Person, person.id.raw())?;
    let asker = r.asker();
    let hidden = asker.hidden_in(Object::Person, person.tenant);
    let known = |def: &settings::field::FieldDef| {
        let may = asker.is_staff() || (r.own && def.audience != Audience::Desk);
        may && !hidden.contains(def.property().as_str())
    };
    let defs = catalogue.fields().of_object(Owner::Person, person.tenant.raw()).filter(|def| known(def));
    Ok(defs.filter_map(|def| Some(Field::of(&r.t, def, values.get(&def.key)?))).collect())
}

fn teams(rd: &mut Rd<'_>, r: &Readers, id: PersonId) -> Result<Vec<Value>> {
    let scope = r.asker().teams(Verb::TeamSee);
    let mut teams = party::store::team::of_person(rd, id)?;
    teams.retain(|team| r.own || scope.sees(team.tenant, team.id));
    Ok(teams.iter().map(|team| json!({"id": team.id.raw(), "name": team.name, "line": team.line})).collect())
}

fn roles(rd: &mut Rd<'_>, r: &Readers, id: PersonId) -> Result<Vec<Value>> {
    let mut grants = access::store::grant::of_person(rd, id)?;
    grants.retain(|grant| r.own || r.asker().may(Verb::RoleSee, grant.tenant) || r.asker().may(Verb::RoleGrant, grant.tenant));
    Ok(grants.iter().map(|g| json!({"role": g.role, "tenant": g.tenant.raw(), "since": g.granted_at.to_rfc3339()})).collect())
}

/// What they sign in with, for them and for who looks after their log-in.
fn log_in(rd: &mut Rd<'_>, r: &Readers, person: &Person) -> Result<serde_json::Map<String, Value>> {
    if !r.own && !r.asker().persons(Verb::PersonAccount).reaches(rd, person.id)? {
        return Ok(serde_json::Map::new());
    }
    let account = party::store::account::of_person(rd, person.id)?;
    let account = account.map(|a| json!({"login": a.login, "active": a.active, "last_login_at": a.last_login_at.map(Time::to_rfc3339)}));
    let identities = store::identities(rd, person.id)?;
    let sessions = store::sessions(rd, person.id)?;
    let tokens = store::tokens(rd, person.id)?;
    let all = json!({
        "account": account,
        "identities": identities.iter().map(|(issuer, subject, at)| json!({
            "issuer": issuer, "subject": subject, "since": at.to_rfc3339(),
        })).collect::<Vec<_>>(),
        "sessions": sessions.iter().map(|s| json!({
            "began_at": s.began_at.to_rfc3339(), "last_seen_at": s.last_seen_at.to_rfc3339(), "expires_at": s.expires_at.to_rfc3339(),
            "user_agent": s.user_agent, "ip": s.ip,
        })).collect::<Vec<_>>(),
        "tokens": tokens.iter().map(|t| json!({
            "name": t.name, "scopes": t.scopes, "made_at": t.made_at.to_rfc3339(), "expires_at": t.expires_at.to_rfc3339(),
            "last_used_at": t.last_used_at.map(Time::to_rfc3339), "revoked_at": t.revoked_at.map(Time::to_rfc3339),
        })).collect::<Vec<_>>(),
    });
    Ok(if let Value::Object(all) = all { all } else { serde_json::Map::new() })
}

/// What is nobody's business but theirs: preferences, lists of their own, what they have not sent.
fn own(rd: &mut Rd<'_>, r: &Readers, id: PersonId) -> Result<serde_json::Map<String, Value>> {
    let mut own = serde_json::Map::new();
    let preferences: serde_json::Map<String, Value> =
        store::preferences(rd, id)?.into_iter().map(|(key, value)| (key, value.into())).collect();
    own.insert("preferences".to_owned(), preferences.into());
    if !r.own {
        return Ok(own);
    }
    let views: Vec<Value> = store::views(rd, id)?.into_iter().map(|(name, query)| json!({"name": name, "query": query})).collect();
    own.insert("views".to_owned(), views.into());
    let drafts = store::drafts(rd, id)?.into_iter().map(|draft| {
        json!({
            "place": draft.place, "ticket": draft.ticket, "kind": draft.kind, "body": draft.body,
            "fields": serde_json::from_str::<Value>(&draft.fields).unwrap_or(Value::Null), "updated_at": draft.updated_at.to_rfc3339(),
        })
    });
    own.insert("drafts".to_owned(), drafts.collect::<Vec<_>>().into());
    own.insert("notifications".to_owned(), notices(rd, r, id)?.into());
    let mut muted = Vec::new();
    for ticket in store::muted(rd, id)? {
        muted.extend(r.see(rd, TicketId::new(ticket))?.map(|_| ticket));
    }
    own.insert("muted".to_owned(), muted.into());
    let wishes = store::wishes(rd, id)?.and_then(|body| serde_json::from_str::<Value>(&body).ok());
    own.insert("notification_preferences".to_owned(), wishes.into());
    let browsers = store::browsers(rd, id)?;
    let browsers = browsers.iter().map(|(endpoint, device, at)| {
        let service = endpoint.split('/').nth(2).unwrap_or_default();
        json!({"service": service, "device": device, "since": at.to_rfc3339()})
    });
    own.insert("browsers".to_owned(), browsers.collect::<Vec<_>>().into());
    Ok(own)
}

/// What they were told of tickets that they may still see.
fn notices(rd: &mut Rd<'_>, r: &Readers, id: PersonId) -> Result<Vec<Value>> {
    let (mut told, mut seen) = (Vec::new(), BTreeMap::new());
    for notice in store::notices(rd, id)? {
        let ticket = TicketId::new(notice.ticket);
        let sees = match seen.get(&notice.ticket) {
            Some(sees) => *sees,
            None => r.see(rd, ticket)?.is_some(),
        };
        seen.insert(notice.ticket, sees);
        if sees {
            told.push(json!({
                "ticket": notice.ticket, "reason": notice.reason, "told_at": notice.told_at.to_rfc3339(),
                "read_at": notice.read_at.map(Time::to_rfc3339), "done_at": notice.done_at.map(Time::to_rfc3339),
            }));
        }
    }
    Ok(told)
}
