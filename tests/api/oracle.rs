//! SEC-03: what somebody may not see moves nothing that they read. Every list, count, suggestion, timeline,
//! page and feed is asked twice, with a thousand invisible records between, and answers the same bytes.

use std::time::{Duration, Instant};

use access::{Actor, load_actor};
use end_to_end::{Answer, Client, House, THEN};
use events::{Act, Cause};
use kernel::{OrganisationId, PersonId, SystemEntropy, TicketId};
use party::store::{address, membership, organisation, person, service, team};
use party::{AddressKind, NewAddress, NewMembership, OrganisationData, OrganisationKind, PersonData, ServiceData, TeamData};
use serde_json::json;
use std::sync::Arc;
use ticket::actions::link::link;
use ticket::actions::register::{NewTicket, register};
use ticket::{Desk, Frame, LinkKind};

/// Written at a time.
const BATCH: i64 = 50;

/// The whole number on SQLite, a sample on PostgreSQL.
fn many(db: &db::Db, whole: i64) -> i64 {
    if db.dialect() == db::Dialect::Sqlite { whole } else { (whole / 4).max(BATCH) / BATCH * BATCH }
}

/// Somebody of a tenant whom nobody else's ticket names.
pub fn stranger(house: &House, tenant: OrganisationId, name: &'static str) -> PersonId {
    house
        .db
        .write_wait("oracle.person", move |tx| {
            let id = person::insert(tx, tenant, &PersonData::named(name), THEN)?;
            membership::put(tx, id, &NewMembership::main(tenant, kernel::Time(0)), THEN)?;
            Ok(id)
        })
        .unwrap()
}

/// Registers confidential tickets that only their requester sees, each linked with a ticket of others.
pub fn confidential(house: &House, who: PersonId, many: i64, linked: TicketId) {
    for _ in 0..many / BATCH {
        house
            .db
            .write_wait("oracle.tickets", move |tx| {
                let (desk, entropy) = (Desk::default(), Arc::new(SystemEntropy));
                let actor = load_actor(tx, who, THEN)?;
                let (act, by_desk) = (Act::person(who, THEN, entropy.clone()), Act::system(THEN, Cause::Page, entropy));
                let system = Actor::system();
                for n in 0..BATCH {
                    let new = NewTicket {
                        kind: if n % 2 == 0 { "incident" } else { "request" }.into(),
                        title: format!("Printer on floor {n} prints blank pages"),
                        description: "The toner was changed on Monday".into(),
                        confidential: Some(true),
                        ..NewTicket::default()
                    };
                    let id = register(tx, Frame { desk: &desk, actor: &actor, act: &act }, &new)?.id;
                    tx.exec_text("DELETE FROM ticket_person WHERE ticket_id = $1", &db::params![id])?;
                    if n % 5 == 0 && actor.tenant == ticket::store::ticket::by_id(tx, linked)?.tenant {
                        let kind = LinkKind::ALL[usize::try_from(n / 5).unwrap_or(0) % LinkKind::ALL.len()];
                        link(tx, Frame { desk: &desk, actor: &system, act: &by_desk }, id, kind, linked)?;
                    }
                }
                Ok(())
            })
            .unwrap();
    }
}

/// Records of another tenant: tickets, people, organisations, teams and services, all named alike.
fn theirs(house: &House, who: PersonId, tenant: OrganisationId, many: i64) {
    for at in 0..many / BATCH {
        house
            .db
            .write_wait("oracle.theirs", move |tx| {
                let (desk, act) = (Desk::default(), Act::person(who, THEN, Arc::new(SystemEntropy)));
                let actor = load_actor(tx, who, THEN)?;
                for n in 0..BATCH {
                    let new = NewTicket {
                        kind: "incident".into(),
                        title: format!("Printer {n} prints blank pages"),
                        description: "Toner".into(),
                        ..NewTicket::default()
                    };
                    register(tx, Frame { desk: &desk, actor: &actor, act: &act }, &new)?;
                    let id = person::insert(tx, tenant, &PersonData::named(format!("Uli Pri {at} {n}")), THEN)?;
                    membership::put(tx, id, &NewMembership::main(tenant, kernel::Time(0)), THEN)?;
                    address::put(tx, id, &NewAddress::main(AddressKind::Email, format!("pri{at}-{n}@ribera.example")), THEN)?;
                }
                organisation::insert(
                    tx,
                    Some(tenant),
                    &OrganisationData::named(format!("Printing {at}"), OrganisationKind::Customer),
                    THEN,
                )?;
                team::insert(tx, tenant, &format!("pri-{at}"), &TeamData::named("Printers", 2), THEN)?;
                service::insert(tx, tenant, None, &format!("pri-{at}"), &ServiceData::live("Printing"), THEN)?;
                Ok(())
            })
            .unwrap();
    }
}

/// What can be asked without knowing a ticket.
const LISTS: &[&str] = &[
    "/api/v1/tickets",
    "/api/v1/tickets?limit=3",
    "/api/v1/tickets?q=printer",
    "/api/v1/tickets?q=printer+sort:title&limit=2",
    "/api/v1/tickets?q=is:open+sort:created",
    "/api/v1/tickets?q=sort:-number",
    "/api/v1/tickets?q=is:confidential",
    "/api/v1/tickets?q=-is:confidential+sort:-updated",
    "/api/v1/tickets?q=number:%3E0+sort:number",
    "/api/v1/tickets/count?q=printer",
    "/api/v1/tickets/count?q=is:open",
    "/api/v1/tickets/count?q=is:confidential",
    "/api/v1/tickets/count",
    "/api/v1/views",
    "/api/v1/kinds",
    "/api/v1/persons",
    "/api/v1/persons?q=pri",
    "/api/v1/persons?q=uli",
    "/api/v1/organisations",
    "/api/v1/organisations?q=pri",
    "/api/v1/teams",
    "/api/v1/services",
    "/api/v1/locations",
];
/// Fields that only the desk may ask for.
const INNER: &[&str] = &[
    "has:relates",
    "has:blocks",
    "has:duplicate",
    "has:caused-by",
    "has:children",
    "parent:%3E0",
    "sort:-priority",
    "has:attachment",
    "watcher:any",
];
/// Pages and suggestions.
const PAGES: &[&str] = &[
    "/",
    "/?portal=1",
    "/requests",
    "/requests?tab=open",
    "/requests?q=printer",
    "/new",
    "/desk/tickets",
    "/desk/tickets?q=is%3Aopen",
    "/desk/tickets?q=printer",
    "/desk/tickets?q=is%3Aopen+sort%3Atitle",
    "/desk/new",
    "/desk/call",
    "/desk/people",
    "/desk/people?q=pri",
    "/desk/orgs",
    "/desk/suggest/tickets?q=pri",
    "/desk/suggest/tickets?q=1",
    "/desk/suggest/persons?q=pri",
    "/desk/suggest/persons?q=uli",
    "/desk/suggest/requesters?q=uli",
    "/desk/suggest/workers?q=",
    "/desk/suggest/teams?q=pri",
    "/desk/suggest/services?q=pri",
    "/desk/suggest/organisations?q=pri",
    "/desk/suggest/locations?q=pri",
];

/// What is new in each answer: keys of forms, request ids, and how long ago something was.
fn steady(client: &Client, body: &str) -> String {
    let body = body.replace(&client.base, "");
    let mut out = String::with_capacity(body.len());
    let mut rest = body.as_str();
    let cuts = [
        ("name=\"client_id\" value=\"", "\""),
        ("<time", "</time>"),
        ("\"request_id\":\"", "\""),
        ("data-cursor=\"", "\""),
        ("after=", "\""),
    ];
    while let Some((at, (from, to))) = cuts.iter().filter_map(|cut| rest.find(cut.0).map(|at| (at, *cut))).min_by_key(|(at, _)| *at) {
        out.push_str(&rest[..at + from.len()]);
        let behind = &rest[at + from.len()..];
        rest = behind.find(to).map_or("", |end| &behind[end..]);
    }
    out + rest
}

/// Asks again when it was too often: what is refused for that tells nothing.
fn get(client: &Client, path: &str) -> Answer {
    loop {
        let answer = client.get(path);
        if answer.status != 429 {
            return answer;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// All pages of a list, by its cursor.
fn all_of(client: &Client, path: &str) -> Vec<String> {
    let mut answers = Vec::new();
    let mut address = path.to_owned();
    loop {
        let answer = get(client, &address);
        answers.push(format!("{} {}", answer.status, steady(client, &answer.body)));
        let next = if answer.status == 200 && path.contains("limit=") { answer.json()["next"].as_str().map(str::to_owned) } else { None };
        match next {
            Some(cursor) if answers.len() < 20 => address = format!("{path}&cursor={cursor}"),
            _ => return answers,
        }
    }
}

/// The events of the feed, without the places between them.
fn feed(client: &Client) -> String {
    let (mut events, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = get(client, &format!("/api/v1/events?limit=200{cursor}")).expect(200).json();
        events.extend(page["items"].as_array().unwrap().iter().map(ToString::to_string));
        cursor = format!("&cursor={}", page["next"].as_str().unwrap());
        if page["more"] != true {
            return events.join("\n");
        }
    }
}

/// Everything that somebody reads, by what was asked.
fn everything(client: &Client, browser: &Client, tickets: &[i64]) -> Vec<(String, String)> {
    let mut read: Vec<(String, String)> = Vec::new();
    let mut note = |asked: String, answer: String| read.push((asked, answer));
    for path in LISTS {
        note((*path).to_owned(), all_of(client, path).join("\n"));
    }
    for q in INNER {
        for path in [format!("/api/v1/tickets?q={q}"), format!("/api/v1/tickets/count?q={q}")] {
            let answer = all_of(client, &path).join("\n");
            note(path, answer);
        }
    }
    for id in tickets {
        for part in ["", "/timeline", "/messages", "/links", "/people", "/attachments"] {
            let path = format!("/api/v1/tickets/{id}{part}");
            let answer = all_of(client, &path).join("\n");
            note(path, answer);
        }
        for path in [format!("/desk/tickets/{id}"), format!("/requests/{id}"), format!("/t/{id}")] {
            let answer = all_of(browser, &path).join("\n");
            note(path, answer);
        }
    }
    for path in PAGES {
        note((*path).to_owned(), all_of(browser, path).join("\n"));
    }
    note("the feed".to_owned(), feed(client));
    read
}

/// Every list as a file. Exports stand in the log, so they come when everything else was read.
fn files(client: &Client) -> Vec<(String, String)> {
    let mut read = Vec::new();
    for list in ["tickets", "persons", "organisations", "teams", "services", "locations"] {
        for format in ["csv", "jsonl"] {
            let path = format!("/api/v1/{list}/export?format={format}");
            let answer = all_of(client, &path).join("\n");
            read.push((path, answer));
        }
    }
    read
}

/// What each of them reads.
fn all(readers: &[Reader], tickets: &[i64]) -> Vec<Vec<(String, String)>> {
    let mut read: Vec<_> = readers.iter().map(|(_, client, browser)| everything(client, browser, tickets)).collect();
    for (read, (_, client, _)) in read.iter_mut().zip(readers) {
        read.extend(files(client));
    }
    read
}

/// Until the feed has come to the end of the log: it ends before the oldest transaction that runs.
pub fn settle(house: &House) {
    let until = Instant::now() + Duration::from_secs(10);
    let (head, count) = loop {
        let (head, last) = house
            .db
            .read_wait("oracle.settle", |rd| {
                Ok((events::head(rd)?.seq, rd.all_text::<i64>("SELECT COALESCE(MAX(seq), 0) FROM event", &[])?[0]))
            })
            .unwrap();
        if head >= last || Instant::now() > until {
            break (head, last);
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    assert!(head >= count, "the log does not come to its end");
    house.indexed();
}

fn compare(who: &str, before: &[(String, String)], after: &[(String, String)]) {
    assert_eq!(before.len(), after.len());
    for ((asked, first), (_, second)) in before.iter().zip(after) {
        if first != second {
            let at = first.bytes().zip(second.bytes()).position(|(a, b)| a != b).unwrap_or(first.len().min(second.len()));
            let cut = |text: &str| {
                text.chars().skip(text[..text.floor_char_boundary(at)].chars().count().saturating_sub(80)).take(240).collect::<String>()
            };
            panic!("{who} reads something else at {asked}:\n  {}\n  {}", cut(first), cut(second));
        }
    }
}

const MAILS: [(&str, &str); 8] = [
    ("ursula", "ursula@ria.example"),
    ("uli", "uli@ria.example"),
    ("ana", "ana@ria.example"),
    ("boris", "boris@ria.example"),
    ("carla", "carla@ribera.example"),
    ("cleo", "cleo@ribera.example"),
    ("ada", "ada@ria.example"),
    ("mara", "mara@ria.example"),
];

pub const EVERYBODY: [&str; 8] = ["ursula", "uli", "ana", "boris", "carla", "cleo", "ada", "mara"];
/// Who sees nothing of the other customer.
const RIA: [&str; 5] = ["ursula", "uli", "ana", "boris", "mara"];

pub type Reader = (&'static str, Client, Client);

pub fn readers(house: &House, of: &[&str]) -> Vec<Reader> {
    let everybody = house.cast.everybody().into_iter().filter(|(name, _)| of.contains(name));
    let browser = |name: &str| house.visitor().signed_in(MAILS.iter().find(|(n, _)| *n == name).unwrap().1);
    everybody.map(|(name, id)| (name, house.as_(id), browser(name))).collect()
}

/// Asks everything again, of a desk that remembers nothing of before.
fn compare_all(db: &db::Db, house: House, who: &[&str], before: &[Vec<(String, String)>], tickets: &[i64]) {
    drop(house);
    let house = House::start(db);
    settle(&house);
    let readers = readers(&house, who);
    for (((who, ..), before), after) in readers.iter().zip(before).zip(all(&readers, tickets)) {
        compare(who, before, &after);
    }
}

/// A few tickets that some see, with what can be around them.
fn visible(house: &House) -> Vec<i64> {
    let (ursula, ana, cast) = (house.as_(house.cast.ursula), house.as_(house.cast.ana), house.cast);
    let made = |title: &str| {
        ursula.post("/api/v1/tickets", json!({"kind": "incident", "title": title, "description": title})).expect(201).number("/id")
    };
    let ids: Vec<i64> = ["Printer on floor 2 prints blank pages", "Printer jams", "Monitor flickers"].into_iter().map(made).collect();
    ana.post(&format!("/api/v1/tickets/{}/links", ids[0]), json!({"kind": "relates", "ticket": ids[1]})).expect(204);
    ana.patch(&format!("/api/v1/tickets/{}", ids[1]), json!({"parent": ids[2], "team": cast.l2.raw()})).expect(200);
    ana.post(&format!("/api/v1/tickets/{}/messages", ids[0]), json!({"kind": "note", "body": "Toner ordered"})).expect(201);
    house.as_(cast.carla).post("/api/v1/tickets", json!({"kind": "question", "title": "Printer of Ribera"})).expect(201);
    ids
}

testkit::both! {
    template: end_to_end::template();

    fn a_thousand_confidential_tickets_move_nothing_that_others_read(db: TestDb) {
        let house = House::start(&db);
        let tickets = visible(&house);
        let (zoe, zeno) = (stranger(&house, house.cast.ria, "Zoe Quiet"), stranger(&house, house.cast.ribera, "Zeno Quiet"));
        let readers = readers(&house, &EVERYBODY);
        settle(&house);
        let before = all(&readers, &tickets);
        confidential(&house, zoe, many(&db, 800), TicketId::new(tickets[0]));
        confidential(&house, zeno, many(&db, 200), TicketId::new(tickets[0]));
        settle(&house);
        compare_all(&db, house, &EVERYBODY, &before, &tickets);
    }

    fn a_thousand_records_of_another_customer_move_nothing_either(db: TestDb) {
        let house = House::start(&db);
        let tickets = visible(&house);
        let readers = readers(&house, &RIA);
        settle(&house);
        let before = all(&readers, &tickets);
        theirs(&house, house.cast.carla, house.cast.ribera, many(&db, 500));
        settle(&house);
        compare_all(&db, house, &RIA, &before, &tickets);
    }

    fn a_hidden_number_takes_as_long_as_one_that_never_was(db: TestDb) {
        let house = House::start(&db);
        let tickets = visible(&house);
        let zoe = stranger(&house, house.cast.ria, "Zoe Quiet");
        confidential(&house, zoe, 50, TicketId::new(tickets[0]));
        let hidden: i64 = house.db.read_wait("oracle.hidden", |rd| Ok(rd.all_text::<i64>("SELECT MAX(id) FROM ticket WHERE confidential = 1", &[])?[0])).unwrap();
        let ana = house.as_(house.cast.ana);
        let timed = |path: &str| {
            // Below the rate at which one is told to wait.
            std::thread::sleep(Duration::from_millis(60));
            let began = Instant::now();
            let answer = ana.get(path);
            (began.elapsed(), answer.status, steady(&ana, &answer.body))
        };
        for part in ["", "/timeline"] {
            let (there, nowhere) = (format!("/api/v1/tickets/{hidden}{part}"), format!("/api/v1/tickets/987654321{part}"));
            // A machine that does something else for a moment is not held against it.
            let ratio = (0..3).map(|_| {
                let (mut there_took, mut nowhere_took) = (Vec::new(), Vec::new());
                for _ in 0..30 {
                    let (a, b) = (timed(&there), timed(&nowhere));
                    assert_eq!((a.1, &a.2), (404, &b.2), "the same bytes");
                    there_took.push(a.0);
                    nowhere_took.push(b.0);
                }
                there_took.sort_unstable();
                nowhere_took.sort_unstable();
                there_took[15].as_secs_f64() / nowhere_took[15].as_secs_f64()
            });
            let best = ratio.fold(f64::INFINITY, |best, ratio| if (ratio.ln()).abs() < best { (ratio.ln()).abs() } else { best });
            assert!(best < 2_f64.ln(), "{part}: the medians differ by {:.2}", best.exp());
        }
    }
}
