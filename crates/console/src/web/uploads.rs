//! Files on their way: parts of forms, and `POST /uploads` for programs and drafts.

use api_kit::{Key, RequestKeyed as _};
use axum::extract::Request;
use axum::response::IntoResponse as _;
use events::RequestKey;
use http::StatusCode;
use kernel::{AttachmentId, Error, FieldError, Result};
use ticket::store::attachment;
use web_kit::receive;

use super::{Agent, Anybody, Fields, FilesRef};

/// Files of a refused form that come along at most.
const KEPT: usize = 20;

/// A form with files: its fields, and the files that are stored now.
pub struct Stored {
    pub fields: Fields,
    /// Those of a refused form before this one and those of this one, with their names.
    pub uploads: Vec<(AttachmentId, String)>,
    /// What is wrong with the files.
    pub mistakes: Vec<FieldError>,
    /// Why the files could not be kept.
    failure: Option<Error>,
    /// Makes the form count once.
    key: Option<Key>,
}

impl Stored {
    /// The key of the form for an action.
    ///
    /// # Errors
    /// Nobody stands behind the request.
    pub fn key(&self, agent: &Agent, action: &'static str) -> Result<Option<RequestKey>> {
        Ok(self.key.stored(agent.viewer.actor.require_person()?, action))
    }

    /// Refuses the form when one of its files was.
    ///
    /// # Errors
    /// What is wrong with the files, or why they could not be kept.
    pub fn checked(&mut self) -> Result<()> {
        match self.failure.take() {
            Some(failure) => Err(failure),
            None => Error::of_fields(self.mistakes.clone()),
        }
    }
}

/// Reads a form part by part; files go to the store as they come.
///
/// # Errors
/// It cannot be read, or holds more text than a form may.
pub async fn read(agent: &Agent, files: &FilesRef, request: Request) -> Result<Stored> {
    let tenant = agent.viewer.actor.tenant;
    let received = receive(request, &files.0, tenant, agent.app.web.bodies.upload).await?;
    let key = Key::of_form(received.text("client_id"), &received.asked());
    let kept = received.fields.iter().filter(|(name, _)| name == "upload").take(KEPT);
    let kept = kept.filter_map(|(_, value)| {
        let (id, name) = value.split_once(':').unwrap_or((value, ""));
        Some((id.parse().ok()?, name.to_owned()))
    });
    let mut stored =
        Stored { uploads: kept.collect(), fields: Fields(received.fields), mistakes: received.mistakes, failure: received.failure, key };
    if received.files.is_empty() {
        return Ok(stored);
    }
    let names: Vec<String> = received.files.iter().map(|file| file.name.clone()).collect();
    let came = received.files;
    let taken = agent.act("upload.create", None, move |tx, frame| attachment::take_in(tx, tenant, frame.person()?, &came, frame.act.now));
    match taken.await {
        Ok(ids) => stored.uploads.extend(ids.into_iter().zip(names)),
        Err(error) => stored.failure = stored.failure.or(Some(error)),
    }
    Ok(stored)
}

/// `POST /uploads`: files that belong to nothing yet; the answer's ids go with a message or a ticket.
pub async fn create(Anybody(agent): Anybody, files: FilesRef, request: Request) -> web_kit::Result {
    let mut stored = read(&agent, &files, request).await?;
    stored.checked()?;
    let uploads: Vec<_> = stored.uploads.iter().map(|(id, name)| serde_json::json!({"id": id, "name": name})).collect();
    Ok((StatusCode::CREATED, axum::Json(serde_json::json!({ "uploads": uploads }))).into_response())
}
