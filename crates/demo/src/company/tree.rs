//! Organisations and services: trees whose parents stand first.

use super::shape::{Shape, missing};
use crate::corpus::CorpusError;
use crate::model::{OrgKind, OrgRef, Organisation, Service, ServiceRef, Team, TeamRef};

/// The operator with its departments, its customers, and the separate tenant.
pub(super) fn organisations(shape: &Shape) -> Result<Vec<Organisation>, CorpusError> {
    let file = &shape.company;
    let root = OrgRef(0);
    let mut list = vec![Organisation {
        key: file.operator.key.clone(),
        name: file.operator.name.clone(),
        kind: OrgKind::Operator,
        parent: None,
        tenant: root,
        domain: file.operator.domain.clone(),
    }];
    for department in &file.department {
        let parent = match &department.parent {
            None => root,
            Some(key) => by_key(&list, key).ok_or_else(|| missing("company.toml", "department", key))?,
        };
        list.push(Organisation {
            key: department.key.clone(),
            name: department.name.clone(),
            kind: OrgKind::Department,
            parent: Some(parent),
            tenant: root,
            domain: file.operator.domain.clone(),
        });
    }
    for customer in &file.customer {
        let this = OrgRef::at(list.len());
        list.push(Organisation {
            key: customer.key.clone(),
            name: customer.name.clone(),
            kind: if customer.tenant { OrgKind::Tenant } else { OrgKind::Customer },
            parent: (!customer.tenant).then_some(root),
            tenant: if customer.tenant { this } else { root },
            domain: customer.domain.clone(),
        });
    }
    Ok(list)
}

pub(super) fn by_key(list: &[Organisation], key: &str) -> Option<OrgRef> {
    list.iter().position(|o| o.key == key).map(OrgRef::at)
}

/// The service tree: a key's dots are its path.
pub(super) fn services(shape: &Shape, teams: &[Team]) -> Result<Vec<Service>, CorpusError> {
    let mut list: Vec<Service> = Vec::with_capacity(shape.services.len());
    for data in &shape.services {
        let parent = match data.key.rsplit_once('.') {
            None => None,
            Some((key, _)) => {
                let place = list.iter().position(|s| s.key == key);
                Some(place.ok_or_else(|| missing("services.toml", "service", key))?)
            }
        };
        let team = match (&data.team, parent) {
            (Some(key), _) => {
                let place = teams.iter().position(|t| t.key == *key);
                TeamRef::at(place.ok_or_else(|| missing("teams.toml", "team", key))?)
            }
            (None, Some(parent)) => list[parent].team,
            (None, None) => return Err(missing("services.toml", "team of", &data.key)),
        };
        let inherited = parent.is_some_and(|p| list[p].external);
        list.push(Service {
            key: data.key.clone(),
            name: data.name.clone(),
            parent: parent.map(ServiceRef::at),
            level: parent.map_or(1, |p| list[p].level + 1),
            team,
            external: data.external.unwrap_or(inherited),
        });
    }
    Ok(list)
}
