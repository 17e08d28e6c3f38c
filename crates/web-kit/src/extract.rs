//! Arguments of handlers whose mistakes are our errors, in words and by field.

use axum::extract::{FromRequest, FromRequestParts, Request};
use bytes::Bytes;
use http::StatusCode;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use kernel::{Error, ErrorKind};
use serde::de::DeserializeOwned;

use crate::Fail;
use crate::strict::Strict;

/// Parts of the path. What cannot be read names nothing: 404, as for an id that does not exist.
#[derive(Debug, Clone, Copy)]
pub struct Path<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fail> {
        let read = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        read.map(|axum::extract::Path(value)| Self(value)).map_err(|_| Error::not_found().into())
    }
}

/// The query string.
#[derive(Debug, Clone, Copy, Default)]
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fail> {
        let read = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        read.map(|axum::extract::Query(value)| Self(value)).map_err(|refused| malformed(refused.body_text()).into())
    }
}

/// The fields of a posted form.
#[derive(Debug, Clone, Copy, Default)]
pub struct Form<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Form<T> {
    type Rejection = Fail;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fail> {
        let read = axum::extract::Form::<T>::from_request(request, state).await;
        read.map(|axum::extract::Form(value)| Self(value)).map_err(|refused| malformed(refused.body_text()).into())
    }
}

/// A JSON body, sent as such. Its type says which fields it knows (`deny_unknown_fields`).
#[derive(Debug, Clone, Copy, Default)]
pub struct Json<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Fail;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fail> {
        if !is_json(&request) {
            let error = Error::new(ErrorKind::Malformed, "error-media-type");
            return Err(Fail::with_status(error, StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        let body = Bytes::from_request(request, state).await.map_err(|refused| malformed(refused.body_text()))?;
        Ok(Self(read_json(&body)?))
    }
}

/// Reads a JSON body.
///
/// # Errors
/// It is no JSON (400), or a field is missing, unknown or of another type (422, with its place).
pub fn read_json<T: DeserializeOwned>(body: &[u8]) -> kernel::Result<T> {
    let mut reader = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(Strict(&mut reader)).map_err(|error| {
        let place = error.path().to_string();
        let cause = error.into_inner();
        if !cause.is_data() {
            return unreadable(&cause);
        }
        let place = if place == "." { String::new() } else { place };
        Error::invalid(place, "error-json").field_arg("detail", said(&cause))
    })?;
    reader.end().map_err(|error| unreadable(&error))?;
    Ok(value)
}

fn unreadable(cause: &serde_json::Error) -> Error {
    Error::new(ErrorKind::Malformed, "error-json").arg("detail", cause)
}

/// Without the place in the text, which the pointer says better.
fn said(cause: &serde_json::Error) -> String {
    let text = cause.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

fn malformed(cause: String) -> Error {
    Error::new(ErrorKind::Malformed, "error-malformed").cause(cause)
}

/// Whether the body is sent as JSON.
pub fn is_json(request: &Request) -> bool {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json") || essence.to_ascii_lowercase().ends_with("+json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct New {
        #[expect(dead_code, reason = "only read")]
        tags: Vec<u8>,
    }

    #[derive(Debug, Default, PartialEq, serde::Deserialize)]
    #[serde(default, deny_unknown_fields)]
    struct Changed {
        name: Option<String>,
        within: Option<Box<Changed>>,
        all: Vec<Changed>,
        by: std::collections::BTreeMap<String, Changed>,
        how: Option<How>,
    }

    #[derive(Debug, PartialEq, serde::Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum How {
        Some { much: Option<u8> },
    }

    #[test]
    fn an_array_is_no_object() {
        let read = |text: &str| read_json::<Changed>(text.as_bytes());
        for wrong in [
            "[null, null]",
            "[]",
            r#"{"within":[]}"#,
            r#"{"all":[{},[]]}"#,
            r#"{"by":{"a":[]}}"#,
            r#"{"how":{"some":[]}}"#,
            r#"{"how":{"some":[1]}}"#,
        ] {
            assert_eq!(read(wrong).unwrap_err().kind(), ErrorKind::Invalid, "{wrong}");
        }
        let right = read(r#"{"name":"a","within":{"name":null},"all":[{}],"by":{"a":{}},"how":{"some":{"much":1}}}"#).unwrap();
        assert_eq!((right.all.len(), right.by.len(), right.how), (1, 1, Some(How::Some { much: Some(1) })));
        assert_eq!(right.within, Some(Box::default()));
    }

    #[test]
    fn mistakes_in_json_name_their_place() {
        let wrong = |text: &str| read_json::<New>(text.as_bytes()).unwrap_err();
        let error = wrong(r#"{"tags":[1,"x"]}"#);
        assert_eq!((error.kind(), &*error.fields()[0].field), (ErrorKind::Invalid, "tags[1]"));
        assert_eq!(wrong(r#"{"tags":[],"is_admin":true}"#).fields()[0].field, "is_admin");
        assert_eq!(wrong("{}").fields()[0].args[0].1, "missing field `tags`");
        assert_eq!(wrong(r#"{"tags":[],"tags":[]}"#).fields()[0].args[0].1, "duplicate field `tags`");
        let deep = format!("{{\"tags\":{}", "[".repeat(200_000));
        for broken in ["", "{", "{\"tags\":[]} x", "{\"tags\":[1e309]}", "\"\\ud800\"", &deep] {
            assert!(matches!(wrong(broken).kind(), ErrorKind::Malformed | ErrorKind::Invalid), "{}", &broken[..broken.len().min(20)]);
        }
    }
}
