//! Taking something away for good, over API and page: it is found by nobody any more.

use end_to_end::House;
use serde_json::{Value, json};

testkit::both! {
    template: end_to_end::template();

    fn what_was_removed_is_found_and_read_by_nobody(db: TestDb) {
        let house = House::start(&db);
        let (ursula, mara, ana) = (house.as_(house.cast.ursula), house.as_(house.cast.mara), house.as_(house.cast.ana));
        let id = ursula.post("/api/v1/tickets", json!({"kind": "incident", "title": "Printer", "description": "My key is zanzibar77"})).expect(201).number("/id");
        let path = format!("/api/v1/tickets/{id}");
        let said = ana.post(&format!("{path}/messages"), json!({"kind": "reply", "body": "> My key is zanzibar77\n\nThank you"})).expect(201).number("/id");
        house.indexed();
        let found = |q: &str| mara.get(&format!("/api/v1/search?q={q}")).expect(200).json()["items"].as_array().unwrap().len();
        assert_eq!(found("zanzibar77"), 1);
        let first = ana.get(&format!("{path}/messages")).expect(200).number("/items/0/id");
        let wanted = json!({"what": "message", "message": first, "text": "zanzibar77", "everywhere": true, "reason": "A key"});
        for (body, code) in [
            (json!({"what": "message", "reason": "A key"}), "required"),
            (json!({"what": "nothing", "reason": "A key"}), "choice"),
            (json!({"what": "title", "from": 1, "reason": "A key"}), "redact-range"),
            (json!({"what": "title", "text": "Pr", "reason": "A key"}), "redact-short"),
            (json!({"what": "title", "text": "Plotter", "reason": "A key"}), "redact-not-found"),
            (json!({"what": "title", "text": "Printer", "reason": ""}), "reason-missing"),
        ] {
            let answer = mara.post(&format!("{path}/redactions"), body).expect(422);
            assert!(answer.body.contains(&format!("\"code\":\"{code}\"")), "{code}: {}", answer.body);
        }
        ana.post(&format!("{path}/redactions"), wanted.clone()).expect(403);
        mara.post(&format!("{path}/redactions"), wanted).expect(200);
        house.indexed();
        assert_eq!(found("zanzibar77"), 0);
        assert_eq!(found("thank"), 1);
        let messages = ursula.get(&format!("{path}/messages")).expect(200);
        assert!(!messages.body.contains("zanzibar77"));
        for at in [0, 1] {
            assert!(messages.text(&format!("/items/{at}/body")).contains("█████"));
            assert_eq!(messages.text(&format!("/items/{at}/redactions/0/reason")), "A key");
        }
        assert_eq!(messages.number("/items/1/id"), said);
        let timeline = ursula.get(&format!("{path}/timeline")).expect(200).json();
        let kinds: Vec<&Value> = timeline["items"].as_array().unwrap().iter().map(|event| &event["kind"]).collect();
        assert!(kinds.contains(&&json!("ticket.redacted")), "{kinds:?}");
    }

    fn it_is_done_on_its_page(db: TestDb) {
        let house = House::start(&db);
        let ursula = house.as_(house.cast.ursula);
        let id = ursula.post("/api/v1/tickets", json!({"kind": "incident", "title": "Printer", "description": "Room 7, key zanzibar77"})).expect(201).number("/id");
        let message = ursula.get(&format!("/api/v1/tickets/{id}/messages")).expect(200).number("/items/0/id");
        let (mara, ana) = (house.visitor().signed_in("mara@ria.example"), house.visitor().signed_in("ana@ria.example"));
        let page = format!("/desk/tickets/{id}/redact");
        assert!(mara.get(&format!("/desk/tickets/{id}")).expect(200).body.contains("/redact?what=message-"));
        assert!(!ana.get(&format!("/desk/tickets/{id}")).expect(200).body.contains("/redact"));
        ana.get(&page).expect(403);
        let form = mara.get(&format!("{page}?what=message-{message}")).expect(200);
        assert!(form.body.contains("\nRoom 7, key zanzibar77</textarea>"), "{}", form.body);
        let refused = mara.post(&page, json!(format!("what=message-{message}&text=zanzibar77&reason=")));
        assert!(refused.expect(422).body.contains("zanzibar77"), "what was typed is kept");
        mara.post(&page, json!(format!("what=message-{message}&from=12&to=22&text=zanzibar77&reason=A+key"))).expect(303);
        let shown = mara.get(&format!("/desk/tickets/{id}")).expect(200).body;
        assert!(!shown.contains("zanzibar77") && shown.contains("class=\"redacted\""), "{shown}");
        let theirs = house.visitor().signed_in("ursula@ria.example").get(&format!("/requests/{id}")).expect(200).body;
        assert!(theirs.contains("A key") && !theirs.contains("zanzibar77"));
    }
}
