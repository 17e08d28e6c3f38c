//! A running desk.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use db::Db;
use events::chain::Signer;
use files::Files;
use kernel::{Clock, Entropy, PersonId, SystemClock, SystemEntropy, Time};
use search::Search;
use sessions::password::{Cost, Hasher};
use sessions::token::{NewToken, written};
use sessions::{Lifetimes, Scopes, Secret};
use spoc::backup::scheduled::{Keep, Plan};
use spoc::wiring::desk::{Assembled, Beside, Ground, assemble};
use tokio_util::sync::CancellationToken;
use web_kit::server::{Config, Limits, Server};
use web_kit::{PublicUrl, Quota, RateLimiter, Trusted, Web};

use crate::{Cast, Client};

/// A desk that answers on a port of this machine until it is dropped.
pub struct House {
    pub cast: Cast,
    pub base: String,
    pub db: Db,
    pub desk: Assembled,
    pub files: Files,
    search: Search,
    pub clock: Arc<dyn Clock>,
    tokens: BTreeMap<i64, String>,
    stop: CancellationToken,
    beside: Option<Beside>,
    runtime: Option<tokio::runtime::Runtime>,
    serving: Option<tokio::task::JoinHandle<()>>,
    folder: tempfile::TempDir,
}

impl House {
    /// Starts a desk over a database made from [`crate::template`].
    pub fn start(db: &Db) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let inside = runtime.enter();
        let folder = tempfile::tempdir().unwrap();
        let limits = Limits { connections_per_address: 2_000, ..Limits::default() };
        let listening =
            Config { listen: vec!["127.0.0.1:0".parse().unwrap()], tls: None, behind_proxy: false, trusted: Trusted::nobody(), limits };
        let server = Server::bind(listening).unwrap();
        let base = format!("http://{}", server.addresses()[0]);
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
        let stop = CancellationToken::new();
        let mut web = Web::new(Arc::clone(&clock), Arc::clone(&entropy), base.parse::<PublicUrl>().unwrap()).unwrap();
        web.stop = stop.clone();
        web.anonymous = RateLimiter::new(Quota { burst: 100_000, per_second: 10_000 });
        let files = Files::local(&folder.path().join("files"), db.clone(), Arc::clone(&clock), Arc::clone(&entropy)).unwrap();
        let keep = Keep { daily: 1, weekly: 1, monthly: 1 };
        let backups = Plan { schedule: None, folder: folder.path().join("backups"), keep };
        let signer = Arc::new(Signer::of_seed(&[1; 32]).unwrap());
        let ground = Ground {
            db: db.clone(),
            files,
            clock: Arc::clone(&clock),
            entropy,
            lifetimes: Lifetimes::default(),
            web: Arc::new(web),
            search: Search::open(folder.path().join("index")),
            signer,
            data: folder.path().to_owned(),
            backups,
        };
        let hasher = Hasher::new(Cost { memory: 8, passes: 1, lanes: 1 }, 4, &*ground.entropy).unwrap();
        let desk = assemble(&ground, hasher).unwrap();
        let beside = Beside::start(&desk, &ground, &stop).unwrap();
        let router = web_kit::protect(desk.router.clone(), Arc::clone(&ground.web));
        let serving = runtime.spawn(server.serve(router, stop.clone()));
        drop(inside);
        let mut house = Self {
            cast: Cast::new(),
            base,
            db: db.clone(),
            desk,
            files: ground.files.clone(),
            search: ground.search.clone(),
            clock,
            tokens: BTreeMap::new(),
            stop,
            beside: Some(beside),
            runtime: Some(runtime),
            serving: Some(serving),
            folder,
        };
        for (_, person) in house.cast.everybody() {
            let token = house.make_token(person, &["read", "write"]);
            house.tokens.insert(person.raw(), token);
        }
        house
    }

    /// The files of the desk on its disk.
    pub fn stored(&self) -> BTreeSet<PathBuf> {
        let mut found = BTreeSet::new();
        let mut folders = vec![self.folder.path().join("files")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
                if entry.file_type().unwrap().is_dir() {
                    folders.push(entry.path())
                } else {
                    found.insert(entry.path());
                }
            }
        }
        found
    }

    /// Until everything that is committed can be found by its words.
    pub fn indexed(&self) {
        let head = self.db.read_wait("head", search::store::log::newest).unwrap();
        self.search.wake();
        let start = std::time::Instant::now();
        while self.search.state() != search::State::Ready || self.search.reached() < Some(head) {
            assert!(start.elapsed().as_secs() < 60, "the index never has everything");
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    }

    /// A token of somebody with these scopes.
    pub fn make_token(&self, person: PersonId, scopes: &[&str]) -> String {
        let now = self.clock.now();
        let secret = Secret::new(&SystemEntropy);
        let digest = secret.digest();
        let new = NewToken { name: "test".into(), scopes: Scopes::parse(scopes.iter().copied()).unwrap(), expires_at: now.plus(Time::DAY) };
        self.db
            .write_wait("token", move |tx| {
                let account = party::store::account::of_person(tx, person)?.ok_or_else(kernel::Error::not_found)?;
                sessions::store::token::insert(tx, account.id, digest, &new, now)
            })
            .unwrap();
        written(&secret)
    }

    /// Somebody of the cast, by token.
    pub fn as_(&self, person: PersonId) -> Client {
        Client { base: self.base.clone(), token: Some(self.tokens[&person.raw()].clone()), cookie: None }
    }

    /// A file that somebody uploaded and that belongs to nothing yet.
    pub fn upload(&self, person: PersonId, name: &str, content: &'static [u8]) -> kernel::AttachmentId {
        let runtime = self.runtime.as_ref().unwrap();
        let tenant = self.db.read_wait("tenant", move |rd| Ok(party::store::person::get(rd, person)?.tenant)).unwrap();
        let chunk = Ok::<_, std::io::Error>(content.into());
        let file = runtime.block_on(self.files.put(tenant, tokio_stream::once(chunk), 1_000_000)).unwrap();
        let (name, now) = (name.to_owned(), self.clock.now());
        self.db
            .write_wait("upload", move |tx| {
                let id = tx.next_id::<kernel::kinds::Attachment>()?;
                let upload = ticket::store::attachment::Upload {
                    id,
                    tenant,
                    person,
                    file: file.id,
                    name: name.clone(),
                    media_type: "text/plain".into(),
                    size: file.size,
                    created_at: now,
                };
                ticket::store::attachment::insert_upload(tx, &upload)?;
                Ok(id)
            })
            .unwrap()
    }

    /// Somebody without a name.
    pub fn visitor(&self) -> Client {
        Client { base: self.base.clone(), token: None, cookie: None }
    }

    /// How many events the log has: unchanged means that nothing happened.
    pub fn events(&self) -> i64 {
        self.db.read_wait("count", |rd| rd.all_text::<i64>("SELECT COUNT(*) FROM event", &[])).unwrap()[0]
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.stop.cancel();
        if let (Some(runtime), Some(serving)) = (self.runtime.take(), self.serving.take()) {
            let _ = runtime.block_on(async { tokio::time::timeout(std::time::Duration::from_secs(10), serving).await });
            if let Some(beside) = self.beside.take() {
                beside.stop();
            }
            runtime.shutdown_timeout(std::time::Duration::from_secs(2));
        }
    }
}
