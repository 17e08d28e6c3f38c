//! SEC-03 for what open pages are told as it happens: what somebody may not see makes no sound there.

use std::collections::BTreeSet;
use std::time::Duration;

use end_to_end::{Client, House};
use kernel::TicketId;
use serde_json::{Value, json};

use crate::oracle::{EVERYBODY, confidential, readers, settle, stranger};

/// A look at the rights, the log and the counts, all of which come on their own times.
const HEARD: Duration = Duration::from_secs(5);

/// What one of them was told: messages without their numbers, and each count that was told.
#[derive(Debug, PartialEq, Eq)]
struct Heard {
    said: Vec<String>,
    counts: BTreeSet<String>,
}

fn heard(body: &str) -> Heard {
    let messages: Vec<Value> =
        body.lines().filter_map(|line| line.strip_prefix("data: ")).filter_map(|data| serde_json::from_str(data).ok()).collect();
    let counts = messages.iter().filter(|message| message["kind"] == "count").map(ToString::to_string).collect();
    // How many events one look finds depends on the moment.
    let said = messages.iter().filter(|message| message["kind"] != "count" && message["kind"] != "list");
    let digits = |text: String| text.replace(|c: char| c.is_ascii_digit(), "#");
    let mut said: Vec<String> = said.map(|message| digits(message.to_string())).collect();
    said.sort_unstable();
    Heard { said, counts }
}

/// What everybody hears while `deeds` are done.
fn during(house: &House, deeds: impl FnOnce()) -> Vec<(&'static str, Heard)> {
    let readers = readers(house, &EVERYBODY);
    let open = |browser: &Client| {
        let browser = browser.clone();
        std::thread::spawn(move || browser.get("/events").expect(200).body)
    };
    let streams: Vec<_> = readers.iter().map(|(_, _, browser)| open(browser)).collect();
    std::thread::sleep(Duration::from_millis(700));
    deeds();
    settle(house);
    std::thread::sleep(HEARD);
    for (_, _, browser) in &readers {
        browser.send("POST", "/logout", Some(Value::String(String::new())), &[]).expect(303);
    }
    readers.iter().zip(streams).map(|((who, ..), stream)| (*who, heard(&stream.join().unwrap()))).collect()
}

/// What some of them hear: a word, a note and a new title.
fn seen(house: &House, ticket: i64) {
    let (ana, ursula) = (house.as_(house.cast.ana), house.as_(house.cast.ursula));
    ursula.post(&format!("/api/v1/tickets/{ticket}/messages"), json!({"kind": "reply", "body": "Still blank"})).expect(201);
    ana.post(&format!("/api/v1/tickets/{ticket}/messages"), json!({"kind": "note", "body": "Toner is late"})).expect(201);
    let titles = ["Printer on floor 3 prints blank pages", "Printer on floor 4 prints blank pages"];
    let now = ana.get(&format!("/api/v1/tickets/{ticket}")).expect(200).text("/title");
    let next = if now == titles[0] { titles[1] } else { titles[0] };
    ana.patch(&format!("/api/v1/tickets/{ticket}"), json!({"title": next})).expect(200);
}

testkit::both! {
    template: end_to_end::template();

    fn open_pages_hear_nothing_of_confidential_tickets(db: TestDb) {
        let house = House::start(&db);
        let body = json!({"kind": "incident", "title": "Printer on floor 2 prints blank pages", "description": "Blank"});
        let ticket = house.as_(house.cast.ursula).post("/api/v1/tickets", body).expect(201).number("/id");
        let zoe = stranger(&house, house.cast.ria, "Zoe Quiet");
        seen(&house, ticket);
        settle(&house);
        let before = during(&house, || seen(&house, ticket));
        let after = during(&house, || {
            confidential(&house, zoe, 50, TicketId::new(ticket));
            seen(&house, ticket);
            confidential(&house, zoe, 50, TicketId::new(ticket));
        });
        let told = |who: &str| before.iter().find(|(name, _)| *name == who).map(|(_, heard)| heard.said.len());
        assert!(told("ana").is_some_and(|told| told > 0) && told("ursula").is_some_and(|told| told > 0), "somebody hears: {before:?}");
        assert_eq!(told("cleo"), Some(0), "another customer hears nothing");
        assert_eq!(before, after);
    }
}
