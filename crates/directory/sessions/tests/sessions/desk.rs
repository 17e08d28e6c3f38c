//! A desk with a clock that turns: Olga administers it, Boris works on it, Carla asks.

use std::net::IpAddr;
use std::sync::Arc;

use access::{Actor, store::grant};
use db::{Db, Rd, Tx};
use kernel::{AccountId, Entropy, MockClock, PersonId, Result, SystemEntropy, Time};
use party::store::{account, address, membership, organisation, person};
use party::{AddressKind, NewAddress, NewMembership, OrganisationData, OrganisationKind, PersonData, SHARED, TenantId};
use sessions::actions::log_in::{Begun, LogIn, log_in};
use sessions::password::{Cost, Hasher, Password, hash_now};
use sessions::{Lifetimes, Noted, Own, Secret, Sessions};
use testkit::Template;

pub const NOW: Time = Time(1_767_225_600_000_000);
pub const PASSWORD: &str = "three green tractors";

pub fn template() -> Template {
    Template::of(db::MIGRATIONS)
        .and(party::MIGRATIONS)
        .and(access::MIGRATIONS)
        .and(events::MIGRATIONS)
        .and(settings::MIGRATIONS)
        .and(sessions::MIGRATIONS)
        .seeded("sessions-roles", |db| db.write_wait("seed", |tx| access::seed(tx, NOW)).expect("the roles are delivered"))
}

/// Somebody with an account.
#[derive(Debug, Clone, Copy)]
pub struct Someone {
    pub person: PersonId,
    pub account: AccountId,
}

pub struct Desk {
    pub db: Db,
    pub clock: MockClock,
    pub sessions: Arc<Sessions>,
}

impl Desk {
    pub fn new(db: Db) -> Self {
        let (clock, entropy) = (MockClock::at(NOW), Arc::new(SystemEntropy) as Arc<dyn Entropy>);
        let hasher = Hasher::new(Cost::TRIVIAL, 2, &SystemEntropy).unwrap();
        let sessions = Sessions::new(db.clone(), Arc::new(clock.clone()), entropy, hasher, Lifetimes::default());
        Self { db, clock, sessions: Arc::new(sessions) }
    }

    /// With a tenant, and one account for each name: log-in `name@ria.example`, the same password.
    pub async fn with(db: Db, names: &'static [(&'static str, &'static str)]) -> (Self, Vec<Someone>) {
        let desk = Self::new(db);
        let hash = hash_now(Cost::TRIVIAL, &Password::typed(PASSWORD), &SystemEntropy).unwrap();
        let made = desk.write(move |tx| {
            let ours = organisation::insert(tx, None, &OrganisationData::named("Ría Industries", OrganisationKind::Internal), NOW)?;
            names.iter().map(|(name, role)| someone(tx, ours, name, role, &hash)).collect()
        });
        let made: Result<Vec<Someone>> = made.await;
        (desk, made.unwrap())
    }

    pub async fn write<T: Send + 'static>(&self, f: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static) -> Result<T> {
        self.db.write("test", f).await
    }

    pub async fn read<T: Send + 'static>(&self, f: impl FnOnce(&mut Rd<'_>) -> Result<T> + Send + 'static) -> T {
        self.db.read("test", f).await.unwrap()
    }

    pub async fn try_in(&self, login: &str, password: &str) -> Result<Begun> {
        log_in(&self.sessions, form(login, password)).await
    }

    /// Signs in with the right password.
    pub async fn enter(&self, name: &str) -> Begun {
        self.try_in(&login(name), PASSWORD).await.unwrap()
    }

    /// Who the cookie opens for.
    pub async fn who(&self, begun: &Begun) -> Option<Own> {
        let signed = self.sessions.of_session(begun.secret.digest(), Noted::Yes).await.unwrap()?;
        Some(Own { account: signed.actor.account.unwrap(), session: signed.session.map(|id| id.parse().unwrap()), actor: signed.actor })
    }

    /// Who the token opens for.
    pub async fn bearer(&self, text: &str) -> Option<Own> {
        let secret = sessions::token::read(text).unwrap();
        let signed = self.sessions.of_token(secret.digest(), Noted::Yes).await.unwrap()?;
        Some(Own { account: signed.actor.account.unwrap(), session: None, actor: signed.actor })
    }

    /// The kinds of what the log holds about an account.
    pub async fn log(&self, account: AccountId) -> Vec<String> {
        self.log_of("account", account.raw()).await
    }

    pub async fn log_of(&self, object: &'static str, id: i64) -> Vec<String> {
        self.read(move |rd| events::of_object(rd, object, id, (Time(0), 0), 100)).await.into_iter().map(|event| event.kind).collect()
    }
}

pub fn login(name: &str) -> String {
    format!("{name}@ria.example")
}

pub fn form(login: &str, password: &str) -> LogIn {
    LogIn {
        login: login.to_owned(),
        password: Password::typed(password),
        ip: IpAddr::from([192, 0, 2, 7]),
        user_agent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0".to_owned(),
        browser: None,
        before: None,
    }
}

fn someone(tx: &mut Tx<'_>, tenant: TenantId, name: &str, role: &str, hash: &party::PasswordHash) -> Result<Someone> {
    let person = person::insert(tx, tenant, &PersonData::named(name), NOW)?;
    address::put(tx, person, &NewAddress::main(AddressKind::Email, login(name)), NOW)?;
    membership::put(tx, person, &NewMembership::main(tenant, Time(0)), NOW)?;
    let id = account::insert(tx, person, &login(name), NOW)?;
    account::set_password(tx, id, Some(hash), NOW)?;
    if role != access::FALLBACK {
        grant::put(tx, &Actor::system(), person, role, SHARED, NOW)?;
    }
    Ok(Someone { person, account: id })
}

/// A secret like those that are handed out.
pub fn secret() -> Secret {
    Secret::new(&SystemEntropy)
}
