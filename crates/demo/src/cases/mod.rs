//! Tells the year: who asked for what and when, and what became of it.

mod calendar;
mod crowd;
mod desk;
mod outage;
mod parts;
mod relations;
mod script;
mod story;
mod tale;
mod voice;
mod world;

#[cfg(test)]
mod tests;

use kernel::{Lang, Time};

use crate::corpus::Corpus;
use crate::dice::Dice;
use crate::model::{Case, CaseRef, Company, What};
use world::World;

/// All cases up to `now`, sorted by start.
pub(crate) fn tell(seed: u64, now: Time, count: u32, names: Lang, company: &Company, corpus: &Corpus) -> Vec<Case> {
    let world = World::new(now, names, company, corpus);
    let mut cases = Vec::new();
    for number in 0..u64::from(count) {
        let mut dice = Dice::of(seed, "case", number);
        let scenario = world.scenario(&mut dice);
        let requester = world.crowd.requester(&mut dice, company, scenario);
        let zone = world.zone(requester);
        let start = world.calendar.moment(&mut dice, scenario.peak, zone);
        tale::tell(&world, scenario, requester, start, &mut dice, &mut cases);
    }
    for (number, outage) in corpus.outages.iter().enumerate() {
        let mut dice = Dice::of(seed, "outage", number as u64);
        outage::tell(&world, outage, count, &mut dice, &mut cases);
    }
    let mut cases = up_to(now, cases);
    relations::find(&mut Dice::of(seed, "relations", 0), &world, &mut cases);
    cases
}

/// Cuts what lies after `now`, sorts by start and lets links follow. A case links only to cases that
/// began before it, so no link loses its target.
fn up_to(now: Time, cases: Vec<Case>) -> Vec<Case> {
    let mut order: Vec<usize> = (0..cases.len()).filter(|&i| cases[i].start <= now).collect();
    order.sort_by_key(|&i| (cases[i].start, i));
    let mut places = vec![0_usize; cases.len()];
    for (place, &was) in order.iter().enumerate() {
        places[was] = place;
    }
    let mut slots: Vec<Option<Case>> = cases.into_iter().map(Some).collect();
    let mut sorted = Vec::with_capacity(order.len());
    for was in order {
        let Some(mut case) = slots[was].take() else { continue };
        case.steps.retain(|step| step.at <= now);
        for step in &mut case.steps {
            if let What::Link { other, .. } = &mut step.what {
                *other = CaseRef::at(places[other.index()]);
            }
        }
        sorted.push(case);
    }
    sorted
}
