//! What every tale needs: the company, the words, time zones, who is on duty.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use kernel::{Lang, Time};

use super::calendar::Calendar;
use super::crowd::Crowd;
use crate::corpus::{Corpus, Scenario};
use crate::dice::Dice;
use crate::model::{Company, PersonRef, ServiceRef, TeamRef};

pub(super) struct World<'a> {
    pub now: Time,
    /// How teams and places are called.
    pub names: Lang,
    pub company: &'a Company,
    pub corpus: &'a Corpus,
    pub calendar: Calendar,
    pub crowd: Crowd,
    zones: BTreeMap<&'a str, TimeZone>,
}

impl<'a> World<'a> {
    pub(super) fn new(now: Time, names: Lang, company: &'a Company, corpus: &'a Corpus) -> Self {
        let zones =
            company.locations.iter().map(|l| (l.time_zone.as_str(), TimeZone::get(&l.time_zone).unwrap_or(TimeZone::UTC))).collect();
        Self { now, names, company, corpus, calendar: Calendar::before(now), crowd: Crowd::of(company), zones }
    }

    /// The time zone of a person's desk.
    pub(super) fn zone(&self, person: PersonRef) -> &TimeZone {
        static UTC: TimeZone = TimeZone::UTC;
        self.zones.get(self.company.person(person).time_zone.as_str()).unwrap_or(&UTC)
    }

    pub(super) fn scenario(&self, dice: &mut Dice) -> &'a Scenario {
        let scenarios = &self.corpus.scenarios;
        &scenarios[dice.weighted(scenarios.iter().map(|s| s.weight))]
    }

    /// A team that a data file names; a test checks that all exist.
    pub(super) fn team(&self, key: &str) -> TeamRef {
        self.company.team_by_key(key).unwrap_or(TeamRef(0))
    }

    pub(super) fn service(&self, key: &str) -> ServiceRef {
        self.company.service_by_key(key).unwrap_or(ServiceRef(0))
    }

    /// The name of somebody's office in a sentence, and what stands in its asset tags.
    pub(super) fn office(&self, person: PersonRef) -> Office<'a> {
        let key = &self.company.location(self.company.person(person).office).key;
        let shape = &self.corpus.shape.company;
        let own = shape.office.iter().find(|o| o.key == *key).map(|o| Office { tag: &o.tag, name: &o.name, inside: &o.inside });
        own.or_else(|| shape.customer.iter().find(|c| c.key == *key).map(|c| Office { tag: &c.tag, name: &c.site, inside: &c.inside }))
            .unwrap_or(Office { tag: "HQ", name: &shape.operator.name, inside: &shape.operator.name })
    }
}

pub(super) struct Office<'a> {
    pub tag: &'a str,
    pub name: &'a crate::names::Names,
    pub inside: &'a crate::names::Names,
}
