//! Two companies, the router with its guard, and the worker of the jobs.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use access::{load_actor, seed, store::grant};
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use db::Db;
use events::{Act, Cause, Handlers, Runner};
use files::Files;
use futures_util::future::BoxFuture;
use http::{HeaderMap, Method};
use http_body_util::BodyExt as _;
use kernel::{AttachmentId, Clock, Entropy, ErrorKind, MockClock, PersonId, Result, SeededEntropy, SystemEntropy, Time};
use party::store::{account, address, membership, organisation, person};
use party::{AddressKind, NewAddress, NewMembership, OrganisationData, OrganisationKind, PersonData, SHARED, TenantId};
use serde_json::Value;
use testkit::{Template, TestDb};
use ticket::jobs::Workshop;
use tower::ServiceExt as _;
use web_kit::{App, Authenticator, Client, Credential, Parts, SignedIn, Web, protect};

pub const NOW: Time = Time::from_seconds(1_795_338_000);

pub fn template() -> Template {
    let all = [
        files::MIGRATIONS,
        party::MIGRATIONS,
        access::MIGRATIONS,
        events::MIGRATIONS,
        settings::MIGRATIONS,
        ticket::MIGRATIONS,
        import::MIGRATIONS,
    ];
    all.into_iter().fold(Template::of(db::MIGRATIONS), Template::and).seeded("intake-1", |db| {
        let act = Act::system(NOW, Cause::Page, Arc::new(SystemEntropy));
        db.write_wait("seed", move |tx| ticket::catalogue::seed(tx, &act)).unwrap();
    })
}

/// Who is who.
#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
pub struct Cast {
    pub acme: TenantId,
    pub globex: TenantId,
    /// Administers the installation.
    pub ada: PersonId,
    /// Manages the desk of Acme.
    pub maria: PersonId,
    /// Works at the desk of Acme.
    pub olga: PersonId,
    /// Uses it, in Acme.
    pub uwe: PersonId,
}

fn cast(tx: &mut db::Tx<'_>) -> Result<Cast> {
    seed(tx, NOW)?;
    let acme = organisation::insert(tx, None, &OrganisationData::named("Acme", OrganisationKind::Internal), NOW)?;
    let globex = organisation::insert(tx, None, &OrganisationData::named("Globex", OrganisationKind::Customer), NOW)?;
    let mut one = |name: &str, mail: &str| -> Result<PersonId> {
        let id = person::insert(tx, acme, &PersonData::named(name), NOW)?;
        address::put(tx, id, &NewAddress::main(AddressKind::Email, mail), NOW)?;
        membership::put(tx, id, &NewMembership::main(acme, NOW.plus(-Time::DAY)), NOW)?;
        account::insert(tx, id, mail, NOW)?;
        Ok(id)
    };
    let (ada, maria) = (one("Ada Admin", "ada@acme.example")?, one("Maria Manager", "maria@acme.example")?);
    let (olga, uwe) = (one("Olga Operator", "olga@acme.example")?, one("Uwe User", "uwe@acme.example")?);
    let system = access::Actor::system();
    for (who, role, place) in [(ada, "administrator", SHARED), (maria, "manager", acme), (olga, "operator", acme)] {
        grant::put(tx, &system, who, role, place, NOW)?;
    }
    Ok(Cast { acme, globex, ada, maria, olga, uwe })
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
    /// It answers so, or the test shows what came instead.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.body);
        self
    }
}

pub struct Desk {
    pub db: TestDb,
    pub cast: Cast,
    pub files: Files,
    pub clock: Arc<MockClock>,
    router: Router,
    _runner: Runner,
    _folder: tempfile::TempDir,
}

impl Desk {
    pub async fn new(db: TestDb) -> Self {
        let cast = db.write("cast", cast).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mock = Arc::new(MockClock::at(NOW));
        let (clock, entropy): (Arc<dyn Clock>, Arc<dyn Entropy>) = (Arc::clone(&mock) as _, Arc::new(SeededEntropy::new(7)));
        let files = Files::local(folder.path(), db.db(), Arc::clone(&clock), Arc::clone(&entropy)).unwrap();
        let web = Arc::new(Web::new(Arc::clone(&clock), Arc::clone(&entropy), "https://desk.example".parse().unwrap()).unwrap());
        let slice = import::slice();
        let mut parts = Parts::new(db.db(), Arc::clone(&web), Arc::new(Everybody(db.db())));
        parts.navigation = slice.navigation;
        let (api, _) = slice.api.split_for_parts();
        let router = slice.pages.merge(api).layer(axum::Extension(files.clone())).with_state(App::new(parts));
        let shop = Workshop { db: db.db(), desk: Arc::default(), clock: Arc::clone(&clock), entropy };
        let dock = import::Dock {
            shop,
            files: files.clone(),
            runtime: tokio::runtime::Handle::current(),
            ending: Arc::new(|| false),
            turn: events::Turn::default(),
        };
        let runner = Runner::start(db.db(), clock, Vec::new(), import::handlers(Handlers::default(), dock), 1).unwrap();
        Self { db, cast, files, clock: mock, router: protect(router, web), _runner: runner, _folder: folder }
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
    pub async fn call(&self, who: PersonId, method: Method, path: &str, body: Option<Value>) -> Answer {
        let request = Request::builder().method(method).uri(path).header("authorization", format!("Bearer {who}"));
        match body {
            Some(json) => self.send(request.header("content-type", "application/json"), Body::from(json.to_string())).await,
            None => self.send(request, Body::empty()).await,
        }
    }
    pub async fn get(&self, who: PersonId, path: &str) -> Answer {
        self.call(who, Method::GET, path, None).await
    }
    pub async fn post(&self, who: PersonId, path: &str, body: Option<Value>) -> Answer {
        self.call(who, Method::POST, path, body).await
    }

    /// A page in somebody's browser.
    pub async fn page(&self, who: PersonId, path: &str) -> Answer {
        let cookie = format!("__Host-session={who}; __Host-look=lang-en");
        self.send(Request::get(path).header("cookie", cookie), Body::empty()).await
    }
    /// A form that somebody sends.
    pub async fn form(&self, who: PersonId, path: &str, kind: &str, body: String) -> Answer {
        let request = Request::post(path)
            .header("cookie", format!("__Host-session={who}; __Host-look=lang-en"))
            .header("origin", "https://desk.example")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", kind);
        self.send(request, Body::from(body)).await
    }

    /// A file that somebody uploaded.
    pub async fn upload(&self, who: PersonId, name: &str, content: &'static str) -> AttachmentId {
        let tenant = self.cast.acme;
        let content = futures_util::stream::iter([Ok::<_, std::io::Error>(bytes::Bytes::from_static(content.as_bytes()))]);
        let file = self.files.put(tenant, content, 1_000_000).await.unwrap();
        let came = web_kit::ReceivedFile { file: file.id, name: name.to_owned(), media_type: "text/csv".to_owned(), size: file.size };
        let take = move |tx: &mut db::Tx<'_>| ticket::store::attachment::take_in(tx, tenant, who, std::slice::from_ref(&came), NOW);
        self.db.write("upload", take).await.unwrap()[0]
    }

    /// Waits until no job works on an import any more.
    pub async fn settled(&self, id: i64) -> Value {
        let begun = Instant::now();
        loop {
            let import = self.get(self.cast.ada, &format!("/api/v1/imports/{id}")).await.is(200).json();
            if !matches!(import["state"].as_str().unwrap(), "checking" | "running" | "undoing") {
                return import;
            }
            assert!(begun.elapsed() < Duration::from_secs(120), "{import}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Rows of a query of the test.
    pub async fn rows(&self, text: &'static str) -> Vec<String> {
        self.db.read("rows", move |rd| rd.all_text(text, &[])).await.unwrap()
    }

    /// Names of people, in their order.
    pub async fn people(&self) -> Vec<String> {
        self.db.read("people", |rd| rd.all_text("SELECT name FROM person ORDER BY id", &[])).await.unwrap()
    }
}
