//! Links that somebody notices: the same matter in the same office lately, or a fault that began
//! with the last maintenance.

use std::collections::BTreeMap;

use kernel::Time;

use super::world::World;
use crate::dice::Dice;
use crate::model::{Case, CaseRef, Link, LocationRef, Step, What};

/// Faults that maintenance brings about, and the maintenance that does.
const BROUGHT_BY: [(&str, &str); 2] = [("blue_screen", "monthly_patches"), ("printer_queue", "monthly_patches")];

/// Adds the links to the later case of each pair, right after work began on it.
pub(super) fn find(dice: &mut Dice, world: &World, cases: &mut [Case]) {
    let mut lately: BTreeMap<(String, LocationRef), (CaseRef, Time)> = BTreeMap::new();
    let mut maintenance: BTreeMap<&str, (CaseRef, Time)> = BTreeMap::new();
    // Tickets of two tenants never meet.
    let tenant = |case: &Case| world.company.organisation(case.organisation).tenant;
    for place in 0..cases.len() {
        let (this, start) = (CaseRef::at(place), cases[place].start);
        let case = &cases[place];
        let office = world.company.person(case.requester).office;
        let key = (case.scenario.clone(), office);
        let cause = BROUGHT_BY
            .iter()
            .find(|(fault, _)| *fault == case.scenario)
            .and_then(|(_, by)| maintenance.get(by))
            .filter(|(_, when)| start.micros() - when.micros() < 3 * Time::DAY)
            .filter(|(other, _)| tenant(&cases[other.index()]) == tenant(case))
            .filter(|_| dice.percent(60));
        let similar = lately.get(&key).filter(|(_, when)| start.micros() - when.micros() < 14 * Time::DAY).filter(|_| dice.percent(5));
        if let Some(&(other, _)) = cause {
            add(dice, world, &mut cases[place], Link::CausedBy, other);
        } else if let Some(&(other, _)) = similar {
            add(dice, world, &mut cases[place], Link::RelatesTo, other);
        }
        if let Some((_, by)) = BROUGHT_BY.iter().find(|(_, by)| *by == cases[place].scenario) {
            maintenance.insert(by, (this, start));
        }
        lately.insert(key, (this, start));
    }
}

fn add(dice: &mut Dice, world: &World, case: &mut Case, link: Link, other: CaseRef) {
    let taken = case.steps.iter().any(|s| matches!(s.what, What::Link { .. }));
    let Some(place) = case.steps.iter().position(|s| s.what == What::Start) else { return };
    if taken {
        return;
    }
    let by = case.steps[place].by;
    // Steps are at least a second apart; these two fit between.
    let at = |part: i64| case.steps[place].at.plus(part * Time::SECOND / 4);
    let mut added = vec![Step { at: at(1), by, what: What::Link { link, other } }];
    if let Some(agent) = by {
        let lang = world.company.person(agent).lang;
        let phrases = world.corpus.common.get(lang);
        let texts = if link == Link::CausedBy { &phrases.caused_note } else { &phrases.relates_note };
        added.push(Step { at: at(2), by, what: What::Note { text: dice.pick(texts).clone() } });
    }
    added.retain(|step| step.at <= world.now);
    case.steps.splice(place + 1..place + 1, added);
}
