//! `/files/{id}/{name}`: a file of a ticket, for whoever may see it.

use axum::body::Body;
use axum::response::IntoResponse as _;
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use kernel::{AttachmentId, Error};
use ticket::serve;
use ticket::store::attachment::Attachment;
use web_kit::{Path, Result, Uncompressed};

use super::{Anybody, FilesRef};

/// What a browser may show in place: pictures that hold no script.
const INLINE: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

pub async fn file(Anybody(agent): Anybody, files: FilesRef, Path((id, _name)): Path<(AttachmentId, String)>) -> Result {
    let found = agent.read_bounded("ticket.file", move |rd, frame| serve::file(rd, frame, id)).await?;
    let (stored, bytes) = files.0.get(found.file).await?;
    let mut response = Body::from_stream(bytes).into_response();
    let headers = response.headers_mut();
    let inline = INLINE.contains(&found.media_type.as_str());
    headers.insert(CONTENT_TYPE, value(if inline { &found.media_type } else { "application/octet-stream" })?);
    headers.insert(CONTENT_LENGTH, HeaderValue::from(stored.size));
    headers.insert(CONTENT_DISPOSITION, value(&disposition(&found, inline))?);
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'; frame-ancestors 'none'"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    response.extensions_mut().insert(Uncompressed);
    Ok(response)
}

fn value(text: &str) -> kernel::Result<HeaderValue> {
    HeaderValue::from_str(text).map_err(Error::internal)
}

/// RFC 6266 with the name in both forms.
fn disposition(file: &Attachment, inline: bool) -> String {
    let kind = if inline { "inline" } else { "attachment" };
    let plain: String =
        file.name.chars().map(|c| if c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%' | ';') { c } else { '_' }).collect();
    let mut full = String::new();
    for byte in file.name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => full.push(char::from(byte)),
            _ => full.push_str(&format!("%{byte:02X}")),
        }
    }
    format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{full}")
}
