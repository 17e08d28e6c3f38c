//! From a handler to the actions and rows of intakes.

use std::sync::Arc;

use access::Actor;
use axum::body::Body;
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use db::{Rd, Tx};
use events::{Act, RequestKey, once};
use futures_util::stream;
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use kernel::{BatchId, Error, ErrorKind, Result};
use serde::{Serialize, de::DeserializeOwned};
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};
use web_kit::{App, Viewer};

use super::actions;
use super::dry::Dry;
use super::open::{self, field_error};
use super::views::{ImportOut, MadeOut, ReportOut};
use super::{Intake, IntakeState};
use crate::report::Report;

/// Bytes of a file that are sent at once.
const CHUNK: usize = 64 * 1024;

/// Runs an action of the viewer; with a key it has its effect once.
pub async fn act<T, F>(app: &App, viewer: &Viewer, name: &'static str, key: Option<RequestKey>, action: F) -> Result<T>
where
    T: Serialize + DeserializeOwned + Send + 'static,
    F: Fn(&mut Tx<'_>, &Actor, &Act) -> Result<T> + Send + 'static,
{
    let (actor, act) = (Arc::clone(&viewer.actor), viewer.act(app)?);
    app.db.write(name, move |tx| once(tx, key.as_ref(), act.now, |tx| action(tx, &actor, &act)).map(|(result, _)| result)).await
}

/// Reads for the viewer.
pub async fn read<T, F>(app: &App, viewer: &Viewer, name: &'static str, query: F) -> Result<T>
where
    T: Send + 'static,
    F: FnOnce(&mut Rd<'_>, &Actor) -> Result<T> + Send + 'static,
{
    let actor = Arc::clone(&viewer.actor);
    app.db.read(name, move |rd| query(rd, &actor)).await
}

/// An import with what its batch did.
pub struct Seen {
    pub intake: Intake,
    pub report: Option<Report>,
}

/// One that the viewer may know of.
pub async fn seen(app: &App, viewer: &Viewer, id: BatchId) -> Result<Seen> {
    read(app, viewer, "import.seen", move |rd, actor| {
        let intake = actions::seen(rd, actor, id)?;
        let report = match crate::report::read(rd, id, false) {
            Ok(report) => Some(report),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        Ok(Seen { intake, report })
    })
    .await
}

impl Seen {
    /// What the dry run said.
    pub fn dry(&self) -> Option<Dry> {
        serde_json::from_str(&self.intake.dry).ok()
    }

    /// As the API has it; `whole`: with what the dry run said.
    pub fn out(self, whole: bool) -> ImportOut {
        let dry = if whole { self.dry() } else { None };
        let Intake { id, tenant, file_name, records, mapping, state, stage, done, total, trouble, version, created_at, .. } = self.intake;
        let report = self.report.map(|report| ReportOut {
            rows_read: report.batch.rows_read,
            rows_applied: report.batch.rows_applied,
            rows_refused: report.batch.rows_refused,
            tickets: report.batch.cases,
            changed: report.changed,
            made: report.made.into_iter().map(|(sort, count)| MadeOut { sort: sort.key().to_owned(), count }).collect(),
        });
        let stage = if state.is_at_work() { stage } else { String::new() };
        ImportOut {
            id: id.raw(),
            tenant: tenant.raw(),
            file: file_name,
            records,
            mapping,
            state: state.key().to_owned(),
            stage: stage.trim_start_matches("import-stage-").to_owned(),
            done,
            total,
            trouble,
            dry,
            report,
            created_at: created_at.to_rfc3339(),
            version,
        }
    }
}

/// The refused rows as a file: in the form of their source, or with the reasons.
///
/// # Errors
/// Not found; nothing was run.
pub async fn refused(app: &App, viewer: &Viewer, id: BatchId, reasons: bool) -> Result<Response> {
    let seen = seen(app, viewer, id).await?;
    if seen.report.is_none() || seen.intake.state == IntakeState::Undone {
        return Err(Error::conflict("error-import-step"));
    }
    let rule = open::mapping(&seen.intake.mapping)?.file().clone();
    let (db, t) = (app.db.clone(), viewer.t.clone());
    let written = tokio::task::spawn_blocking(move || -> Result<std::fs::File> {
        let file = tempfile::tempfile().map_err(Error::internal)?;
        let out = std::io::BufWriter::new(file.try_clone().map_err(Error::internal)?);
        let written = if reasons { crate::refused(&db, id, &t, out) } else { crate::refused_as_source(&db, id, &rule, out) };
        written.map_err(field_error)?;
        Ok(file)
    });
    let mut file = tokio::fs::File::from_std(written.await.map_err(Error::internal)??);
    file.rewind().await.map_err(Error::internal)?;
    let bytes = stream::try_unfold(file, |mut file| async move {
        let mut out = vec![0; CHUNK];
        let read = file.read(&mut out).await?;
        out.truncate(read);
        Ok::<_, std::io::Error>((read > 0).then(|| (Bytes::from(out), file)))
    });
    let mut response = Body::from_stream(bytes).into_response();
    let headers = response.headers_mut();
    let name = format!("attachment; filename=\"import-{id}-refused.csv\"");
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/csv; header=present"));
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(Error::internal)?);
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
