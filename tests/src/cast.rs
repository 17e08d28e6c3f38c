//! The cast. Ría Industries runs the desk and has users, a first and a second line; Ribera Foods is a
//! customer with a desk of its own, and nothing of either may show to the other.

use std::sync::Arc;

use access::Actor;
use db::{Db, Tx};
use events::{Act, Cause};
use kernel::{Entropy, OrganisationId, PersonId, Result, SeededEntropy, ServiceId, TeamId, Time};
use party::store::{account, address, membership, organisation, person, service, team};
use party::{
    AddressKind, NewAddress, NewMembership, OrganisationData, OrganisationKind, PersonData, SHARED, ServiceData, TeamData, TeamRole,
    TenantId,
};

use crate::THEN;

/// The password of everybody in the cast.
pub const PASSWORD: &str = "lighthouse-keeper-7";

/// Who and what there is. Ids are those that an empty database gives in this order.
#[derive(Debug, Clone, Copy)]
pub struct Cast {
    pub ria: OrganisationId,
    pub ribera: OrganisationId,
    /// Of the first line of Ría.
    pub l1: TeamId,
    pub l2: TeamId,
    /// Of Ribera.
    pub their_team: TeamId,
    pub printing: ServiceId,
    pub their_service: ServiceId,
    /// A user of Ría, who asks.
    pub ursula: PersonId,
    /// Another user of Ría, who must not see what Úrsula asks.
    pub uli: PersonId,
    /// First line of Ría: operator, sees all of Ría.
    pub ana: PersonId,
    /// Second line of Ría: responsible, sees what is with the team.
    pub boris: PersonId,
    /// A user of Ribera.
    pub carla: PersonId,
    /// Operator of Ribera.
    pub cleo: PersonId,
    /// Administrator of the installation.
    pub ada: PersonId,
    /// Manager of Ría: administers its people, teams and services.
    pub mara: PersonId,
}

impl Cast {
    /// As [`fill`] makes it.
    pub const fn new() -> Self {
        Self {
            ria: OrganisationId::new(1),
            ribera: OrganisationId::new(2),
            l1: TeamId::new(1),
            l2: TeamId::new(2),
            their_team: TeamId::new(3),
            printing: ServiceId::new(1),
            their_service: ServiceId::new(2),
            ursula: PersonId::new(1),
            uli: PersonId::new(2),
            ana: PersonId::new(3),
            boris: PersonId::new(4),
            carla: PersonId::new(5),
            cleo: PersonId::new(6),
            ada: PersonId::new(7),
            mara: PersonId::new(8),
        }
    }
    /// Everybody with the name used in messages of tests.
    pub const fn everybody(&self) -> [(&'static str, PersonId); 8] {
        [
            ("ursula", self.ursula),
            ("uli", self.uli),
            ("ana", self.ana),
            ("boris", self.boris),
            ("carla", self.carla),
            ("cleo", self.cleo),
            ("ada", self.ada),
            ("mara", self.mara),
        ]
    }
}

impl Default for Cast {
    fn default() -> Self {
        Self::new()
    }
}

/// Fills a migrated database.
pub fn fill(db: &Db) {
    let entropy: Arc<dyn Entropy> = Arc::new(SeededEntropy::new(7));
    let hash = sessions::password::hash_now(
        sessions::password::Cost { memory: 8, passes: 1, lanes: 1 },
        &sessions::password::Password::typed(PASSWORD),
        &*entropy,
    )
    .unwrap();
    let act = Act::system(THEN, Cause::Page, entropy);
    db.write_wait("cast", move |tx| {
        access::seed(tx, THEN)?;
        ticket::catalogue::seed(tx, &act)?;
        ticket::store::view::seed(tx)?;
        let ria = organisation::insert(tx, None, &OrganisationData::named("Ría Industries", OrganisationKind::Internal), THEN)?;
        let ribera = organisation::insert(tx, None, &OrganisationData::named("Ribera Foods", OrganisationKind::Customer), THEN)?;
        let l1 = team::insert(tx, ria, "service-desk", &TeamData::named("Service desk", 1), THEN)?;
        let l2 = team::insert(tx, ria, "workplace", &TeamData::named("Workplace", 2), THEN)?;
        let theirs = team::insert(tx, ribera, "ribera-desk", &TeamData::named("Ribera desk", 1), THEN)?;
        service::insert(tx, ria, None, "printing", &ServiceData::live("Printing"), THEN)?;
        service::insert(tx, ribera, None, "cold-chain", &ServiceData::live("Cold chain"), THEN)?;
        let somebody = |tx: &mut Tx<'_>, tenant: TenantId, name: &str, login: &str| -> Result<PersonId> {
            let id = person::insert(tx, tenant, &PersonData::named(name), THEN)?;
            membership::put(tx, id, &NewMembership::main(tenant, Time(0)), THEN)?;
            address::put(tx, id, &NewAddress::main(AddressKind::Email, login), THEN)?;
            let account = account::insert(tx, id, login, THEN)?;
            account::set_password(tx, account, Some(&hash), THEN)?;
            Ok(id)
        };
        somebody(tx, ria, "Úrsula Gil", "ursula@ria.example")?;
        somebody(tx, ria, "Uli Vega", "uli@ria.example")?;
        let ana = somebody(tx, ria, "Ana Núñez", "ana@ria.example")?;
        let boris = somebody(tx, ria, "Борис Ёлкин", "boris@ria.example")?;
        somebody(tx, ribera, "Carla Anaya", "carla@ribera.example")?;
        let cleo = somebody(tx, ribera, "Cleo Paz", "cleo@ribera.example")?;
        let ada = somebody(tx, ria, "Ada Ramos", "ada@ria.example")?;
        let mara = somebody(tx, ria, "Mara Sanz", "mara@ria.example")?;
        team::put_member(tx, l1, ana, TeamRole::Member)?;
        team::put_member(tx, l2, boris, TeamRole::Member)?;
        team::put_member(tx, theirs, cleo, TeamRole::Lead)?;
        let system = Actor::system();
        access::store::grant::put(tx, &system, ana, "operator", ria, THEN)?;
        access::store::grant::put(tx, &system, boris, "responsible", ria, THEN)?;
        access::store::grant::put(tx, &system, mara, "manager", ria, THEN)?;
        access::store::grant::put(tx, &system, cleo, "operator", ribera, THEN)?;
        access::store::grant::put(tx, &system, ada, access::SYSTEM, SHARED, THEN)
    })
    .unwrap();
}
