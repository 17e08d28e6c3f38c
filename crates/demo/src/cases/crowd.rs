//! Who asks: pools of people by audience; a part of them asks far more often than the rest.

use std::collections::BTreeMap;

use crate::corpus::{Audience, Scenario};
use crate::dice::Dice;
use crate::model::{Company, LocationRef, OrgKind, OrgRef, PersonRef};

/// Hundredths of the requests that are one of theirs, where the audience fits.
const SHOWN: u32 = 9;

#[derive(Default)]
pub(super) struct Crowd {
    staff: Vec<PersonRef>,
    house: Vec<PersonRef>,
    customers: Vec<PersonRef>,
    agents: Vec<PersonRef>,
    /// Those with a log-in on the first page: whoever tries the demo as one of them finds something.
    shown: Vec<PersonRef>,
    /// Who sits together, and by person where they do.
    offices: Vec<Vec<PersonRef>>,
    office_of: Vec<usize>,
}

impl Crowd {
    pub(super) fn of(company: &Company) -> Self {
        let mut crowd = Self::default();
        for (place, person) in company.people.iter().enumerate() {
            let this = PersonRef::at(place);
            match company.organisation(person.organisation).kind {
                OrgKind::Customer => crowd.customers.push(this),
                OrgKind::Tenant => crowd.staff.push(this),
                OrgKind::Operator | OrgKind::Department if person.is_agent() => crowd.agents.push(this),
                OrgKind::Operator | OrgKind::Department => {
                    crowd.staff.push(this);
                    crowd.house.push(this);
                }
            }
        }
        crowd.seat(company);
        crowd.shown = company.accounts.iter().map(|account| account.person).collect();
        // So that the frequent part below is a mix of all departments and offices.
        let mut dice = Dice::of(0, "crowd", company.people.len() as u64);
        for pool in [&mut crowd.staff, &mut crowd.house, &mut crowd.customers] {
            dice.shuffle(pool);
        }
        crowd
    }

    /// Users by office and root organisation; agents have the users of their office as neighbours.
    fn seat(&mut self, company: &Company) {
        let mut rooms: BTreeMap<(LocationRef, OrgRef), usize> = BTreeMap::new();
        for (place, person) in company.people.iter().enumerate() {
            let next = rooms.len();
            let room = *rooms.entry((person.office, company.organisation(person.organisation).tenant)).or_insert(next);
            if room == self.offices.len() {
                self.offices.push(Vec::new());
            }
            if !person.is_agent() {
                self.offices[room].push(PersonRef::at(place));
            }
            self.office_of.push(room);
        }
    }

    fn pool(&self, audience: Audience) -> &[PersonRef] {
        match audience {
            Audience::Staff => &self.staff,
            Audience::House => &self.house,
            Audience::Customer => &self.customers,
            Audience::Agent => &self.agents,
        }
    }

    /// Somebody who may bring the scenario, most of the time of the departments that do.
    pub(super) fn requester(&self, dice: &mut Dice, company: &Company, scenario: &Scenario) -> PersonRef {
        let fits = |person: PersonRef| {
            let key = &company.organisation(company.person(person).organisation).key;
            scenario.departments.is_empty() || scenario.departments.contains(key)
        };
        let mut person = self.anybody(dice, scenario.audience);
        for _ in 0..25 {
            if fits(person) {
                break;
            }
            person = self.anybody(dice, scenario.audience);
        }
        person
    }

    fn anybody(&self, dice: &mut Dice, audience: Audience) -> PersonRef {
        let pool = self.pool(audience);
        let frequent = pool.len().div_ceil(6);
        let shown = *dice.pick(&self.shown);
        if dice.percent(SHOWN) && pool.contains(&shown) {
            return shown;
        }
        if dice.percent(35) { *dice.pick(&pool[..frequent]) } else { *dice.pick(pool) }
    }

    /// People of an audience at one of the offices (none named: anywhere), in mixed order.
    pub(super) fn some(&self, dice: &mut Dice, company: &Company, audience: Audience, offices: &[String]) -> Vec<PersonRef> {
        let here = |p: &PersonRef| {
            let office = &company.location(company.person(*p).office).key;
            offices.is_empty() || offices.contains(office)
        };
        let mut people: Vec<PersonRef> = self.pool(audience).iter().copied().filter(here).collect();
        dice.shuffle(&mut people);
        people
    }

    /// Somebody else of the same office and organisation tree; the person where there is nobody.
    pub(super) fn colleague(&self, dice: &mut Dice, of: PersonRef) -> PersonRef {
        let near = &self.offices[self.office_of[of.index()]];
        for _ in 0..20 {
            let other = *dice.pick(near);
            if other != of {
                return other;
            }
        }
        of
    }
}
