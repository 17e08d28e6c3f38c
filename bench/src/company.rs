//! The people of the generated desk: a tenant with users, forty teams and operators with tokens.

use std::path::Path;
use std::sync::Arc;

use access::Actor;
use db::{Db, Options};
use events::{Act, Cause};
use kernel::{Entropy, PersonId, SeededEntropy, SystemEntropy, Time};
use party::store::{account, membership, organisation, person, service, team};
use party::{NewMembership, OrganisationData, OrganisationKind, PersonData, ServiceData, TeamData, TeamRole};
use sessions::token::{NewToken, written};
use sessions::{Scopes, Secret};

pub const USERS: i64 = 1000;
/// Each has a token of its own, so that no limit per person is met.
pub const OPERATORS: i64 = 400;
pub const TEAMS: i64 = 40;
pub const SERVICES: i64 = 60;
/// 22 November 2026: the end of the generated year.
pub const NOW: Time = Time(1_795_348_800_000_000);

/// Makes the database with its people; answers the tokens of the operators.
pub fn make(folder: &Path) -> Vec<String> {
    let db = Db::open(Options::sqlite(folder.join("spoc.db"))).unwrap();
    db.migrate(&spoc::wiring::migrations::all(), NOW).unwrap();
    let entropy: Arc<dyn Entropy> = Arc::new(SeededEntropy::new(1));
    let act = Act::system(NOW, Cause::Page, entropy);
    db.write_wait("seed", move |tx| {
        access::seed(tx, NOW)?;
        ticket::catalogue::seed(tx, &act)?;
        ticket::store::view::seed(tx)?;
        organisation::insert(tx, None, &OrganisationData::named("Generated", OrganisationKind::Internal), NOW)?;
        for n in 1..=TEAMS {
            team::insert(tx, kernel::Id::new(1), &format!("team-{n}"), &TeamData::named(format!("Team {n}"), (n % 3) + 1), NOW)?;
        }
        for n in 1..=SERVICES {
            service::insert(tx, kernel::Id::new(1), None, &format!("service-{n}"), &ServiceData::live(format!("Service {n}")), NOW)?;
        }
        Ok(())
    })
    .unwrap();
    for chunk in 0..(USERS + OPERATORS) / 100 {
        db.write_wait("people", move |tx| {
            for n in 1..=100 {
                let id = person::insert(tx, kernel::Id::new(1), &PersonData::named(format!("Person {}", chunk * 100 + n)), NOW)?;
                membership::put(tx, id, &NewMembership::main(kernel::Id::new(1), Time(0)), NOW)?;
            }
            Ok(())
        })
        .unwrap();
    }
    (1..=OPERATORS).map(|n| operator(&db, PersonId::new(USERS + n), n)).collect()
}

fn operator(db: &Db, id: PersonId, n: i64) -> String {
    let secret = Secret::new(&SystemEntropy);
    let digest = secret.digest();
    let new = NewToken { name: "bench".into(), scopes: Scopes::parse(["read", "write"]).unwrap(), expires_at: NOW.plus(365 * Time::DAY) };
    db.write_wait("operator", move |tx| {
        team::put_member(tx, kernel::Id::new(n % TEAMS + 1), id, TeamRole::Member)?;
        access::store::grant::put(tx, &Actor::system(), id, "operator", kernel::Id::new(1), NOW)?;
        let account = account::insert(tx, id, &format!("operator-{n}@generated.example"), NOW)?;
        sessions::store::token::insert(tx, account, digest, &new, NOW)?;
        Ok(())
    })
    .unwrap();
    written(&secret)
}
