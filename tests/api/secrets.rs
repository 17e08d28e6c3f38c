//! Secrets in what somebody writes, over API and page: found by no search, in no list, told to who wrote it.

use end_to_end::House;
use serde_json::json;

const CARD: &str = "4111 1111 1111 1111";

testkit::both! {
    template: end_to_end::template();

    fn a_card_number_is_masked_and_read_with_a_reason(db: TestDb) {
        let house = House::start(&db);
        let (ursula, mara, ana) = (house.as_(house.cast.ursula), house.as_(house.cast.mara), house.as_(house.cast.ana));
        let new = json!({"kind": "incident", "title": "Payment", "description": format!("My card is {CARD}")});
        let id = ursula.post("/api/v1/tickets", new).expect(201).number("/id");
        let path = format!("/api/v1/tickets/{id}");
        let said = ursula.post(&format!("{path}/messages"), json!({"kind": "reply", "body": "5555-5555-5555-4444 password: hunter2"})).expect(201);
        assert_eq!(said.json()["secrets"], json!([
            {"kind": "card", "shown": "••••4444", "masked": true}, {"kind": "password", "shown": "••••••••", "masked": false},
        ]));
        let messages = ana.get(&format!("{path}/messages")).expect(200);
        assert!(messages.body.contains("My card is ••••1111") && messages.body.contains("hunter2"));
        for address in ["/messages", "/timeline", "/secrets", ""] {
            let answer = mara.get(&format!("{path}{address}")).expect(200);
            assert!(!answer.body.contains(CARD) && !answer.body.contains("5555-5555"), "{address}");
        }
        assert_eq!(ursula.get(&format!("{path}/secrets")).expect(200).json()["items"].as_array().unwrap().len(), 3);
        house.indexed();
        let found = mara.get("/api/v1/search?q=4111111111111111").expect(200).json();
        assert_eq!(found["items"].as_array().unwrap().len(), 0);

        let reveal = format!("{path}/secrets/1/reveal");
        ana.post(&reveal, json!({"reason": "It must be paid"})).expect(403);
        mara.post(&reveal, json!({"reason": ""})).expect(422);
        mara.post(&format!("{path}/secrets/9/reveal"), json!({"reason": "It must be paid"})).expect(404);
        let shown = mara.post(&reveal, json!({"reason": "It must be paid"})).expect(200);
        assert_eq!((shown.text("/value").as_str(), shown.number("/seconds")), (CARD, 60));
        assert_eq!(shown.header("cache-control"), Some("no-store"));
        let told = ana.get(&format!("{path}/timeline")).expect(200).body;
        assert!(told.contains("ticket.revealed") && told.contains("It must be paid") && !told.contains(CARD));
        assert!(!ursula.get(&format!("{path}/timeline")).expect(200).body.contains("ticket.revealed"));
        for table in ["event", "idempotency", "message_body", "text_body", "ticket", "ticket_secret"] {
            let rows = house.db.read_wait("rows", move |rd| {
                let text = match rd.dialect() {
                    db::Dialect::Postgres => format!("SELECT count(*) FROM {table} r WHERE r::text LIKE '%4111 1111%'"),
                    db::Dialect::Sqlite => return Ok(None),
                };
                rd.all_text::<i64>(&text, &[]).map(|rows| rows.first().copied())
            });
            assert!(rows.unwrap_or(None).unwrap_or(0) == 0, "{table}");
        }
    }

    fn its_author_is_told_and_may_insist(db: TestDb) {
        let house = House::start(&db);
        let ursula = house.visitor().signed_in("ursula@ria.example");
        let id = house.as_(house.cast.ursula).post("/api/v1/tickets", json!({"kind": "incident", "title": "Payment"})).expect(201).number("/id");
        let draft = ursula.send("PUT", &format!("/api/v1/drafts/request-{id}"), Some(json!({"body": CARD})), &[]).expect(200);
        assert_eq!(draft.json()["secrets"], json!([{"kind": "card", "shown": "••••1111", "masked": true}]));
        let page = format!("/requests/{id}");
        let unmasked = json!({"kind": "reply", "body": CARD, "unmasked": true});
        house.as_(house.cast.ursula).post(&format!("/api/v1/tickets/{id}/messages"), unmasked).expect(201);
        let shown = ursula.get(&page).expect(200).body;
        assert!(shown.contains(CARD) && shown.contains("this text seems to hold one"));
        let masked = json!({"kind": "reply", "body": CARD});
        house.as_(house.cast.ursula).post(&format!("/api/v1/tickets/{id}/messages"), masked).expect(201);
        assert!(ursula.get(&page).expect(200).body.contains("Card number masked: ••••1111"));
    }

    fn it_is_read_on_its_page_and_the_policy_is_set_on_another(db: TestDb) {
        let house = House::start(&db);
        let new = json!({"kind": "incident", "title": format!("Card {CARD}"), "description": CARD});
        let id = house.as_(house.cast.ursula).post("/api/v1/tickets", new).expect(201).number("/id");
        let (mara, ana) = (house.visitor().signed_in("mara@ria.example"), house.visitor().signed_in("ana@ria.example"));
        let page = format!("/desk/tickets/{id}/secret?place=1");
        let sent = format!("/desk/tickets/{id}/secret");
        let ticket = mara.get(&format!("/desk/tickets/{id}")).expect(200).body;
        assert!(ticket.contains(&page) && ticket.contains(&format!("/desk/tickets/{id}/secret?place=2")) && !ticket.contains(CARD));
        assert!(!ana.get(&format!("/desk/tickets/{id}")).expect(200).body.contains(&page));
        assert!(!mara.get(&page).expect(200).body.contains(CARD));
        mara.post(&sent, json!("place=1&reason=")).expect(422);
        let shown = mara.post(&sent, json!("place=1&reason=It+must+be+paid")).expect(200);
        assert!(shown.body.contains(CARD));
        assert_eq!((shown.header("cache-control"), shown.header("refresh")), (Some("no-store"), Some(format!("60; url=/desk/tickets/{id}").as_str())));

        let ada = house.as_(house.cast.ada);
        let policy = ada.get("/api/v1/secret-policy").expect(200);
        assert_eq!((policy.number("/version"), policy.text("/policy/card")), (0, "mask".to_owned()));
        let wish = |card: &str| json!({"card": card, "key": "mask", "token": "mask", "password": "off"});
        house.as_(house.cast.ana).send("PUT", "/api/v1/secret-policy", Some(wish("off")), &[]).expect(403);
        ada.send("PUT", "/api/v1/secret-policy", Some(wish("hide")), &[]).expect(422);
        assert_eq!(ada.send("PUT", "/api/v1/secret-policy", Some(wish("off")), &[("if-match", "\"0\"")]).expect(200).number("/version"), 1);
        let stale = ada.send("PUT", "/api/v1/secret-policy", Some(wish("warn")), &[("if-match", "\"0\"")]);
        assert!(matches!(stale.status, 409 | 412), "{stale:?}");
        let open = house.as_(house.cast.ursula).post(&format!("/api/v1/tickets/{id}/messages"), json!({"kind": "reply", "body": CARD})).expect(201);
        assert!(open.json().get("secrets").is_none());
    }
}
