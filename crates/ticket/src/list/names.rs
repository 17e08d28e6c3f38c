//! What the names in a filter stand for, within what the actor may see.

use access::{Actor, Verb, known};
use db::Rd;
use kernel::{ErrorKind, LocationId, OrganisationId, PersonId, Result, ServiceId, TeamId, fold};
use query::{Branch, Lookup, RefToken, Refs};

/// Records at and below the named ones that are asked for by id; more are asked for by their places in
/// the tree, so that none is left out and no statement has too many values.
const FEW: usize = 20;

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
            _ => unknown(),
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
        return Ok(if scope.reaches(rd, id)? { Lookup::Found(vec![id.raw()]) } else { unknown() });
    }
    let found = known::search(rd, actor, &scope.within(), token, 20)?;
    Ok(by_name(token, found.into_iter().map(|p| (p.id.raw(), p.name)).collect()))
}

fn team(rd: &mut Rd<'_>, actor: &Actor, token: &str) -> Result<Lookup> {
    let scope = actor.teams(Verb::TeamSee);
    if let Ok(id) = token.parse::<TeamId>() {
        return Ok(found(scope.get(rd, id))?.map_or_else(unknown, |t| Lookup::Found(vec![t.id.raw()])));
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
    let services: Vec<party::Service> = match named {
        Some(id) => found(scope.get(rd, id))?.into_iter().collect(),
        None => {
            let near = party::store::service::search(rd, &scope.within(), token, 20)?;
            match by_name(token, near.iter().map(|s| (s.id.raw(), s.name.clone())).collect()) {
                Lookup::Found(ids) => near.into_iter().filter(|s| ids.contains(&s.id.raw())).collect(),
                unknown => return Ok(unknown),
            }
        }
    };
    let branches = services.iter().map(|s| branch(s.tenant, &s.path)).collect();
    at_and_below("service", branches, &services, |service| {
        Ok(party::store::service::subtree(rd, service, FEW + 1)?.into_iter().map(ServiceId::raw).collect())
    })
}

fn organisation(rd: &mut Rd<'_>, actor: &Actor, token: &str) -> Result<Lookup> {
    let scope = actor.organisations(Verb::OrganisationSee);
    let organisations: Vec<party::Organisation> = match token.parse::<OrganisationId>() {
        Ok(id) => found(scope.get(rd, id))?.into_iter().collect(),
        Err(_) => {
            let near = party::store::organisation::search(rd, &scope.within(), token, 20)?;
            match by_name(token, near.into_iter().map(|o| (o.id.raw(), o.name)).collect()) {
                Lookup::Found(ids) => {
                    ids.into_iter().map(|id| party::store::organisation::get(rd, OrganisationId::new(id))).collect::<Result<_>>()?
                }
                unknown => return Ok(unknown),
            }
        }
    };
    let branches = organisations.iter().map(|o| branch(o.tenant, &o.path)).collect();
    at_and_below("organisation", branches, &organisations, |o| {
        Ok(party::store::organisation::subtree(rd, &o.path, FEW + 1)?.into_iter().map(OrganisationId::raw).collect())
    })
}

fn location(rd: &mut Rd<'_>, actor: &Actor, token: &str) -> Result<Lookup> {
    let scope = actor.locations(Verb::LocationSee);
    let locations: Vec<party::Location> = match token.parse::<LocationId>() {
        Ok(id) => match found(scope.get(rd, id))? {
            Some(location) => vec![location],
            None => return Ok(unknown()),
        },
        Err(_) => {
            let near = party::store::location::search(rd, &scope.within(), token, 20)?;
            match by_name(token, near.iter().map(|l| (l.id.raw(), l.name.clone())).collect()) {
                Lookup::Found(ids) => near.into_iter().filter(|l| ids.contains(&l.id.raw())).collect(),
                unknown => return Ok(unknown),
            }
        }
    };
    let branches = locations.iter().map(|l| branch(l.tenant, &l.path)).collect();
    at_and_below("location", branches, &locations, |l| {
        Ok(party::store::location::subtree(rd, l, FEW + 1)?.into_iter().map(LocationId::raw).collect())
    })
}

fn branch(tenant: OrganisationId, path: &str) -> Branch {
    let (from, to) = party::tree::range(path);
    Branch { tenant: tenant.raw(), from, to }
}

/// The records of a tree at and below some of them: their ids while they are few, else their branches.
fn at_and_below<N>(table: &'static str, branches: Vec<Branch>, nodes: &[N], mut ids: impl FnMut(&N) -> Result<Vec<i64>>) -> Result<Lookup> {
    let mut all = Vec::new();
    for node in nodes {
        all.extend(ids(node)?);
        if all.len() > FEW {
            return Ok(Lookup::Within { table, branches });
        }
    }
    Ok(Lookup::Found(all))
}

fn unknown() -> Lookup {
    Lookup::Unknown { proposals: Vec::new() }
}

/// None when there is none; what else goes wrong is no answer about the name.
fn found<T>(record: Result<T>) -> Result<Option<T>> {
    match record {
        Ok(record) => Ok(Some(record)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
