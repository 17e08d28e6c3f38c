//! The cast and the pages of tasks behind the real guard: Ría Industries with a desk on two lines, and
//! Ribera Foods, whose people must see nothing of Ría's. A session is the id of its person.

use std::sync::Arc;

use access::{Actor, load_actor};
use axum::body::Body;
use axum::{Extension, Router};
use db::{Db, Migration, Tx};
use events::{Act, Cause, Handlers, Runner};
use futures_util::future::BoxFuture;
use http::{Request, Response, header};
use http_body_util::BodyExt as _;
use kernel::{Clock, Entropy, MockClock, PersonId, Result, SeededEntropy, TeamId, TicketId, Time};
use party::store::{address, membership, organisation, person, team};
use party::{AddressKind, NewAddress, NewMembership, OrganisationData, OrganisationKind, PersonData, TeamData, TeamRole};
use testkit::{TestDb, block_on};
use ticket::actions::register::{NewTicket, register};
use ticket::jobs::{self, Workshop};
use ticket::timeline::{Entry, What, Words};
use ticket::{Desk, Frame, Ticket};
use tower::ServiceExt as _;
use web_kit::{App, Authenticator, Client, Credential, Parts, SignedIn, Web, protect};

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
        work::MIGRATIONS,
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
    pub db: Db,
    pub desk: Arc<Desk>,
    pub clock: MockClock,
    pub entropy: Arc<dyn Entropy>,
    pub cast: Cast,
    _test: TestDb,
}

#[derive(Debug, Clone, Copy)]
pub struct Cast {
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
    let system = Actor::system();
    for (who, role, tenant) in [(ana, "operator", ria), (boris, "operator", ria), (clara, "coordinator", ria), (dario, "operator", ribera)]
    {
        access::store::grant::put(tx, &system, who, role, tenant, NOW)?;
    }
    Ok(Cast { ursula, ana, boris, clara, carla, dario, l1, l2 })
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
    let clock = MockClock::at(NOW.plus(Time::HOUR));
    let url = "https://desk.example".parse().unwrap();
    let web = Arc::new(Web::new(Arc::new(clock.clone()), Arc::clone(&entropy), url).unwrap());
    let slice = work::slice();
    let mut parts = Parts::new(db.clone(), Arc::clone(&web), Arc::new(ById { db: db.clone(), clock: clock.clone() }));
    parts.navigation = slice.navigation;
    let app = App::new(parts);
    let desk = Arc::new(Desk::default().guarded_by(work::GUARDS));
    let (api, _) = slice.api.split_for_parts();
    let router = slice.pages.merge(api).layer(Extension(Arc::clone(&desk))).with_state(app);
    Rig { router: protect(router, web), db, desk, clock, entropy, cast, _test: test }
}

impl Rig {
    /// The answer of the router, its body still open.
    pub async fn send(&self, mut request: Request<Body>) -> Response<Body> {
        request.extensions_mut().insert(Client { ip: [192, 0, 2, 7].into(), secure: true, local: false });
        self.router.clone().oneshot(request).await.unwrap()
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

    fn posted(&self, who: PersonId, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        let request = Request::post(path)
            .header("cookie", format!("__Host-session={who}"))
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

    /// The same for what is refused.
    pub fn tries<T: Send + 'static>(
        &self,
        who: PersonId,
        action: impl Fn(&mut Tx<'_>, Frame<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (desk, now) = (Arc::clone(&self.desk), self.clock.now());
        let act = Act::person(who, now, Arc::clone(&self.entropy));
        self.db.write_wait("story", move |tx| {
            let actor = load_actor(tx, who, now)?;
            action(tx, Frame { desk: &desk, actor: &actor, act: &act })
        })
    }

    /// Somebody administers the whole installation.
    pub fn administers(&self, who: PersonId) {
        self.as_system(move |tx, _| access::store::grant::put(tx, &Actor::system(), who, "administrator", party::SHARED, NOW));
    }

    /// The desk itself acts.
    pub fn as_system<T: Send + 'static>(&self, action: impl Fn(&mut Tx<'_>, Frame<'_>) -> Result<T> + Send + 'static) -> T {
        let (desk, now) = (Arc::clone(&self.desk), self.clock.now());
        let act = Act::system(now, Cause::Page, Arc::clone(&self.entropy));
        let run = move |tx: &mut Tx<'_>| action(tx, Frame { desk: &desk, actor: &Actor::system(), act: &act });
        self.db.write_wait("story", run).unwrap()
    }

    /// What somebody reads of a ticket's history, in English.
    pub fn words(&self, who: PersonId, id: TicketId) -> Vec<String> {
        let (desk, now, entropy) = (Arc::clone(&self.desk), self.clock.now(), Arc::clone(&self.entropy));
        let read = move |rd: &mut db::Rd<'_>| {
            let (actor, act) = (load_actor(rd, who, now)?, Act::person(who, now, entropy));
            let frame = Frame { desk: &desk, actor: &actor, act: &act };
            let seen = ticket::serve::see(rd, frame, id)?;
            let timeline = ticket::serve::timeline(rd, frame, &seen)?;
            let (catalogue, t) = (desk.catalogue(rd)?, i18n::T::utc(kernel::Lang::En));
            let kind = catalogue.kind_of(&seen.ticket)?;
            let words = |entry: &Entry| match &entry.what {
                What::Event(event) => {
                    Words { t: &t, kind, catalogue: &catalogue, timeline: &timeline, portal: !seen.inner, at: entry.at }.of(event)
                }
                What::Message(_) => Vec::new(),
            };
            Ok(timeline.entries.iter().flat_map(words).collect())
        };
        self.db.read_wait("words", read).unwrap()
    }

    /// Does the jobs that are due until none is left.
    pub fn run_jobs(&self) {
        let clock: Arc<dyn Clock> = Arc::new(self.clock.clone());
        let (db, desk, entropy) = (self.db.clone(), Arc::clone(&self.desk), Arc::clone(&self.entropy));
        let shop = Workshop { db, desk, clock: Arc::clone(&clock), entropy };
        let mut runner = Runner::start(self.db.clone(), clock, Vec::new(), jobs::handlers(Handlers::default(), &shop), 1).unwrap();
        let (begun, at) = (std::time::Instant::now(), self.clock.now());
        let waiting = move |rd: &mut db::Rd<'_>| {
            rd.all_text::<i64>("SELECT COUNT(*) FROM job WHERE state = 'running' OR (state = 'ready' AND run_at <= $1)", &db::params![at])
        };
        while self.db.read_wait("waiting", waiting).unwrap()[0] > 0 {
            assert!(begun.elapsed().as_secs() < 60, "the jobs do not end");
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        runner.stop();
    }

    /// What an endpoint answers.
    pub fn api(&self, who: PersonId, path: &str) -> Answer {
        let request = Request::get(path).header("cookie", format!("__Host-session={who}")).header("accept", "application/json");
        self.answer(request.body(Body::empty()).unwrap())
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
