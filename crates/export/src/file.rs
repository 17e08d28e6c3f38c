//! The answer that is a file.

use std::sync::Arc;

use axum::body::Body;
use axum::response::{IntoResponse as _, Response};
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderMap, HeaderValue};
use i18n::key;
use kernel::{Error, Result};
use ticket::Desk;
use web_kit::{App, Uncompressed, Viewer};

use crate::asked::{Asked, List};
use crate::event::{self, ExportEvent};
use crate::format::{Format, Reader, Writer};
use crate::list::{Reading, columns, filter_of, own_fields};
use crate::stream::{Download, page, sheet_name};

/// The list as a file. What is wrong with the question is said before the first byte.
///
/// # Errors
/// Filter or columns are not understood; the reader takes too many files at once.
pub async fn answer(app: &App, viewer: &Viewer, desk: &Arc<Desk>, asked: Asked) -> Result<Response> {
    let place = app.streams.take(viewer.actor.require_person()?)?;
    let (format, list, machine) = (asked.format, asked.list, asked.machine);
    let (of, actor) = (Arc::clone(desk), Arc::clone(&viewer.actor));
    let own = app.db.read("export.fields", move |rd| own_fields(rd, &of, &actor, list)).await?;
    let columns = columns(&viewer.actor, &asked, &own)?;
    let act = viewer.act(app)?;
    let keys = columns.iter().map(|c| c.key.clone().into_owned()).collect();
    let reading = Reading {
        actor: Arc::clone(&viewer.actor),
        desk: Arc::clone(desk),
        act: act.clone(),
        t: viewer.t.clone(),
        asked: Arc::new(asked),
        columns: Arc::new(columns),
        own: Arc::new(own),
    };
    let asking = reading.clone();
    let filter = app.db.read("export.filter", move |rd| filter_of(rd, &asking)).await?;
    let first = page(app, &reading, None).await?;
    let writer = Writer::new(format, Reader { t: viewer.t.clone(), machine }, &sheet_name(&viewer.t, label(list)), &reading.columns)?;
    let (told, actor) = (ExportEvent::Started { list: list.key(), format: format.key(), columns: keys, filter }, Arc::clone(&viewer.actor));
    let started = app.db.write("export.start", move |tx| event::record(tx, &act, &actor, &told)).await?;
    let download = Download { app: app.clone(), viewer: viewer.clone(), reading, started, first, place };
    let mut response = Body::from_stream(download.bytes(writer)).into_response();
    head(response.headers_mut(), format, &name(viewer, app, list, format))?;
    if format == Format::Xlsx {
        response.extensions_mut().insert(Uncompressed);
    }
    Ok(response)
}

/// Such as `tickets-2026-11-22.csv`.
fn name(viewer: &Viewer, app: &App, list: List, format: Format) -> String {
    let day: String = crate::cell::local(&viewer.t, app.now()).chars().take(10).collect();
    format!("{}-{day}.{}", list.key(), format.key())
}

fn head(headers: &mut HeaderMap, format: Format, name: &str) -> Result<()> {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")).map_err(Error::internal)?;
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    headers.insert(CONTENT_DISPOSITION, disposition);
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(())
}

/// The words for a list.
const fn label(list: List) -> &'static str {
    match list {
        List::Tickets => key!("console-tickets"),
        List::People => key!("people-people"),
        List::Organisations => key!("people-orgs"),
        List::Teams => key!("people-teams"),
        List::Services => key!("people-services"),
        List::Locations => key!("people-locations"),
    }
}
