//! Asking for something.

use kernel::Lang;
use testkit::TestDb;
use ticket::Channel;

use crate::rig::{Field, File, World, number_in, template};

testkit::both! {
    template: template();

    async fn a_request_is_sent_with_a_file_and_counts_once(db: TestDb) {
        let w = World::new(db).await;
        let form = w.page(w.ursula, "/new?text=VPN+drops+every+ten+minutes").await;
        form.has("VPN drops every ten minutes</textarea>");
        form.has("value=\"incident\" checked");
        let key = form.hidden("client_id");
        let service = w.vpn.to_string();
        let parts = [
            Field("client_id", &key), Field("what", "VPN drops every ten minutes\n\nSince **Monday**"), Field("kind", "incident"),
            Field("service", &service), File("C:\\shots\\log.txt", b"tunnel down"), File("", b""),
        ];
        let sent = w.send(w.ursula, "/new", &parts).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        let id = number_in(sent.location());
        assert_eq!(sent.location(), format!("/requests/{id}?new=1"));
        let again = w.send(w.ursula, "/new", &parts).await;
        assert_eq!(again.location(), sent.location(), "a second press finds the first result");

        let ticket = w.ticket(id).await;
        assert_eq!((ticket.title.as_str(), ticket.channel, ticket.requester), ("VPN drops every ten minutes", Channel::Portal, Some(w.ursula)));
        assert_eq!((ticket.service, ticket.team), (Some(w.vpn), Some(w.l1)));

        let page = w.page(w.ursula, sent.location()).await;
        page.has("We have your request");
        w.page(w.ursula, "/").await.has(&format!("/new?service={}", w.vpn));
        page.has("It is with First line now.");
        page.has("<strong>Monday</strong>");
        page.has("log.txt");
        page.has("Remote access");
        w.page(w.ursula, &format!("/requests/{id}")).await.lacks("We have your request");
    }

    async fn a_colleague_is_found_by_name_and_of_several_one_is_chosen(db: TestDb) {
        let w = World::new(db).await;
        let key = w.page(w.ursula, "/new").await.hidden("client_id");
        let with = [("client_id", key.as_str()), ("what", "A badge"), ("kind", "request"), ("person", "Marta")];
        let unclear = w.post(w.ursula, "/new", &with).await;
        assert_eq!(unclear.status, 422);
        unclear.has("Several people match Marta");
        unclear.has("Marta Sanz (p1@ria.example, Ría Industries)");
        unclear.has("A badge</textarea>");
        unclear.has("value=\"request\" checked");
        let chosen = w.marta.to_string();
        let sent = w.post(w.ursula, "/new", &[with[0], with[1], with[2], with[3], ("beneficiary", &chosen)]).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        assert_eq!(w.ticket(number_in(sent.location())).await.beneficiary, Some(w.marta));
        w.page(w.marta, sent.location()).await.has("Asked by");

        for (typed, status) in [("p2@ria.example", 303), ("sanz", 303), ("Nobody", 422), ("Carla", 422)] {
            let key = w.page(w.ursula, "/new").await.hidden("client_id");
            let sent = w.post(w.ursula, "/new", &[("client_id", &key), with[1], with[2], ("person", typed)]).await;
            assert_eq!(sent.status, status, "{typed}: people of others are not found");
        }
    }

    async fn a_confidential_request_is_for_those_who_keep_such(db: TestDb) {
        let w = World::new(db).await;
        let form = w.page(w.ursula, "/new").await;
        form.has("name=\"confidential\"");
        let key = form.hidden("client_id");
        let sent = w.post(w.ursula, "/new", &[("client_id", &key), ("what", "My manager reads my mail"), ("kind", "incident"), ("confidential", "1")]).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        assert!(w.ticket(number_in(sent.location())).await.confidential);
        w.page(w.ursula, sent.location()).await.has("Confidential");
        w.page(w.ursula, "/requests").await.has("My manager reads my mail");
        assert_eq!(w.get(w.marta, sent.location()).await.status, 404);
        let key = w.page(w.ursula, "/new").await.hidden("client_id");
        let unclear = w.post(w.ursula, "/new", &[("client_id", &key), ("what", "Rude"), ("kind", "complaint"), ("about", "Marta")]).await;
        assert_eq!(unclear.status, 422);
        unclear.has("name=\"about_id\"");
        let (key, chosen) = (unclear.hidden("client_id"), w.marta.to_string());
        let sent = w.post(w.ursula, "/new", &[("client_id", &key), ("what", "Rude"), ("kind", "complaint"), ("about_id", &chosen)]).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        assert!(w.ticket(number_in(sent.location())).await.confidential, "as every complaint");
        assert_eq!(w.get(w.marta, sent.location()).await.status, 404);
    }
}

#[tokio::test]
async fn a_refused_form_keeps_everything_that_was_typed_and_sent() {
    let w = World::new(TestDb::new(testkit::Dialect::Sqlite, &template())).await;
    let key = w.page(w.ursula, "/new").await.hidden("client_id");
    let service = w.vpn.to_string();
    let parts = [
        Field("client_id", &key),
        Field("what", "  "),
        Field("kind", ""),
        Field("service", &service),
        File("plan.png", b"x"),
        Field("person", "Marta Sanz"),
    ];
    let refused = w.send(w.ursula, "/new", &parts).await;
    assert_eq!(refused.status, 422);
    refused.has("Write what happened or what you need");
    refused.has("Choose what it is about");
    refused.has("href=\"#what\"");
    refused.has(&format!("value=\"{service}\" selected"));
    refused.has("value=\"Marta Sanz\"");
    refused.has("plan.png");
    assert_eq!(refused.hidden("client_id"), key);
    let kept = refused.hidden("uploads");
    let sent =
        w.post(w.ursula, "/new", &[("client_id", &key), ("what", "Plan of the room"), ("kind", "request"), ("uploads", &kept)]).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    w.page(w.ursula, sent.location()).await.has("plan.png");

    let stolen = w.post(w.marta, "/new", &[("client_id", "m"), ("what", "x"), ("kind", "request"), ("uploads", &kept)]).await;
    assert_eq!(stolen.status, 422, "an upload of somebody else is no file of mine");
}

#[tokio::test]
async fn a_page_that_was_changed_after_it_was_sent_asks_before_it_counts_twice() {
    let w = World::new(TestDb::new(testkit::Dialect::Sqlite, &template())).await;
    let key = w.page(w.ursula, "/new").await.hidden("client_id");
    let send = async |what: &str, key: &str| w.post(w.ursula, "/new", &[("client_id", key), ("what", what), ("kind", "question")]).await;
    assert_eq!(send("How do I print?", &key).await.status, 303);
    let changed = send("How do I print on both sides?", &key).await;
    assert_eq!(changed.status, 422);
    changed.has("You sent this page before");
    assert_ne!(changed.hidden("client_id"), key);
    assert_eq!(send("How do I print on both sides?", &changed.hidden("client_id")).await.status, 303);
}

#[tokio::test]
async fn too_much_is_refused_in_words() {
    let w = World::new(TestDb::new(testkit::Dialect::Sqlite, &template())).await;
    let large = vec![7_u8; 25_000_001];
    let refused = w
        .send(w.ursula, "/new", &[Field("client_id", "k"), Field("what", "A film"), Field("kind", "request"), File("film.mp4", &large)])
        .await;
    assert_eq!(refused.status, 422);
    refused.has("film.mp4 is larger than 25 MB");
    refused.has("A film</textarea>");
    let long = "x".repeat(200_001);
    let refused = w.send(w.ursula, "/new", &[Field("client_id", "k"), Field("what", &long), Field("kind", "request")]).await;
    assert_eq!(refused.status, 422);
    refused.has("At most");
}

#[tokio::test]
async fn every_page_speaks_three_languages() {
    let w = World::new(TestDb::new(testkit::Dialect::Sqlite, &template())).await;
    let id = w.requested(w.ursula, "incident", "VPN").await;
    for (lang, words) in [(Lang::En, "Received"), (Lang::Es, "Recibida"), (Lang::Ru, "Получено")] {
        for path in ["/", "/new", "/requests", &format!("/requests/{id}")] {
            let page = w.page_in(w.ursula, lang, path).await;
            assert_eq!(page.status, 200);
            page.has(&format!("<html lang=\"{lang}\""));
            page.has(if path == "/new" { "<form" } else { words });
        }
    }
}
