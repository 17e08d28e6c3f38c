//! Finding one's requests.

use ticket::actions::change::{Base, Patch, change};

use ticket::MessageKind;
use ticket::actions::post::{Post, post};

use crate::rig::{World, template};

testkit::both! {
    template: template();

    async fn requests_stand_under_their_tabs(db: TestDb) {
        let w = World::new(db).await;
        let open = w.requested(w.ursula, "incident", "Alpha printer").await;
        let waiting = w.requested(w.ursula, "request", "Beta monitor").await;
        let closed = w.requested(w.ursula, "question", "Gamma paper?").await;
        for (id, state) in [(waiting, "waiting"), (closed, "cancelled")] {
            let patch = Patch { state: Some(state.into()), ..Patch::default() };
            w.act(w.ana, move |tx, frame| change(tx, frame, id, Base::Latest, &patch)).await;
        }
        let shown = async |who, tab: &str| {
            let page = w.page(who, &format!("/requests?tab={tab}")).await;
            ["Alpha", "Beta", "Gamma"].into_iter().filter(|name| page.body.contains(name)).collect::<Vec<_>>()
        };
        assert_eq!(shown(w.ursula, "needs").await, ["Beta"]);
        assert_eq!(shown(w.ursula, "open").await, ["Alpha", "Beta"]);
        assert_eq!(shown(w.ursula, "closed").await, ["Gamma"]);
        let mine = w.page(w.ursula, "/requests").await;
        mine.has("Needs you<span class=\"count\">1</span>");
        mine.lacks("tab=team");
        assert_eq!(shown(w.ursula, "team").await, Vec::<&str>::new(), "who may not see others has no such list");
        assert_eq!(shown(w.olga, "team").await, ["Alpha", "Beta", "Gamma"]);
        assert_eq!(shown(w.olga, "open").await, Vec::<&str>::new(), "what others asked for is not mine");
        let others = w.page(w.olga, "/requests?tab=team").await;
        others.has("Úrsula Gil");
        others.has("Waiting for requester");
        others.lacks("Waiting for you");
        w.page(w.ursula, &format!("/requests?q=inc-{open}")).await.has("Alpha");
        w.page(w.ursula, "/requests?q=PRINTER").await.has("Alpha");
        w.page(w.ursula, "/requests?q=%22%28%29").await.has("Alpha");
        w.page(w.ursula, "/requests?q=zebra").await.has("No requests match");
    }

    async fn a_long_list_turns_its_pages(db: TestDb) {
        let w = World::new(db).await;
        for n in 0..30 {
            w.requested(w.ursula, "incident", &format!("Case {n:02}")).await;
        }
        let first = w.page(w.ursula, "/requests?q=case").await;
        let cards = |body: &str| body.matches("class=\"request\"").count();
        assert_eq!(cards(&first.body), 25);
        let next = first.body.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
        let second = w.page(w.ursula, &next).await;
        assert_eq!(cards(&second.body), 5);
        second.lacks("rel=\"next\"");
        let lost = w.get(w.ursula, "/requests?q=case&cursor=nonsense").await;
        assert_eq!(lost.status, 303, "a cursor of another list begins again");
    }

    async fn words_of_messages_are_found_in_my_requests(db: TestDb) {
        let w = World::new(db).await;
        let vpn = w.requested(w.ursula, "incident", "VPN drops").await;
        let other = w.requested(w.marta, "incident", "VPN of Marta").await;
        w.act(w.ana, move |tx, frame| {
            post(tx, frame, vpn, &Post::new(MessageKind::Reply, "Please renew the certificate of srv-vpn02.corp.local"))?;
            post(tx, frame, vpn, &Post::new(MessageKind::Note, "canary-note: certificate was forged"))?;
            post(tx, frame, other, &Post::new(MessageKind::Reply, "Please renew the certificate as well"))?;
            Ok(())
        }).await;
        let _follower = w.follow().await;
        let found = w.page(w.ursula, "/requests?tab=all&q=certificates").await;
        found.has("<mark>certificate</mark> of srv-vpn02");
        found.lacks("Marta");
        found.lacks("forged");
        w.page(w.ursula, "/requests?tab=all&q=srv-vpn02.corp.local").await.has("VPN drops");
        w.page(w.ursula, "/requests?tab=all&q=forged").await.has("No requests match");
        w.page(w.ursula, "/requests?tab=all&q=tag%3Asecret+OR+vpn").await.has("No requests match");
        w.page(w.ursula, "/requests?tab=closed&q=certificate").await.has("No requests match");
        w.page(w.ursula, "/requests?tab=all&q=%D0%BC%D0%B7%D1%82").await.has("Showing results for “vpn”");
        w.page(w.ursula, "/?portal=1").await.has("name=\"tab\" value=\"all\"");
        w.page(w.ursula, "/requests?tab=all").await.lacks("href=\"/requests?tab=all");
        let lost = w.get(w.ursula, "/requests?tab=all&q=vpn&cursor=nonsense").await;
        assert_eq!(lost.status, 303, "a cursor of another search begins again");
    }
}
