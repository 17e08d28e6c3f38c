//! Whether people find what they look for: two hundred questions over the demo, each with the tickets or
//! people that answer it. At least 95 of 100 find one among the first three, in each language.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use access::load_actor;
use db::Db;
use demo::{Loaded, Plan, Size};
use events::{Act, Cause};
use kernel::{Entropy, Lang, MockClock, PageRequest, SeededEntropy, Time};
use party::PasswordHash;
use party::store::account;
use search::{Ask, Follower, Found, Hit, Search, State, find};
use testkit::Template;
use ticket::list::{page, prepare};
use ticket::{Desk, Frame};

/// `language, question, tickets by their place in the plan or =names of people, sort of question`
const QUESTIONS: &str = include_str!("../../../tests/search/queries.tsv");
/// Of a hundred questions.
const WANTED: usize = 95;

struct Question {
    lang: &'static str,
    text: &'static str,
    wanted: Vec<&'static str>,
    sort: &'static str,
}

fn questions() -> Vec<Question> {
    let read = |line: &'static str| {
        let [lang, text, wanted, sort] = line.split('\t').collect::<Vec<_>>().try_into().unwrap_or_else(|_| panic!("four columns: {line}"));
        Question { lang, text, wanted: wanted.split(", ").collect(), sort }
    };
    QUESTIONS.lines().filter(|line| !line.is_empty() && !line.starts_with(';')).map(read).collect()
}

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
        search::MIGRATIONS,
    ];
    Template::of(&migrations.concat())
}

async fn made(db: &Db, plan: &Arc<Plan>) -> Loaded {
    let entropy: Arc<dyn Entropy> = Arc::new(SeededEntropy::new(1));
    let act = Act::system(now(), Cause::Demo, entropy);
    let seed = move |tx: &mut db::Tx<'_>| {
        access::seed(tx, act.now)?;
        ticket::catalogue::seed(tx, &act)
    };
    db.write("seed", seed).await.unwrap();
    demo::load(db, Arc::clone(plan), |password| Ok(PasswordHash::new(format!("hash of {password}"))), |_| {}).await.unwrap()
}

/// The numbers of the tickets by their places in the plan: on PostgreSQL they follow no order.
async fn numbers(db: &Db, plan: &Plan) -> BTreeMap<usize, i64> {
    let mut found = BTreeMap::new();
    let mut cursor = None;
    loop {
        let request = PageRequest { limit: Some(200), cursor: cursor.take() };
        let reading = move |rd: &mut db::Rd<'_>| {
            let prepared = prepare(rd, &Desk::default(), &access::Actor::system(), "", false, now())?;
            page(rd, &prepared, &request)
        };
        let listed = db.read("page", reading).await.unwrap();
        for row in &listed.page.rows {
            let place = plan.cases.iter().position(|case| case.start == row.created_at && case.subject == row.title).unwrap();
            found.insert(place, row.id.raw());
        }
        cursor = listed.page.next;
        if cursor.is_none() {
            return found;
        }
    }
}

async fn wait(db: &Db, search: &Search) {
    let head = db.read("head", search::store::log::newest).await.unwrap();
    search.wake();
    let start = Instant::now();
    while search.state() != State::Ready || search.reached() < Some(head) {
        assert!(start.elapsed() < Duration::from_secs(120), "the index never has everything");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// The first three hits; a number that was typed leads to its ticket at once.
fn first(found: Found) -> Vec<Hit> {
    found.jump.into_iter().chain(found.hits).take(3).collect()
}

fn named(hit: &Hit) -> String {
    let title = hit.plain_title();
    if hit.ticket().is_some() { format!("{} {title}", hit.id) } else { format!("={title}") }
}

testkit::both! {
    template: template();

    async fn what_people_look_for_is_among_the_first_three(db: TestDb) {
        let plan = Arc::new(demo::plan(3, now(), Size { people: 150, tickets: 300 }, Lang::En).unwrap());
        let loaded = made(&db, &plan).await;
        let numbers = numbers(&db, &plan).await;
        let folder = tempfile::tempdir().unwrap();
        let search = Search::open(folder.path().join("index"));
        let _follower = Follower::start(&search, db.clone(), Arc::new(MockClock::at(now()))).unwrap();
        wait(&db, &search).await;
        let login = loaded.log_ins.iter().find(|shown| shown.role == "administrator").unwrap().login.clone();
        let questions = questions();
        assert!(questions.len() >= 200, "{}", questions.len());
        let (mut asked, mut missed) = (BTreeMap::<&str, usize>::new(), BTreeMap::<&str, Vec<String>>::new());
        for question in questions {
            let ticket = |place: &str| numbers.get(&place.parse::<usize>().unwrap()).copied().unwrap();
            let is_name = |wanted: &&&str| wanted.starts_with('=');
            let names: BTreeSet<&str> = question.wanted.iter().filter(is_name).map(|name| &name[1..]).collect();
            let ids: Vec<i64> = question.wanted.iter().filter(|wanted| !is_name(wanted)).map(|place| ticket(place)).collect();
            let text = question.text.replace("{number}", &ids.first().copied().unwrap_or_default().to_string());
            let ask = Ask { text: text.clone(), limit: 3, ..Ask::default() };
            let (search, login) = (search.clone(), login.clone());
            let found = db.read("question", move |rd| {
                let account = account::by_login(rd, &login)?.unwrap();
                let actor = load_actor(rd, account.person, now())?;
                let act = Act::person(account.person, now(), Arc::new(SeededEntropy::new(1)));
                find(&search, rd, Frame { desk: &Desk::default(), actor: &actor, act: &act }, &ask)
            }).await.unwrap();
            let first = first(found);
            let answers = |hit: &Hit| if hit.ticket().is_some() { ids.contains(&hit.id) } else { names.contains(hit.plain_title().as_str()) };
            *asked.entry(question.lang).or_default() += 1;
            if !first.iter().any(answers) {
                let shown = first.iter().map(named).collect::<Vec<_>>().join(" | ");
                missed.entry(question.lang).or_default().push(format!("{} ({}): wanted {:?}, found {shown}", text, question.sort, question.wanted));
            }
        }
        let said = missed.values().flatten().cloned().collect::<Vec<_>>().join("\n");
        println!("{said}");
        for (lang, asked) in asked {
            let found = asked - missed.get(lang).map_or(0, Vec::len);
            println!("{lang}: {found} of {asked}");
            assert!(found * 100 >= asked * WANTED, "{lang}: {found} of {asked}\n{said}");
        }
    }
}
