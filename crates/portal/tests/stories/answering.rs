//! What becomes of a request: questions, answers, "it is fixed", "still broken".

use kernel::{TicketId, Time};
use ticket::actions::change::{Base, Patch, change};
use ticket::actions::post::{Post, post};
use ticket::{Category, MessageKind};

use crate::rig::{Field, File, World, number_in, template};

async fn patched(w: &World, id: TicketId, patch: Patch) {
    w.act(w.ana, move |tx, frame| change(tx, frame, id, Base::Latest, &patch)).await;
}

/// Ana takes it and asks.
async fn asked(w: &World, id: TicketId) {
    patched(w, id, Patch { assignee: Some(Some(w.ana)), ..Patch::default() }).await;
    w.act(w.ana, move |tx, frame| {
        let with = Patch { state: Some("waiting".into()), ..Patch::default() };
        post(tx, frame, id, &Post { with, ..Post::new(MessageKind::Reply, "Which **floor** are you on?") })
    })
    .await;
}

async fn solved(w: &World, id: TicketId) {
    let patch = Patch {
        state: Some("solved".into()),
        resolution_code: Some(Some("fixed".into())),
        resolution_report: Some("Changed the *cable*".into()),
        assignee: Some(Some(w.ana)),
        ..Patch::default()
    };
    patched(w, id, patch).await;
}

testkit::both! {
    template: template();

    async fn a_merged_request_is_answered_where_it_stands_and_read_where_it_goes_on(db: TestDb) {
        let w = World::new(db).await;
        let (part, whole) = (w.requested(w.ursula, "incident", "VPN drops").await, w.requested(w.marta, "incident", "VPN is gone").await);
        w.act(w.ana, move |tx, frame| ticket::actions::merge::merge(tx, frame, part, whole).map(|_| ())).await;
        let page = w.page(w.ursula, &format!("/requests/{part}")).await;
        page.has("Joined with another request; answers arrive there as well");
        let path = format!("/requests/{part}/reply");
        let key = w.key_of(w.ursula, part).await;
        let sent = w.send(w.ursula, &path, &[Field("client_id", &key), Field("body", "Still gone"), Field("then", "send"), File("log.txt", b"x")]).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        for (inner, reads, why) in [(true, true, "the desk reads it there"), (false, false, "its other requester does not")] {
            let said = w.db.read("said", move |rd| ticket::store::message::of_ticket(rd, whole, inner, 50)).await.unwrap();
            assert_eq!(said.iter().any(|m| m.body.as_deref() == Some("Still gone")), reads, "{why}");
        }
    }

    async fn a_question_is_answered_and_the_request_is_confirmed(db: TestDb) {
        let w = World::new(db).await;
        let id = w.requested(w.ursula, "incident", "VPN drops").await;
        w.page(w.ursula, "/").await.has("Under way");
        asked(&w, id).await;
        let home = w.page(w.ursula, "/").await;
        home.has("Needs you");
        home.has("Which floor are you on?");
        let page = w.page(w.ursula, &format!("/requests/{id}")).await;
        page.has("With Ana Núñez (First line)");
        page.has("Waiting for you<br><span class=\"muted\">Which floor are you on?</span>");

        let key = page.hidden("client_id");
        let empty = w.post(w.ursula, &format!("/requests/{id}/reply"), &[("client_id", &key), ("body", " "), ("then", "send")]).await;
        assert_eq!(empty.status, 422);
        empty.has("Write something first");
        let parts = [Field("client_id", &key), Field("body", "The third"), Field("then", "send"), File("floor.txt", b"3")];
        let sent = w.send(w.ursula, &format!("/requests/{id}/reply"), &parts).await;
        assert_eq!((sent.status, sent.location()), (303, format!("/requests/{id}?done=sent").as_str()));
        let twice = w.send(w.ursula, &format!("/requests/{id}/reply"), &parts).await;
        assert_eq!(twice.status, 303);
        let page = w.page(w.ursula, sent.location()).await;
        assert_eq!(page.body.matches("The third").count(), 1, "a second press changes nothing");
        page.has("floor.txt");
        page.has("Your reply is sent");
        assert_eq!(w.ticket(id).await.category, Category::Active, "an answer ends the waiting");

        solved(&w, id).await;
        let page = w.page(w.ursula, &format!("/requests/{id}")).await;
        page.has("Is it fixed?");
        page.has("Changed the <em>cable</em>");
        let done = w.post(w.ursula, &format!("/requests/{id}/reply"), &[("client_id", &page.hidden("client_id")), ("body", ""), ("then", "confirm")]).await;
        assert_eq!(done.location(), format!("/requests/{id}?done=confirmed"));
        assert_eq!(w.ticket(id).await.category, Category::Closed);
        let page = w.page(w.ursula, &format!("/requests/{id}")).await;
        page.lacks("name=\"then\"");
        page.has(&format!("/new?follow={id}"));
    }

    async fn what_is_still_broken_opens_again_with_the_reason(db: TestDb) {
        let w = World::new(db).await;
        let id = w.requested(w.ursula, "incident", "VPN drops").await;
        solved(&w, id).await;
        let key = w.key_of(w.ursula, id).await;
        let path = format!("/requests/{id}/reply");
        let silent = w.post(w.ursula, &path, &[("client_id", &key), ("body", ""), ("then", "reopen")]).await;
        assert_eq!(silent.status, 422);
        silent.has("Say what is still wrong");
        let sent = w.send(w.ursula, &path, &[Field("client_id", &key), Field("body", "It drops again"), Field("then", "reopen"), File("log.txt", b"x")]).await;
        assert_eq!(sent.location(), format!("/requests/{id}?done=reopened"));
        let ticket = w.ticket(id).await;
        assert_eq!((ticket.category, ticket.reopen_count), (Category::Active, 1));
        let page = w.page(w.ursula, &format!("/requests/{id}")).await;
        page.has("It drops again");
        page.has("log.txt");
    }

    async fn too_late_to_reopen_the_words_go_into_a_new_request(db: TestDb) {
        let w = World::new(db).await;
        let id = w.requested(w.ursula, "incident", "VPN drops").await;
        solved(&w, id).await;
        let key = w.key_of(w.ursula, id).await;
        w.clock.advance(15 * Time::DAY);
        w.page(w.ursula, &format!("/requests/{id}")).await.lacks("value=\"reopen\"");
        let fields = [("client_id", key.as_str()), ("kind", "incident"), ("body", "It drops again"), ("then", "reopen")];
        let late = w.post(w.ursula, &format!("/requests/{id}/reply"), &fields).await;
        assert_eq!(late.status, 409);
        late.has("It was solved more than 14 days ago");
        late.has("It drops again</textarea>");
        late.has("Goes on with");
        let follow = late.hidden("follow");
        let fields = [("client_id", late.hidden("client_id")), ("what", "It drops again".into()), ("kind", "incident".into()), ("follow", follow)];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let sent = w.post(w.ursula, "/new", &fields).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        let new = number_in(sent.location());
        let links = w.db.read("links", move |rd| ticket::store::link::of_ticket(rd, &access::Actor::system().tickets(access::Verb::TicketSee), new)).await.unwrap();
        assert_eq!(links.len(), 1, "the desk sees what it goes on with");
    }

    async fn what_is_written_to_a_request_in_the_trash_goes_into_a_new_one(db: TestDb) {
        let w = World::new(db).await;
        let id = w.requested(w.ursula, "incident", "VPN drops").await;
        let key = w.key_of(w.ursula, id).await;
        w.act(w.ana, |tx, frame| access::store::grant::put(tx, &access::Actor::system(), frame.person()?, "manager", frame.actor.tenant, frame.act.now)).await;
        w.act(w.ana, move |tx, frame| ticket::actions::trash::discard(tx, frame, id)).await;
        assert_eq!(w.get(w.ursula, &format!("/requests/{id}")).await.status, 404);
        w.page(w.ursula, "/requests?show=all").await.lacks("VPN drops");
        let fields = [("client_id", key.as_str()), ("body", "It drops again"), ("then", "send")];
        let refused = w.post(w.ursula, &format!("/requests/{id}/reply"), &fields).await;
        assert_eq!(refused.status, 409);
        refused.has("This request is no longer there");
        refused.has("It drops again</textarea>");
        let stranger = w.post(w.carla, &format!("/requests/{id}/reply"), &fields).await;
        assert_eq!(stranger.status, 404);
    }

    async fn a_request_that_is_no_longer_needed_is_cancelled(db: TestDb) {
        let w = World::new(db).await;
        let id = w.requested(w.ursula, "request", "A monitor").await;
        let gone = w.post(w.ursula, &format!("/requests/{id}/cancel"), &[("reason", "Found one")]).await;
        assert_eq!(gone.location(), format!("/requests/{id}?done=cancelled"));
        assert_eq!(w.ticket(id).await.category, Category::Cancelled);
        let page = w.page(w.ursula, &format!("/requests/{id}")).await;
        page.has("Found one");
        page.lacks("/cancel\"");
        let again = w.post(w.ursula, &format!("/requests/{id}/cancel"), &[("reason", "Bought")]).await;
        assert_eq!(again.status, 409);
        again.has("can no longer be cancelled");
        again.has("text=Bought");
    }

    async fn a_reason_that_is_refused_comes_back(db: TestDb) {
        let w = World::new(db).await;
        let id = w.requested(w.ursula, "incident", "VPN drops").await;
        let long = "x".repeat(200_001);
        let refused = w.post(w.ursula, &format!("/requests/{id}/cancel"), &[("reason", &long)]).await;
        assert_eq!(refused.status, 422);
        refused.has(&format!("value=\"{long}\""));
        refused.has("id=\"reason-error\"");
        refused.has("<details class=\"more-fields\" open><summary>I no longer need this");
        assert_eq!(w.ticket(id).await.category, Category::New);
        // Solved meanwhile: the words stand where one answers.
        solved(&w, id).await;
        let late = w.post(w.ursula, &format!("/requests/{id}/cancel"), &[("reason", "Found one")]).await;
        assert_eq!(late.status, 409);
        late.has("Found one</textarea>");
    }

    async fn a_page_that_was_sent_before_drops_no_second_reply(db: TestDb) {
        let w = World::new(db).await;
        let id = w.requested(w.ursula, "incident", "VPN drops").await;
        let path = format!("/requests/{id}/reply");
        let key = w.key_of(w.ursula, id).await;
        let send = async |key: &str, body: &str| w.post(w.ursula, &path, &[("client_id", key), ("body", body), ("then", "send")]).await;
        assert_eq!(send(&key, "The third floor").await.status, 303);
        assert_eq!(send(&key, "The third floor").await.status, 303, "a second press");
        // Back to the page as the browser kept it.
        let changed = send(&key, "And the fourth").await;
        assert_eq!(changed.status, 422);
        changed.has("You sent this page before");
        changed.has("And the fourth</textarea>");
        let fresh = changed.hidden("client_id");
        assert_ne!(fresh, key);
        assert_eq!(send(&fresh, "And the fourth").await.status, 303);
        let page = w.page(w.ursula, &format!("/requests/{id}")).await;
        assert_eq!((page.body.matches("The third floor").count(), page.body.matches("And the fourth").count()), (1, 1));
    }

    async fn a_colleague_who_was_added_reads_and_replies_until_taken_off(db: TestDb) {
        let w = World::new(db).await;
        let id = w.requested(w.ursula, "incident", "VPN drops").await;
        let path = format!("/requests/{id}");
        assert_eq!(w.get(w.marta, &path).await.status, 404);
        let unclear = w.post(w.ursula, &format!("{path}/people"), &[("person", "Marta")]).await;
        assert_eq!(unclear.status, 422);
        unclear.has("value=\"Marta\"");
        unclear.has("Marta Ríos");
        let chosen = w.marta.to_string();
        let added = w.post(w.ursula, &format!("{path}/people"), &[("person", "Marta"), ("id", &chosen)]).await;
        assert_eq!(added.status, 303, "{}", added.body);
        w.page(w.ursula, &path).await.has("Marta Sanz");
        w.page(w.marta, "/requests").await.has("VPN drops");
        let key = w.key_of(w.marta, id).await;
        let reply = w.post(w.marta, &format!("{path}/reply"), &[("client_id", &key), ("body", "Me too"), ("then", "send")]).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        assert_eq!(w.post(w.marta, &format!("{path}/cancel"), &[]).await.status, 409, "only who asked cancels");
        let off = w.post(w.ursula, &format!("{path}/people/{}/remove", w.marta), &[]).await;
        assert_eq!(off.status, 303);
        assert_eq!(w.get(w.marta, &path).await.status, 404);
    }
}
