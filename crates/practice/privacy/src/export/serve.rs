//! The file on its way to whoever asked for it.

use std::sync::Arc;

use axum::body::Body;
use axum::response::IntoResponse as _;
use files::Files;
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use kernel::{Error, PersonId};
use web_kit::{App, Result, Uncompressed, Viewer};

use super::store::ExportId;
use super::taken;

pub type FilesRef = axum::Extension<Files>;

/// # Errors
/// Not found when the viewer did not ask for it, or it is not there any more.
pub async fn file(app: &App, viewer: &Viewer, files: &FilesRef, person: PersonId, id: ExportId) -> Result {
    let (actor, act) = (Arc::clone(&viewer.actor), viewer.act(app)?);
    let export = app.db.write("person.export_taken", move |tx| taken(tx, &actor, &act, person, id)).await?;
    let (stored, bytes) = files.0.get(export.file.ok_or_else(Error::not_found)?).await?;
    let mut response = Body::from_stream(bytes).into_response();
    let headers = response.headers_mut();
    let name = format!("attachment; filename=\"person-{}-{id}.zip\"", export.person);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    headers.insert(CONTENT_LENGTH, HeaderValue::from(stored.size));
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(Error::internal)?);
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.extensions_mut().insert(Uncompressed);
    Ok(response)
}
