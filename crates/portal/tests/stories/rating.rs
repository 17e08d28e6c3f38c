//! What the requester thinks of how it was solved, through the pages.

use kernel::TicketId;
use ticket::actions::change::{Base, Patch, change};

use crate::rig::{World, template};

async fn solved(w: &World, id: TicketId) {
    let patch = Patch {
        state: Some("solved".into()),
        resolution_code: Some(Some("fixed".into())),
        resolution_report: Some("Changed the cable".into()),
        assignee: Some(Some(w.ana)),
        ..Patch::default()
    };
    w.act(w.ana, move |tx, frame| change(tx, frame, id, Base::Latest, &patch)).await;
}

testkit::both! {
    template: template();

    async fn a_face_on_the_home_page_leads_to_a_rating_that_is_sent_by_a_press(db: TestDb) {
        let w = World::new(db).await;
        let id = w.requested(w.ursula, "incident", "VPN drops").await;
        let path = format!("/requests/{id}");
        w.page(w.ursula, &path).await.lacks("id=\"rate\"");
        w.page(w.ursula, "/").await.lacks("rate-home");
        solved(&w, id).await;
        w.page(w.ursula, "/").await.has(&format!("{path}?rate=4#rate"));
        let opened = w.page(w.ursula, &format!("{path}?rate=4")).await;
        opened.has("name=\"solution\" value=\"4\" checked");
        opened.has("Ana Núñez");
        w.page(w.ursula, "/").await.has("rate-home");

        let nothing = w.post(w.ursula, &format!("{path}/rate"), &[("reasons", "time"), ("comment", "Slow <b>")]).await;
        assert_eq!(nothing.status, 422);
        nothing.has("Choose a face");
        nothing.has("value=\"time\" checked");
        nothing.has("Slow &#60;b&#62;");
        let sent = w.post(w.ursula, &format!("{path}/rate"), &[("solution", "4"), ("analyst", "5")]).await;
        assert_eq!(sent.location(), format!("{path}?done=rated"));
        let page = w.page(w.ursula, &path).await;
        page.has("Your rating");
        page.has("Change it");
        w.page(w.ursula, "/").await.lacks("rate-home");
    }

    async fn whoever_is_low_is_asked_whether_to_be_called(db: TestDb) {
        let w = World::new(db).await;
        let id = w.requested(w.ursula, "incident", "VPN drops").await;
        let path = format!("/requests/{id}");
        solved(&w, id).await;
        w.post(w.ursula, &format!("{path}/rate"), &[("solution", "1")]).await;
        w.page(w.ursula, &path).await.has("May we call you about it?");
        w.post(w.ursula, &format!("{path}/rate"), &[("call", "no")]).await;
        let page = w.page(w.ursula, &path).await;
        page.lacks("May we call you about it?");
        page.has("Is it fixed?");
        w.post(w.ursula, &format!("{path}/rate"), &[("call", "yes")]).await;
        let open = w.page(w.ursula, &path).await;
        open.has("Your rating");
        open.lacks("Change it");
    }

    async fn nobody_else_rates_or_reads_it(db: TestDb) {
        let w = World::new(db).await;
        let id = w.requested(w.ursula, "incident", "VPN drops").await;
        let path = format!("/requests/{id}");
        solved(&w, id).await;
        w.post(w.ursula, &format!("{path}/rate"), &[("solution", "2"), ("comment", "canary")]).await;
        assert_eq!(w.post(w.marta, &format!("{path}/rate"), &[("solution", "5")]).await.status, 404);
        assert_eq!(w.post(w.olga, &format!("{path}/rate"), &[("solution", "5")]).await.status, 403);
        for who in [w.olga, w.ana] {
            let page = w.page(who, &path).await;
            page.lacks("id=\"rate\"");
            page.lacks("canary");
        }
        // From whom it is hidden who works there, the name stays away.
        let theirs = w.requested(w.carla, "incident", "Orders are stuck").await;
        solved(&w, theirs).await;
        let page = w.page(w.carla, &format!("/requests/{theirs}")).await;
        page.has("id=\"rate\"");
        page.lacks("Ana Núñez");
    }
}
