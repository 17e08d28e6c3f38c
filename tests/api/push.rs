//! Push to browsers, against a receiver of this machine that is one: it reads what it is sent with its own keys.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use db::{Db, Tx};
use end_to_end::Cast;
use events::{Act, Follower, claim};
use kernel::{Clock, Entropy, MockClock, PersonId, Result, SystemEntropy, TicketId, Time};
use notify::outbox::{Carrier, Post};
use notify::preferences::{Channel, Preferences};
use notify::push::browsers::{NewBrowser, add};
use notify::push::carry::Pusher;
use notify::push::key::Keeper;
use notify::push::place::Allowed;
use notify::{Bell, Notify, wishes};
use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral};
use ring::hkdf::{HKDF_SHA256, KeyType, Salt};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey as Signed};
use serde_json::Value;
use ticket::actions::post::{Post as Message, post};
use ticket::actions::register::{NewTicket, register};
use ticket::{Desk, Frame, MessageKind};

/// A push service and the browser behind it.
struct Service {
    origin: String,
    heard: Receiver<(String, Vec<u8>)>,
}

/// Answers each request with the next of these.
fn service(statuses: &'static [&'static str]) -> Service {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let (tell, heard) = channel();
    std::thread::spawn(move || {
        for status in statuses {
            let (mut stream, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") {
                assert!(reader.read_line(&mut head).unwrap() > 0);
            }
            let mut body = vec![0; line(&head, "content-length").parse().unwrap()];
            reader.read_exact(&mut body).unwrap();
            write!(stream, "HTTP/1.1 {status}\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").unwrap();
            if tell.send((head, body)).is_err() {
                return;
            }
        }
    });
    Service { origin, heard }
}

fn line(head: &str, name: &str) -> String {
    let found = head.lines().find_map(|line| line.split_once(':').filter(|(n, _)| n.eq_ignore_ascii_case(name)));
    found.map(|(_, value)| value.trim().to_owned()).unwrap_or_else(|| panic!("no {name} in {head}"))
}

/// The keys of a browser: one message can be read with them.
struct Keys {
    own: EphemeralPrivateKey,
    public: Vec<u8>,
    auth: [u8; 16],
}

fn keys() -> Keys {
    let own = EphemeralPrivateKey::generate(&ECDH_P256, &SystemRandom::new()).unwrap();
    let public = own.compute_public_key().unwrap().as_ref().to_vec();
    Keys { own, public, auth: [7; 16] }
}

struct Length(usize);
impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

fn derive(salt: &[u8], secret: &[u8], info: &[&[u8]], length: usize) -> Vec<u8> {
    let mut out = vec![0; length];
    Salt::new(HKDF_SHA256, salt).extract(secret).expand(info, Length(length)).unwrap().fill(&mut out).unwrap();
    out
}

/// Reads a message as RFC 8291 says.
fn read(keys: Keys, body: &[u8]) -> Value {
    let (salt, rest) = body.split_at(16);
    assert_eq!((u32::from_be_bytes(rest[..4].try_into().unwrap()), rest[4]), (4096, 65));
    let (sender, sealed) = rest[5..].split_at(65);
    let theirs = UnparsedPublicKey::new(&ECDH_P256, sender);
    let shared = agree_ephemeral(keys.own, &theirs, <[u8]>::to_vec).unwrap();
    let secret = derive(&keys.auth, &shared, &[b"WebPush: info\0", &keys.public, sender], 32);
    let key = derive(salt, &secret, &[b"Content-Encoding: aes128gcm\0"], 16);
    let nonce = derive(salt, &secret, &[b"Content-Encoding: nonce\0"], 12);
    let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).unwrap());
    let mut sealed = sealed.to_vec();
    let plain = key.open_in_place(Nonce::try_assume_unique_for_key(&nonce).unwrap(), Aad::empty(), &mut sealed).unwrap();
    assert_eq!(plain.last(), Some(&2), "the mark of the last record");
    serde_json::from_slice(&plain[..plain.len() - 1]).unwrap()
}

/// A desk of which only this is there.
struct World {
    db: Db,
    desk: Arc<Desk>,
    clock: MockClock,
    cast: Cast,
    notify: Arc<Notify>,
    post: Post,
    _runtime: tokio::runtime::Runtime,
}

fn world(db: &Db) -> World {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let (desk, clock) = (Arc::new(Desk::default()), MockClock::at(end_to_end::THEN));
    let (entropy, ticking): (Arc<dyn Entropy>, Arc<dyn Clock>) = (Arc::new(SystemEntropy), Arc::new(clock.clone()));
    let keeper = Keeper::new(db.clone(), Arc::clone(&ticking), Arc::clone(&entropy), &[3; 32]).unwrap();
    let pusher = Pusher { keeper, runtime: runtime.handle().clone(), contact: "https://desk.example".into(), loopback: true };
    let notify = Arc::new(Notify::new(Arc::clone(&desk), Arc::clone(&entropy), Arc::new(Bell::default()), vec![Channel::Push]));
    let post = Post {
        db: db.clone(),
        desk: Arc::clone(&desk),
        clock: ticking,
        entropy,
        carriers: Arc::from(vec![Arc::new(pusher) as Arc<dyn Carrier>]),
    };
    World { db: db.clone(), desk, clock, cast: Cast::new(), notify, post, _runtime: runtime }
}

impl World {
    fn act<T: Send + 'static>(&self, who: PersonId, action: impl Fn(&mut Tx<'_>, Frame<'_>) -> Result<T> + Send + 'static) -> T {
        let (desk, act) = (Arc::clone(&self.desk), Act::person(who, self.clock.now(), Arc::new(SystemEntropy)));
        let done = self.db.write_wait("story", move |tx| {
            let actor = access::load_actor(tx, who, act.now)?;
            action(tx, Frame { desk: &desk, actor: &actor, act: &act })
        });
        done.unwrap()
    }

    fn browser(&self, who: PersonId, origin: &str, keys: &Keys) {
        let new = NewBrowser {
            endpoint: format!("{origin}/push/1"),
            public: URL_SAFE_NO_PAD.encode(&keys.public),
            auth: URL_SAFE_NO_PAD.encode(keys.auth),
            device: "Firefox, Linux".into(),
        };
        let allowed = Allowed { hosts: Vec::new(), loopback: true };
        self.act(who, move |tx, frame| add(tx, frame, &allowed, &new).map(drop));
    }

    fn asked(&self) -> TicketId {
        let new =
            NewTicket { kind: "incident".into(), title: "Printer of the board".into(), description: "Dead".into(), ..NewTicket::default() };
        self.act(self.cast.ursula, move |tx, frame| register(tx, frame, &new)).id
    }

    fn answer(&self, id: TicketId) {
        self.act(self.cast.ana, move |tx, frame| post(tx, frame, id, &Message::new(MessageKind::Reply, "Which floor?")).map(drop));
        self.follow();
    }

    /// Until the log was followed to its end.
    fn follow(&self) {
        let behind =
            "SELECT COUNT(*) FROM event e, consumer c WHERE c.name = 'notify' AND (e.xid > c.xid OR (e.xid = c.xid AND e.seq > c.seq))";
        let begun = std::time::Instant::now();
        while self.number(behind) > 0 {
            assert!(begun.elapsed().as_secs() < 60, "the log is never followed");
            if Arc::clone(&self.notify).step(&self.db, self.clock.now()).unwrap() == 0 {
                std::thread::sleep(std::time::Duration::from_millis(10));
            }
        }
    }

    /// The next letter that is due by then, as a worker carries it.
    fn carry(&self, later: i64) -> Option<Result<()>> {
        let now = self.clock.now().plus(later);
        loop {
            let job = self.db.write_apart_wait("claim", move |tx| claim(tx, now, Time::MINUTE)).unwrap()?;
            if job.kind == "notify.carry" {
                let post = Post { clock: Arc::new(MockClock::at(now)), ..self.post.clone() };
                return Some(post.run(&job));
            }
        }
    }

    fn number(&self, text: &'static str) -> i64 {
        self.db.read_wait("number", move |rd| rd.all_text::<i64>(text, &[])).unwrap()[0]
    }
}

const WAITING: &str = "SELECT COUNT(*) FROM notify_outbox";
const BROWSERS: &str = "SELECT COUNT(*) FROM push_subscription";

testkit::both! {
    template: end_to_end::template();

    fn only_the_browser_reads_number_and_reason_and_who_sends_it_is_signed(db: TestDb) {
        let world = world(&db);
        let (service, keys) = (service(&["201 Created"]), keys());
        world.browser(world.cast.ursula, &service.origin, &keys);
        let id = world.asked();
        world.answer(id);
        assert!(world.carry(0).is_none(), "what is not urgent waits for its reader in the product");
        world.carry(Time::MINUTE).unwrap().unwrap();
        let (head, body) = service.heard.recv().unwrap();
        assert!(head.starts_with("POST /push/1 HTTP/1.1"), "{head}");
        assert_eq!((line(&head, "content-encoding"), line(&head, "ttl"), line(&head, "topic")), ("aes128gcm".into(), "86400".into(), format!("t{id}")));
        assert!(!String::from_utf8_lossy(&body).contains("INC"));
        let told = read(keys, &body);
        assert_eq!((told["title"].as_str().unwrap(), told["body"].as_str()), (&*format!("INC-{id}: New message"), Some("")), "{told}");
        assert_eq!(told["url"], format!("/t/{id}"));
        // The signed word: to this service, by the key that the browser was given.
        let authorization = line(&head, "authorization");
        let (token, key) = authorization.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
        let (said, signature) = token.rsplit_once('.').unwrap();
        let key = URL_SAFE_NO_PAD.decode(key).unwrap();
        Signed::new(&ECDSA_P256_SHA256_FIXED, key).verify(said.as_bytes(), &URL_SAFE_NO_PAD.decode(signature).unwrap()).unwrap();
        let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(said.split_once('.').unwrap().1).unwrap()).unwrap();
        assert_eq!((claims["aud"].as_str(), claims["sub"].as_str()), (Some(&*service.origin), Some("https://desk.example")));
        let left = claims["exp"].as_i64().unwrap() - end_to_end::THEN.micros() / Time::SECOND;
        assert!(left > 0 && left <= 24 * 60 * 60, "{left}");
        assert_eq!((world.number(WAITING), world.number("SELECT COUNT(*) FROM push_subscription WHERE sent_at IS NOT NULL")), (0, 1));
        assert_eq!(world.number("SELECT COUNT(*) FROM push_key"), 1, "made once, and sealed");
    }

    fn a_browser_that_is_gone_is_forgotten_and_a_service_that_is_busy_is_asked_again(db: TestDb) {
        let world = world(&db);
        let (service, keys) = (service(&["503 Busy", "302 Found", "410 Gone"]), keys());
        world.browser(world.cast.ursula, &service.origin, &keys);
        let id = world.asked();
        world.answer(id);
        assert!(world.carry(Time::MINUTE).unwrap().is_err(), "the job comes again");
        assert_eq!((world.number(WAITING), world.number(BROWSERS)), (1, 1));
        // The lease of the job runs out.
        world.carry(Time::HOUR).unwrap().unwrap();
        assert_eq!((world.number(WAITING), world.number(BROWSERS)), (0, 1), "a redirect is not followed, and not tried again");
        world.answer(id);
        world.carry(2 * Time::HOUR).unwrap().unwrap();
        assert_eq!((world.number(WAITING), world.number(BROWSERS)), (0, 0));
        world.answer(id);
        assert_eq!(world.number(WAITING), 0, "without a browser nothing waits");
        assert_eq!(service.heard.iter().count(), 3);
    }

    fn what_was_read_or_may_not_be_seen_any_more_is_not_sent(db: TestDb) {
        let world = world(&db);
        let (service, keys) = (service(&["201 Created"]), keys());
        world.browser(world.cast.ursula, &service.origin, &keys);
        let id = world.asked();
        world.answer(id);
        world.act(world.cast.ursula, move |tx, frame| notify::actions::read(tx, frame, id).map(drop));
        world.carry(Time::MINUTE).unwrap().unwrap();
        world.answer(id);
        let trashed = "UPDATE ticket SET trashed = 1";
        world.db.write_wait("trash", move |tx| tx.exec_text(trashed, &[])).unwrap();
        world.carry(2 * Time::MINUTE).unwrap().unwrap();
        assert_eq!(world.number(WAITING), 0);
        assert!(service.heard.try_recv().is_err(), "nothing was sent");
    }

    fn wishes_decide_what_is_written_and_what_leaves(db: TestDb) {
        let world = world(&db);
        let (service, keys) = (service(&[]), keys());
        world.browser(world.cast.ursula, &service.origin, &keys);
        let mut own = Preferences::default();
        own.channels.insert(notify::Reason::Message, [Channel::Push].into());
        let night = own.clone();
        world.act(world.cast.ursula, move |tx, frame| wishes::save(tx, frame, Some(&night)));
        let id = world.asked();
        world.answer(id);
        assert_eq!((world.number("SELECT COUNT(*) FROM notice WHERE person_id = 1 AND done_at IS NULL"), world.number(WAITING)), (0, 1));
        own.channels.insert(notify::Reason::Message, [Channel::Inbox].into());
        world.act(world.cast.ursula, move |tx, frame| wishes::save(tx, frame, Some(&own)));
        world.answer(id);
        assert_eq!((world.number("SELECT COUNT(*) FROM notice WHERE person_id = 1 AND done_at IS NULL"), world.number(WAITING)), (1, 1));
    }
}
