//! The cast and the console behind the real guard: Ría Industries with a desk on two lines, and
//! Ribera Foods, whose people must see nothing of Ría's. A session is the id of its person.

use std::sync::Arc;

use access::{Actor, load_actor};
use axum::body::Body;
use axum::{Extension, Router};
use db::{Db, Migration, Tx};
use events::{Act, Cause};
use files::Files;
use futures_util::future::BoxFuture;
use http::{Request, Response, header};
use http_body_util::BodyExt as _;
use kernel::{Clock, Entropy, MockClock, OrganisationId, PersonId, Result, SeededEntropy, ServiceId, TeamId, TicketId, Time};
use party::store::{address, membership, organisation, person, service, team};
use party::{AddressKind, NewAddress, NewMembership, OrganisationData, OrganisationKind, PersonData, ServiceData, TeamData, TeamRole};
use search::{Follower, Search, State};
use testkit::{TestDb, block_on};
use ticket::actions::register::{NewTicket, register};
use ticket::{Desk, Frame, Ticket};
use tower::ServiceExt as _;
use web_kit::{App, Authenticator, Client, Credential, Parts, SideSection, SignedIn, Web, protect};

/// 1 January 2026, 00:00 UTC.
pub const NOW: Time = Time(1_767_225_600_000_000);

pub fn migrations() -> Vec<Migration> {
    [
        db::MIGRATIONS,
        files::MIGRATIONS,
        party::MIGRATIONS,
        access::MIGRATIONS,
        events::MIGRATIONS,
        settings::MIGRATIONS,
        ticket::MIGRATIONS,
        search::MIGRATIONS,
        notify::MIGRATIONS,
    ]
    .concat()
}

/// Knows everybody by their id.
struct ById {
    db: Db,
    clock: MockClock,
}

impl Authenticator for ById {
    fn authenticate<'a>(&'a self, credential: Credential<'a>, _: Client) -> BoxFuture<'a, Result<Option<SignedIn>>> {
        Box::pin(async move {
            let Credential::Session(id) = credential else { return Ok(None) };
            let Ok(id) = id.parse::<PersonId>() else { return Ok(None) };
            let now = self.clock.now();
            let actor = self.db.read_bounded("actor", move |rd| load_actor(rd, id, now)).await.ok();
            Ok(actor.map(|actor| SignedIn { actor: Arc::new(actor), session: Some("s".into()) }))
        })
    }
}

/// The desk of a test.
pub struct Rig {
    pub router: Router,
    pub app: App,
    pub db: Db,
    pub desk: Arc<Desk>,
    pub clock: MockClock,
    pub entropy: Arc<dyn Entropy>,
    pub cast: Cast,
    /// Seconds for which replies wait before they are sent.
    pub undo: std::cell::Cell<u8>,
    /// Nobody follows the log until [`Rig::follow`].
    pub search: Search,
    _folder: tempfile::TempDir,
    _test: TestDb,
}

#[derive(Debug, Clone, Copy)]
pub struct Cast {
    pub ria: OrganisationId,
    /// A user of Ría.
    pub ursula: PersonId,
    /// An agent of the first line.
    pub ana: PersonId,
    /// A specialist of the second line.
    pub boris: PersonId,
    /// A coordinator, who may share views.
    pub clara: PersonId,
    /// A user of Ribera, and its agent.
    pub carla: PersonId,
    pub dario: PersonId,
    pub l1: TeamId,
    pub l2: TeamId,
    pub printing: ServiceId,
}

fn cast(tx: &mut Tx<'_>, act: &Act) -> Result<Cast> {
    access::seed(tx, NOW)?;
    ticket::catalogue::seed(tx, act)?;
    ticket::store::view::seed(tx)?;
    let ria = organisation::insert(tx, None, &OrganisationData::named("Ría Industries", OrganisationKind::Internal), NOW)?;
    let ribera = organisation::insert(tx, None, &OrganisationData::named("Ribera Foods", OrganisationKind::Customer), NOW)?;
    let somebody = |tx: &mut Tx<'_>, tenant, name: &str| -> Result<PersonId> {
        let id = person::insert(tx, tenant, &PersonData::named(name), NOW)?;
        membership::put(tx, id, &NewMembership::main(tenant, Time(0)), NOW)?;
        Ok(id)
    };
    let ursula = somebody(tx, ria, "Úrsula Gil")?;
    address::put(tx, ursula, &NewAddress::main(AddressKind::Phone, "+34 910 000 112"), NOW)?;
    let ana = somebody(tx, ria, "Ana Núñez")?;
    let boris = somebody(tx, ria, "Борис Ёлкин")?;
    let clara = somebody(tx, ria, "Clara Vega")?;
    let carla = somebody(tx, ribera, "Carla Anaya")?;
    let dario = somebody(tx, ribera, "Darío Lema")?;
    let l1 = team::insert(tx, ria, "l1", &TeamData::named("Service desk", 1), NOW)?;
    let l2 = team::insert(tx, ria, "l2", &TeamData::named("Workplace", 2), NOW)?;
    let other = team::insert(tx, ribera, "ribera", &TeamData::named("Ribera desk", 1), NOW)?;
    team::put_member(tx, l1, ana, TeamRole::Member)?;
    team::put_member(tx, l2, boris, TeamRole::Member)?;
    team::put_member(tx, other, dario, TeamRole::Member)?;
    let printing = service::insert(tx, ria, None, "printing", &ServiceData::live("Printing"), NOW)?;
    let system = Actor::system();
    for (who, role, tenant) in [(ana, "operator", ria), (boris, "operator", ria), (clara, "coordinator", ria), (dario, "operator", ribera)]
    {
        access::store::grant::put(tx, &system, who, role, tenant, NOW)?;
    }
    Ok(Cast { ria, ursula, ana, boris, clara, carla, dario, l1, l2, printing })
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub headers: http::HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn place(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |v| v.to_str().unwrap())
    }
    /// The value of a hidden field.
    pub fn hidden(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let rest = self.body.split_once(&start).unwrap_or_else(|| panic!("no field {name} in {}", self.body)).1;
        rest.split('"').next().unwrap().to_owned()
    }
    pub fn has(&self, text: &str) -> bool {
        self.body.contains(text)
    }
}

pub fn rig(test: TestDb) -> Rig {
    let db = test.db();
    let entropy: Arc<dyn Entropy> = Arc::new(SeededEntropy::new(7));
    let act = Act::system(NOW, Cause::Page, Arc::clone(&entropy));
    let cast = {
        let made = Arc::new(std::sync::Mutex::new(None));
        let keep = Arc::clone(&made);
        db.write_wait("cast", move |tx| {
            *keep.lock().unwrap() = Some(cast(tx, &act)?);
            Ok(())
        })
        .unwrap();
        let cast = made.lock().unwrap().take();
        cast.unwrap()
    };
    let folder = tempfile::tempdir().unwrap();
    let clock = MockClock::at(NOW.plus(Time::HOUR));
    let url = "https://desk.example".parse().unwrap();
    let web = Arc::new(Web::new(Arc::new(clock.clone()), Arc::clone(&entropy), url).unwrap());
    let search = Search::open(folder.path().join("index"));
    let files = Files::local(&folder.path().join("files"), db.clone(), Arc::new(clock.clone()), Arc::clone(&entropy)).unwrap();
    let slice = console::slice();
    let mut parts = Parts::new(db.clone(), Arc::clone(&web), Arc::new(ById { db: db.clone(), clock: clock.clone() }));
    parts.navigation = slice.navigation;
    // As another slice would.
    parts.sections =
        vec![SideSection { name: "other", title: "console-tickets", path: "/other", order: 1, first: false, key: "", verb: None }];
    let app = App::new(parts);
    let desk = Arc::new(Desk::default());
    // The API beside the pages: both answer from one search.
    let (api, _) = search::slice(search.clone()).api.split_for_parts();
    let routes = slice.pages.merge(api).layer(Extension(Arc::clone(&desk))).layer(Extension(files));
    let router = routes.layer(Extension(search.clone())).with_state(app.clone());
    Rig {
        router: protect(router, web),
        app,
        db,
        desk,
        clock,
        entropy,
        cast,
        undo: std::cell::Cell::new(0),
        search,
        _folder: folder,
        _test: test,
    }
}

impl Rig {
    /// The answer of the router, its body still open.
    pub async fn send(&self, mut request: Request<Body>) -> Response<Body> {
        request.extensions_mut().insert(Client { ip: [192, 0, 2, 7].into(), secure: true, local: false });
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// The index follows from now on; it holds everything that was committed.
    pub fn follow(&self) -> Follower {
        let follower = Follower::start(&self.search, self.db.clone(), Arc::new(self.clock.clone())).unwrap();
        self.caught_up();
        follower
    }

    /// Until everything that is committed is found.
    pub fn caught_up(&self) {
        let head = self.db.read_wait("head", search::store::log::newest).unwrap();
        self.search.wake();
        let start = std::time::Instant::now();
        while self.search.state() != State::Ready || self.search.reached() < Some(head) {
            assert!(start.elapsed().as_secs() < 60, "the index never has everything");
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    }

    fn answer(&self, request: Request<Body>) -> Answer {
        block_on(async {
            let (parts, body) = self.send(request).await.into_parts();
            let body = body.collect().await.unwrap().to_bytes();
            Answer { status: parts.status.as_u16(), headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
        })
    }

    pub fn get(&self, who: PersonId, path: &str) -> Answer {
        let request = Request::get(path).header("cookie", format!("__Host-session={who}")).header("accept", "text/html");
        self.answer(request.body(Body::empty()).unwrap())
    }

    pub fn post(&self, who: PersonId, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut body = String::new();
        for (name, value) in fields {
            let encode = |text: &str| {
                text.bytes()
                    .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
                    .collect::<String>()
            };
            body.push_str(&format!("{}={}&", encode(name), encode(value)));
        }
        self.posted(who, path, "application/x-www-form-urlencoded", body.trim_end_matches('&').as_bytes().to_vec())
    }

    /// A form with files: name of the field, name of the file, content.
    pub fn post_parts(&self, who: PersonId, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend_from_slice(format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").as_bytes());
        }
        for (field, name, content) in files {
            body.extend_from_slice(format!("--x\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n").as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--x--\r\n");
        self.posted(who, path, "multipart/form-data; boundary=x", body)
    }

    fn posted(&self, who: PersonId, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        let request = Request::post(path)
            .header("cookie", format!("__Host-session={who}; __Host-look=undo-{}", self.undo.get()))
            .header("accept", "text/html")
            .header("origin", "https://desk.example")
            .header("content-type", kind);
        self.answer(request.body(Body::from(body)).unwrap())
    }

    /// Somebody acts without a page.
    pub fn act<T: Send + 'static>(&self, who: PersonId, action: impl Fn(&mut Tx<'_>, Frame<'_>) -> Result<T> + Send + 'static) -> T {
        let (desk, now) = (Arc::clone(&self.desk), self.clock.now());
        let act = Act::person(who, now, Arc::clone(&self.entropy));
        self.db
            .write_wait("story", move |tx| {
                let actor = load_actor(tx, who, now)?;
                action(tx, Frame { desk: &desk, actor: &actor, act: &act })
            })
            .unwrap()
    }

    /// From now on a person's role is one like `base` that hides fields.
    pub fn hides(&self, who: PersonId, base: &'static str, object: access::Object, fields: &'static [&'static str]) {
        self.act(who, move |tx, frame| {
            let (tenant, system) = (frame.actor.tenant, Actor::system());
            let narrow = access::store::role::get(tx, tenant, "narrow").ok();
            let expected = narrow.as_ref().map_or(0, |row| row.version);
            let mut role = narrow.map_or_else(|| access::store::role::get(tx, tenant, base), Ok)?.role;
            for field in fields {
                role.hide(object, *field);
            }
            let edit = access::store::role::Edit { key: "narrow", expected, role: &role, active: true };
            access::store::role::put(tx, &system, tenant, edit, NOW)?;
            tx.exec_text("DELETE FROM role_grant WHERE person_id = $1", &db::params![who])?;
            access::store::grant::put(tx, &system, who, "narrow", tenant, NOW)
        });
    }

    /// Somebody holds one role more.
    pub fn holds(&self, who: PersonId, role: &'static str) {
        self.act(who, move |tx, frame| access::store::grant::put(tx, &Actor::system(), who, role, frame.actor.tenant, NOW));
    }

    pub fn registered(&self, who: PersonId, title: &str) -> TicketId {
        let new = NewTicket {
            kind: "incident".into(),
            title: title.into(),
            description: format!("{title}, since this morning"),
            ..NewTicket::default()
        };
        self.act(who, move |tx, frame| register(tx, frame, &new).map(|t| t.id))
    }

    pub fn now(&self, id: TicketId) -> Ticket {
        self.db.read_wait("story", move |rd| ticket::store::ticket::by_id(rd, id)).unwrap()
    }
}
