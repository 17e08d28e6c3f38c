//! The desk behind the guard, as the configuration wants it.

use std::sync::Arc;

use axum::Router;
use db::Db;
use events::backup_run;
use files::Files;
use kernel::{Clock, Entropy, SystemClock, SystemEntropy, Time};
use search::Search;
use sessions::Lifetimes;
use sessions::password::Hasher;
use tokio_util::sync::CancellationToken;
use web_kit::{BodyLimits, PublicUrl, Quota, RateLimiter, Ready, Web, health, protect};

use super::desk::{Assembled, Ground, assemble};
use super::{metrics, migrations};
use crate::backup::scheduled::{Keep, Plan};
use crate::chain;
use crate::config::Config;
use crate::exit::Failure;
use crate::folder::DataFolder;

/// What may come at once, in seconds of the allowed rate.
const BURST: u32 = 15;
/// The same for somebody who is signed in, who has more of them.
const BURST_OF_PERSON: u32 = 12;

/// The parts of one process; to be called inside of the runtime.
///
/// # Errors
/// A part cannot be made: a folder, a number with a name that is taken.
pub fn ground(config: &Config, db: &Db, folder: &DataFolder, public_url: PublicUrl, stop: CancellationToken) -> Result<Ground, Failure> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
    let mut web = Web::new(Arc::clone(&clock), Arc::clone(&entropy), public_url)?;
    web.bodies = BodyLimits { usual: config.limits_body.0, upload: config.limits_upload.0, ..BodyLimits::default() };
    let per_second = config.limits_anonymous.0;
    web.anonymous = RateLimiter::new(Quota { burst: per_second.saturating_mul(BURST), per_second });
    let per_second = config.limits_person.0;
    web.people = Quota { burst: per_second.saturating_mul(BURST_OF_PERSON), per_second };
    web.stop = stop;
    let search = Search::open(folder.path().join("index"));
    metrics::register(&web.metrics, db, &search, web.stop.clone())?;
    let signer = Arc::new(chain::signer(folder.path(), &*entropy)?);
    let files = Files::local(&folder.path().join("files"), db.clone(), Arc::clone(&clock), Arc::clone(&entropy))?;
    Ok(Ground {
        db: db.clone(),
        files,
        clock,
        entropy,
        lifetimes: lifetimes(config),
        web: Arc::new(web),
        search,
        signer,
        data: folder.path().to_owned(),
        backups: plan(config, folder),
    })
}

/// How backups go, in a line for the operator.
fn backups(newest: Option<&backup_run::Newest>) -> String {
    match newest {
        None => "backup: none was made yet\n".to_owned(),
        Some(newest) if newest.last.ok => format!("backup: {}, good\n", newest.last.begun.to_rfc3339()),
        Some(newest) => {
            let good = newest.good.map_or_else(|| "none".to_owned(), Time::to_rfc3339);
            format!("backup: {} failed; the last good one: {good}\n", newest.last.begun.to_rfc3339())
        }
    }
}

fn plan(config: &Config, folder: &DataFolder) -> Plan {
    let keep = Keep { daily: config.backup_daily.size(), weekly: config.backup_weekly.size(), monthly: config.backup_monthly.size() };
    let folder = config.backup_folder.clone().unwrap_or_else(|| folder.path().join("backups"));
    Plan { schedule: config.backup_schedule, folder, keep }
}

fn lifetimes(config: &Config) -> Lifetimes {
    let micros = |time: std::time::Duration| i64::try_from(time.as_micros()).unwrap_or(i64::MAX / 4).min(i64::MAX / 4);
    Lifetimes { idle: micros(config.session_idle), absolute: micros(config.session_absolute) }
}

/// The desk and its router.
///
/// # Errors
/// The password hasher cannot be made.
pub fn build(config: &Config, ground: &Ground) -> Result<(Assembled, Router), Failure> {
    let desk = assemble(ground, Hasher::strong(&*ground.entropy)?)?;
    let token = config.metrics_token.as_ref().map(|token| token.reveal().as_str().to_owned());
    let router = desk.router.clone().merge(health(Arc::clone(&ground.web), ready(ground.db.clone()), token));
    Ok((desk, protect(router, Arc::clone(&ground.web))))
}

/// The database is sound and answers, on a connection kept for this question. A newer node may have brought it to a
/// newer version meanwhile: both then work on it until this one is replaced.
fn ready(db: Db) -> Ready {
    Box::new(move || {
        let db = db.clone();
        Box::pin(async move {
            if let Some(damage) = db.damage() {
                return Err(kernel::Error::internal(format!("the database is damaged: {damage}")));
            }
            migrations::in_place(&db).await?;
            db.read_reserved("ready.backup", |rd| Ok(backups(backup_run::newest(rd)?.as_ref()))).await
        })
    })
}
