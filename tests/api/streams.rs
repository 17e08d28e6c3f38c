//! SEC-19: with a session, a token or an account its open streams end, within five seconds.

use std::sync::mpsc;
use std::time::{Duration, Instant};

use end_to_end::{Client, House};
use events::{Act, Cause};
use kernel::SystemEntropy;
use serde_json::Value;

/// What SEC-19 allows, and a second for a machine that is busy.
const SOON: Duration = Duration::from_secs(6);

/// A stream that somebody has open.
struct Open {
    ended: mpsc::Receiver<String>,
}

fn open(client: &Client, path: &'static str) -> Open {
    let (say, ended) = mpsc::channel();
    let client = client.clone();
    std::thread::spawn(move || {
        let answer = client.get(path).expect(200);
        let _ = say.send(answer.body);
    });
    Open { ended }
}

impl Open {
    fn is_open(&self) -> bool {
        self.ended.try_recv().is_err()
    }

    /// It ends, and says so to a browser that it should come again.
    fn ends(&self, why: &str, since: Instant) {
        let body = self.ended.recv_timeout(SOON.saturating_sub(since.elapsed())).unwrap_or_else(|_| panic!("still open: {why}"));
        assert!(body.ends_with("event: reconnect\ndata: \n\n"), "{why}: {body}");
    }
}

testkit::both! {
    template: end_to_end::template();

    fn with_the_session_its_streams_end(db: TestDb) {
        let house = House::start(&db);
        let (cast, visitor) = (house.cast, house.visitor());
        let (ana, boris, ursula) = (visitor.signed_in("ana@ria.example"), visitor.signed_in("boris@ria.example"), visitor.signed_in("ursula@ria.example"));
        let stays = open(&visitor.signed_in("mara@ria.example"), "/events");
        let page = open(&ana, "/events");
        let own = open(&ursula, "/events");
        let program = open(&house.as_(cast.ana), "/api/v1/events/stream");
        let disabled = (open(&boris, "/events"), open(&house.as_(cast.boris), "/api/v1/events/stream"));
        std::thread::sleep(Duration::from_millis(700));
        for (stream, name) in [(&stays, "mara"), (&page, "ana"), (&own, "ursula"), (&program, "program"), (&disabled.0, "boris")] {
            assert!(stream.is_open(), "{name}");
        }

        let since = Instant::now();
        ursula.send("POST", "/logout", Some(Value::String(String::new())), &[]).expect(303);
        let token = ana.get("/api/v1/tokens").expect(200).json()["items"][0]["id"].clone();
        ana.delete(&format!("/api/v1/tokens/{token}")).expect(204);
        visitor.signed_in("ana@ria.example").send("POST", "/me/sessions/end-others", Some(Value::String(String::new())), &[]).expect(303);
        db.write_wait("shut_out", move |tx| {
            let act = Act::system(kernel::Time::from_seconds(1_800_000_000), Cause::Page, std::sync::Arc::new(SystemEntropy));
            let account = party::store::account::of_person(tx, cast.boris)?.ok_or_else(kernel::Error::not_found)?;
            sessions::actions::shut_out::set_active(tx, &act, account.id, false)
        })
        .unwrap();
        own.ends("signed out", since);
        program.ends("the token was revoked", since);
        page.ends("the session was ended elsewhere", since);
        disabled.0.ends("the account was shut out: page", since);
        disabled.1.ends("the account was shut out: program", since);
        assert!(stays.is_open(), "somebody else's");
        ana.get("/api/v1/me").expect(401);
        house.as_(cast.boris).get("/api/v1/me").expect(401);
    }
}
