//! What open pages are told as it happens.

use std::time::Duration;

use axum::body::Body;
use http::Request;
use http_body_util::BodyExt as _;
use kernel::{PersonId, TicketId};
use testkit::{Template, block_on};
use ticket::MessageKind;
use ticket::actions::post::{Post, post};
use ticket::actions::register::{NewTicket, register};

use crate::rig::{Rig, migrations, rig};

/// The open stream of somebody.
struct Ear {
    body: Body,
    heard: String,
}

impl Ear {
    async fn of(rig: &Rig, who: PersonId, after: &str) -> Self {
        let request = Request::get(format!("/events?after={after}")).header("cookie", format!("__Host-session={who}"));
        let response = rig.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(response.status(), 200);
        Self { body: response.into_body(), heard: String::new() }
    }

    /// Listens until a text was heard, or the stream is over.
    async fn until(&mut self, text: &str) -> bool {
        let listen = async {
            while !self.heard.contains(text) {
                match self.body.frame().await {
                    Some(Ok(frame)) => self.heard.push_str(&String::from_utf8_lossy(&frame.into_data().unwrap_or_default())),
                    _ => return false,
                }
            }
            true
        };
        tokio::time::timeout(Duration::from_secs(60), listen).await.unwrap_or(false)
    }

    fn last_id(&self) -> String {
        self.heard.lines().rev().find_map(|line| line.strip_prefix("id: ")).unwrap().to_owned()
    }
}

async fn say(rig: &Rig, who: PersonId, ticket: TicketId, kind: MessageKind, text: &'static str) {
    let (db, desk, entropy, now) = (rig.db.clone(), std::sync::Arc::clone(&rig.desk), std::sync::Arc::clone(&rig.entropy), crate::rig::NOW);
    db.write("say", move |tx| {
        let actor = access::load_actor(tx, who, now)?;
        let act = events::Act::person(who, now, std::sync::Arc::clone(&entropy));
        post(tx, ticket::Frame { desk: &desk, actor: &actor, act: &act }, ticket, &Post::new(kind, text)).map(|_| ())
    })
    .await
    .unwrap();
}

async fn ask(rig: &Rig, who: PersonId, title: &'static str) -> TicketId {
    let (db, desk, entropy, now) = (rig.db.clone(), std::sync::Arc::clone(&rig.desk), std::sync::Arc::clone(&rig.entropy), crate::rig::NOW);
    db.write("ask", move |tx| {
        let actor = access::load_actor(tx, who, now)?;
        let act = events::Act::person(who, now, std::sync::Arc::clone(&entropy));
        let new = NewTicket { kind: "incident".into(), title: title.into(), description: title.into(), ..NewTicket::default() };
        register(tx, ticket::Frame { desk: &desk, actor: &actor, act: &act }, &new).map(|ticket| ticket.id)
    })
    .await
    .unwrap()
}

testkit::both! {
    template: Template::of(&migrations());

    fn those_hear_who_may_know_and_go_on_where_they_stopped(db: TestDb) {
        let rig = rig(db);
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "VPN drops"));
        let foreign = rig.registered(cast.carla, "Cold oven");
        block_on(async {
            let (stop, stopped) = tokio::sync::watch::channel(false);
            tokio::spawn(rig.app.hub.clone().run(rig.db.clone(), stopped));
            let (mut boris, mut ursula) = (Ear::of(&rig, cast.boris, "").await, Ear::of(&rig, cast.ursula, "").await);
            say(&rig, cast.dario, foreign, MessageKind::Reply, "oven").await;
            say(&rig, cast.ana, ticket, MessageKind::Note, "inside").await;
            assert!(boris.until(&format!("\"kind\":\"message\",\"ticket\":\"{ticket}\"")).await, "{}", boris.heard);
            assert!(boris.until("\"kind\":\"list\"").await);
            assert!(!boris.heard.contains(&format!("\"{foreign}\"")), "another tenant's ticket is not heard of");
            say(&rig, cast.ana, ticket, MessageKind::Reply, "outside").await;
            assert!(ursula.until(&format!("\"ticket\":\"{ticket}\"")).await);
            assert_eq!(ursula.heard.matches("\"message\"").count(), 1, "the note is not the requester's: {}", ursula.heard);
            // Another tab goes on from there.
            let last = boris.last_id();
            drop(boris);
            say(&rig, cast.ursula, ticket, MessageKind::Reply, "thanks").await;
            let mut again = Ear::of(&rig, cast.boris, &last).await;
            assert!(again.until(&format!("\"ticket\":\"{ticket}\"")).await, "what came meanwhile is told");
            let _ = stop.send(true);
        });
    }

    fn counts_come_when_they_change(db: TestDb) {
        let rig = rig(db);
        let cast = rig.cast;
        rig.registered(cast.ursula, "VPN drops");
        let follower: std::sync::Arc<dyn events::Follower> = std::sync::Arc::new(ticket::live::LiveFollower::new(std::sync::Arc::clone(&rig.desk)));
        let clock = std::sync::Arc::new(kernel::MockClock::at(crate::rig::NOW));
        let mut runner = events::Runner::start(rig.db.clone(), clock, vec![follower], events::Handlers::default(), 0).unwrap();
        block_on(async {
            let (stop, stopped) = tokio::sync::watch::channel(false);
            tokio::spawn(rig.app.hub.clone().run(rig.db.clone(), stopped));
            let mut boris = Ear::of(&rig, cast.boris, "").await;
            let said = |count: i64| format!("{{\"kind\":\"count\",\"text\":\"{count}\",\"view\":\"open\"}}");
            let second = ask(&rig, cast.ursula, "Printer").await;
            assert!(boris.until(&said(2)).await, "{}", boris.heard);
            say(&rig, cast.ana, second, MessageKind::Note, "no number changes").await;
            ask(&rig, cast.ursula, "Monitor").await;
            assert!(boris.until(&said(3)).await, "{}", boris.heard);
            assert_eq!(boris.heard.matches(&said(2)).count(), 1, "what did not change is not told again: {}", boris.heard);
            let _ = stop.send(true);
        });
        runner.stop();
    }

    fn a_right_that_was_taken_away_ends_what_is_told(db: TestDb) {
        let rig = rig(db);
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "VPN drops"));
        block_on(async {
            let (stop, stopped) = tokio::sync::watch::channel(false);
            tokio::spawn(rig.app.hub.clone().run(rig.db.clone(), stopped));
            let mut boris = Ear::of(&rig, cast.boris, "").await;
            say(&rig, cast.ana, ticket, MessageKind::Note, "one").await;
            // On PostgreSQL news waits for the oldest transaction of the cluster, whosever that is.
            let note = rig.db.read("note", |rd| Ok(rd.all_text::<i64>("SELECT MAX(seq) FROM event", &[])?[0])).await.unwrap();
            assert!(boris.until(&format!("-{note}\ndata: {{\"kind\":\"message\"")).await);
            rig.db.write("revoke", move |tx| access::store::grant::remove(tx, &access::Actor::system(), cast.boris, "operator", cast.ria)).await.unwrap();
            // Five seconds, and some for a machine that is busy.
            tokio::time::sleep(Duration::from_millis(7_000)).await;
            boris.heard.clear();
            say(&rig, cast.ana, ticket, MessageKind::Note, "two").await;
            say(&rig, cast.ana, ticket, MessageKind::Reply, "three").await;
            let heard = tokio::time::timeout(Duration::from_secs(2), boris.until("\"message\"")).await;
            assert!(heard.is_err() || heard == Ok(false), "{}", boris.heard);
            // Whoever is shut out is sent away.
            rig.db.write("shut out", move |tx| {
                let person = party::store::person::get(tx, cast.boris)?;
                party::store::person::set_active(tx, cast.boris, person.version, false, crate::rig::NOW)
            }).await.unwrap();
            assert!(!boris.until("never said").await);
            assert!(boris.heard.contains("reconnect"), "{}", boris.heard);
            let _ = stop.send(true);
        });
    }
}
