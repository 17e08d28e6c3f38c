//! A JSON body with the key that makes its effect happen once
//! (draft-ietf-httpapi-idempotency-key-header).

use axum::extract::{FromRequest, Request};
use bytes::Bytes;
use events::RequestKey;
use http::HeaderMap;
use kernel::{Error, ErrorKind, PersonId};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use web_kit::{Fail, read_json};

/// Letters of a key at most.
const LONGEST: usize = 200;

/// The key of a request with the digest of what it asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub key: String,
    pub digest: String,
}

impl Key {
    /// The key of a form: the client id that its page carried, and the fields as the digest.
    pub fn of_form(client_id: &str, fields: &impl std::fmt::Debug) -> Option<Self> {
        let key = client_id.trim();
        (!key.is_empty() && key.len() <= LONGEST).then(|| Self { key: key.to_owned(), digest: digest(format!("{fields:?}").as_bytes()) })
    }
}

/// Makes the stored form of a key.
pub trait RequestKeyed {
    /// For an actor and an action.
    fn stored(&self, actor: PersonId, action: &'static str) -> Option<RequestKey>;
}

impl RequestKeyed for Option<Key> {
    fn stored(&self, actor: PersonId, action: &'static str) -> Option<RequestKey> {
        self.as_ref().map(|k| RequestKey { actor: actor.raw(), action, key: k.key.clone(), digest: k.digest.clone() })
    }
}

/// A JSON body and its `Idempotency-Key`, when it has one.
#[derive(Debug)]
pub struct Posted<T> {
    pub body: T,
    pub key: Option<Key>,
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Posted<T> {
    type Rejection = Fail;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fail> {
        let named = key_of(request.headers())?;
        let place = request.uri().path().to_owned();
        if !web_kit::is_json(&request) {
            return Err(Fail::with_status(Error::new(ErrorKind::Malformed, "error-media-type"), http::StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|e| Error::new(ErrorKind::Malformed, "error-malformed").cause(e.body_text()))?;
        let key = named.map(|key| Key { key, digest: digest(&[place.as_bytes(), b"\n", &bytes].concat()) });
        Ok(Self { body: read_json(&bytes)?, key })
    }
}

fn key_of(headers: &HeaderMap) -> Result<Option<String>, Error> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim().trim_matches('"');
    if text.is_empty() || text.len() > LONGEST {
        return Err(Error::new(ErrorKind::Malformed, "error-idempotency-header"));
    }
    Ok(Some(text.to_owned()))
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}
