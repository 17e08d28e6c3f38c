//! A posted form with its files: they are kept as they arrive, so that a form that is refused still has
//! them.

use api_kit::{Key, RequestKeyed as _};
use axum::extract::Request;
use events::RequestKey;
use files::Files;
use kernel::{AttachmentId, Error, FieldError, Id, Result};
use ticket::store::attachment;
use web_kit::receive;

use crate::guest::Guest;

/// Bytes of one file at most, unless the desk takes less.
const FILE: u64 = 25_000_000;

/// Bytes of one file at most.
pub fn limit(guest: &Guest) -> u64 {
    FILE.min(guest.app.web.bodies.upload)
}

/// What was posted.
#[derive(Debug)]
pub struct Posted {
    fields: Vec<(String, String)>,
    /// Files of the form before this one that was refused, and of this one.
    pub uploads: Vec<AttachmentId>,
    /// What is wrong with the files.
    mistakes: Vec<FieldError>,
    /// Why they could not be kept.
    failure: Option<Error>,
    /// Makes the form count once.
    key: Option<Key>,
}

impl Posted {
    /// The text of a field; empty when it is not there.
    pub fn text(&self, name: &str) -> &str {
        self.fields.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value.as_str())
    }

    /// The custom fields by key.
    pub fn customs(&self) -> ticket::custom::Inputs {
        settings::field::posted(self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }

    /// A field that names a record; none when it is empty or no number.
    pub fn id<K>(&self, name: &str) -> Option<Id<K>> {
        self.text(name).parse().ok()
    }

    /// The key that makes the effect of the form happen once.
    pub fn key(&self, guest: &Guest, action: &'static str) -> Result<Option<RequestKey>> {
        Ok(self.key.stored(guest.person()?, action))
    }

    /// What is wrong with the files.
    ///
    /// # Errors
    /// They could not be kept, which is not the form's fault.
    pub fn mistakes(&mut self) -> Result<Vec<FieldError>> {
        self.failure.take().map_or_else(|| Ok(self.mistakes.clone()), Err)
    }

    /// Refuses the form when one of its files was.
    ///
    /// # Errors
    /// Invalid, with what is wrong with each file; or why they could not be kept.
    pub fn checked(&mut self) -> Result<()> {
        Error::of_fields(self.mistakes()?)
    }

    /// Reads a form, with or without files.
    ///
    /// # Errors
    /// Malformed or too large.
    pub async fn read(guest: &Guest, files: &Files, request: Request) -> Result<Self> {
        let tenant = guest.viewer.actor.tenant;
        let received = receive(request, files, tenant, limit(guest)).await?;
        let key = Key::of_form(received.text("client_id"), &received.asked());
        let kept = received.fields.iter().filter(|(name, _)| name == "uploads").filter_map(|(_, id)| id.parse().ok());
        let mut posted =
            Self { uploads: kept.collect(), key, fields: received.fields, mistakes: received.mistakes, failure: received.failure };
        if received.files.is_empty() {
            return Ok(posted);
        }
        let came = received.files;
        let taken = guest.act("upload", None, move |tx, frame| attachment::take_in(tx, tenant, frame.person()?, &came, frame.act.now));
        match taken.await {
            Ok(ids) => posted.uploads.extend(ids),
            Err(error) => posted.failure = posted.failure.or(Some(error)),
        }
        Ok(posted)
    }
}
