//! The third compiler: a filter finds the same tickets in the index as in the database.

use std::collections::BTreeSet;

use kernel::{Error, Id, Result, TicketId, Time};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use query::{Context, Plan};
use search::find::collect::{Collect, Order};
use search::index::Live;
use search::plan::compile;
use ticket::store::{involved, passage, ticket as rows};
use ticket::{Category, Channel, Involvement, Ticket};

use crate::rig::{NOW, World, quiet};

/// Filters of one term, for every field that the index holds and some that it does not.
const TERMS: &[&str] = &[
    "is:open",
    "is:solved",
    "is:waiting",
    "is:held",
    "is:new",
    "is:closed",
    "is:cancelled",
    "is:mine",
    "is:ours",
    "is:requested",
    "is:watching",
    "is:helping",
    "is:unassigned",
    "is:incomplete",
    "is:reopened",
    "priority:>=high",
    "priority:low,urgent",
    "impact:<high",
    "impact:medium..high",
    "urgency:critical",
    "state:new",
    "state:open,solved",
    "category:active",
    "kind:incident,question",
    "channel:phone",
    "resolution:none",
    "resolution:any",
    "resolution:fixed",
    "service:none",
    "service:printing",
    "org:none",
    "location:none",
    "location:any",
    "tag:red",
    "tag:none",
    "tag:red,blue",
    "parent:none",
    "parent:any",
    "batch:none",
    "batch:2..3",
    "assignee:me",
    "assignee:none",
    "requester:me",
    "requester:none",
    "beneficiary:me,none",
    "watcher:me",
    "watcher:none",
    "coworker:any",
    "coworker:me",
    "team:l1",
    "team:none",
    "team:l1,l2",
    "owner-team:l2",
    "owner-team:none",
    "line:>=2",
    "line:1",
    "created:>-2d",
    "created:<-1d",
    "updated:-3d..-1d",
    "customer:>-1d",
    "resolved:none",
    "resolved:>-1d",
    "closed:any",
    "due:none",
    "due:any",
    "is:confidential",
    "due:<+2d",
    "age:<36h",
    "age:>1d",
    "was:open",
    "was:new,solved",
    "was-team:l2",
    "was-team:none",
    "teams:>1",
    "handovers:0..1",
    "csat:<=2",
    "csat:any csat-analyst:3..5",
    "reopened:>0",
    "reopened-closed:0",
    "number:>7",
    "number:3,5,9",
];
/// What only the database knows.
const OPEN: &[&str] = &["has:attachment", "has:children", "has:blocks"];

/// A ticket drawn by numbers.
fn drawn(world: &World, n: &[u8], id: TicketId) -> Ticket {
    let at = |place: usize| usize::from(n[place % n.len()]);
    let pick = |place: usize, many: usize| at(place) % many;
    let maybe = |place: usize| at(place).is_multiple_of(3);
    let grade = |place: usize| i64::try_from(pick(place, 4)).unwrap() + 1;
    let time = |place: usize| NOW.plus(-i64::try_from(at(place)).unwrap() * Time::HOUR);
    let category = Category::ALL[pick(0, Category::ALL.len())];
    let person = |place: usize| [None, Some(world.ursula), Some(world.ana), Some(world.boris)][pick(place, 4)];
    let team = |place: usize| [None, Some(world.l1), Some(world.l2)][pick(place, 3)];
    Ticket {
        id,
        tenant: world.ria,
        kind: ["incident", "request", "question"][pick(1, 3)].to_owned(),
        title: format!("Drawn {}", at(2)),
        state: ["new", "open", "solved", "closed"][pick(3, 4)].to_owned(),
        category,
        impact: grade(4),
        urgency: grade(5),
        priority: grade(6),
        requester: person(7),
        beneficiary: person(8),
        organisation: maybe(9).then_some(world.ria),
        location: None,
        service: maybe(10).then_some(world.printing),
        line: i64::try_from(pick(11, 3)).unwrap() + 1,
        owner_team: team(12),
        team: team(13),
        assignee: person(14),
        channel: Channel::ALL[pick(15, Channel::ALL.len())],
        parent: None,
        resolution_code: maybe(16).then(|| "fixed".to_owned()),
        resolution_text: None,
        created_by: person(17),
        created_at: time(18),
        updated_at: time(19),
        last_customer_at: time(20),
        last_public_at: time(20),
        resolved_at: maybe(21).then(|| time(22)),
        closed_at: maybe(23).then(|| time(24)),
        close_due_at: Time::NEVER,
        next_due_at: if maybe(25) { NOW.plus(i64::try_from(at(26)).unwrap() * Time::HOUR) } else { Time::NEVER },
        reopen_count: i64::try_from(pick(27, 3)).unwrap(),
        reopen_closed_count: i64::try_from(pick(28, 2)).unwrap(),
        handover_count: i64::try_from(pick(29, 4)).unwrap(),
        team_count: i64::try_from(pick(30, 4)).unwrap(),
        confidential: pick(34, 5) == 0,
        trashed: false,
        incomplete: maybe(31),
        batch: maybe(32).then(|| Id::new(i64::try_from(pick(33, 4)).unwrap())),
        version: 1,
        activity: 1,
        spoken: 1,
        csat: maybe(35).then(|| grade(36)),
        csat_analyst: maybe(37).then(|| grade(38)),
        spent: 0,
    }
}

/// Writes tickets that no action would make.
pub(super) fn write(world: &World, drafts: &[Vec<u8>]) {
    let tickets: Vec<(Ticket, Vec<u8>)> = drafts.iter().zip(1..).map(|(n, id)| (drawn(world, n, TicketId::new(id)), n.clone())).collect();
    let (l1, ana, boris) = (world.l1, world.ana, world.boris);
    world
        .db
        .write_wait("drawn", move |tx| {
            for (t, n) in &tickets {
                rows::insert(tx, t)?;
                passage::enter(tx, t, t.created_at)?;
                let bit = |place: usize| n[place % n.len()].is_multiple_of(4);
                let mut later = t.clone();
                later.state = "open".to_owned();
                later.team = Some(l1);
                if bit(34) {
                    passage::enter(tx, &later, t.updated_at)?;
                }
                for (place, tag) in [(35, "red"), (36, "blue")] {
                    if bit(place) {
                        involved::add_tag(tx, t.id, tag)?;
                    }
                }
                for (place, person, role) in
                    [(37, ana, Involvement::Watcher), (38, boris, Involvement::Watcher), (39, ana, Involvement::Coworker)]
                {
                    if bit(place) {
                        involved::add_person(tx, t.id, person, role)?;
                    }
                }
                if bit(40) {
                    involved::add_team(tx, t.id, l1, Involvement::Watcher)?;
                }
            }
            Ok(())
        })
        .unwrap();
}

pub(super) fn filters(terms: &'static [&'static str]) -> impl Strategy<Value = String> {
    let term = prop::sample::select(terms).prop_map(str::to_owned);
    term.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|of| format!("({})", of.join(" "))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|of| format!("({})", of.join(" OR "))),
            inner.prop_map(|of| format!("-({of})")),
        ]
    })
}

/// The plan of a filter for Ana.
pub(super) fn plan(world: &World, text: &str) -> Plan {
    let text = text.to_owned();
    world
        .read(world.ana, move |rd, frame| {
            let table = frame.desk.fields(rd)?;
            let fields = table.all();
            let query = fields.parse(&text).map_err(|e| Error::internal(format!("{text}: {e:?}")))?;
            let refs = ticket::list::look_up(rd, frame.actor, fields.references(&query))?;
            let context = Context::new(NOW, "Europe/Madrid", &refs).actor(frame.person()?, &frame.actor.who.teams);
            fields.compile(&query, &context).map_err(|e| Error::internal(format!("{text}: {e:?}")))
        })
        .unwrap()
}

pub(super) fn by_database(world: &World, plan: &Plan) -> BTreeSet<i64> {
    let plan = plan.clone();
    let found: Result<Vec<i64>> = world.db.read_wait("by-database", move |rd| {
        let mut select = sea_query::Query::select();
        select.column(("ticket", "id")).from("ticket").cond_where(db::plan::condition(&plan, "ticket", rd.dialect()));
        rd.select(&select)
    });
    found.unwrap().into_iter().collect()
}

pub(super) fn by_index(live: &Live, plan: &Plan) -> (BTreeSet<i64>, bool) {
    let compiled = compile(&live.fields, &plan.filter);
    let object = live.fields.object;
    let ticket = tantivy::query::TermQuery::new(tantivy::Term::from_field_i64(object, 1), tantivy::schema::IndexRecordOption::Basic);
    let query = tantivy::query::BooleanQuery::intersection(vec![Box::new(ticket), compiled.query]);
    let order = Order::Number { column: "id".to_owned(), descending: false };
    let found = live
        .searcher()
        .search(
            &query,
            &Collect {
                limit: 1000,
                order,
                after: None,
                facets: false,
                part: search::find::collect::Part::All,
                patience: search::find::patience::Patience::default(),
            },
        )
        .unwrap();
    (found.first.iter().map(search::find::collect::Candidate::id).collect(), compiled.exact)
}

pub(super) fn runner(cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

testkit::both! {
    template: testkit::Template::of(&crate::rig::migrations());

    fn the_index_finds_what_the_database_finds(db: TestDb) {
        let mut world = quiet(&db);
        let mut draws = runner(1);
        let drafts = prop::collection::vec(prop::collection::vec(any::<u8>(), 41), 60).new_tree(&mut draws).unwrap().current();
        write(&world, &drafts);
        world.follow();
        let live = Live::open(&world.indexes()[0], true).unwrap();
        assert!(live.mark().unwrap().unwrap().complete);
        for term in TERMS {
            let plan = plan(&world, term);
            let (found, exact) = by_index(&live, &plan);
            assert!(exact, "{term}");
            assert_eq!(found, by_database(&world, &plan), "{term}");
        }
        runner(250)
            .run(&filters(TERMS), |text| {
                let plan = plan(&world, &text);
                let (found, exact) = by_index(&live, &plan);
                prop_assert!(exact, "{}", text);
                prop_assert_eq!(found, by_database(&world, &plan), "{}", text);
                Ok(())
            })
            .unwrap();
    }

    fn what_the_index_does_not_know_it_leaves_open(db: TestDb) {
        let mut world = quiet(&db);
        let mut draws = runner(1);
        let drafts = prop::collection::vec(prop::collection::vec(any::<u8>(), 41), 40).new_tree(&mut draws).unwrap().current();
        write(&world, &drafts);
        world.follow();
        let live = Live::open(&world.indexes()[0], true).unwrap();
        const BOTH: &[&str] = &["has:attachment", "has:children", "has:blocks", "is:open", "team:l1", "priority:>=high", "title:drawn"];
        runner(120)
            .run(&filters(BOTH), |text| {
                let plan = plan(&world, &text);
                let (found, exact) = by_index(&live, &plan);
                let right = by_database(&world, &plan);
                prop_assert!(right.is_subset(&found), "{}", text);
                prop_assert!(!exact || right == found, "{}", text);
                Ok(())
            })
            .unwrap();
        for term in OPEN {
            assert!(!compile(&live.fields, &plan(&world, term).filter).exact, "{term}");
        }
    }
}
