//! The company is complete and nobody in it could be mistaken for a real person's number or address.

use std::collections::BTreeSet;

use kernel::Lang;

use crate::corpus::Corpus;
use crate::model::{Company, LocationKind, OrgKind, Role};

fn company(count: u32) -> Company {
    super::found(7, count, &Corpus::read().unwrap()).unwrap()
}

#[test]
fn it_has_the_size_asked_for() {
    assert_eq!(company(1_000).people.len(), 1_000);
    assert!(company(1).people.len() > 80, "the support teams are there in the smallest company");
}

#[test]
fn every_role_has_a_log_in_and_the_tenant_one_more() {
    let company = company(1_000);
    let roles: Vec<Role> = company.accounts.iter().map(|a| a.role).collect();
    assert_eq!(&roles[..11], &Role::ALL);
    assert_eq!(roles.len(), 12);
    let langs: BTreeSet<Lang> = company.accounts.iter().map(|a| company.person(a.person).lang).collect();
    assert_eq!(langs.len(), 3, "each language can be tried");
    for account in &company.accounts {
        let person = company.person(account.person);
        assert_eq!(account.login, person.email);
        assert_eq!(account.role, person.role);
        assert!(account.password.len() >= 12);
    }
    let outsider = company.person(company.accounts[11].person);
    assert_eq!(company.organisation(outsider.organisation).kind, OrgKind::Tenant);
}

#[test]
fn addresses_are_unique_and_lead_nowhere() {
    let company = company(1_000);
    let addresses: BTreeSet<&str> = company.people.iter().map(|p| p.email.as_str()).collect();
    assert_eq!(addresses.len(), company.people.len());
    for address in addresses {
        assert!(address.ends_with(".example"), "{address}");
        assert!(address.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"@.-".contains(&b)), "{address}");
    }
    for person in &company.people {
        for number in [Some(&person.phone), person.mobile.as_ref()].into_iter().flatten() {
            let safe = ["+44 20 7946 0", "+44 7700 900", "+1 312 555 01", "+34 000 ", "+52 000 ", "+7 000 ", "+381 00 "];
            assert!(safe.iter().any(|s| number.starts_with(s)), "{number}");
        }
    }
}

#[test]
fn trees_have_parents_first_and_three_levels() {
    let company = company(1_000);
    for (place, service) in company.services.iter().enumerate() {
        assert!(service.parent.is_none_or(|p| p.index() < place && company.service(p).level + 1 == service.level));
    }
    let leaves = company.services.iter().filter(|s| s.level == 3).count();
    assert!((38..=48).contains(&leaves), "{leaves} services");
    for (place, organisation) in company.organisations.iter().enumerate() {
        assert!(organisation.parent.is_none_or(|p| p.index() < place));
    }
    for (place, location) in company.locations.iter().enumerate() {
        assert!(location.parent.is_none_or(|p| p.index() < place));
        assert!(jiff::tz::TimeZone::get(&location.time_zone).is_ok(), "{}", location.time_zone);
    }
    let offices = company.locations.iter().filter(|l| l.kind == LocationKind::Office).count();
    assert_eq!(offices, 6 + 4);
}

#[test]
fn teams_stand_on_three_lines_and_share_people() {
    let company = company(1_000);
    for line in 1..=3 {
        assert!(company.teams.iter().any(|t| t.line == line));
    }
    let seats: usize = company.teams.iter().map(|t| t.members.len()).sum();
    let people: BTreeSet<_> = company.teams.iter().flat_map(|t| &t.members).collect();
    assert!(seats > people.len() + 5, "some people are in several teams");
    for team in &company.teams {
        assert!(team.members.contains(&team.lead));
        let own: BTreeSet<_> = team.members.iter().collect();
        assert_eq!(own.len(), team.members.len(), "{} counts nobody twice", team.key);
        assert!(team.members.iter().all(|p| company.person(*p).is_agent()), "{}", team.key);
    }
}

#[test]
fn vips_are_few() {
    let company = company(1_000);
    let vips = company.people.iter().filter(|p| p.vip).count();
    assert!((5..=40).contains(&vips), "{vips} VIPs");
}
