//! Answers that a browser may have already.

use axum::response::IntoResponse;
use base64::Engine as _;
use http::header::{ETAG, IF_NONE_MATCH};
use http::{HeaderMap, HeaderValue, StatusCode};
use sha2::{Digest as _, Sha256};

/// The mark of a private page: over everything that decides its bytes, such as viewer, rights,
/// language, theme and the versions of all that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Etag(HeaderValue);

impl Etag {
    /// Of the parts in their order; no two lists of parts give the same mark.
    pub fn of(parts: &[&dyn std::fmt::Display]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            let text = part.to_string();
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        }
        let digest = hash.finalize();
        let code = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(digest.get(..15).unwrap_or_default());
        // Weak: compression changes the bytes and not the meaning.
        Self(HeaderValue::from_str(&format!("W/\"{code}\"")).unwrap_or(HeaderValue::from_static("W/\"\"")))
    }

    /// Whether the browser has this already.
    pub fn is_known(&self, headers: &HeaderMap) -> bool {
        let bare = |text: &str| text.trim().trim_start_matches("W/").to_owned();
        let own = self.0.to_str().map(bare).unwrap_or_default();
        let lines = headers.get_all(IF_NONE_MATCH).iter();
        lines.filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(',')).any(|one| bare(one) == own)
    }

    /// 304 when the browser has it, else what `make` makes, marked.
    ///
    /// # Errors
    /// Those of `make`.
    pub fn answer<R: IntoResponse>(self, headers: &HeaderMap, make: impl FnOnce() -> crate::Result<R>) -> crate::Result {
        let mut response = if self.is_known(headers) { StatusCode::NOT_MODIFIED.into_response() } else { make()?.into_response() };
        response.headers_mut().insert(ETAG, self.0);
        Ok(response)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_recognised_and_parts_do_not_run_together() {
        let etag = Etag::of(&[&"olga", &7]);
        assert_ne!(etag, Etag::of(&[&"olga7"]));
        assert_ne!(etag, Etag::of(&[&"olga", &8]));
        let mut headers = HeaderMap::new();
        assert!(!etag.is_known(&headers));
        let text = etag.0.to_str().unwrap().trim_start_matches("W/");
        headers.insert(IF_NONE_MATCH, format!("\"x\", {text}").parse().unwrap());
        assert!(etag.is_known(&headers), "weak comparison");
        let kept = etag.clone().answer(&headers, || -> crate::Result<&str> { panic!("not made") }).unwrap();
        assert_eq!((kept.status(), kept.headers().contains_key(ETAG)), (StatusCode::NOT_MODIFIED, true));
    }
}
