//! Who asks: pools of people by audience; a part of them asks far more often than the rest.

use crate::corpus::{Audience, Scenario};
use crate::dice::Dice;
use crate::model::{Company, OrgKind, PersonRef};

pub(super) struct Crowd {
    staff: Vec<PersonRef>,
    house: Vec<PersonRef>,
    customers: Vec<PersonRef>,
    agents: Vec<PersonRef>,
}

impl Crowd {
    pub(super) fn of(company: &Company) -> Self {
        let mut crowd = Self { staff: Vec::new(), house: Vec::new(), customers: Vec::new(), agents: Vec::new() };
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
        // So that the frequent part below is a mix of all departments and offices.
        let mut dice = Dice::of(0, "crowd", company.people.len() as u64);
        for pool in [&mut crowd.staff, &mut crowd.house, &mut crowd.customers] {
            dice.shuffle(pool);
        }
        crowd
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

    /// Somebody of the same organisation tree and office, other than the person.
    pub(super) fn colleague(&self, dice: &mut Dice, company: &Company, of: PersonRef) -> PersonRef {
        let person = company.person(of);
        let tenant = company.organisation(person.organisation).tenant;
        for _ in 0..60 {
            let place = dice.below(company.people.len());
            let other = &company.people[place];
            let near = other.office == person.office && !other.is_agent()
                && company.organisation(other.organisation).tenant == tenant;
            if near && place != of.index() {
                return PersonRef::at(place);
            }
        }
        of
    }
}
