//! From a handler to an action: the one bridge that pages and endpoints cross.

use std::sync::Arc;

use access::Actor;
use db::{Rd, Tx};
use events::{RequestKey, once};
use kernel::Result;
use serde::{Serialize, de::DeserializeOwned};
use web_kit::{App, Viewer};

use crate::Frame;

/// Runs an action of the viewer; with a key it has its effect once, and a repeat gets the first
/// result.
///
/// # Errors
/// What the action answers; busy when the queue is full.
pub async fn act<T, F>(app: &App, viewer: &Viewer, name: &'static str, key: Option<RequestKey>, action: F) -> Result<T>
where
    T: Serialize + DeserializeOwned + Send + 'static,
    F: Fn(&mut Tx<'_>, Frame<'_>) -> Result<T> + Send + 'static,
{
    let (actor, act) = (Arc::clone(&viewer.actor), viewer.act(app)?);
    app.db
        .write(name, move |tx| {
            let frame = Frame { actor: &actor, act: &act };
            once(tx, key.as_ref(), act.now, |tx| action(tx, frame)).map(|(result, _)| result)
        })
        .await
}

/// Reads for the viewer on the reader pool: lists and whole pages.
///
/// # Errors
/// What the closure answers; busy when no reader was free in time.
pub async fn read<T, F>(app: &App, viewer: &Viewer, name: &'static str, query: F) -> Result<T>
where
    T: Send + 'static,
    F: FnOnce(&mut Rd<'_>, &Actor) -> Result<T> + Send + 'static,
{
    let actor = Arc::clone(&viewer.actor);
    app.db.read(name, move |rd| query(rd, &actor)).await
}

/// Reads for the viewer by key or by an index with a limit: in place on SQLite.
///
/// # Errors
/// As [`read`].
pub async fn read_bounded<T, F>(app: &App, viewer: &Viewer, name: &'static str, query: F) -> Result<T>
where
    T: Send + 'static,
    F: Fn(&mut Rd<'_>, &Actor) -> Result<T> + Send + 'static,
{
    let actor = Arc::clone(&viewer.actor);
    app.db.read_bounded(name, move |rd| query(rd, &actor)).await
}
