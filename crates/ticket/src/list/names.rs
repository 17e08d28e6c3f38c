//! What the names in a filter stand for, within what the actor may see.

use access::{Actor, Verb};
use db::Rd;
use kernel::{OrganisationId, PersonId, Result, ServiceId, TeamId, fold};
use query::{Lookup, RefToken, Refs};

/// Records below a named one that are included at most.
const SUBTREE: usize = 2000;

/// Looks up all names of a filter.
///
/// # Errors
/// The database refuses.
pub fn look_up(rd: &mut Rd<'_>, actor: &Actor, tokens: Vec<RefToken>) -> Result<Refs> {
    let mut refs = Refs::default();
    for token in tokens {
        let answer = match token.kind.as_str() {
            "person" => person(rd, actor, &token.token)?,
            "team" => team(rd, actor, &token.token)?,
            "service" => service(rd, actor, &token.token)?,
            "organisation" => organisation(rd, actor, &token.token)?,
            "location" => location(rd, actor, &token.token)?,
            _ => Lookup::Unknown { proposals: Vec::new() },
        };
        refs.insert(token, answer);
    }
    Ok(refs)
}

/// Those whose name is exactly that; else none, with what is near.
fn by_name<I: Copy + Into<i64>>(token: &str, found: Vec<(I, String)>) -> Lookup {
    let key = fold(token);
    let exact: Vec<i64> = found.iter().filter(|(_, name)| fold(name) == key).map(|(id, _)| (*id).into()).collect();
    match (exact.is_empty(), found.as_slice()) {
        (false, _) => Lookup::Found(exact),
        (true, [(only, _)]) => Lookup::Found(vec![(*only).into()]),
        _ => Lookup::Unknown { proposals: found.into_iter().map(|(_, name)| name).take(5).collect() },
    }
}

fn person(rd: &mut Rd<'_>, actor: &Actor, token: &str) -> Result<Lookup> {
    let scope = actor.persons(Verb::PersonSee);
    if let Ok(id) = token.parse::<PersonId>() {
        return Ok(if scope.reaches(rd, id)? { Lookup::Found(vec![id.raw()]) } else { Lookup::Unknown { proposals: Vec::new() } });
    }
    let found = party::store::person::search(rd, &scope.within(), token, 20)?;
    Ok(by_name(token, found.into_iter().map(|p| (p.id.raw(), p.name)).collect()))
}

fn team(rd: &mut Rd<'_>, actor: &Actor, token: &str) -> Result<Lookup> {
    let scope = actor.teams(Verb::TeamSee);
    if let Ok(id) = token.parse::<TeamId>() {
        return Ok(found(scope.get(rd, id).map(|t| vec![t.id.raw()])));
    }
    for tenant in [actor.tenant, party::SHARED] {
        if let Some(team) = party::store::team::by_key(rd, tenant, token)?.filter(|t| scope.sees(t.tenant, t.id)) {
            return Ok(Lookup::Found(vec![team.id.raw()]));
        }
    }
    let near = party::store::team::search(rd, &scope.within(), token, 20)?;
    Ok(by_name(token, near.into_iter().map(|t| (t.id.raw(), t.name)).collect()))
}

fn service(rd: &mut Rd<'_>, actor: &Actor, token: &str) -> Result<Lookup> {
    let scope = actor.services(Verb::ServiceSee);
    let mut named = token.parse::<ServiceId>().ok();
    for tenant in [actor.tenant, party::SHARED] {
        if named.is_none() {
            named = party::store::service::by_key(rd, tenant, token)?.map(|s| s.id);
        }
    }
    if let Some(id) = named {
        let Ok(service) = scope.get(rd, id) else { return Ok(Lookup::Unknown { proposals: Vec::new() }) };
        return Ok(Lookup::Found(party::store::service::subtree(rd, &service, SUBTREE)?.into_iter().map(ServiceId::raw).collect()));
    }
    let near = party::store::service::search(rd, &scope.within(), token, 20)?;
    match by_name(token, near.into_iter().map(|s| (s.id.raw(), s.name)).collect()) {
        Lookup::Found(ids) => {
            let mut all = Vec::new();
            for id in ids {
                let service = party::store::service::get(rd, ServiceId::new(id))?;
                all.extend(party::store::service::subtree(rd, &service, SUBTREE)?.into_iter().map(ServiceId::raw));
            }
            Ok(Lookup::Found(all))
        }
        unknown => Ok(unknown),
    }
}

fn organisation(rd: &mut Rd<'_>, actor: &Actor, token: &str) -> Result<Lookup> {
    let scope = actor.organisations(Verb::OrganisationSee);
    let named = match token.parse::<OrganisationId>() {
        Ok(id) => found(scope.get(rd, id).map(|o| vec![o.id.raw()])),
        Err(_) => {
            let near = party::store::organisation::search(rd, &scope.within(), token, 20)?;
            by_name(token, near.into_iter().map(|o| (o.id.raw(), o.name)).collect())
        }
    };
    let Lookup::Found(ids) = named else { return Ok(named) };
    let mut all = Vec::new();
    for id in ids {
        let path = party::store::organisation::get(rd, OrganisationId::new(id))?.path;
        all.extend(party::store::organisation::subtree(rd, &path, SUBTREE)?.into_iter().map(OrganisationId::raw));
    }
    Ok(Lookup::Found(all))
}

fn location(rd: &mut Rd<'_>, actor: &Actor, token: &str) -> Result<Lookup> {
    let scope = actor.locations(Verb::LocationSee);
    let near = party::store::location::search(rd, &scope.within(), token, 20)?;
    let named = by_name(token, near.into_iter().map(|l| (l.id.raw(), l.name)).collect());
    let Lookup::Found(ids) = named else { return Ok(named) };
    let mut all = Vec::new();
    for id in ids {
        let node = party::store::location::get(rd, kernel::LocationId::new(id))?;
        all.extend(party::store::location::subtree(rd, &node, SUBTREE)?.into_iter().map(kernel::LocationId::raw));
    }
    Ok(Lookup::Found(all))
}

fn found(ids: Result<Vec<i64>>) -> Lookup {
    ids.map_or(Lookup::Unknown { proposals: Vec::new() }, Lookup::Found)
}
