//! The predicate and the SQL of every scope give the same answer, for any actor, on both databases.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail loudly")]

mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use access::{Actor, ActorKind, Below, Grant, Place, Reach, Role, TicketFacts, TicketSets, Tie, TokenScope, Verb, Who};
use db::Row;
use kernel::{Lang, OrganisationId, PersonId, TeamId, TokenId};
use party::{SHARED, Tenants, tree};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use roaring::RoaringBitmap;
use sea_query::{Condition, Query};
use testkit::{DIALECTS, TestDb};
use world::{NOW, World};

/// An actor as random choices over the world: indexes wrap around.
#[derive(Debug, Clone)]
struct Draft {
    persons: Vec<usize>,
    /// Who looks through their eyes.
    witness: Vec<usize>,
    teams: Vec<usize>,
    organisations: Vec<usize>,
    by_paths: bool,
    /// (tenant: 0 = all, reach)
    grants: Vec<(usize, usize)>,
    token: Option<bool>,
    machine: bool,
}

fn drafts() -> impl Strategy<Value = Draft> {
    let some = |max| prop::collection::vec(0usize..64, 0..max);
    (
        some(3),
        prop_oneof![2 => Just(Vec::new()), 1 => some(3)],
        some(3),
        some(3),
        any::<bool>(),
        prop::collection::vec((0usize..4, 0usize..5), 0..4),
        prop::option::weighted(0.2, any::<bool>()),
        prop::bool::weighted(0.05),
    )
        .prop_map(|(persons, witness, teams, organisations, by_paths, grants, token, machine)| Draft {
            persons,
            witness,
            teams,
            organisations,
            by_paths,
            grants,
            token,
            machine,
        })
}

impl Draft {
    /// Every verb of every object gets the drawn reach, or the next lower one that the object knows.
    fn actor(&self, world: &World) -> Actor {
        if self.machine {
            return Actor::system();
        }
        let places: Vec<Place> = self.organisations.iter().map(|i| world.organisations[i % world.organisations.len()].clone()).collect();
        let below = if self.by_paths {
            Below::Paths
        } else {
            Below::Ids(
                world.organisations.iter().filter(|o| places.iter().any(|p| tree::is_within(&o.path, &p.path))).map(|o| o.id).collect(),
            )
        };
        let who = Who {
            persons: self.persons.iter().map(|i| world.persons[i % world.persons.len()].id).collect(),
            witness: self.witness.iter().map(|i| world.persons[i % world.persons.len()].id).collect(),
            teams: self.teams.iter().map(|i| world.teams[i % world.teams.len()].1).collect(),
            organisations: places,
            below,
            at: NOW,
        };
        let grants = self.grants.iter().map(|(tenant, reach)| {
            let mut role = Role::named(BTreeMap::from([(Lang::En, "Drawn".to_owned())]));
            for verb in Verb::ALL {
                let known = verb.object().reaches().iter().rev().find(|r| **r <= Reach::ALL[*reach]).copied().unwrap_or_default();
                role.set(*verb, known).unwrap();
            }
            let tenant = if *tenant == 0 { SHARED } else { world.tenants[(tenant - 1) % world.tenants.len()] };
            Grant { key: "drawn".to_owned(), tenant, role: Arc::new(role) }
        });
        let mut actor = Actor::system();
        actor.kind = match self.token {
            None => ActorKind::Person,
            Some(write) => {
                ActorKind::Token { id: TokenId::new(1), scopes: BTreeSet::from([TokenScope { object: access::Object::Ticket, write }]) }
            }
        };
        actor.grants = grants.collect();
        actor.who = Arc::new(who);
        actor
    }
}

/// The tickets of the world as sets.
struct Sets<'a>(&'a World);

impl Sets<'_> {
    fn of(&self, is: impl Fn(&TicketFacts) -> bool) -> RoaringBitmap {
        self.0.tickets.iter().filter(|(_, t)| !t.trashed && is(t)).map(|(id, _)| u32::try_from(*id).unwrap()).collect()
    }
}

impl TicketSets for Sets<'_> {
    type Set = RoaringBitmap;
    fn nothing(&self) -> RoaringBitmap {
        RoaringBitmap::new()
    }
    fn everything(&self) -> RoaringBitmap {
        self.of(|_| true)
    }
    fn confidential(&self) -> RoaringBitmap {
        self.of(|t| t.confidential)
    }
    fn tied(&self, tie: Tie, ids: &mut dyn Iterator<Item = i64>) -> RoaringBitmap {
        let ids: BTreeSet<i64> = ids.collect();
        let person = |person: Option<PersonId>| person.is_some_and(|p| ids.contains(&p.raw()));
        let team = |team: Option<TeamId>| team.is_some_and(|t| ids.contains(&t.raw()));
        self.of(|t| match tie {
            Tie::Tenant => ids.contains(&t.tenant.raw()),
            Tie::Organisation => t.organisation.as_ref().is_some_and(|o| ids.contains(&o.id.raw())),
            Tie::Team => team(t.team),
            Tie::OwnerTeam => team(t.owner_team),
            Tie::FurtherTeam => t.teams.iter().any(|id| team(Some(*id))),
            Tie::Requester => person(t.requester),
            Tie::Beneficiary => person(t.beneficiary),
            Tie::Assignee => person(t.assignee),
            Tie::CreatedBy => person(t.created_by),
            Tie::FurtherPerson => t.persons.iter().chain(&t.about).any(|id| person(Some(*id))),
            Tie::About => t.about.iter().any(|id| person(Some(*id))),
        })
    }
}

/// The ids of all rows of a table for which the condition holds, and of those for which it does not.
fn asked<T: Row + Ord + Send + 'static>(db: &TestDb, table: &'static str, condition: Condition) -> BTreeSet<T> {
    let query = Query::select().column((table, "id")).from(table).cond_where(condition).to_owned();
    db.read_wait("asked", move |rd| rd.select::<T>(&query)).unwrap().into_iter().collect()
}

fn check(db: &TestDb, world: &World, draft: &Draft) -> std::result::Result<(), TestCaseError> {
    let actor = draft.actor(world);
    for verb in [Verb::TicketSee, Verb::TicketAssign] {
        let scope = actor.tickets(verb);
        let seen: BTreeSet<i64> = world.tickets.iter().filter(|(_, t)| scope.sees(t)).map(|(id, _)| *id).collect();
        prop_assert_eq!(&asked::<i64>(db, "ticket", scope.condition()), &seen, "tickets, {}", verb);
        prop_assert_eq!(&asked::<i64>(db, "ticket", scope.test(db.dialect())), &seen, "tickets by a test of each, {}", verb);
        match scope.set(&Sets(world)) {
            Some(set) => prop_assert_eq!(&set.into_iter().map(i64::from).collect::<BTreeSet<_>>(), &seen, "tickets by sets, {}", verb),
            None => prop_assert!(draft.by_paths, "only a tree by its paths has no set"),
        }
        match scope.candidates() {
            Some(candidates) => {
                let found: BTreeSet<i64> =
                    db.read_wait("candidates", move |rd| rd.select::<i64>(&candidates)).unwrap().into_iter().collect();
                prop_assert!(found.is_superset(&seen), "candidates miss some, {}", verb);
            }
            None => prop_assert!(actor.tenants(verb) == Tenants::All || seen.is_empty()),
        }
        prop_assert!(!scope.is_nothing() || seen.is_empty());
        prop_assert!(!scope.is_everything() || seen.len() == world.tickets.iter().filter(|(_, t)| !t.trashed).count());
        trash(db, world, &actor, verb, &seen)?;
        for (id, facts) in &world.tickets {
            prop_assert!(scope.tenants().contains(facts.tenant) || !seen.contains(id));
            let mine = |people: &[PersonId]| people.iter().any(|p| actor.who.persons.contains(p));
            if facts.confidential && !draft.machine && seen.contains(id) {
                let named = [facts.requester, facts.beneficiary, facts.assignee].into_iter().flatten().chain(facts.persons.clone());
                prop_assert!(mine(&named.collect::<Vec<_>>()), "{} is confidential and seen by somebody who is not named", id);
            }
            prop_assert!(draft.machine || !mine(&facts.about) || !seen.contains(id), "{} is seen by the person it is about", id);
            let eyes = &actor.who.witness;
            if facts.confidential && !draft.machine && !eyes.is_empty() && seen.contains(id) {
                let mut named = [facts.requester, facts.beneficiary, facts.assignee].into_iter().flatten().chain(facts.persons.clone());
                prop_assert!(
                    named.any(|p| eyes.contains(&p)),
                    "{} is confidential and seen by somebody whom it does not name, through other eyes",
                    id
                );
            }
            prop_assert!(draft.machine || !facts.about.iter().any(|p| eyes.contains(p)) || !seen.contains(id), "{} through other eyes", id);
            prop_assert_eq!(actor.explain(verb, facts).is_granted(), seen.contains(id), "explanation of {}", id);
        }
    }
    let scope = actor.persons(Verb::PersonSee);
    let seen: BTreeSet<PersonId> = world.persons.iter().filter(|p| scope.sees(p)).map(|p| p.id).collect();
    prop_assert_eq!(asked::<PersonId>(db, "person", scope.condition()), seen);

    let scope = actor.organisations(Verb::OrganisationSee);
    let seen: BTreeSet<OrganisationId> = world.organisation_facts().filter(|o| scope.sees(o)).map(|o| o.place.id).collect();
    prop_assert_eq!(asked::<OrganisationId>(db, "organisation", scope.condition()), seen);

    for verb in [Verb::TeamSee, Verb::TeamEdit] {
        let scope = actor.teams(verb);
        let seen: BTreeSet<TeamId> = world.teams.iter().filter(|(tenant, id)| scope.sees(*tenant, *id)).map(|(_, id)| *id).collect();
        prop_assert_eq!(asked::<TeamId>(db, "team", scope.condition()), seen);
    }
    for verb in [Verb::ServiceSee, Verb::ServiceEdit] {
        let scope = actor.services(verb);
        let seen: BTreeSet<i64> = world.services.iter().filter(|(_, s)| scope.sees(s)).map(|(id, _)| *id).collect();
        prop_assert_eq!(asked::<i64>(db, "service", scope.condition()), seen);
    }
    for verb in [Verb::LocationSee, Verb::LocationEdit] {
        let scope = actor.locations(verb);
        let seen: BTreeSet<i64> = world.locations.iter().filter(|(_, tenant)| scope.sees(*tenant)).map(|(id, _)| *id).collect();
        prop_assert_eq!(asked::<i64>(db, "location", scope.condition()), seen);
    }
    Ok(())
}

/// What is in the trash is reached as far as it was before, by the scope that asks for it and by no other.
fn trash(db: &TestDb, world: &World, actor: &Actor, verb: Verb, seen: &BTreeSet<i64>) -> std::result::Result<(), TestCaseError> {
    let scope = actor.tickets(verb).in_trash();
    let found: BTreeSet<i64> = world.tickets.iter().filter(|(_, t)| scope.sees(t)).map(|(id, _)| *id).collect();
    prop_assert_eq!(&asked::<i64>(db, "ticket", scope.condition()), &found, "trash, {}", verb);
    prop_assert_eq!(&asked::<i64>(db, "ticket", scope.test(db.dialect())), &found, "trash by a test of each, {}", verb);
    let live = actor.tickets(verb);
    for (id, facts) in &world.tickets {
        prop_assert!(!seen.contains(id) || !facts.trashed, "{} is in the trash and seen", id);
        let before = live.sees(&TicketFacts { trashed: false, ..facts.clone() });
        prop_assert_eq!(found.contains(id), facts.trashed && before, "trash of {}", id);
    }
    Ok(())
}

#[test]
fn predicate_and_sql_agree() {
    let template =
        testkit::Template::of(db::MIGRATIONS).and(party::MIGRATIONS).and(&[db::migration!("99999999_9999_test_ticket", "tables.sql")]);
    for dialect in DIALECTS {
        let db = TestDb::new(dialect, &template);
        let world = world::build(&db);
        let config = Config { cases: 300, failure_persistence: None, ..Config::default() };
        let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
        let mut seen_by_reach = Vec::new();
        runner.run(&drafts(), |draft| check(&db, &world, &draft)).unwrap_or_else(|e| panic!("{dialect:?}: {e}"));
        // The draw must not be one-sided: some actor sees part of the tickets and not all.
        for draft in [(1, 1), (1, 2), (1, 3), (1, 4)] {
            let draft = Draft {
                persons: vec![0, 1],
                witness: vec![],
                teams: vec![0],
                organisations: vec![1],
                by_paths: false,
                grants: vec![draft],
                token: None,
                machine: false,
            };
            let scope = draft.actor(&world).tickets(Verb::TicketSee);
            let seen = world.tickets.iter().filter(|(_, t)| scope.sees(t)).count();
            assert!(seen > 0 && seen < world.tickets.len(), "{draft:?} sees {seen}");
            seen_by_reach.push(seen);
        }
        assert!(seen_by_reach.is_sorted() && seen_by_reach[0] < seen_by_reach[3], "a wider reach sees more: {seen_by_reach:?}");
    }
}

#[test]
fn without_grants_the_condition_is_false_and_not_absent() {
    let nobody = Draft {
        persons: vec![0],
        witness: vec![],
        teams: vec![0],
        organisations: vec![0],
        by_paths: true,
        grants: vec![],
        token: None,
        machine: false,
    };
    let template =
        testkit::Template::of(db::MIGRATIONS).and(party::MIGRATIONS).and(&[db::migration!("99999999_9999_test_ticket", "tables.sql")]);
    for dialect in DIALECTS {
        let db = TestDb::new(dialect, &template);
        let world = world::build(&db);
        let scope = nobody.actor(&world).tickets(Verb::TicketSee);
        assert!(scope.is_nothing() && !scope.condition().is_empty());
        assert_eq!(asked::<i64>(&db, "ticket", scope.condition()).len(), 0);
        assert_eq!(asked::<i64>(&db, "ticket", Condition::any().add(scope.condition()).add(scope.condition())).len(), 0);
    }
}
