//! People: names of their country, a desk, a phone, a computer.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Lang;

use super::latin::latin;
use super::shape::{Customer, Department, Office, Shape};
use super::tree;
use crate::corpus::text::gendered;
use crate::dice::Dice;
use crate::model::{Gender, Location, LocationKind, LocationRef, OrgRef, Organisation, Person, PersonRef, Role};
use crate::names::Names;

/// Where a person sits and what follows from it.
struct Seat<'a> {
    lang: Lang,
    names: &'a str,
    tag: &'a str,
    phone: &'a str,
    mobile: &'a str,
    site: LocationRef,
}

impl<'a> Seat<'a> {
    fn office(office: &'a Office, site: LocationRef) -> Self {
        Self { lang: office.lang, names: &office.names, tag: &office.tag, phone: &office.phone, mobile: &office.mobile, site }
    }
    fn customer(customer: &'a Customer, site: LocationRef) -> Self {
        Self { lang: customer.lang, names: &customer.names, tag: &customer.tag, phone: &customer.phone, mobile: &customer.mobile, site }
    }
}

/// What a person does.
pub(super) struct Job<'a> {
    pub title: &'a Names,
    pub organisation: OrgRef,
    pub role: Role,
    pub vip: bool,
}

/// Makes people one by one and keeps addresses, numbers and asset tags apart.
pub(super) struct Maker<'a> {
    pub shape: &'a Shape,
    organisations: &'a [Organisation],
    locations: &'a [Location],
    people: Vec<Person>,
    addresses: BTreeSet<String>,
    seated: BTreeMap<&'a str, u64>,
}

impl<'a> Maker<'a> {
    pub(super) fn new(shape: &'a Shape, organisations: &'a [Organisation], locations: &'a [Location]) -> Self {
        Self { shape, organisations, locations, people: Vec::new(), addresses: BTreeSet::new(), seated: BTreeMap::new() }
    }

    pub(super) fn finish(self) -> Vec<Person> {
        self.people
    }

    pub(super) fn organisation(&self, key: &str) -> Option<OrgRef> {
        tree::by_key(self.organisations, key)
    }

    fn site(&self, key: &str) -> LocationRef {
        LocationRef::at(self.locations.iter().position(|l| l.key == key).unwrap_or_default())
    }

    /// A person of an office of the operator, who speaks its language.
    pub(super) fn hire(&mut self, dice: &mut Dice, office: &'a Office, job: &Job) -> PersonRef {
        let seat = Seat::office(office, self.site(&office.key));
        self.add(dice, &seat, job)
    }

    fn add(&mut self, dice: &mut Dice, seat: &Seat<'a>, job: &Job) -> PersonRef {
        let gender = if dice.percent(50) { Gender::Male } else { Gender::Female };
        let (given, middle, family) = self.name(dice, seat.names, gender);
        let seated = self.seated.entry(seat.tag).or_default();
        *seated += 1;
        let number = *seated;
        let organisation = &self.organisations[job.organisation.index()];
        let email = unique(&mut self.addresses, &given, &family, &organisation.domain);
        let floors: Vec<(usize, &Location)> =
            self.locations.iter().enumerate().filter(|(_, l)| l.kind == LocationKind::Floor && l.parent == Some(seat.site)).collect();
        let (location, floor) = if floors.is_empty() {
            (seat.site, 1)
        } else {
            let place = dice.below(floors.len());
            (LocationRef::at(floors[place].0), place + 1)
        };
        self.people.push(Person {
            title: gendered(job.title.get(seat.lang), gender),
            gender,
            lang: seat.lang,
            email,
            phone: dial(seat.phone, number),
            mobile: dice.percent(60).then(|| dial(seat.mobile, number)),
            organisation: job.organisation,
            location,
            office: seat.site,
            room: format!("{floor}.{:02}", dice.range(2, 19)),
            time_zone: self.locations[seat.site.index()].time_zone.clone(),
            vip: job.vip,
            device: format!("{}-{}-{:04}", if dice.percent(82) { "NB" } else { "PC" }, seat.tag, number * 7 % 10_000),
            role: job.role,
            given,
            middle,
            family,
        });
        PersonRef::at(self.people.len() - 1)
    }

    fn name(&self, dice: &mut Dice, list: &str, gender: Gender) -> (String, Option<String>, String) {
        let Some(list) = self.shape.names.get(list) else {
            return (String::new(), None, String::new());
        };
        let (given, middles, families) = match gender {
            Gender::Male => (&list.male, &list.middles, &list.families),
            Gender::Female if list.families_f.is_empty() => (&list.female, &list.middles_f, &list.families),
            Gender::Female => (&list.female, &list.middles_f, &list.families_f),
        };
        let middle = (!middles.is_empty() && dice.percent(65)).then(|| dice.pick(middles).clone());
        let mut family = dice.pick(families).clone();
        if list.double {
            family = format!("{family} {}", dice.pick(families));
        }
        (dice.pick(given).clone(), middle, family)
    }
}

/// A mail address nobody has yet: the first family name counts, a number tells namesakes apart.
fn unique(taken: &mut BTreeSet<String>, given: &str, family: &str, domain: &str) -> String {
    let family = family.split(' ').next().unwrap_or_default();
    let local = format!("{}.{}", latin(given), latin(family));
    let mut address = format!("{local}@{domain}");
    let mut number = 2;
    while !taken.insert(address.clone()) {
        address = format!("{local}{number}@{domain}");
        number += 1;
    }
    address
}

/// Fills the digits of a number pattern. 37 has no common factor with 10, so numbers repeat only
/// when the digits run out.
fn dial(pattern: &str, number: u64) -> String {
    let digits = u32::try_from(pattern.matches('#').count()).unwrap_or(4);
    let scrambled = number.wrapping_mul(37) % 10_u64.pow(digits);
    let text = format!("{scrambled:0width$}", width = digits as usize);
    let mut left = text.chars();
    pattern.chars().map(|c| if c == '#' { left.next().unwrap_or('0') } else { c }).collect()
}

/// Users of the operator in the smallest company.
const FEWEST: u32 = 30;

/// The users: departments of the operator, then the customers.
pub(super) fn everybody_else(maker: &mut Maker, dice: &mut Dice, count: u32) {
    let shape = maker.shape;
    let mut customers = 0;
    for customer in &shape.company.customer {
        let Some(organisation) = maker.organisation(&customer.key) else { continue };
        let seat = Seat::customer(customer, maker.site(&customer.key));
        let role = if customer.tenant { Role::User } else { Role::Customer };
        // A customer of two people would be no company.
        for _ in 0..(customer.people * count / 1000).max(6) {
            let title = dice.pick(&shape.company.customer_title);
            let vip = dice.percent(3);
            maker.add(dice, &seat, &Job { title, organisation, role, vip });
            customers += 1;
        }
    }
    let offices = &shape.company.office;
    let departments: Vec<&Department> = shape.company.department.iter().filter(|d| d.share > 0).collect();
    let staff = u32::try_from(maker.people.len()).unwrap_or(count).saturating_sub(customers);
    for place in 0..count.saturating_sub(customers + staff).max(FEWEST) as usize {
        // The first ones see to it that no office is empty.
        let chosen = dice.weighted(offices.iter().map(|o| o.share));
        let office = offices.get(place).unwrap_or(&offices[chosen]);
        let department = departments[dice.weighted(departments.iter().map(|d| d.share))];
        let Some(organisation) = maker.organisation(&department.key) else { continue };
        let mut seat = Seat::office(office, maker.site(&office.key));
        if dice.percent(7) {
            // Somebody from another country: speaks its language, sits here.
            let home = dice.pick(offices);
            (seat.lang, seat.names) = (home.lang, &home.names);
        }
        let vip = dice.percent(department.vip);
        let job = Job { title: dice.pick(&department.titles), organisation, role: role(dice, vip), vip };
        maker.add(dice, &seat, &job);
    }
}

fn role(dice: &mut Dice, vip: bool) -> Role {
    match dice.below(100) {
        _ if vip => Role::Approver,
        0..=3 => Role::Approver,
        4..=6 => Role::SuperUser,
        7 => Role::Observer,
        _ => Role::User,
    }
}
