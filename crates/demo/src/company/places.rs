//! Offices with their floors and rooms, and the sites of customers.

use super::shape::{Shape, missing};
use super::tree;
use crate::corpus::CorpusError;
use crate::model::{Location, LocationKind, LocationRef, OrgRef, Organisation};
use crate::names::Names;

/// All places; an office stands before its floors, a floor before its rooms.
pub(super) fn locations(shape: &Shape, organisations: &[Organisation]) -> Result<Vec<Location>, CorpusError> {
    let mut list = Vec::new();
    for office in &shape.company.office {
        let site = LocationRef::at(list.len());
        list.push(Location {
            key: office.key.clone(),
            name: office.name.clone(),
            kind: LocationKind::Office,
            parent: None,
            organisation: OrgRef(0),
            time_zone: office.zone.clone(),
            address: office.address.clone(),
        });
        for floor in 1..=office.floors {
            floor_with_rooms(&mut list, site, floor);
        }
    }
    for customer in &shape.company.customer {
        let organisation = tree::by_key(organisations, &customer.key).ok_or_else(|| missing("company.toml", "customer", &customer.key))?;
        list.push(Location {
            key: customer.key.clone(),
            name: customer.site.clone(),
            kind: LocationKind::Office,
            parent: None,
            organisation,
            time_zone: customer.zone.clone(),
            address: customer.address.clone(),
        });
    }
    Ok(list)
}

fn floor_with_rooms(list: &mut Vec<Location>, site: LocationRef, floor: u32) {
    let office = list[site.index()].clone();
    let below = |key: String, name: Names, kind, parent| Location {
        key,
        name,
        kind,
        parent: Some(parent),
        organisation: office.organisation,
        time_zone: office.time_zone.clone(),
        address: String::new(),
    };
    let level = LocationRef::at(list.len());
    let name = Names { en: format!("Floor {floor}"), es: format!("Planta {floor}"), ru: format!("Этаж {floor}") };
    list.push(below(format!("{}.{floor}", office.key), name, LocationKind::Floor, site));
    for room in ["01", "20"] {
        let name = Names {
            en: format!("Meeting room {floor}.{room}"),
            es: format!("Sala {floor}.{room}"),
            ru: format!("Переговорная {floor}.{room}"),
        };
        list.push(below(format!("{}.{floor}.{room}", office.key), name, LocationKind::Room, level));
    }
}
