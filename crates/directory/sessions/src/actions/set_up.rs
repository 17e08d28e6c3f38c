//! Set up an empty desk: the operator, its first administrator, the first team.

use std::net::IpAddr;
use std::sync::Arc;

use access::{Actor, SYSTEM, store::grant};
use db::{Db, Tx};
use events::Act;
use jiff::tz::TimeZone;
use kernel::{AccountId, Entropy, Error, ErrorKind, FieldError, Lang, Result, Time};
use party::store::{account, address, membership, organisation, person, team};
use party::{
    AddressKind, NewAddress, NewMembership, OrganisationData, OrganisationKind, PasswordHash, PersonData, SHARED, TeamData, TeamRole,
};

use super::log_in::{Begun, LogIn, log_in};
use crate::events::{AccountEvent, PasswordBy, directory, record};
use crate::password::{self, Password};
use crate::{Digest, Secret, Sessions, store};

/// The immutable key of the team that every desk begins with.
const FIRST_TEAM: &str = "service-desk";

/// What the form says.
#[derive(Debug, Clone)]
pub struct SetUp {
    /// The company that runs the desk: the first tenant.
    pub organisation: String,
    pub name: String,
    pub email: String,
    pub password: Password,
    pub lang: Lang,
    pub time_zone: String,
    /// What the first team is called.
    pub team: String,
    pub ip: IpAddr,
    pub user_agent: String,
}

/// The path that sets up the desk with a code; [`web_kit::PublicUrl::link`] makes the link of it.
pub fn path(code: &Secret) -> String {
    format!("/setup?code={}", code.reveal())
}

/// Makes the code that sets up this desk, if it is empty: printed at each start, and the one printed
/// before stops working.
///
/// # Errors
/// The database refuses.
pub fn offer(db: &Db, entropy: &dyn Entropy, now: Time) -> Result<Option<Secret>> {
    let code = Secret::new(entropy);
    let digest = code.digest();
    // At each start, also on a nearly full disk.
    let offered = db.write_reserved_wait("setup.offer", move |tx| {
        if !store::is_empty(tx)? {
            store::one_time::drop_setup(tx)?;
            return Ok(false);
        }
        store::one_time::put_setup(tx, digest, now)?;
        Ok(true)
    })?;
    Ok(offered.then_some(code))
}

/// Whether a code works.
///
/// # Errors
/// `Malformed` when it does not.
pub async fn look_at(desk: &Sessions, code: Digest) -> Result<()> {
    let now = desk.clock.now();
    let works = desk.db.read_bounded("setup.look", move |rd| Ok(store::one_time::is_setup(rd, code, now)? && store::is_empty(rd)?)).await?;
    if works { Ok(()) } else { Err(dead()) }
}

/// The code is none or no longer one.
pub fn dead() -> Error {
    Error::new(ErrorKind::Malformed, "error-setup-link")
}

/// Sets up the desk and signs its administrator in.
///
/// # Errors
/// `Malformed` when the code does not work, `Invalid` with the fields that are wrong; the code goes on
/// working then.
pub async fn set_up(desk: &Sessions, code: Digest, form: SetUp) -> Result<Begun> {
    look_at(desk, code).await?;
    check(&form)?;
    let hash = desk.hasher.hash(&form.password, &*desk.entropy).await?;
    let (now, entropy, wanted) = (desk.clock.now(), Arc::clone(&desk.entropy), form.clone());
    desk.db
        .write("setup", move |tx| {
            if !store::one_time::take_setup(tx, code, now)? || !store::is_empty(tx)? {
                return Err(dead());
            }
            let (act, account) = people(tx, &wanted, &hash, now, &entropy)?;
            record(tx, &act, account, &AccountEvent::PasswordSet { by: PasswordBy::SetUp })
        })
        .await?;
    let begin = LogIn { login: form.email, password: form.password, ip: form.ip, user_agent: form.user_agent, browser: None, before: None };
    log_in(desk, begin).await
}

/// Every field that is wrong at once.
fn check(form: &SetUp) -> Result<()> {
    let mut wrong: Vec<FieldError> = Vec::new();
    for (field, text) in [("organisation", &form.organisation), ("name", &form.name), ("email", &form.email)] {
        if text.trim().is_empty() {
            wrong.push(FieldError::new(field, "error-required"));
        }
    }
    if TimeZone::get(&form.time_zone).is_err() {
        wrong.push(FieldError::new("time_zone", "error-time-zone"));
    }
    if let Err(error) = password::check("password", &form.password, &[&form.organisation, &form.name, &form.email]) {
        wrong.extend(error.fields().iter().cloned());
    }
    Error::of_fields(wrong)
}

/// The first organisation, person and team; the person is who acts.
fn people(tx: &mut Tx<'_>, form: &SetUp, hash: &PasswordHash, now: Time, entropy: &Arc<dyn Entropy>) -> Result<(Act, AccountId)> {
    let operator = OrganisationData {
        time_zone: Some(form.time_zone.clone()),
        lang: Some(form.lang),
        ..OrganisationData::named(form.organisation.trim(), OrganisationKind::Internal)
    };
    let operator = organisation::insert(tx, None, &operator, now)?;
    let person = person::insert(tx, operator, &PersonData::named(form.name.trim()), now)?;
    let act = Act::person(person, now, Arc::clone(entropy));
    directory::organisation_created(tx, &act, operator)?;
    directory::person_created(tx, &act, operator, person)?;
    address::put(tx, person, &NewAddress::main(AddressKind::Email, form.email.trim()), now).map_err(of_email)?;
    membership::put(tx, person, &NewMembership::main(operator, now), now)?;
    let account = account::insert(tx, person, &form.email, now)?;
    account::set_password(tx, account, Some(hash), now)?;
    grant::put(tx, &Actor::system(), person, SYSTEM, SHARED, now)?;
    directory::role_granted(tx, &act, operator, person, SYSTEM, SHARED)?;
    let team = team::insert(tx, SHARED, FIRST_TEAM, &TeamData { lead: Some(person), ..TeamData::named(&form.team, 1) }, now)?;
    team::put_member(tx, team, person, TeamRole::Lead)?;
    directory::team_created(tx, &act, SHARED, team, person)?;
    Ok((act, account))
}

/// The address is the field `email` of this form.
fn of_email(error: Error) -> Error {
    match error.fields().first() {
        Some(field) => Error::invalid("email", field.code),
        None => error,
    }
}
