//! The log-ins that the first page of the demo offers: one per role, in all three languages.

use crate::model::{Account, Company, OrgKind, PersonRef, Role};

/// For each role the office or customer its person comes from, so that every language and time
/// zone can be tried.
const FROM: [(Role, &str); 11] = [
    (Role::User, "madrid"),
    (Role::Customer, "brackwater"),
    (Role::Observer, "london"),
    (Role::Approver, "almaty"),
    (Role::Responsible, "mexico"),
    (Role::SuperUser, "belgrade"),
    (Role::Operator, "london"),
    (Role::Coordinator, "madrid"),
    (Role::Manager, "london"),
    (Role::Cio, "madrid"),
    (Role::Administrator, "belgrade"),
];

pub(super) fn open(company: &mut Company) {
    for (role, office) in FROM {
        let person = person_for(company, role, office);
        company.people[person.index()].role = role;
        push(company, role, person, format!("spoc-demo-{}", role.key().replace('_', "-")));
    }
    let outsider = company.people.iter().position(|p| company.organisation(p.organisation).kind == OrgKind::Tenant);
    if let Some(place) = outsider {
        push(company, Role::User, PersonRef::at(place), "spoc-demo-tenant".to_owned());
    }
}

fn push(company: &mut Company, role: Role, person: PersonRef, password: String) {
    let login = company.person(person).email.clone();
    company.accounts.push(Account { role, person, login, password });
}

/// Somebody with the role there; else anybody with the role; else a plain user, who is promoted.
fn person_for(company: &Company, role: Role, office: &str) -> PersonRef {
    let at = |p: &crate::model::Person| company.location(p.office).key == office;
    let home = |p: &crate::model::Person| company.organisation(p.organisation).kind != OrgKind::Tenant;
    let people = || company.people.iter().enumerate().filter(|(_, p)| home(p));
    let found = people()
        .find(|(_, p)| p.role == role && at(p))
        .or_else(|| people().find(|(_, p)| p.role == role))
        .or_else(|| people().find(|(_, p)| p.role == Role::User && at(p)))
        .or_else(|| people().find(|(_, p)| p.role == Role::User));
    PersonRef::at(found.map_or(0, |(place, _)| place))
}
