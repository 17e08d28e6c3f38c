//! The cast: Ría Industries with a desk on two lines, and Ribera Foods, whose people must see nothing
//! of Ría's.

use std::sync::Arc;

use access::{Actor, load_actor};
use db::{Db, Migration, Rd, Tx};
use events::{Act, Cause};
use kernel::{Entropy, OrganisationId, PersonId, Result, SeededEntropy, TeamId, TicketId, Time};
use party::store::{membership, organisation, person, service, team};
use party::{NewMembership, OrganisationData, OrganisationKind, PersonData, SHARED, ServiceData, TeamData, TeamRole};
use ticket::actions::register::{NewTicket, register};
use ticket::{Desk, Frame, Ticket};

/// 1 January 2026, 00:00 UTC.
pub const NOW: Time = Time(1_767_225_600_000_000);

pub fn migrations() -> Vec<Migration> {
    [db::MIGRATIONS, files::MIGRATIONS, party::MIGRATIONS, access::MIGRATIONS, events::MIGRATIONS, settings::MIGRATIONS, ticket::MIGRATIONS]
        .concat()
}

/// A database with the cast in it.
#[derive(Clone)]
pub struct World {
    pub db: Db,
    pub desk: Arc<Desk>,
    pub entropy: Arc<dyn Entropy>,
    pub ria: OrganisationId,
    pub ribera: OrganisationId,
    /// A user of Ría.
    pub ursula: PersonId,
    /// An agent of the first line.
    pub ana: PersonId,
    /// A specialist of the second line.
    pub boris: PersonId,
    /// A user of Ribera.
    pub carla: PersonId,
    pub l1: TeamId,
    pub l2: TeamId,
    pub printing: kernel::ServiceId,
}

pub fn world(db: &Db) -> World {
    let entropy: Arc<dyn Entropy> = Arc::new(SeededEntropy::new(7));
    let act = Act::system(NOW, Cause::Page, Arc::clone(&entropy));
    let made = db
        .write_wait("cast", move |tx| {
            access::seed(tx, NOW)?;
            ticket::catalogue::seed(tx, &act)?;
            ticket::store::view::seed(tx)?;
            let ria = organisation::insert(tx, None, &OrganisationData::named("Ría Industries", OrganisationKind::Internal), NOW)?;
            let ribera = organisation::insert(tx, None, &OrganisationData::named("Ribera Foods", OrganisationKind::Customer), NOW)?;
            let somebody = |tx: &mut Tx<'_>, tenant, name: &str| -> Result<PersonId> {
                let id = person::insert(tx, tenant, &PersonData::named(name), NOW)?;
                membership::put(tx, id, &NewMembership::main(tenant, Time(0)), NOW)?;
                Ok(id)
            };
            let ursula = somebody(tx, ria, "Úrsula Gil")?;
            let ana = somebody(tx, ria, "Ana Núñez")?;
            let boris = somebody(tx, ria, "Борис Ёлкин")?;
            let carla = somebody(tx, ribera, "Carla Anaya")?;
            let l1 = team::insert(tx, ria, "l1", &TeamData::named("Service desk", 1), NOW)?;
            let l2 = team::insert(tx, ria, "l2", &TeamData::named("Workplace", 2), NOW)?;
            team::put_member(tx, l1, ana, TeamRole::Member)?;
            team::put_member(tx, l2, boris, TeamRole::Member)?;
            let printing = service::insert(tx, ria, None, "printing", &ServiceData::live("Printing"), NOW)?;
            let system = Actor::system();
            access::store::grant::put(tx, &system, ana, "operator", ria, NOW)?;
            access::store::grant::put(tx, &system, boris, "operator", ria, NOW)?;
            Ok((ria, ribera, ursula, ana, boris, carla, l1, l2, printing))
        })
        .unwrap();
    let (ria, ribera, ursula, ana, boris, carla, l1, l2, printing) = made;
    World { db: db.clone(), desk: Arc::new(Desk::default()), entropy, ria, ribera, ursula, ana, boris, carla, l1, l2, printing }
}

impl World {
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

    /// Úrsula reports an incident.
    pub fn incident(&self, title: &str) -> Ticket {
        self.registered(self.ursula, "incident", title)
    }

    pub fn registered(&self, who: PersonId, kind: &str, title: &str) -> Ticket {
        let new = NewTicket {
            kind: kind.into(),
            title: title.into(),
            description: format!("{title}, since this morning"),
            ..NewTicket::default()
        };
        let ticket = self.at(0, who, move |tx, frame| register(tx, frame, &new)).unwrap();
        assert_eq!(ticket, self.now(ticket.id), "what is answered is what is stored");
        ticket
    }

    pub fn now(&self, id: TicketId) -> Ticket {
        self.db.read_wait("story", move |rd| ticket::store::ticket::by_id(rd, id)).unwrap()
    }

    /// Somebody holds one role more.
    pub fn grant(&self, who: PersonId, role: &'static str, tenant: OrganisationId) {
        self.db.write_wait("grant", move |tx| access::store::grant::put(tx, &Actor::system(), who, role, tenant, NOW)).unwrap();
    }

    /// A role of Ría that is made from a delivered one and held by somebody alone.
    pub fn own_role(&self, who: PersonId, like: &'static str, change: impl Fn(&mut access::Role) + Send + 'static) {
        let ria = self.ria;
        self.db
            .write_wait("role", move |tx| {
                let system = Actor::system();
                let mut role = access::store::role::get(tx, ria, like)?.role;
                change(&mut role);
                let edit = access::store::role::Edit { key: "special", expected: 0, role: &role, active: true };
                access::store::role::put(tx, &system, ria, edit, NOW)?;
                tx.exec_text("DELETE FROM role_grant WHERE person_id = $1", &db::params![who])?;
                access::store::grant::put(tx, &system, who, "special", ria, NOW)
            })
            .unwrap();
    }

    /// A statement that no action would make: what went wrong before the story begins.
    pub fn tamper(&self, text: &'static str, id: i64) {
        self.db.write_wait("tamper", move |tx| tx.exec_text(text, &db::params![id])).unwrap();
    }

    /// How many there are.
    pub fn number(&self, text: &'static str) -> i64 {
        self.db.read_wait("number", move |rd| rd.all_text::<i64>(text, &[])).unwrap()[0]
    }

    pub fn tenant(&self) -> OrganisationId {
        debug_assert_ne!(self.ria, SHARED);
        self.ria
    }
}
