//! Who sees what: nothing of the desk's own business, nothing of others.

use kernel::PersonId;
use testkit::TestDb;
use ticket::actions::change::{Base, Patch, change};
use ticket::actions::involve::{Who, involve};
use ticket::actions::post::{Post, post};
use ticket::actions::{describe_file, tag};
use ticket::{Involvement, MessageKind};

use crate::rig::{Field, File, NOW, World, template};

/// Words that must never leave the desk.
const CANARIES: [&str; 6] = ["canary-note", "canary-tag", "canary-file", "canary-call", "Extensive", "Critical"];

/// Every page of the portal about a request.
async fn pages(w: &World, who: PersonId, id: kernel::TicketId) -> Vec<(String, String)> {
    let paths = [
        "/?portal=1".to_owned(),
        "/new".to_owned(),
        format!("/new?follow={id}&text=x"),
        "/requests".to_owned(),
        "/requests?tab=needs".to_owned(),
        "/requests?tab=closed".to_owned(),
        "/requests?tab=team".to_owned(),
        "/requests?q=canary".to_owned(),
        "/requests?q=tag%3Acanary-tag".to_owned(),
        format!("/requests/{id}"),
        format!("/requests/{id}?new=1"),
    ];
    let mut found = Vec::new();
    for path in paths {
        let answer = w.get(who, &path).await;
        assert_eq!(answer.status, 200, "{path}");
        // The search itself is repeated in its field.
        let body = if path.contains("q=") { answer.body.replace("canary-tag", "") } else { answer.body };
        found.push((path, body));
    }
    let refused = w.post(who, &format!("/requests/{id}/reply"), &[("body", ""), ("then", "send")]).await;
    assert_eq!(refused.status, 422);
    found.push(("a refused reply".to_owned(), refused.body));
    found
}

testkit::both! {
    template: template();

    async fn the_desks_own_business_stands_on_no_page(db: TestDb) {
        let w = World::new(db).await;
        let id = w.requested(w.ursula, "incident", "VPN drops").await;
        let (ana, vpn) = (w.ana, w.vpn);
        w.act(w.ana, move |tx, frame| {
            post(tx, frame, id, &Post::new(MessageKind::Note, "canary-note: the user is difficult"))?;
            post(tx, frame, id, &Post { public: false, ..Post::new(MessageKind::Call, "canary-call") })?;
            tag::tag(tx, frame, id, "canary-tag")?;
            involve(tx, frame, id, Who::Person(ana), Involvement::Coworker)?;
            let patch = Patch { impact: Some(4), urgency: Some(4), service: Some(Some(vpn)), assignee: Some(Some(ana)), ..Patch::default() };
            change(tx, frame, id, Base::Latest, &patch)?;
            Ok(())
        }).await;
        let key = w.key_of(w.ana, id).await;
        let sent = w.send(w.ana, &format!("/requests/{id}/reply"), &[Field("client_id", &key), Field("body", "A plan"), Field("then", "send"), File("canary-file.txt", b"x")]).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        w.act(w.ana, move |tx, frame| {
            let file = ticket::store::attachment::of_ticket(tx, id, true)?.remove(0);
            describe_file::describe(tx, frame, file.id, false, "")
        }).await;
        for who in [w.ursula, w.olga, w.ana] {
            let mut seen = 0;
            for (path, body) in pages(&w, who, id).await {
                for canary in CANARIES {
                    assert!(!body.contains(canary), "{canary} on {path} for {who}");
                }
                seen += usize::from(body.contains("VPN drops"));
            }
            assert!(seen >= 3, "the pages do show the request to {who}");
        }
        // What is known inside is there: the scan above could have found it.
        let inside = w.db.read("notes", move |rd| ticket::store::message::of_ticket(rd, id, true, 50)).await.unwrap();
        assert!(inside.iter().any(|m| m.body.as_deref().is_some_and(|b| b.contains("canary-note"))));
        let found = w.page(w.ursula, "/requests?q=tag%3Acanary-tag").await;
        found.has("No requests match");
    }

    async fn what_is_not_ones_own_looks_like_nothing(db: TestDb) {
        let w = World::new(db).await;
        let id = w.requested(w.ursula, "incident", "VPN drops").await;
        for who in [w.marta, w.carla] {
            let theirs = w.get(who, &format!("/requests/{id}")).await;
            let nothing = w.get(who, "/requests/987654").await;
            assert_eq!((theirs.status, nothing.status), (404, 404));
            assert_eq!(theirs.body, nothing.body, "the same bytes");
            assert_eq!(w.get(who, &format!("/new?follow={id}")).await.status, 404);
            let follow = id.to_string();
            assert_eq!(w.post(who, "/new", &[("client_id", "f"), ("what", "x"), ("kind", "request"), ("follow", &follow)]).await.status, 404);
            let posts: [(String, &[(&str, &str)]); 4] = [
                (format!("/requests/{id}/reply"), &[("client_id", "k"), ("body", "x"), ("then", "send")]),
                (format!("/requests/{id}/cancel"), &[]),
                (format!("/requests/{id}/people"), &[("person", "Marta Sanz")]),
                (format!("/requests/{id}/people/{}/remove", w.ursula), &[]),
            ];
            for (path, fields) in posts {
                assert_eq!(w.post(who, &path, fields).await.status, 404, "{path}");
            }
            w.page(who, "/requests?q=VPN").await.lacks("VPN drops");
        }
    }

    async fn who_hides_the_people_of_the_desk_hides_them_everywhere(db: TestDb) {
        let w = World::new(db).await;
        let id = w.requested(w.carla, "incident", "Orders are stuck").await;
        let ana = w.ana;
        w.act(w.ana, move |tx, frame| {
            change(tx, frame, id, Base::Latest, &Patch { assignee: Some(Some(ana)), ..Patch::default() })?;
            post(tx, frame, id, &Post::new(MessageKind::Reply, "We look at it"))
        }).await;
        for path in ["/".to_owned(), "/requests".to_owned(), format!("/requests/{id}")] {
            let page = w.page(w.carla, &path).await;
            page.lacks("Ana Núñez");
            page.has("We look at it");
        }
        w.page(w.carla, &format!("/requests/{id}")).await.has("With Ribera line");
    }

    async fn who_may_not_know_the_state_has_their_requests_all_the_same(db: TestDb) {
        let w = World::new(db).await;
        w.requested(w.carla, "incident", "Orders are stuck").await;
        let carla = w.carla;
        w.db.write("role", move |tx| {
            let system = access::Actor::system();
            let ribera = party::store::person::get(tx, carla)?.tenant;
            let mut role = access::store::role::get(tx, ribera, "customer")?.role;
            role.hide(access::Object::Ticket, "state");
            let edit = access::store::role::Edit { key: "blind", expected: 0, role: &role, active: true };
            access::store::role::put(tx, &system, ribera, edit, NOW)?;
            tx.exec_text("DELETE FROM role_grant WHERE person_id = $1", &db::params![carla])?;
            access::store::grant::put(tx, &system, carla, "blind", ribera, NOW)
        }).await.unwrap();
        for path in ["/", "/requests", "/requests?tab=needs", "/requests?tab=closed"] {
            w.page(w.carla, path).await.has("Orders are stuck");
        }
    }

    async fn what_a_role_hides_stands_on_no_page_and_finds_nobody(db: TestDb) {
        let w = World::new(db).await;
        let id = w.requested(w.ursula, "incident", "Orders are stuck").await;
        let (ursula, path) = (w.ursula, format!("/requests/{id}"));
        w.page(ursula, &path).await.has("With First line");
        w.db.write("role", move |tx| {
            let system = access::Actor::system();
            let ria = party::store::person::get(tx, ursula)?.tenant;
            let mut role = access::store::role::get(tx, ria, "user")?.role;
            for (object, field) in [(access::Object::Ticket, "team"), (access::Object::Person, "addresses"), (access::Object::Person, "memberships")] {
                role.hide(object, field);
            }
            let edit = access::store::role::Edit { key: "narrow", expected: 0, role: &role, active: true };
            access::store::role::put(tx, &system, ria, edit, NOW)?;
            access::store::grant::put(tx, &system, ursula, "narrow", ria, NOW)
        }).await.unwrap();
        w.page(ursula, &path).await.lacks("First line");
        w.page(ursula, &format!("{path}?new=1")).await.lacks("First line");
        let by_address = w.post(ursula, &format!("{path}/people"), &[("person", "p1@ria.example")]).await;
        assert_eq!(by_address.status, 422);
        by_address.has("We found nobody named");
        let several = w.post(ursula, &format!("{path}/people"), &[("person", "Marta")]).await;
        several.has("Marta Ríos");
        several.lacks("@ria.example");
        several.lacks("Ría Industries");
    }

    async fn a_super_user_has_the_buttons_of_the_requester(db: TestDb) {
        let w = World::new(db).await;
        let id = w.requested(w.ursula, "incident", "Orders are stuck").await;
        let marta = w.marta;
        let path = format!("/requests/{id}");
        assert_eq!(w.get(marta, &path).await.status, 404);
        w.db.write("role", move |tx| {
            let ria = party::store::person::get(tx, marta)?.tenant;
            access::store::grant::put(tx, &access::Actor::system(), marta, "super_user", ria, NOW)
        }).await.unwrap();
        w.page(marta, &path).await.has("/cancel");
        let cancelled = w.post(marta, &format!("{path}/cancel"), &[]).await;
        assert_eq!(cancelled.status, 303);
        w.page(w.ursula, &path).await.has("Cancelled");
    }
}

#[tokio::test]
async fn staff_go_to_the_desk_and_strangers_to_the_door() {
    let w = World::new(TestDb::new(testkit::Dialect::Sqlite, &template())).await;
    assert_eq!(w.get(w.ana, "/").await.location(), "/desk");
    w.page(w.ana, "/?portal=1").await.has("href=\"/desk\"");
    w.page(w.ursula, "/").await.lacks("href=\"/desk\"");
    assert_eq!(w.get(None, "/").await.location(), "/login");
    for path in ["/new", "/requests", "/requests/1"] {
        assert_eq!(w.get(None, path).await.status, 401, "{path}");
    }
}
