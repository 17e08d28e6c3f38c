//! The cast with an index: Ría Industries with a desk on two lines, and Ribera Foods, whose people must
//! find nothing of Ría's.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use access::{Actor, load_actor};
use db::{Db, Migration, Rd, Tx};
use events::{Act, Cause};
use kernel::{Entropy, MockClock, OrganisationId, PersonId, Result, SeededEntropy, ServiceId, TeamId, TicketId, Time};
use party::store::{address, membership, organisation, person, service, team};
use party::{AddressKind, NewAddress, NewMembership, OrganisationData, OrganisationKind, PersonData, ServiceData, TeamData, TeamRole};
use search::text::mark::Piece;
use search::{Ask, Faults, Follower, Found, Kind, Search, State, find};
use ticket::actions::change::{Base, Patch, change};
use ticket::actions::post::{Post, post};
use ticket::actions::register::{NewTicket, register};
use ticket::{Desk, Frame, MessageKind, Ticket};

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
    ]
    .concat()
}

/// A database with the cast in it, and its index.
pub struct World {
    pub db: Db,
    pub desk: Arc<Desk>,
    pub entropy: Arc<dyn Entropy>,
    /// That of the follower.
    pub clock: Arc<MockClock>,
    pub search: Search,
    pub follower: Option<Follower>,
    pub folder: tempfile::TempDir,
    pub ria: OrganisationId,
    /// A user of Ría.
    pub ursula: PersonId,
    /// An agent of the first line: operator, sees all of Ría.
    pub ana: PersonId,
    /// A specialist of the second line: sees what is with the team.
    pub boris: PersonId,
    /// A user of Ribera.
    pub carla: PersonId,
    pub l1: TeamId,
    pub l2: TeamId,
    pub printing: ServiceId,
}

struct Cast {
    ria: OrganisationId,
    ursula: PersonId,
    ana: PersonId,
    boris: PersonId,
    carla: PersonId,
    l1: TeamId,
    l2: TeamId,
    printing: ServiceId,
}

fn fill(tx: &mut Tx<'_>, act: &Act) -> Result<Cast> {
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
    let ursula = somebody(tx, ria, "Úrsula García-Márquez")?;
    let ana = somebody(tx, ria, "Ana Núñez")?;
    let boris = somebody(tx, ria, "Борис Ёлкин")?;
    let carla = somebody(tx, ribera, "Carla Anaya")?;
    address::put(tx, ursula, &NewAddress::main(AddressKind::Mobile, "+34 600 123-456"), NOW)?;
    address::put(tx, ursula, &NewAddress::main(AddressKind::Email, "ursula.garcia@ria.example"), NOW)?;
    let l1 = team::insert(tx, ria, "l1", &TeamData::named("Service desk", 1), NOW)?;
    let l2 = team::insert(tx, ria, "l2", &TeamData::named("Workplace", 2), NOW)?;
    team::put_member(tx, l1, ana, TeamRole::Member)?;
    team::put_member(tx, l2, boris, TeamRole::Member)?;
    let printing = service::insert(tx, ria, None, "printing", &ServiceData::live("Printing"), NOW)?;
    let system = Actor::system();
    access::store::grant::put(tx, &system, ana, "operator", ria, NOW)?;
    access::store::grant::put(tx, &system, boris, "responsible", ria, NOW)?;
    Ok(Cast { ria, ursula, ana, boris, carla, l1, l2, printing })
}

/// The cast, with an index that follows.
pub fn world(db: &Db) -> World {
    let mut world = quiet(db);
    world.follow();
    world
}

/// The cast, with nobody following yet.
pub fn quiet(db: &Db) -> World {
    let entropy: Arc<dyn Entropy> = Arc::new(SeededEntropy::new(7));
    let act = Act::system(NOW, Cause::Page, Arc::clone(&entropy));
    let cast = db.write_wait("cast", move |tx| fill(tx, &act)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let Cast { ria, ursula, ana, boris, carla, l1, l2, printing } = cast;
    World {
        db: db.clone(),
        desk: Arc::new(Desk::default()),
        entropy,
        clock: Arc::new(MockClock::at(NOW)),
        search: Search::open(folder.path().join("index")),
        follower: None,
        folder,
        ria,
        ursula,
        ana,
        boris,
        carla,
        l1,
        l2,
        printing,
    }
}

impl World {
    pub fn follow(&mut self) {
        let clock: Arc<dyn kernel::Clock> = self.clock.clone();
        self.follower = Some(Follower::start(&self.search, self.db.clone(), clock).unwrap());
        self.caught_up();
    }

    /// The process ends and another one starts in its folder.
    pub fn restart(&mut self) {
        self.restart_on(Faults::default());
    }

    /// As [`World::restart`], on a disk with these faults.
    pub fn restart_on(&mut self, faults: Faults) {
        self.follower = None;
        self.search = Search::open_on(self.index(), faults);
    }

    pub fn index(&self) -> std::path::PathBuf {
        self.folder.path().join("index")
    }

    /// The folders of indexes.
    pub fn indexes(&self) -> Vec<std::path::PathBuf> {
        let all = std::fs::read_dir(self.index()).unwrap().flatten().map(|entry| entry.path());
        let mut all: Vec<_> = all.filter(|path: &std::path::PathBuf| Path::is_dir(path)).collect();
        all.sort();
        all
    }

    /// Until everything that is committed is found; answers how long that took.
    pub fn caught_up(&self) -> Duration {
        let start = Instant::now();
        let head = self.db.read_wait("head", search::store::log::newest).unwrap();
        self.search.wake();
        self.until("the index has everything", || self.search.state() == State::Ready && self.search.reached() >= Some(head));
        start.elapsed()
    }

    pub fn until(&self, what: &str, holds: impl Fn() -> bool) {
        let start = Instant::now();
        while !holds() {
            assert!(start.elapsed() < Duration::from_secs(60), "never: {what}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// What somebody does, at a moment after the beginning.
    pub fn at<T: Send + 'static>(
        &self,
        minutes: i64,
        who: PersonId,
        action: impl Fn(&mut Tx<'_>, Frame<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (desk, entropy) = (Arc::clone(&self.desk), Arc::clone(&self.entropy));
        let now = NOW.plus(minutes * Time::MINUTE);
        let act = Act::person(who, now, entropy);
        self.db.write_wait("story", move |tx| {
            let actor = load_actor(tx, who, now)?;
            action(tx, Frame { desk: &desk, actor: &actor, act: &act })
        })
    }

    /// What somebody reads.
    pub fn read<T: Send + 'static>(
        &self,
        who: PersonId,
        query: impl FnOnce(&mut Rd<'_>, Frame<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (desk, entropy) = (Arc::clone(&self.desk), Arc::clone(&self.entropy));
        let act = Act::person(who, NOW, entropy);
        self.db.read_wait("story", move |rd| {
            let actor = load_actor(rd, who, NOW)?;
            query(rd, Frame { desk: &desk, actor: &actor, act: &act })
        })
    }

    /// Removes a ticket with its events, as a roll-back does.
    pub fn purge(&self, ticket: TicketId) {
        let (ria, entropy) = (self.ria, Arc::clone(&self.entropy));
        let purge = move |tx: &mut Tx<'_>| {
            let act = Act::system(NOW, Cause::Page, Arc::clone(&entropy));
            events::purge(tx, &act, ria.raw(), "ticket", ticket.raw(), "trial")?;
            tx.exec_text("DELETE FROM ticket WHERE id = $1", &db::params![ticket])
        };
        self.db.write_wait("purge", purge).unwrap();
    }

    /// Gives somebody a role instead of all others: that of operators with a field hidden.
    pub fn hide(&self, who: PersonId, object: access::Object, field: &'static str) {
        let ria = self.ria;
        let change = move |tx: &mut Tx<'_>| {
            let system = Actor::system();
            let mut role = access::store::role::get(tx, ria, "operator")?.role;
            role.hide(object, field);
            let edit = access::store::role::Edit { key: "special", expected: 0, role: &role, active: true };
            access::store::role::put(tx, &system, ria, edit, NOW)?;
            tx.exec_text("DELETE FROM role_grant WHERE person_id = $1", &db::params![who])?;
            access::store::grant::put(tx, &system, who, "special", ria, NOW)
        };
        self.db.write_wait("role", change).unwrap();
    }

    /// Somebody registers a ticket.
    pub fn ticket(&self, who: PersonId, title: &str, text: &str) -> TicketId {
        let new = NewTicket { kind: "incident".into(), title: title.into(), description: text.into(), ..NewTicket::default() };
        let made: Ticket = self.at(0, who, move |tx, frame| register(tx, frame, &new)).unwrap();
        made.id
    }

    pub fn post(&self, who: PersonId, ticket: TicketId, text: &str, public: bool) {
        let kind = if public { MessageKind::Reply } else { MessageKind::Note };
        let message = Post::new(kind, text);
        self.at(1, who, move |tx, frame| post(tx, frame, ticket, &message)).unwrap();
    }

    pub fn patch(&self, who: PersonId, ticket: TicketId, patch: Patch) {
        self.at(1, who, move |tx, frame| change(tx, frame, ticket, Base::Latest, &patch)).unwrap();
    }

    /// Somebody holds one role more.
    pub fn grant(&self, who: PersonId, role: &'static str, tenant: OrganisationId) {
        self.db.write_wait("grant", move |tx| access::store::grant::put(tx, &Actor::system(), who, role, tenant, NOW)).unwrap();
    }

    pub fn ask(&self, who: PersonId, ask: Ask) -> Result<Found> {
        let search = self.search.clone();
        self.read(who, move |rd, frame| find(&search, rd, frame, &ask))
    }

    /// Everything that is found by a text, in one page.
    pub fn search(&self, who: PersonId, text: &str) -> Found {
        self.ask(who, asking(text)).unwrap()
    }

    /// The tickets that are found by a text, in their order.
    pub fn tickets(&self, who: PersonId, text: &str) -> Vec<TicketId> {
        self.ids(who, text, Kind::Ticket).into_iter().map(TicketId::new).collect()
    }

    pub fn ids(&self, who: PersonId, text: &str, kind: Kind) -> Vec<i64> {
        self.search(who, text).hits.into_iter().filter(|hit| hit.kind == kind).map(|hit| hit.id).collect()
    }
}

pub fn asking(text: &str) -> Ask {
    Ask { text: text.into(), limit: 50, ..Ask::default() }
}

/// The marked pieces.
pub fn marked(pieces: &[Piece]) -> Vec<&str> {
    pieces.iter().filter(|piece| piece.marked).map(|piece| piece.text.as_str()).collect()
}
