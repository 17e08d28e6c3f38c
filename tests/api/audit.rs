//! What was done by whom: seen by those who may, each for their tenants; settings and their way back;
//! the chain and backups of the installation.

use std::time::{Duration, Instant};

use db::Db;
use end_to_end::{Client, House};
use serde_json::{Value, json};

/// A backup can be asked for more than once in a test, and takes a moment.
fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(30), "{what}");
        std::thread::sleep(Duration::from_millis(30));
    }
}

fn rows(client: &Client, path: &str) -> Vec<Value> {
    client.get(path).expect(200).json()["items"].as_array().unwrap().clone()
}

/// A kind of ticket with its number among the settings.
fn incident(client: &Client) -> (i64, i64) {
    let all = rows(client, "/api/v1/settings?limit=200");
    let found = all.iter().find(|row| row["kind"] == "ticket_kind" && row["key"] == "incident").unwrap();
    (found["id"].as_i64().unwrap(), found["version"].as_i64().unwrap())
}

/// An administrator changes the kind, as a page of kinds will.
fn change(db: &Db, house: &House, expected: i64, edit: impl Fn(&mut Value) + Send + 'static) {
    let act = events::Act::person(house.cast.ada, house.clock.now(), std::sync::Arc::new(kernel::SystemEntropy));
    db.write_wait("change", move |tx| {
        let row = settings::get(tx, 0, "ticket_kind", "incident")?.unwrap();
        let mut data: Value = serde_json::from_str(&row.data).unwrap();
        edit(&mut data);
        settings::put(tx, &act, 0, "ticket_kind", "incident", expected, &data)
    })
    .unwrap();
}

testkit::both! {
    template: end_to_end::template();

    fn what_was_done_is_seen_by_those_who_may_each_for_their_tenants(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let ada = house.as_(cast.ada);
        for organisation in [cast.ria, cast.ribera] {
            ada.post("/api/v1/locations", json!({"name": "Attic", "tenant": organisation.raw()})).expect(201);
        }
        let of_ada = rows(&ada, &format!("/api/v1/audit/events?person={}&kind=location.created", cast.ada.raw()));
        assert_eq!(of_ada.len(), 2);
        assert_eq!(of_ada[0]["by"]["name"], "Ada Ramos");
        // Mara manages Ría alone.
        let mara = house.as_(cast.mara);
        let seen = rows(&mara, "/api/v1/audit/events?limit=200");
        assert!(!seen.is_empty() && seen.iter().all(|row| row["tenant"] == cast.ria.raw()), "{seen:?}");
        assert!(seen.iter().all(|row| row["object"] != "ticket"), "tickets have their timelines");
        house.as_(cast.ana).get("/api/v1/audit/events").expect(403);
        mara.get("/api/v1/audit/events?from=yesterday").expect(422);
        assert!(rows(&ada, "/api/v1/audit/events?from=2999-01-01T00:00:00Z").is_empty());

        let file = ada.get("/api/v1/audit/export?object=location").expect(200);
        let lines: Vec<Value> = file.body.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.iter().map(|line| &line["kind"]).collect::<Vec<_>>(), ["location.created", "location.created"]);
        let all = ada.get("/api/v1/audit/export").expect(200);
        let paged = rows(&ada, "/api/v1/audit/events?limit=200");
        assert!(all.body.lines().count() >= paged.len().min(200));
        house.as_(cast.ana).get("/api/v1/audit/export").expect(403);
    }

    fn a_setting_has_its_history_and_a_way_back(db: TestDb) {
        let house = House::start(&db);
        let ada = house.as_(house.cast.ada);
        let (id, first) = incident(&ada);
        change(&db, &house, first, |data| data["names"]["en"] = json!("Breakdown"));
        let versions = rows(&ada, &format!("/api/v1/settings/{id}/versions"));
        assert_eq!(versions[0]["changes"], json!([{"path": "names.en", "before": "Incident", "after": "Breakdown"}]));
        assert_eq!(versions[0]["made_by"]["name"], "Ada Ramos");
        let revert = |version: i64, to: i64| ada.post(&format!("/api/v1/settings/{id}/revert"), json!({"version": version, "to": to}));
        assert_eq!(revert(first, first).expect(409).text("/type"), revert(first, 1).expect(409).text("/type"), "somebody changed it meanwhile");
        assert_eq!(revert(first + 1, first).expect(200).number("/version"), first + 2);
        revert(first + 2, 99).expect(404);
        let names = ada.get("/api/v1/kinds").expect(200).body;
        assert!(names.contains("Incident") && !names.contains("Breakdown"));
        house.as_(house.cast.ana).post(&format!("/api/v1/settings/{id}/revert"), json!({"version": first + 2, "to": first})).expect(403);

        // A state that a ticket stands in cannot go.
        change(&db, &house, first + 2, |data| {
            data["states"].as_array_mut().unwrap().push(json!({"key": "parked", "category": "held", "names": {"en": "Parked"}, "portal": {"en": "Parked"}}));
            let way = |from: &str, to: &str| json!({"from": from, "to": to, "verb": "ticket.work", "by": ["staff"]});
            data["transitions"].as_array_mut().unwrap().extend([way("new", "parked"), way("parked", "new")]);
        });
        let ticket = house.as_(house.cast.ursula).post("/api/v1/tickets", json!({"kind": "incident", "title": "Printer"})).expect(201).number("/id");
        let moved = house.as_(house.cast.ana).send("PATCH", &format!("/api/v1/tickets/{ticket}"), Some(json!({"state": "parked"})), &[]);
        assert_eq!(moved.status, 200, "{moved:?}");
        assert!(revert(first + 3, first).expect(409).body.contains("parked"));
        house.as_(house.cast.ana).send("PATCH", &format!("/api/v1/tickets/{ticket}"), Some(json!({"state": "new"})), &[]).expect(200);
        revert(first + 3, first).expect(200);
    }

    fn the_pages_show_it_and_the_button_goes_back(db: TestDb) {
        let house = House::start(&db);
        let (id, first) = incident(&house.as_(house.cast.ada));
        change(&db, &house, first, |data| data["names"]["en"] = json!("Breakdown"));
        let ada = house.visitor().signed_in("ada@ria.example");
        let page = ada.get(&format!("/admin/system/settings/{id}")).expect(200);
        assert!(page.body.contains("names.en") && page.body.contains("Breakdown"), "{}", page.body);
        let form = json!(format!("version={}&to={first}", first + 1));
        let path = format!("/admin/system/settings/{id}/revert");
        let send = || ada.send("POST", &path, Some(form.clone()), &[("origin", &house.base)]);
        assert_eq!(send().status, 303);
        assert_eq!(send().status, 409, "from a version that is gone");
        let log = ada.get("/admin/system/audit?object=setting").expect(200);
        assert!(log.body.contains("ticket_kind incident") && log.body.contains("Setting changed"), "{}", log.body);
        let file = ada.get("/admin/system/audit.jsonl?object=setting").expect(200);
        assert!(file.body.lines().count() >= 2 && file.header("content-disposition").unwrap().contains("audit.jsonl"));
        for path in ["/admin/system/audit", "/admin/system/settings", "/admin/system/backups"] {
            let refused = house.visitor().signed_in("ana@ria.example").get(path);
            assert_eq!(refused.status, 403, "{path}");
            assert_eq!(house.visitor().signed_in("ursula@ria.example").get(path).status, 404, "{path}");
        }
    }

    fn the_chain_and_the_backups_are_of_the_whole_installation(db: TestDb) {
        let house = House::start(&db);
        let ada = house.as_(house.cast.ada);
        ada.post("/api/v1/locations", json!({"name": "Attic", "tenant": house.cast.ria.raw()})).expect(201);
        until("events get their links", || ada.get("/api/v1/audit/chain").expect(200).number("/links") > 0);
        let head = ada.get("/api/v1/audit/chain").expect(200);
        let signed: events::chain::Head = serde_json::from_value(head.json()["head"].clone()).unwrap();
        assert!(signed.is_signed());
        assert_eq!(events::chain::check_heads(&db, None, vec![signed]).unwrap(), None);
        assert!(rows(&ada, "/api/v1/audit/heads").is_empty(), "none is kept in the first minute");

        ada.post("/api/v1/backups", json!({})).expect(202);
        until("a backup is made", || !rows(&ada, "/api/v1/backups").is_empty());
        let made = rows(&ada, "/api/v1/backups");
        assert_eq!((made[0]["ok"].as_bool(), made[0]["error"].as_str()), (Some(true), None), "{made:?}");
        let told = rows(&ada, "/api/v1/audit/events?kind=backup.made");
        assert_eq!((told.len(), told[0]["by"]["kind"].as_str()), (1, Some("system")));
        let page = house.visitor().signed_in("ada@ria.example").get("/admin/system/backups").expect(200);
        assert!(page.body.contains("-scheduled.spoc"), "{}", page.body);
        // Of one tenant only, however much they may there.
        for who in [house.cast.mara, house.cast.ana] {
            for path in ["/api/v1/audit/chain", "/api/v1/audit/heads", "/api/v1/backups"] {
                house.as_(who).get(path).expect(403);
            }
            house.as_(who).post("/api/v1/backups", json!({})).expect(403);
        }
    }
}
