//! A plan applied to an empty desk, on both databases.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]

use std::sync::Arc;

use access::{Actor, load_actor};
use db::Db;
use demo::{Loaded, Plan, Size, State, What};
use events::{Act, Cause};
use kernel::{Entropy, Lang, PageRequest, SeededEntropy, TicketId, Time};
use party::PasswordHash;
use party::store::account;
use testkit::Template;
use ticket::list::{Count, count, page, prepare};
use ticket::timeline::Reader;
use ticket::{Category, Desk};

fn now() -> Time {
    Time::from_rfc3339("2026-11-22T16:00:00Z").unwrap()
}

fn template() -> Template {
    let migrations = [
        db::MIGRATIONS,
        files::MIGRATIONS,
        party::MIGRATIONS,
        access::MIGRATIONS,
        events::MIGRATIONS,
        settings::MIGRATIONS,
        ticket::MIGRATIONS,
    ];
    Template::of(&migrations.concat())
}

fn small() -> Arc<Plan> {
    Arc::new(demo::plan(3, now(), Size { people: 120, tickets: 150 }, Lang::En).unwrap())
}

async fn load(db: &Db, plan: &Arc<Plan>) -> kernel::Result<Loaded> {
    demo::load(db, Arc::clone(plan), |password| Ok(PasswordHash::new(format!("hash of {password}"))), |_| {}).await
}

/// A desk with its delivered configuration and the plan in it.
async fn made(db: &Db, plan: &Arc<Plan>) -> Loaded {
    let entropy: Arc<dyn Entropy> = Arc::new(SeededEntropy::new(1));
    let act = Act::system(now(), Cause::Demo, entropy);
    let seed = move |tx: &mut db::Tx<'_>| {
        access::seed(tx, act.now)?;
        ticket::catalogue::seed(tx, &act)
    };
    db.write("seed", seed).await.unwrap();
    load(db, plan).await.unwrap()
}

/// How many tickets a filter finds for somebody.
async fn found(db: &Db, actor: &Actor, filter: &'static str) -> usize {
    let actor = actor.clone();
    let counting = move |rd: &mut db::Rd<'_>| {
        let prepared = prepare(rd, &Desk::default(), &actor, filter, false, now())?;
        count(rd, &prepared)
    };
    let counted = db.read("count", counting).await.unwrap();
    match counted {
        Count::Exactly(n) | Count::MoreThan(n) => usize::try_from(n).unwrap(),
    }
}

/// Whoever signs in with the log-in of that place in the list.
async fn signed_in(db: &Db, loaded: &Loaded, place: usize) -> Actor {
    let login = loaded.log_ins[place].login.clone();
    db.read("actor", move |rd| {
        let account = account::by_login(rd, &login)?.unwrap();
        load_actor(rd, account.person, now())
    })
    .await
    .unwrap()
}

/// All tickets, oldest number first: those of the plan in its order.
async fn tickets(db: &Db) -> Vec<TicketId> {
    let mut list = Vec::new();
    let mut cursor = None;
    loop {
        let request = PageRequest { limit: Some(200), cursor: cursor.take() };
        let reading = move |rd: &mut db::Rd<'_>| {
            let prepared = prepare(rd, &Desk::default(), &Actor::system(), "", false, now())?;
            page(rd, &prepared, &request)
        };
        let listed = db.read("page", reading).await.unwrap();
        list.extend(listed.page.rows.iter().map(|t| t.id));
        cursor = listed.page.next;
        if cursor.is_none() {
            list.sort_unstable();
            return list;
        }
    }
}

const CATEGORIES: [(State, Category); 7] = [
    (State::New, Category::New),
    (State::Active, Category::Active),
    (State::Waiting, Category::Waiting),
    (State::Held, Category::Held),
    (State::Resolved, Category::Resolved),
    (State::Closed, Category::Closed),
    (State::Cancelled, Category::Cancelled),
];

testkit::both! {
    template: template();

    async fn the_desk_stands_where_the_plan_ends(db: TestDb) {
        let plan = small();
        let loaded = made(&db, &plan).await;
        assert_eq!((loaded.people, loaded.tickets), (plan.company.people.len(), plan.cases.len()));
        assert_eq!(found(&db, &Actor::system(), "").await, plan.cases.len());
        let open = plan.cases.iter().filter(|c| c.state() < State::Resolved).count();
        assert_eq!(found(&db, &Actor::system(), "is:open").await, open);
    }

    async fn each_ticket_has_the_life_that_was_planned(db: TestDb) {
        let plan = small();
        made(&db, &plan).await;
        // On PostgreSQL the numbers follow no order, so tickets are found by what was written.
        for (place, id) in tickets(&db).await.into_iter().enumerate() {
            let (ticket, timeline) = db.read("ticket", move |rd| {
                let hidden = std::collections::BTreeSet::new();
                let scope = Actor::system().tickets(access::Verb::TicketSee);
                let reader = Reader { inner: true, hidden: &hidden, scope: &scope, open: &Default::default() };
                Ok((ticket::store::ticket::by_id(rd, id)?, ticket::timeline::read(rd, id, reader)?))
            }).await.unwrap();
            let bodies: Vec<String> = timeline.entries.iter().filter_map(|e| match &e.what {
                ticket::timeline::What::Message(m) => m.body.clone(),
                ticket::timeline::What::Event(_) => None,
            }).collect();
            let case = plan.cases.iter()
                .find(|c| c.start == ticket.created_at && c.body == bodies[0])
                .unwrap_or_else(|| panic!("ticket {place} is in the plan"));
            let spoken = case.steps.iter().filter(|s| matches!(s.what, What::Reply { .. } | What::Note { .. } | What::Call(_)));
            assert_eq!(bodies.len(), 1 + spoken.count(), "{}", case.scenario);
            assert!(timeline.entries.windows(2).all(|pair| pair[0].at <= pair[1].at));
            // Declining a suggestion closes it at once.
            let ends = CATEGORIES.iter().find(|(state, _)| *state == case.state()).unwrap().1;
            let declined = ticket.state == "declined" && ends == Category::Resolved;
            assert!(ticket.category == ends || declined, "{}: {} is not {ends:?}", case.scenario, ticket.state);
            let last = case.steps.last().map_or(case.start, |s| s.at);
            assert!(ticket.updated_at <= now() && timeline.entries.last().unwrap().at <= last.plus(Time::SECOND));
        }
    }

    async fn every_role_can_sign_in_and_sees_what_is_theirs(db: TestDb) {
        let plan = small();
        let loaded = made(&db, &plan).await;
        let of_tenant = |tenant| plan.cases.iter().filter(|c| plan.company.organisation(c.organisation).tenant == tenant).count();
        let outsider = plan.company.person(plan.company.accounts[11].person);
        let theirs = of_tenant(plan.company.organisation(outsider.organisation).tenant);
        assert!(theirs > 0, "the other tenant has tickets");
        for (place, shown) in loaded.log_ins.iter().enumerate() {
            let actor = signed_in(&db, &loaded, place).await;
            let seen = found(&db, &actor, "").await;
            match shown.role.as_str() {
                "administrator" | "cio" | "manager" | "coordinator" => assert_eq!(seen, plan.cases.len(), "{}", shown.role),
                "operator" => assert!(seen >= plan.cases.len() - theirs, "{seen}"),
                _ => assert!(seen < plan.cases.len() / 2, "{}: {seen}", shown.role),
            }
        }
        let stranger = signed_in(&db, &loaded, 11).await;
        assert!(found(&db, &stranger, "").await <= theirs);
    }

    async fn nothing_is_left_to_do(db: TestDb) {
        made(&db, &small()).await;
        let due = db.write("jobs", |tx| events::claim(tx, now().plus(30 * Time::DAY), Time::MINUTE)).await.unwrap();
        assert!(due.is_none(), "history starts no job: {due:?}");
    }

    async fn a_desk_in_use_is_left_alone(db: TestDb) {
        let plan = small();
        made(&db, &plan).await;
        let refused = load(&db, &plan).await.unwrap_err();
        assert_eq!(refused.code(), "error-demo-not-empty");
        assert_eq!(tickets(&db).await.len(), plan.cases.len());
    }

    async fn the_log_ins_can_be_shown(db: TestDb) {
        let loaded = made(&db, &small()).await;
        let setting = db.read("shown", |rd| settings::get(rd, 0, demo::SHOWN.0, demo::SHOWN.1)).await.unwrap().unwrap();
        let shown: Vec<demo::Shown> = serde_json::from_str(&setting.data).unwrap();
        assert_eq!(shown, loaded.log_ins);
    }
}

#[test]
fn the_same_plan_gives_the_same_numbers() {
    let subjects = |db: testkit::TestDb| {
        testkit::block_on(async move {
            made(&db, &small()).await;
            let mut titles = Vec::new();
            for id in tickets(&db).await {
                titles.push((id, db.read("title", move |rd| ticket::store::ticket::by_id(rd, id)).await.unwrap().title));
            }
            titles
        })
    };
    let one = subjects(testkit::TestDb::new(testkit::Dialect::Sqlite, &template()));
    assert_eq!(one, subjects(testkit::TestDb::new(testkit::Dialect::Sqlite, &template())));
}
