//! The desk of one process: its parts joined, its threads, its router.

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use db::Db;
use events::chain::{Chain, Signer};
use events::{Handlers, Runner};
use files::Files;
use kernel::{Clock, Entropy, Result};
use search::{Follower, Search};
use sessions::password::Hasher;
use sessions::{Lifetimes, Sessions};
use ticket::Desk;
use ticket::chain::TicketTexts;
use ticket::jobs::Workshop;
use ticket::live::LiveFollower;
use tokio_util::sync::CancellationToken;
use utoipa::openapi::OpenApi;
use web_kit::{App, Parts, Web, assets};

use super::slices;
use crate::backup::scheduled::{self, Maker, Plan};
use crate::chain;

/// Threads that do jobs.
const WORKERS: usize = 2;

/// What a desk stands on.
pub struct Ground {
    pub db: Db,
    pub files: Files,
    pub clock: Arc<dyn Clock>,
    pub entropy: Arc<dyn Entropy>,
    pub lifetimes: Lifetimes,
    pub web: Arc<Web>,
    pub search: Search,
    /// Signs heads of the audit chain.
    pub signer: Arc<Signer>,
    /// Where this node keeps its files; for backups.
    pub data: PathBuf,
    pub backups: Plan,
}

/// A desk that can be served.
pub struct Assembled {
    pub app: App,
    pub sessions: Arc<Sessions>,
    pub tickets: Arc<Desk>,
    /// Without the guard; [`web_kit::protect`] goes around it last.
    pub router: Router,
    pub openapi: OpenApi,
    /// The pages with their doors.
    pub routes: Vec<api_kit::Route>,
}

/// Joins the parts.
///
/// # Errors
/// The key of the desk is none.
pub fn assemble(ground: &Ground, hasher: Hasher) -> Result<Assembled> {
    let db = &ground.db;
    let sessions = Arc::new(Sessions::new(db.clone(), Arc::clone(&ground.clock), Arc::clone(&ground.entropy), hasher, ground.lifetimes));
    let tickets = Arc::new(Desk::sealed_by(&ground.signer.secret("masked texts"))?.guarded_by(work::GUARDS));
    let all = slices::all(&sessions, &ground.search, &ground.signer, &ground.backups);
    let joined = slices::join(all, &tickets, &ground.files, &ground.search);
    let mut parts = Parts::new(db.clone(), Arc::clone(&ground.web), Arc::clone(&sessions) as Arc<dyn web_kit::Authenticator>);
    parts.navigation = joined.navigation;
    parts.sections = joined.sections;
    let app = App::new(parts);
    let openapi = joined.openapi.clone();
    let router = joined.router.with_state(app.clone()).merge(assets()).merge(described(openapi));
    Ok(Assembled { app, sessions, tickets, router, openapi: joined.openapi, routes: joined.routes })
}

/// The description of the API, for everybody.
fn described(openapi: OpenApi) -> Router {
    Router::new().route("/api/v1/openapi.json", axum::routing::get(move || async move { axum::Json(openapi) }))
}

/// What goes on beside the requests; ends with `stop`.
pub struct Beside {
    runner: Option<Runner>,
    follower: Option<Follower>,
}

impl Beside {
    /// Starts jobs, the index, live updates and the upkeep of sessions, inside of the runtime.
    ///
    /// # Errors
    /// A thread cannot be started.
    pub fn start(desk: &Assembled, ground: &Ground, stop: &CancellationToken) -> Result<Self> {
        let shop = Workshop {
            db: ground.db.clone(),
            desk: Arc::clone(&desk.tickets),
            clock: Arc::clone(&ground.clock),
            entropy: Arc::clone(&ground.entropy),
        };
        let ending = stop.clone();
        let dock = import::Dock {
            shop: shop.clone(),
            files: ground.files.clone(),
            runtime: tokio::runtime::Handle::current(),
            ending: Arc::new(move || ending.is_cancelled()),
            turn: events::Turn::default(),
        };
        let handlers = import::handlers(ticket::jobs::handlers(Handlers::default(), &shop), dock);
        let handlers = forms::job::handlers(privacy::job::handlers(handlers, &shop), &shop);
        let handlers = privacy::export::job::handlers(handlers, &press(ground, shop, stop));
        let handlers = scheduled::handlers(handlers, &maker(ground, stop));
        let followers: Vec<Arc<dyn events::Follower>> =
            vec![Arc::new(Chain::new(Arc::new(TicketTexts))), Arc::new(LiveFollower::new(Arc::clone(&desk.tickets)))];
        let runner =
            Runner::start(ground.db.clone(), Arc::clone(&ground.clock), followers, handlers, WORKERS).map_err(kernel::Error::internal)?;
        let follower = Follower::start(&ground.search, ground.db.clone(), Arc::clone(&ground.clock)).map_err(kernel::Error::internal)?;
        tokio::spawn(wake(runner.waker(), ground.search.clone(), ground.db.commits(), stop.clone()));
        tokio::spawn(desk.app.hub.clone().run(ground.db.clone(), stopped(stop.clone())));
        let (sessions, end) = (Arc::clone(&desk.sessions), stop.clone());
        tokio::spawn(async move { sessions.keep_up(end).await });
        tokio::spawn(sweep(ground.files.clone(), stop.clone()));
        tokio::spawn(chain::sign_on(ground.db.clone(), Arc::clone(&ground.signer), Arc::clone(&ground.clock), stop.clone()));
        Ok(Self { runner: Some(runner), follower: Some(follower) })
    }

    /// Ends the threads after the step they are in; to be called outside of async code.
    pub fn stop(mut self) {
        if let Some(mut runner) = self.runner.take() {
            runner.stop();
        }
        // After the jobs, so that what they wrote is found after the next start at once.
        if let Some(mut follower) = self.follower.take() {
            follower.stop();
        }
    }
}

/// What exports of people are made with; to be called inside of the runtime.
fn press(ground: &Ground, shop: Workshop, stop: &CancellationToken) -> privacy::export::job::Press {
    let stop = stop.clone();
    privacy::export::job::Press {
        shop,
        files: ground.files.clone(),
        runtime: tokio::runtime::Handle::current(),
        ending: Arc::new(move || stop.is_cancelled()),
        turn: events::Turn::default(),
    }
}

fn maker(ground: &Ground, stop: &CancellationToken) -> Maker {
    Maker {
        plan: ground.backups.clone(),
        db: ground.db.clone(),
        data: ground.data.clone(),
        clock: Arc::clone(&ground.clock),
        entropy: Arc::clone(&ground.entropy),
        stop: stop.clone(),
    }
}

async fn wake(waker: events::Waker, search: Search, mut commits: tokio::sync::watch::Receiver<u64>, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            changed = commits.changed() => if changed.is_err() { return },
        }
        waker.wake();
        search.wake();
    }
}

/// Orphans are looked for once an hour.
async fn sweep(files: Files, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(std::time::Duration::from_secs(3600)) => {}
        }
        if let Err(error) = files.sweep().await {
            tracing::warn!(%error, "files could not be swept");
        }
    }
}

fn stopped(stop: CancellationToken) -> tokio::sync::watch::Receiver<bool> {
    let (tell, told) = tokio::sync::watch::channel(false);
    tokio::spawn(async move {
        stop.cancelled().await;
        let _ = tell.send(true);
    });
    told
}
