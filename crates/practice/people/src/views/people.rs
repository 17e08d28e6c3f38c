//! Pages of persons.

use std::collections::BTreeSet;

use askama::Template;
use i18n::T;
use party::{Address, AddressKind};
use ui::{Choice, Chrome, FormErrors, Tab};

use super::Link;
use crate::web::people::show::{Forms, Rights};
use crate::web::{Conflict, Fields};

/// `/desk/people`
#[derive(Template)]
#[template(path = "people/people.html", blocks = ["main"])]
pub struct PeoplePage {
    pub t: T,
    pub chrome: Chrome,
    pub rows: Vec<PersonRow>,
    pub tabs: Vec<Tab>,
    pub next: String,
    /// The filter by organisation; its link takes it away.
    pub organisation: Option<Link>,
    pub narrowed: bool,
    pub may_create: bool,
    /// The list as a file, see [`super::export`]; empty for who may not take it.
    pub export: String,
    /// Words, tab and organisation as they stand in the address.
    pub asked: (String, String, String),
}

/// A person in the list.
pub struct PersonRow {
    pub id: i64,
    pub who: ui::Person,
    pub title: String,
    pub vip: bool,
    pub active: bool,
    pub email: String,
    pub phone: String,
    pub organisation: String,
}

/// `/desk/people/{id}`
#[derive(Template)]
#[template(path = "people/person.html", blocks = ["main"])]
pub struct PersonPage {
    pub t: T,
    pub chrome: Chrome,
    pub who: ui::Person,
    pub person: party::Person,
    pub addresses: Vec<AddressLine>,
    pub memberships: Vec<MembershipLine>,
    pub teams: Vec<Link>,
    pub grants: Vec<GrantLine>,
    /// The role that counts while no other is held at home.
    pub fallback: String,
    pub merged: Vec<(i64, String)>,
    /// What they sign in with; empty when that is not the reader's business.
    pub login: String,
    pub last_login: Option<(String, String)>,
    pub location: String,
    pub lang: String,
    pub zone: String,
    /// What the clock shows there.
    pub clock: String,
    pub kinds: Vec<Choice>,
    pub role_choices: Vec<Choice>,
    pub tenant_choices: Vec<Choice>,
    pub may: Rights,
    pub hidden: BTreeSet<String>,
    pub forms: Forms,
}

/// An address on the page.
pub struct AddressLine {
    pub kind: &'static str,
    pub label: String,
    pub value: String,
    /// Where a click leads; empty for what has no scheme.
    pub href: String,
    pub main: bool,
    pub verified: bool,
}

impl AddressLine {
    pub fn of(t: &T, a: &Address) -> Self {
        let href = match a.kind {
            AddressKind::Email => format!("mailto:{}", a.value),
            AddressKind::Phone | AddressKind::Mobile => format!("tel:{}", a.value.replace(' ', "")),
            AddressKind::Room | AddressKind::Tag => String::new(),
        };
        Self {
            kind: a.kind.key(),
            label: t.msg(super::address_kind(a.kind)).into_owned(),
            value: a.value.clone(),
            href,
            main: a.main,
            verified: a.verified_at.is_some(),
        }
    }
}

/// A membership on the page.
pub struct MembershipLine {
    pub id: i64,
    pub name: String,
    pub role_title: String,
    pub dates: String,
    pub main: bool,
    pub running: bool,
}

/// A role that is held.
pub struct GrantLine {
    pub key: String,
    pub name: String,
    pub tenant: i64,
    pub place: String,
    pub may_revoke: bool,
}

/// `/desk/people/new` and `/desk/people/{id}/edit`
#[derive(Template)]
#[template(path = "people/person_form.html", blocks = ["main"])]
pub struct PersonFormPage {
    pub t: T,
    pub chrome: Chrome,
    pub is_new: bool,
    pub typed: Fields,
    pub errors: FormErrors,
    pub conflict: Option<Conflict>,
    pub hidden: BTreeSet<String>,
    pub langs: Vec<Choice>,
    pub zones: Vec<Choice>,
    pub action: String,
    pub back: String,
}

/// `/desk/people/{id}/merge`
#[derive(Template)]
#[template(path = "people/merge.html", blocks = ["main"])]
pub struct MergePage {
    pub t: T,
    pub chrome: Chrome,
    pub id: i64,
    pub person: String,
    pub typed: Fields,
    pub errors: FormErrors,
}
