//! Two companies, their people, and the router with its guard.

use std::net::IpAddr;
use std::sync::Arc;

use access::{load_actor, seed, store::grant};
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use db::{Db, Tx};
use futures_util::future::BoxFuture;
use http::{HeaderMap, Method};
use http_body_util::BodyExt as _;
use kernel::{Error, ErrorKind, LocationId, MockClock, OrganisationId, PersonId, Result, SeededEntropy, ServiceId, TeamId, Time};
use party::store::{account, address, location, membership, organisation, person, service, team};
use party::{
    AddressKind, LocationData, NewAddress, NewMembership, OrganisationData, OrganisationKind, PersonData, SHARED, ServiceData, TeamData,
    TeamRole, TenantId,
};
use serde_json::Value;
use testkit::{Template, TestDb};
use tower::ServiceExt as _;
use web_kit::{App, Authenticator, Client, Credential, Parts, SignedIn, Web, protect};

/// Sunday, 22 November 2026, 09:00 UTC.
pub const NOW: Time = Time::from_seconds(1_795_338_000);

pub fn template() -> Template {
    Template::of(db::MIGRATIONS).and(party::MIGRATIONS).and(access::MIGRATIONS).and(events::MIGRATIONS).and(settings::MIGRATIONS)
}

/// Who is who.
#[derive(Debug, Clone, Copy)]
pub struct Cast {
    pub acme: TenantId,
    pub accounting: OrganisationId,
    pub globex: TenantId,
    /// Administers the installation.
    pub ada: PersonId,
    /// Manages the desk of Acme.
    pub maria: PersonId,
    /// Works at the desk of Acme.
    pub olga: PersonId,
    /// Use it, in Acme's accounting; Vera is a VIP.
    pub uwe: PersonId,
    pub vera: PersonId,
    /// Uses it at Globex.
    pub gus: PersonId,
    pub network: TeamId,
    pub globex_team: TeamId,
    /// Of all tenants.
    pub shared_team: TeamId,
    pub mail: ServiceId,
    pub madrid: LocationId,
}

fn cast(tx: &mut Tx<'_>) -> Result<Cast> {
    seed(tx, NOW)?;
    let acme = organisation::insert(tx, None, &OrganisationData::named("Acme", OrganisationKind::Internal), NOW)?;
    let accounting = organisation::insert(tx, Some(acme), &OrganisationData::named("Accounting", OrganisationKind::Internal), NOW)?;
    let globex = organisation::insert(tx, None, &OrganisationData::named("Globex", OrganisationKind::Customer), NOW)?;
    let mut one = |name: &str, home: OrganisationId, tenant: TenantId, vip: bool| -> Result<PersonId> {
        let note = if vip { "Calls back at once" } else { "" };
        let data = PersonData { vip, note: note.to_owned(), title: "Accountant".to_owned(), ..PersonData::named(name) };
        let id = person::insert(tx, tenant, &data, NOW)?;
        let mail = format!("{}@example.com", name.to_lowercase().replace(' ', "."));
        address::put(tx, id, &NewAddress::main(AddressKind::Email, mail.as_str()), NOW)?;
        membership::put(tx, id, &NewMembership::main(home, NOW.plus(-Time::DAY)), NOW)?;
        account::insert(tx, id, &mail, NOW)?;
        Ok(id)
    };
    let ada = one("Ada Admin", acme, acme, false)?;
    let maria = one("Maria Manager", acme, acme, false)?;
    let olga = one("Olga Operator", acme, acme, false)?;
    let uwe = one("Uwe User", accounting, acme, false)?;
    let vera = one("Vera Vip", accounting, acme, true)?;
    let gus = one("Gus Globex", globex, globex, false)?;
    let system = access::Actor::system();
    for (who, role, place) in [(ada, "administrator", SHARED), (maria, "manager", acme), (olga, "operator", acme)] {
        grant::put(tx, &system, who, role, place, NOW)?;
    }
    let network = team::insert(tx, acme, "network", &TeamData::named("Network", 2), NOW)?;
    team::put_member(tx, network, olga, TeamRole::Member)?;
    let globex_team = team::insert(tx, globex, "desk", &TeamData::named("Globex desk", 1), NOW)?;
    let shared_team = team::insert(tx, SHARED, "night", &TeamData::named("Night shift", 1), NOW)?;
    let mail = service::insert(tx, acme, None, "mail", &ServiceData::live("E-mail"), NOW)?;
    let madrid = location::insert(tx, acme, None, &LocationData::named("Madrid"), NOW)?;
    Ok(Cast { acme, accounting, globex, ada, maria, olga, uwe, vera, gus, network, globex_team, shared_team, mail, madrid })
}

/// Knows everybody: the credential is the person's number.
struct Everybody(Db);

impl Authenticator for Everybody {
    fn authenticate<'a>(&'a self, credential: Credential<'a>, _: Client) -> BoxFuture<'a, Result<Option<SignedIn>>> {
        let number = match credential {
            Credential::Session(number) | Credential::Token(number) => number.parse::<PersonId>(),
        };
        Box::pin(async move {
            let Ok(person) = number else { return Ok(None) };
            match self.0.read("who", move |rd| load_actor(rd, person, NOW)).await {
                Ok(actor) => Ok(Some(SignedIn { actor: Arc::new(actor), session: None })),
                Err(error) if error.kind() == ErrorKind::Unauthenticated => Ok(None),
                Err(error) => Err(error),
            }
        })
    }
}

pub struct Desk {
    pub db: TestDb,
    pub cast: Cast,
    router: Router,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }
    pub fn etag(&self) -> String {
        self.headers["etag"].to_str().unwrap().to_owned()
    }
    pub fn place(&self) -> &str {
        self.headers.get("location").map_or("", |v| v.to_str().unwrap())
    }
    /// It answers so, or the test shows what came instead.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.body);
        self
    }
}

impl Desk {
    pub async fn new(db: TestDb) -> Self {
        let cast = db.write("cast", cast).await.unwrap();
        let clock = MockClock::at(NOW);
        let url = "https://desk.example".parse().unwrap();
        let web = Arc::new(Web::new(Arc::new(clock), Arc::new(SeededEntropy::new(7)), url).unwrap());
        let slice = people::slice();
        let mut parts = Parts::new(db.db(), Arc::clone(&web), Arc::new(Everybody(db.db())));
        parts.navigation = slice.navigation;
        let (api, _) = slice.api.split_for_parts();
        let router = protect(slice.pages.merge(api).with_state(App::new(parts)), web);
        Self { db, cast, router }
    }

    async fn send(&self, request: http::request::Builder, body: Body) -> Answer {
        let mut request: Request = request.body(body).unwrap();
        let client = Client { ip: IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 7)), secure: true, local: false };
        request.extensions_mut().insert(client);
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer { status: head.status.as_u16(), headers: head.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// A program with somebody's token.
    pub async fn call(&self, who: PersonId, method: Method, path: &str, lines: &[(&str, &str)], body: Option<Value>) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("authorization", format!("Bearer {who}"));
        for (name, value) in lines {
            request = request.header(*name, *value);
        }
        match body {
            Some(json) => self.send(request.header("content-type", "application/json"), Body::from(json.to_string())).await,
            None => self.send(request, Body::empty()).await,
        }
    }
    pub async fn get(&self, who: PersonId, path: &str) -> Answer {
        self.call(who, Method::GET, path, &[], None).await
    }
    pub async fn post(&self, who: PersonId, path: &str, body: Value) -> Answer {
        self.call(who, Method::POST, path, &[], Some(body)).await
    }
    pub async fn patch(&self, who: PersonId, path: &str, body: Value) -> Answer {
        self.call(who, Method::PATCH, path, &[], Some(body)).await
    }

    /// A page in somebody's browser.
    pub async fn page(&self, who: PersonId, path: &str) -> Answer {
        self.look(who, path, "lang-en").await
    }
    pub async fn look(&self, who: PersonId, path: &str, look: &str) -> Answer {
        let cookie = format!("__Host-session={who}; __Host-look={look}");
        self.send(Request::get(path).header("cookie", cookie), Body::empty()).await
    }
    /// A form that somebody sends.
    pub async fn form(&self, who: PersonId, path: &str, fields: &[(&str, &str)]) -> Answer {
        let pairs = fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        let request = Request::post(path)
            .header("cookie", format!("__Host-session={who}; __Host-look=lang-en"))
            .header("origin", "https://desk.example")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded");
        self.send(request, Body::from(pairs.collect::<Vec<_>>().join("&"))).await
    }

    /// Runs something in a transaction.
    pub async fn write<T: Send + 'static>(&self, f: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static) -> T {
        self.db.write("test", f).await.map_err(|e: Error| e.to_string()).unwrap()
    }
}

fn encoded(text: &str) -> String {
    text.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
