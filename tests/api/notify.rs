//! Who hears of what: the inbox told on both databases, and what it never tells.

use std::time::{Duration, Instant};

use end_to_end::{Client, House};
use serde_json::{Value, json};

fn register(client: &Client, title: &str, more: Value) -> i64 {
    let mut body = json!({"kind": "incident", "title": title, "description": "Since this morning"});
    body.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    client.post("/api/v1/tickets", body).expect(201).number("/id")
}

fn say(client: &Client, ticket: i64, kind: &str, body: &str) {
    client.post(&format!("/api/v1/tickets/{ticket}/messages"), json!({"kind": kind, "body": body})).expect(201);
}

fn inbox(client: &Client) -> Vec<Value> {
    client.get("/api/v1/notifications").expect(200).json()["items"].as_array().unwrap().clone()
}

fn unread(client: &Client) -> i64 {
    client.get("/api/v1/notifications/count").expect(200).number("/unread")
}

/// Ticket and reason of each line.
fn told(client: &Client) -> Vec<(i64, String)> {
    inbox(client).iter().map(|one| (one["ticket"].as_i64().unwrap(), one["reason"].as_str().unwrap().to_owned())).collect()
}

/// Until the log was followed to its end: what is not there then was not told.
fn followed(house: &House) {
    let start = Instant::now();
    let behind =
        "SELECT COUNT(*) FROM event e, consumer c WHERE c.name = 'notify' AND (e.xid > c.xid OR (e.xid = c.xid AND e.seq > c.seq))";
    while house.db.read_wait("behind", move |rd| rd.all_text::<i64>(behind, &[])).unwrap()[0] > 0 {
        assert!(start.elapsed().as_secs() < 60, "the log is never followed");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn number(house: &House, sql: &'static str) -> i64 {
    house.db.read_wait("test", move |rd| rd.all_text::<i64>(sql, &[])).unwrap()[0]
}

testkit::both! {
    template: end_to_end::template();

    fn everybody_hears_of_what_concerns_them_and_nobody_of_their_own_deeds(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let (ursula, uli, ana, boris) = (house.as_(cast.ursula), house.as_(cast.uli), house.as_(cast.ana), house.as_(cast.boris));
        let id = register(&ursula, "Printer", json!({}));
        let path = format!("/api/v1/tickets/{id}");
        ana.patch(&path, json!({"team": cast.l2.raw(), "assignee": null})).expect(200);
        followed(&house);
        assert_eq!(told(&boris), [(id, "team".to_owned())]);
        ana.patch(&path, json!({"assignee": cast.boris.raw()})).expect(200);
        followed(&house);
        assert_eq!(told(&boris), [(id, "assigned".to_owned())], "one line for a ticket, with the newest reason");
        assert_eq!((inbox(&boris)[0]["count"].as_i64(), unread(&boris)), (Some(2), 1));
        say(&boris, id, "note", "The fuser, I think");
        say(&boris, id, "reply", "Which floor?");
        followed(&house);
        assert_eq!(told(&ursula), [(id, "message".to_owned())], "no word of the note");
        assert_eq!(inbox(&ursula)[0]["by"], "Борис Ёлкин");
        say(&ursula, id, "reply", "The second");
        followed(&house);
        assert_eq!(told(&boris), [(id, "message".to_owned())]);
        boris.patch(&path, json!({"state": "solved", "resolution_code": "fixed", "resolution_report": "A new fuser"})).expect(200);
        followed(&house);
        assert_eq!(told(&ursula), [(id, "solved".to_owned())]);
        ursula.post(&format!("{path}/reopen"), json!({})).expect(200);
        followed(&house);
        assert_eq!(told(&boris), [(id, "reopened".to_owned())]);
        assert_eq!((told(&uli), unread(&uli)), (Vec::new(), 0));
        let own = number(&house, "SELECT COUNT(*) FROM notice n JOIN event e ON e.seq = n.seq WHERE e.actor_kind = 'person' AND e.actor_id = n.person_id");
        assert_eq!(own, 0);
        // The log once more from its beginning: nobody is told twice.
        let before = number(&house, "SELECT COUNT(*) FROM notice");
        db.write_wait("again", |tx| tx.exec_text("UPDATE consumer SET xid = 0, seq = 0 WHERE name = 'notify'", &[])).unwrap();
        followed(&house);
        assert_eq!(number(&house, "SELECT COUNT(*) FROM notice"), before);
    }

    fn what_may_not_be_seen_any_more_is_neither_listed_nor_counted(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let (ursula, ana, boris) = (house.as_(cast.ursula), house.as_(cast.ana), house.as_(cast.boris));
        let id = register(&ursula, "Salaries", json!({}));
        let other = register(&ursula, "Scanner", json!({}));
        for one in [id, other] {
            ana.patch(&format!("/api/v1/tickets/{one}"), json!({"team": cast.l2.raw(), "assignee": null})).expect(200);
        }
        followed(&house);
        assert_eq!((told(&boris).len(), unread(&boris)), (2, 2));
        house.as_(cast.ada).patch(&format!("/api/v1/tickets/{id}"), json!({"confidential": true})).expect(200);
        followed(&house);
        assert_eq!((told(&boris), unread(&boris)), (vec![(other, "team".to_owned())], 1));
        // What happens to it from now on is not even written.
        let before = number(&house, "SELECT COUNT(*) FROM notice WHERE person_id = 4");
        say(&ursula, id, "reply", "Still wrong");
        followed(&house);
        assert_eq!(number(&house, "SELECT COUNT(*) FROM notice WHERE person_id = 4"), before);
        assert_eq!(house.as_(cast.carla).get("/api/v1/notifications").expect(200).json()["items"], json!([]));
    }

    fn what_is_read_done_or_muted_stays_so(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let (ursula, ana) = (house.as_(cast.ursula), house.as_(cast.ana));
        let ids: Vec<i64> = ["One", "Two", "Three"].into_iter().map(|title| register(&ursula, title, json!({}))).collect();
        let answer = |id: i64| say(&ana, id, "reply", "We are at it");
        ids.iter().copied().for_each(answer);
        followed(&house);
        assert_eq!((told(&ursula).len(), unread(&ursula)), (3, 3));
        ursula.send("PUT", &format!("/api/v1/tickets/{}/seen", ids[0]), Some(json!({})), &[]).expect(204);
        assert_eq!((told(&ursula).len(), unread(&ursula)), (3, 2), "who looked at the ticket has read it");
        let mark = format!("/api/v1/tickets/{}/notifications", ids[0]);
        ursula.send("PUT", &mark, Some(json!({"state": "done"})), &[]).expect(204);
        ana.send("PUT", &mark, Some(json!({"state": "done"})), &[]).expect(204);
        assert_eq!(told(&ursula).len(), 2, "each has their own");
        let newest = inbox(&ursula)[0]["event"].as_i64().unwrap();
        answer(ids[1]);
        followed(&house);
        ursula.post("/api/v1/notifications/done", json!({"event": newest})).expect(204);
        assert_eq!(told(&ursula), [(ids[1], "message".to_owned())], "what came after the page stays");
        ursula.send("PUT", &format!("/api/v1/tickets/{}/mute", ids[2]), None, &[]).expect(204);
        answer(ids[2]);
        followed(&house);
        assert_eq!(told(&ursula), [(ids[1], "message".to_owned())]);
        ursula.delete(&format!("/api/v1/tickets/{}/mute", ids[2])).expect(204);
        answer(ids[2]);
        followed(&house);
        assert_eq!(told(&ursula)[0], (ids[2], "message".to_owned()));
        let page = ursula.get("/api/v1/notifications?limit=1").expect(200).json();
        let next = ursula.get(&format!("/api/v1/notifications?limit=1&cursor={}", page["next"].as_str().unwrap())).expect(200).json();
        assert_eq!((next["items"][0]["ticket"].as_i64(), next.get("next")), (Some(ids[1]), None));
    }

    fn the_page_and_the_bell_show_it_in_both_frames(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let (ursula, ana) = (house.visitor().signed_in("ursula@ria.example"), house.visitor().signed_in("ana@ria.example"));
        assert!(ursula.get("/inbox").expect(200).body.contains("All caught up"));
        let id = register(&house.as_(cast.ursula), "Printer", json!({}));
        say(&house.as_(cast.ana), id, "reply", "Which floor?");
        house.as_(cast.ana).patch(&format!("/api/v1/tickets/{id}"), json!({"assignee": cast.ana.raw()})).expect(200);
        say(&house.as_(cast.ursula), id, "reply", "The second");
        followed(&house);
        for (client, href) in [(&ursula, format!("/requests/{id}")), (&ana, format!("/desk/tickets/{id}"))] {
            let page = client.get("/inbox").expect(200).body;
            assert!(page.contains("New message") && page.contains(&format!("href=\"{href}\"")), "{page}");
            assert!(page.contains("id=\"view-inbox\">1</span>"), "{page}");
        }
        assert!(ursula.get(&format!("/requests/{id}")).expect(200).body.contains(&format!("hx-post=\"/inbox/{id}/read\"")));
        let send = |path: &str, form: &str| ursula.send("POST", path, Some(json!(form)), &[]);
        send(&format!("/inbox/{id}/read"), "").expect(204);
        let page = ursula.get("/inbox").expect(200).body;
        assert!(page.contains("id=\"view-inbox\"></span>") && page.contains("New message"), "{page}");
        send(&format!("/inbox/{id}/mute"), "muted=1&return=/inbox").expect(303);
        assert!(ursula.get("/inbox").expect(200).body.contains("aria-pressed=\"true\""));
        send("/inbox/done", "event=0").expect(303);
        assert!(ursula.get("/inbox").expect(200).body.contains("New message"));
        send(&format!("/inbox/{id}/done"), "").expect(303);
        assert!(ursula.get("/inbox").expect(200).body.contains("All caught up"));
        assert!(ana.get("/inbox").expect(200).body.contains("New message"), "each has their own");
        ana.send("POST", "/inbox/done", Some(json!("")), &[]).expect(303);
        assert!(ana.get("/inbox").expect(200).body.contains("All caught up"));
    }

    fn what_was_done_silently_tells_nobody(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let id = register(&house.as_(cast.ursula), "Printer", json!({}));
        followed(&house);
        let (desk, now) = (std::sync::Arc::clone(&house.desk.tickets), house.clock.now());
        let ana = cast.ana;
        db.write_wait("history", move |tx| {
            let actor = access::load_actor(tx, ana, now)?;
            let mut act = events::Act::person(ana, now, std::sync::Arc::new(kernel::SystemEntropy));
            act.silent = true;
            let frame = ticket::Frame { desk: &desk, actor: &actor, act: &act };
            let post = ticket::actions::post::Post::new(ticket::MessageKind::Reply, "Long ago");
            ticket::actions::post::post(tx, frame, kernel::TicketId::new(id), &post).map(drop)
        })
        .unwrap();
        followed(&house);
        assert_eq!(told(&house.as_(cast.ursula)), []);
    }

    fn everybody_says_for_themselves_and_administrators_for_the_rest(db: TestDb) {
        let house = House::start(&db);
        let (ursula, ada) = (house.visitor().signed_in("ursula@ria.example"), house.visitor().signed_in("ada@ria.example"));
        let api = house.as_(house.cast.ursula);
        let mine = || api.get("/api/v1/me/notifications").expect(200).json();
        assert_eq!((mine()["channels"]["assigned"].clone(), mine()["digest"].clone()), (json!(["inbox", "push", "mail"]), json!("off")));
        let page = ursula.get("/me/notifications").expect(200).body;
        assert!(page.contains("this is what administrators chose") && page.contains("data-push-key=\"B") && !page.contains("/admin/notifications"), "{page}");
        // For everybody.
        let send = |client: &Client, path: &str, form: &str| client.send("POST", path, Some(json!(form)), &[]);
        let wrong = send(&ada, "/admin/notifications", "digest=hourly&urgent=3&hosts=10.0.0.1").expect(422).body;
        assert!(wrong.contains("Write names of hosts") && wrong.contains("value=\"10.0.0.1\""), "{wrong}");
        send(&ada, "/admin/notifications", "digest=hourly&urgent=3&hosts=push.ria.example&inbox-message=1").expect(303);
        assert!(ada.get("/admin/notifications?done=saved").expect(200).body.contains("push.ria.example"));
        assert_eq!((mine()["digest"].clone(), mine()["channels"]["message"].clone()), (json!("hourly"), json!(["inbox"])));
        // For oneself.
        let wrong = send(&ursula, "/me/notifications", "quiet_from=22:00&quiet_to=&digest=daily&urgent=4").expect(422).body;
        assert!(wrong.contains("Write both times") && wrong.contains("value=\"22:00\""), "{wrong}");
        send(&ursula, "/me/notifications", "quiet_from=22:00&quiet_to=07:00&digest=daily&urgent=5&inbox-solved=1&push-solved=1").expect(303);
        let own = mine();
        assert_eq!((own["quiet"].clone(), own["urgent"].clone()), (json!({"from": "22:00", "to": "07:00"}), json!("never")));
        assert_eq!((own["channels"]["solved"].clone(), own["channels"]["message"].clone()), (json!(["inbox", "push"]), json!([])));
        api.send("PUT", "/api/v1/me/notifications", Some(own.clone()), &[]).expect(200);
        assert_eq!(mine(), own, "what is read can be written");
        for foul in [json!({"channels": {"x": []}}), json!({"urgent": "x"}), json!({"digest": "x"}), json!({"quiet": {"from": "25:00", "to": "07:00"}})] {
            let mut body = own.clone();
            body.as_object_mut().unwrap().extend(foul.as_object().unwrap().clone());
            api.send("PUT", "/api/v1/me/notifications", Some(body), &[]).expect(422);
        }
        send(&ursula, "/me/notifications", "reset=1").expect(303);
        assert_eq!(mine()["digest"], "hourly");
        let all = ada.get("/api/v1/notification-defaults").expect(200).json();
        api.send("PUT", "/api/v1/notification-defaults", Some(all.clone()), &[]).expect(403);
        house.as_(house.cast.ada).send("PUT", "/api/v1/notification-defaults", Some(all), &[]).expect(204);
    }

    fn browsers_are_ones_own_and_only_at_push_services(db: TestDb) {
        let house = House::start(&db);
        let (ursula, uli) = (house.as_(house.cast.ursula), house.as_(house.cast.uli));
        let key = ursula.get("/api/v1/me/push/key").expect(200).text("/key");
        assert_eq!((key.len(), uli.get("/api/v1/me/push/key").expect(200).text("/key")), (87, key.clone()), "one key of the desk");
        let at = |endpoint: &str| json!({"endpoint": endpoint, "public": key, "auth": "AAAAAAAAAAAAAAAAAAAAAA", "device": "Firefox"});
        let fine = "https://updates.push.services.mozilla.com/wpush/v2/x";
        for foul in ["http://127.0.0.1:9/x", "https://169.254.169.254/x", "https://evil.example/x", "https://localhost/x"] {
            ursula.post("/api/v1/me/push", at(foul)).expect(422);
        }
        ursula.post("/api/v1/me/push", json!({"endpoint": fine, "public": "AA", "auth": "AA"})).expect(422);
        let id = ursula.post("/api/v1/me/push", at(fine)).expect(201).number("/id");
        uli.delete(&format!("/api/v1/me/push/{id}")).expect(404);
        assert_eq!((ursula.get("/api/v1/me/push").expect(200).number("/items/0/id"), uli.get("/api/v1/me/push").json()["items"].clone()), (id, json!([])));
        // The same browser of somebody else: the one before is told no longer.
        let other = uli.post("/api/v1/me/push", at(fine)).expect(201).number("/id");
        assert_eq!(ursula.get("/api/v1/me/push").json()["items"], json!([]));
        uli.delete(&format!("/api/v1/me/push/{other}")).expect(204);
        let worker = house.visitor().get("/sw.js").expect(200);
        assert!(worker.header("content-type").is_some_and(|kind| kind.starts_with("text/javascript")) && worker.body.contains("showNotification"));
    }

    fn what_was_told_goes_with_its_person_and_is_given_to_them(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let (ursula, ada) = (house.as_(cast.ursula), house.as_(cast.ada));
        let id = register(&ursula, "Printer", json!({}));
        say(&house.as_(cast.ana), id, "reply", "Which floor?");
        followed(&house);
        ursula.send("PUT", &format!("/api/v1/tickets/{id}/mute"), None, &[]).expect(204);
        let own = ursula.get("/api/v1/me/notifications").expect(200).json();
        ursula.send("PUT", "/api/v1/me/notifications", Some(own), &[]).expect(200);
        let key = ursula.get("/api/v1/me/push/key").expect(200).text("/key");
        let browser = json!({"endpoint": "https://fcm.googleapis.com/x", "public": key, "auth": "AAAAAAAAAAAAAAAAAAAAAA", "device": "Nightjar"});
        ursula.post("/api/v1/me/push", browser).expect(201);
        let rows = "SELECT (SELECT COUNT(*) FROM notice WHERE person_id = 1) + (SELECT COUNT(*) FROM notice_mute WHERE person_id = 1) \
                    + (SELECT COUNT(*) FROM notify_preference WHERE person_id = 1) + (SELECT COUNT(*) FROM push_subscription WHERE person_id = 1)";
        assert_eq!(number(&house, rows), 4);
        let files = crate::takeout::file_of(&ursula, cast.ursula, false);
        for word in ["\"notifications\"", "\"muted\"", "Nightjar", "fcm.googleapis.com", "notification_preferences"] {
            assert!(crate::takeout::holds(&files, word), "{word}");
        }
        ada.post(&format!("/api/v1/persons/{}/erasure", cast.ursula), json!({"reason": "Asked for it"})).expect(202);
        assert_eq!(number(&house, rows), 0);
    }

    fn a_mention_brings_and_tells_who_may_be_brought(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let (ursula, ana, boris) = (house.as_(cast.ursula), house.as_(cast.ana), house.as_(cast.boris));
        let id = register(&ursula, "Printer", json!({}));
        let brought = |client: &Client| {
            let start = Instant::now();
            while told(client).is_empty() && start.elapsed().as_secs() < 60 {
                std::thread::sleep(Duration::from_millis(20));
            }
            told(client)
        };
        boris.get(&format!("/api/v1/tickets/{id}")).expect(404);
        say(&ana, id, "note", "@boris, is it the fuser? Mail me at ana@ria.example");
        assert_eq!(brought(&boris), [(id, "mentioned".to_owned())]);
        boris.get(&format!("/api/v1/tickets/{id}")).expect(200);
        say(&ana, id, "note", "@BORIS once more");
        followed(&house);
        assert_eq!((told(&boris), inbox(&boris)[0]["count"].clone()), (vec![(id, "mentioned".to_owned())], json!(2)));
        // A team, by its key; who asks mentions nobody.
        let other = register(&ursula, "Scanner, @boris", json!({}));
        say(&ursula, other, "reply", "@boris please");
        say(&ana, other, "note", "One for @workplace.");
        let start = Instant::now();
        while told(&boris).len() < 2 && start.elapsed().as_secs() < 60 {
            std::thread::sleep(Duration::from_millis(20));
        }
        assert_eq!((told(&boris)[0].clone(), inbox(&boris)[0]["count"].clone()), ((other, "mentioned".to_owned()), json!(1)));
        // What is confidential opens to nobody because of a word.
        let sealed = register(&ursula, "Salaries", json!({"confidential": true}));
        say(&ursula, sealed, "reply", "@boris");
        followed(&house);
        boris.get(&format!("/api/v1/tickets/{sealed}")).expect(404);
        assert_eq!(told(&boris).len(), 2);
    }
}
