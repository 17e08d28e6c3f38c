//! What stays the desk's own: fields that requesters do not read, people of the desk, fields that a role
//! hides. Neither an answer nor a filter, a sort or a count tells them.

use std::time::{Duration, Instant};

use end_to_end::{Client, House};
use serde_json::json;

/// A ticket of Úrsula's with everything on it that she may not know.
fn busy(house: &House) -> i64 {
    let (ana, cast) = (house.as_(house.cast.ana), house.cast);
    let id = house.as_(cast.ursula).post("/api/v1/tickets", json!({"kind": "incident", "title": "Printer"})).expect(201).number("/id");
    let path = format!("/api/v1/tickets/{id}");
    ana.patch(&path, json!({"impact": "extensive", "urgency": "critical", "assignee": cast.ana.raw()})).expect(200);
    ana.post(&format!("{path}/tags"), json!({"tag": "canarytag"})).expect(200);
    let people = [
        json!({"role": "coworker", "person": cast.boris.raw()}),
        json!({"role": "watcher", "team": cast.l2.raw()}),
        json!({"role": "watcher", "person": cast.uli.raw()}),
    ];
    for body in people {
        ana.post(&format!("{path}/people"), body).expect(204);
    }
    id
}

fn count(client: &Client, q: &str) -> i64 {
    client.get(&format!("/api/v1/tickets/count?q={}", asked(q))).expect(200).number("/count")
}

/// What somebody reads once the words are there: the feed ends before the oldest transaction that runs.
fn read(client: &Client, path: &str, words: &str) -> String {
    let ask = || client.get(path).expect(200).body;
    let until = Instant::now() + Duration::from_secs(10);
    let mut body = ask();
    while !body.contains(words) {
        assert!(Instant::now() < until, "{words} is not in {path}: {body}");
        std::thread::sleep(Duration::from_millis(50));
        body = ask();
    }
    body
}

/// A filter as an address has it.
fn asked(q: &str) -> String {
    q.replace(' ', "+").replace('>', "%3E")
}

/// Gives somebody a role of its own that hides fields.
pub fn hiding(house: &House, who: kernel::PersonId, verbs: &serde_json::Value, hidden: &serde_json::Value) {
    let ada = house.as_(house.cast.ada);
    let role = json!({"names": {"en": "Hiding"}, "verbs": verbs, "hidden": hidden});
    let tenant = house.cast.ria.raw();
    ada.post("/api/v1/roles", json!({"key": "hiding", "tenant": tenant, "role": role})).expect(201);
    ada.post("/api/v1/grants", json!({"person": who.raw(), "role": "hiding", "tenant": tenant})).expect(200);
}

testkit::both! {
    template: end_to_end::template();

    fn who_only_asks_does_not_learn_the_desks_own_fields_by_asking(db: TestDb) {
        let house = House::start(&db);
        busy(&house);
        let (ursula, ana, boris) = (house.as_(house.cast.ursula), house.as_(house.cast.ana), house.as_(house.cast.boris));
        let inner = [
            "priority:urgent", "-priority:urgent", "impact:extensive", "urgency:critical", "tag:canarytag", "has:tag", "coworker:boris", "watcher:uli",
            "owner-team:service-desk", "line:1", "handovers:>0", "teams:>0", "csat:>0", "csat-analyst:any", "is:incomplete", "has:attachment", "has:children", "has:blocks",
            "has:caused-by", "parent:1", "has:parent", "batch:1", "has:due", "sort:priority", "sort:-impact", "sort:line", "sort:handovers", "sort:due",
        ];
        for q in inner {
            let asked = asked(q);
            ursula.get(&format!("/api/v1/tickets?q={asked}")).expect(422);
            ursula.get(&format!("/api/v1/tickets/count?q={asked}")).expect(422);
            ursula.post("/api/v1/views", json!({"name": "x", "query": q})).expect(422);
            ana.get(&format!("/api/v1/tickets/count?q={asked}")).expect(200);
            boris.get(&format!("/api/v1/tickets/count?q={asked}")).expect(200);
        }
        let said = ursula.get("/api/v1/tickets?q=prioritt:urgent").expect(422).body;
        assert!(!said.contains("priority"), "nothing proposes it either: {said}");
        for (q, found) in [("is:open printer", 1), ("is:requested sort:-customer", 1), ("assignee:any kind:incident", 1)] {
            assert_eq!(count(&ursula, q), found, "{q}");
        }
        let row = ana.get("/api/v1/tickets?q=tag:canarytag").expect(200).json();
        assert_eq!(row["items"][0]["tags"], json!(["canarytag"]), "staff read the tags in lists as well");
        assert!(ursula.get("/api/v1/tickets").expect(200).json()["items"][0].get("tags").is_none());
    }

    fn where_somebody_only_sees_the_desks_own_fields_find_nothing(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let (ada, ana, cleo) = (house.as_(cast.ada), house.as_(cast.ana), house.as_(cast.cleo));
        let theirs = house.as_(cast.carla).post("/api/v1/tickets", json!({"kind": "incident", "title": "Cold"})).expect(201).number("/id");
        cleo.post(&format!("/api/v1/tickets/{theirs}/tags"), json!({"tag": "canarytag"})).expect(200);
        let ours = busy(&house);
        let role = json!({"names": {"en": "Reader"}, "verbs": {"ticket.see": "all", "organisation.see": "all"}});
        ada.post("/api/v1/roles", json!({"key": "reader", "tenant": cast.ribera.raw(), "role": role})).expect(201);
        ada.post("/api/v1/grants", json!({"person": cast.ana.raw(), "role": "reader", "tenant": cast.ribera.raw()})).expect(200);
        assert_eq!((count(&ana, "is:open"), count(&cleo, "tag:canarytag")), (2, 1));
        for q in ["tag:canarytag", "has:tag", "tag:canarytag OR -tag:canarytag", "priority:>=low"] {
            assert_eq!(count(&ana, q), 1, "{q}: only where she works");
        }
        assert_eq!(count(&ana, "-tag:canarytag"), 0);
        let sorted = ana.get("/api/v1/tickets?q=sort:priority").expect(200).json();
        let ids: Vec<i64> = sorted["items"].as_array().unwrap().iter().map(|t| t["id"].as_i64().unwrap()).collect();
        assert_eq!(ids, [ours]);
        assert!(ana.get(&format!("/api/v1/tickets/{theirs}")).expect(200).json().get("priority").is_none());
    }

    fn a_requester_reads_who_follows_and_not_who_works(db: TestDb) {
        let house = House::start(&db);
        let id = busy(&house);
        let names = |client: &Client| {
            let list = client.get(&format!("/api/v1/tickets/{id}/people")).expect(200).json();
            let name = |i: &serde_json::Value| i.pointer("/person/name").or(i.pointer("/team/name")).unwrap().as_str().unwrap().to_owned();
            list["items"].as_array().unwrap().iter().map(name).collect::<Vec<_>>()
        };
        assert_eq!(names(&house.as_(house.cast.ana)).len(), 3);
        assert_eq!(names(&house.as_(house.cast.ursula)), ["Uli Vega"]);
    }

    fn who_may_not_know_the_assignee_reads_nobody_of_the_desk(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let (carla, cleo) = (house.as_(cast.carla), house.as_(cast.cleo));
        let tenant = cast.ribera.raw();
        house.as_(cast.ada).post("/api/v1/grants", json!({"person": cast.carla.raw(), "role": "customer", "tenant": tenant})).expect(200);
        let id = carla.post("/api/v1/tickets", json!({"kind": "incident", "title": "Cold", "description": "Since today"})).expect(201).number("/id");
        let path = format!("/api/v1/tickets/{id}");
        cleo.patch(&path, json!({"assignee": cast.cleo.raw(), "title": "Cold room"})).expect(200);
        cleo.post(&format!("{path}/messages"), json!({"kind": "reply", "body": "We look at it"})).expect(201);
        carla.post(&format!("{path}/messages"), json!({"kind": "reply", "body": "Thank you"})).expect(201);
        for what in [path.clone(), format!("{path}/messages"), format!("{path}/timeline"), "/api/v1/events?limit=200".to_owned()] {
            read(&cleo, &what, "Cleo Paz");
            let hers = carla.get(&what).expect(200).body;
            assert!(!hers.contains("Cleo Paz") && !hers.contains(&format!("\"id\":{},\"name\"", cast.cleo)), "{what}: {hers}");
            assert!(hers.contains("Carla Anaya"), "she and her words have names: {what}: {hers}");
        }
        let said = carla.get(&format!("{path}/messages")).expect(200).json();
        let authors: Vec<Option<&str>> = said["items"].as_array().unwrap().iter().map(|m| m.pointer("/author/name").and_then(|n| n.as_str())).collect();
        assert_eq!(authors, [Some("Carla Anaya"), None, Some("Carla Anaya")]);
    }

    fn what_a_role_hides_is_found_by_no_door(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let id = busy(&house);
        let verbs = json!({"ticket.see": "all", "ticket.see_internal": "all", "person.see": "all", "team.see": "all", "organisation.see": "all"});
        let hidden = json!({"person": ["addresses", "memberships", "title"], "ticket": ["tag", "team", "resolution_code"]});
        hiding(&house, cast.uli, &verbs, &hidden);
        let uli = house.as_(cast.uli);
        let path = format!("/api/v1/tickets/{id}");
        let seen = uli.get(&path).expect(200).json();
        assert!(seen.get("tags").is_none() && seen.get("team").is_none() && seen["priority"] == "urgent", "{seen}");
        for what in [format!("{path}/timeline"), "/api/v1/events?limit=200".to_owned()] {
            // When Ana reads the last of it, the tag was before.
            assert!(read(&house.as_(cast.ana), &what, "ticket.involved").contains("ticket.tagged"));
            let told = uli.get(&what).expect(200).body;
            assert!(!told.contains("ticket.tagged") && !told.contains("canarytag"), "{what}: {told}");
        }
        for q in ["tag:canarytag", "team:service-desk", "line:1", "sort:teams", "resolution:fixed", "requester:ursula@ria.example"] {
            uli.get(&format!("/api/v1/tickets?q={q}")).expect(422);
        }
        assert_eq!(count(&uli, "requester:ursula"), 1, "by the name she is found");
        let by = |q: &str| uli.get(&format!("/api/v1/persons?q={q}")).expect(200).json()["items"].as_array().unwrap().len();
        assert_eq!((by("ursula@ria.example"), by("ursula")), (0, 1));
        let page = house.visitor().signed_in("uli@ria.example");
        let person = page.get(&format!("/desk/people/{}", cast.ursula)).expect(200).body;
        assert!(person.contains("Úrsula Gil") && !person.contains("ursula@ria.example"), "{person}");
        let suggested = page.get("/desk/options/people?q=ria.example").expect(200).body;
        assert_eq!(suggested, "[]");
        let by_name = page.get("/desk/options/people?q=ursula").expect(200).body;
        assert!(by_name.contains("Úrsula Gil") && !by_name.contains('@') && !by_name.contains("Industries"), "{by_name}");
    }

    fn a_custom_field_that_a_role_hides_is_not_there(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let (ada, ana, uli) = (house.as_(cast.ada), house.as_(cast.ana), house.as_(cast.uli));
        for (object, key) in [("ticket", "salary"), ("ticket", "room"), ("person", "salary")] {
            ada.send("PUT", &format!("/api/v1/fields/{object}/{key}"), Some(json!({"type": "text", "names": {"en": key}})), &[]).expect(200);
        }
        let id = ana.post("/api/v1/tickets", json!({"kind": "incident", "title": "Printer", "fields": {"salary": "canarysalary", "room": "7"}})).expect(201).number("/id");
        let path = format!("/api/v1/tickets/{id}");
        ana.patch(&path, json!({"fields": {"salary": "canarysecond"}})).expect(200);
        ada.patch(&format!("/api/v1/persons/{}/fields", cast.ursula.raw()), json!({"fields": {"salary": "canarythird"}})).expect(200);
        let verbs = json!({"ticket.see": "all", "ticket.see_internal": "all", "ticket.edit": "all", "ticket.export": "all", "person.see": "all"});
        let wrong = json!({"key": "wrong", "tenant": cast.ria.raw(), "role": {"names": {"en": "Wrong"}, "verbs": verbs, "hidden": {"ticket": ["fields.nosuch"]}}});
        ada.post("/api/v1/roles", wrong).expect(422);
        hiding(&house, cast.uli, &verbs, &json!({"ticket": ["fields.salary"], "person": ["fields.salary"]}));
        assert_eq!(uli.get(&path).expect(200).json()["fields"], json!({"room": "7"}));
        uli.patch(&path, json!({"fields": {"salary": "x"}})).expect(422);
        for q in ["salary:canarysecond", "has:salary", "-salary:x"] {
            uli.get(&format!("/api/v1/tickets?q={q}")).expect(422);
        }
        uli.get("/api/v1/tickets/export?columns=fields.salary").expect(422);
        let person = format!("/api/v1/persons/{}", cast.ursula.raw());
        for door in [path.clone(), format!("{path}/timeline"), "/api/v1/tickets".to_owned(), "/api/v1/tickets/export?machine=true".to_owned(), format!("{person}/fields"), "/api/v1/fields".to_owned()] {
            let told = uli.get(&door).expect(200).body;
            assert!(!told.contains("salary"), "{door}: {told}");
        }
        let session = house.visitor().signed_in("uli@ria.example");
        for door in [format!("/desk/tickets/{id}"), "/desk/tickets?c=title,fields.salary".to_owned(), format!("/desk/people/{}", cast.ursula.raw())] {
            let told = session.get(&door);
            assert!(told.status != 200 || !told.body.contains("canary"), "{door}: {}", told.body);
        }
        // The page of a role offers custom fields and tells of them by name.
        let origin = house.base.clone();
        let admin = house.visitor().signed_in("ada@ria.example");
        let page = admin.get(&format!("/admin/roles/hiding?tenant={}", cast.ria.raw())).expect(200).body;
        assert!(page.contains("name=\"hide.ticket.fields.room\"") && page.contains("name=\"hide.ticket.fields.salary\""), "{page}");
        let form = "version=1&name.en=Hiding&active=1&reach.ticket.see=all&hide.ticket.fields.room=1";
        admin.send("POST", &format!("/admin/roles/hiding?tenant={}", cast.ria.raw()), Some(serde_json::Value::String(form.to_owned())), &[("origin", &origin)]).expect(303);
        let page = admin.get(&format!("/admin/roles/hiding?tenant={}", cast.ria.raw())).expect(200).body;
        assert!(page.contains("room") && page.contains("salary"), "{page}");
    }
}
