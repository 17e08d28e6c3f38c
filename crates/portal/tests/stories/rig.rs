//! The cast and a desk of one slice: Ría Industries with its service desk, and Ribera Foods, whose
//! people must see nothing of Ría's.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use access::{Actor, load_actor};
use axum::body::Body;
use axum::extract::Request;
use axum::{Extension, Router};
use db::{Db, Tx};
use events::{Act, Cause};
use files::Files;
use futures_util::future::BoxFuture;
use http::HeaderMap;
use http_body_util::BodyExt as _;
use kernel::{Clock, Entropy, Lang, MockClock, PersonId, Result, SeededEntropy, ServiceId, TeamId, TicketId, Time};
use party::store::{address, membership, organisation, person, service, team};
use party::{AddressKind, NewAddress, NewMembership, OrganisationData, OrganisationKind, PersonData, ServiceData, TeamData, TeamRole};
use search::{Follower, Search, State};
use testkit::{Template, TestDb};
use ticket::{Desk, Frame};
use tower::ServiceExt as _;
use web_kit::{App, Authenticator, Client, Credential, Parts, SignedIn, Web, protect};

/// 1 January 2026, 00:00 UTC.
pub const NOW: Time = Time(1_767_225_600_000_000);

const CLIENT: Client = Client { ip: IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7)), secure: true, local: false };

pub fn template() -> Template {
    let of = Template::of(db::MIGRATIONS).and(files::MIGRATIONS).and(party::MIGRATIONS).and(access::MIGRATIONS);
    of.and(events::MIGRATIONS).and(settings::MIGRATIONS).and(ticket::MIGRATIONS).and(search::MIGRATIONS)
}

/// A session is the number of its person.
struct Door {
    db: Db,
    clock: MockClock,
}

impl Authenticator for Door {
    fn authenticate<'a>(&'a self, credential: Credential<'a>, _: Client) -> BoxFuture<'a, Result<Option<SignedIn>>> {
        let Credential::Session(number) = credential else { return Box::pin(async { Ok(None) }) };
        let (id, now) = (number.parse::<PersonId>(), self.clock.now());
        Box::pin(async move {
            let Ok(id) = id else { return Ok(None) };
            let actor = self.db.read("actor", move |rd| load_actor(rd, id, now)).await?;
            Ok(Some(SignedIn { actor: Arc::new(actor), session: Some("s".into()) }))
        })
    }
}

/// The desk with its cast.
pub struct World {
    pub db: TestDb,
    pub desk: Arc<Desk>,
    pub clock: MockClock,
    pub entropy: Arc<dyn Entropy>,
    /// Nobody follows the log until [`World::follow`].
    pub search: Search,
    router: Router,
    /// Users of Ría; a second one is called Marta, too.
    pub ursula: PersonId,
    pub marta: PersonId,
    /// A user who may see what her organisation asked for.
    pub olga: PersonId,
    /// An agent of the first line.
    pub ana: PersonId,
    /// A user of Ribera, to whom nobody's name is shown.
    pub carla: PersonId,
    pub l1: TeamId,
    pub vpn: ServiceId,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn location(&self) -> &str {
        self.headers.get("location").and_then(|v| v.to_str().ok()).unwrap_or_default()
    }
    /// The value of the first hidden field of this name.
    pub fn hidden(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        self.body.split(&start).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
    }
    #[track_caller]
    pub fn has(&self, words: &str) {
        assert!(self.body.contains(words), "{words:?} is not on the page:\n{}", main(&self.body));
    }
    #[track_caller]
    pub fn lacks(&self, words: &str) {
        assert!(!self.body.contains(words), "{words:?} is on the page:\n{}", main(&self.body));
    }
}

/// The page without its frame, for messages of failed tests.
fn main(body: &str) -> &str {
    body.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap_or(body)
}

/// A part of a form.
pub enum Part<'a> {
    Field(&'a str, &'a str),
    File(&'a str, &'a [u8]),
}
pub use Part::{Field, File};

impl World {
    pub async fn new(db: TestDb) -> Self {
        let clock = MockClock::at(NOW);
        let entropy: Arc<dyn Entropy> = Arc::new(SeededEntropy::new(7));
        let desk = Arc::new(Desk::default());
        let files = Files::local(&db.place().folder().join("files"), db.db(), Arc::new(clock.clone()), Arc::clone(&entropy)).unwrap();
        let url = "https://desk.example".parse().unwrap();
        let web = Arc::new(Web::new(Arc::new(clock.clone()), Arc::clone(&entropy), url).unwrap());
        let door = Arc::new(Door { db: db.db(), clock: clock.clone() });
        let mut parts = Parts::new(db.db(), Arc::clone(&web), door);
        let slice = portal::slice();
        parts.navigation = slice.navigation;
        let search = Search::open(db.place().folder().join("index"));
        let pages = slice.pages.layer(Extension(Arc::clone(&desk))).layer(Extension(files)).layer(Extension(search.clone()));
        let router = pages.with_state(App::new(parts));
        let act = Act::system(NOW, Cause::Page, Arc::clone(&entropy));
        let made = db.write("cast", move |tx| cast(tx, &act)).await.unwrap();
        let ([ursula, marta, olga, ana, carla], l1, vpn) = made;
        Self { db, desk, clock, entropy, search, router: protect(router, web), ursula, marta, olga, ana, carla, l1, vpn }
    }

    /// The index follows from now on, and holds what was committed.
    pub async fn follow(&self) -> Follower {
        let follower = Follower::start(&self.search, self.db.db(), Arc::new(self.clock.clone())).unwrap();
        let head = self.db.read("head", search::store::log::newest).await.unwrap();
        let start = std::time::Instant::now();
        while self.search.state() != State::Ready || self.search.reached() < Some(head) {
            assert!(start.elapsed().as_secs() < 60, "the index never has everything");
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        follower
    }

    /// What somebody does, now.
    pub async fn act<T: Send + 'static>(&self, who: PersonId, action: impl Fn(&mut Tx<'_>, Frame<'_>) -> Result<T> + Send + 'static) -> T {
        let (desk, now) = (Arc::clone(&self.desk), self.clock.now());
        let act = Act::person(who, now, Arc::clone(&self.entropy));
        let done = self.db.write("story", move |tx| {
            let actor = load_actor(tx, who, now)?;
            action(tx, Frame { desk: &desk, actor: &actor, act: &act })
        });
        done.await.unwrap()
    }

    pub async fn ticket(&self, id: TicketId) -> ticket::Ticket {
        self.db.read("story", move |rd| ticket::store::ticket::by_id(rd, id)).await.unwrap()
    }

    async fn ask(&self, who: Option<PersonId>, request: http::request::Builder, body: Body) -> Answer {
        let mut request = request.header("origin", "https://desk.example");
        if let Some(who) = who {
            request = request.header("cookie", format!("__Host-session={who}"));
        }
        let mut request = request.body(body).unwrap();
        request.extensions_mut().insert(CLIENT);
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer { status: parts.status.as_u16(), headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    pub async fn get(&self, who: impl Into<Option<PersonId>>, path: &str) -> Answer {
        self.ask(who.into(), Request::get(path), Body::empty()).await
    }

    /// A page that must be there.
    pub async fn page(&self, who: PersonId, path: &str) -> Answer {
        let answer = self.get(who, path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer
    }

    /// The page in another language.
    pub async fn page_in(&self, who: PersonId, lang: Lang, path: &str) -> Answer {
        self.page_with(who, &format!("lang-{lang}"), path).await
    }

    /// The page with choices of language and theme.
    pub async fn page_with(&self, who: PersonId, look: &str, path: &str) -> Answer {
        let cookie = format!("__Host-look={look}");
        self.ask(Some(who), Request::get(path).header("cookie", cookie), Body::empty()).await
    }

    /// A form without files.
    pub async fn post(&self, who: PersonId, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&");
        let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
        self.ask(Some(who), request, Body::from(body)).await
    }

    /// A form with files, as a browser without script sends it.
    pub async fn send(&self, who: PersonId, path: &str, parts: &[Part<'_>]) -> Answer {
        let mut body = Vec::new();
        for part in parts {
            let (head, bytes) = match part {
                Field(name, value) => (format!("name=\"{name}\""), value.as_bytes()),
                File(name, bytes) => (format!("name=\"files\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream"), *bytes),
            };
            body.extend_from_slice(format!("--edge\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--edge--\r\n");
        let request = Request::post(path).header("content-type", "multipart/form-data; boundary=edge");
        self.ask(Some(who), request, Body::from(body)).await
    }

    /// Somebody asks for something through the form; answers the number.
    pub async fn requested(&self, who: PersonId, kind: &str, what: &str) -> TicketId {
        let form = self.page(who, "/new").await;
        let sent = self.send(who, "/new", &[Field("client_id", &form.hidden("client_id")), Field("what", what), Field("kind", kind)]).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        number_in(sent.location())
    }

    /// The page's own key for its answer form.
    pub async fn key_of(&self, who: PersonId, id: TicketId) -> String {
        self.page(who, &format!("/requests/{id}")).await.hidden("client_id")
    }
}

/// The number in `/requests/17?new=1`.
pub fn number_in(path: &str) -> TicketId {
    let digits: String = path.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap()
}

fn encoded(value: &str) -> String {
    value.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

type Cast = ([PersonId; 5], TeamId, ServiceId);

fn cast(tx: &mut Tx<'_>, act: &Act) -> Result<Cast> {
    access::seed(tx, NOW)?;
    ticket::catalogue::seed(tx, act)?;
    let ria = organisation::insert(tx, None, &OrganisationData::named("Ría Industries", OrganisationKind::Internal), NOW)?;
    let ribera = organisation::insert(tx, None, &OrganisationData::named("Ribera Foods", OrganisationKind::Customer), NOW)?;
    let mut people = Vec::new();
    let named =
        [("Úrsula Gil", ria), ("Marta Sanz", ria), ("Marta Ríos", ria), ("Olga Ibáñez", ria), ("Ana Núñez", ria), ("Carla Anaya", ribera)];
    for (n, (name, home)) in named.into_iter().enumerate() {
        let id = person::insert(tx, home, &PersonData::named(name), NOW)?;
        membership::put(tx, id, &NewMembership::main(home, Time(0)), NOW)?;
        address::put(tx, id, &NewAddress::main(AddressKind::Email, format!("p{n}@ria.example")), NOW)?;
        people.push(id);
    }
    let [ursula, marta, _, olga, ana, carla] = people[..] else { unreachable!("six people") };
    let l1 = team::insert(tx, ria, "l1", &TeamData::named("First line", 1), NOW)?;
    team::put_member(tx, l1, ana, TeamRole::Member)?;
    let theirs = team::insert(tx, ribera, "l1", &TeamData::named("Ribera line", 1), NOW)?;
    team::put_member(tx, theirs, ana, TeamRole::Member)?;
    let network = service::insert(tx, ria, None, "network", &ServiceData::live("Network"), NOW)?;
    let vpn = service::insert(tx, ria, Some(network), "vpn", &ServiceData::live("Remote access"), NOW)?;
    let system = Actor::system();
    access::store::grant::put(tx, &system, ana, "operator", ria, NOW)?;
    access::store::grant::put(tx, &system, ana, "operator", ribera, NOW)?;
    access::store::grant::put(tx, &system, olga, "observer", ria, NOW)?;
    access::store::grant::put(tx, &system, carla, "customer", ribera, NOW)?;
    Ok(([ursula, marta, olga, ana, carla], l1, vpn))
}
