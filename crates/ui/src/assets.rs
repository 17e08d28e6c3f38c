//! The files of `web/dist`, embedded and found by their hashed names.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(rust_embed::RustEmbed)]
#[folder = "../../web/dist"]
struct Dist;

/// Where the server mounts the files.
const PREFIX: &str = "/assets/";

/// Logical name (`console.css`) to path (`/assets/console.0a1b2c.css`).
static PATHS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let manifest = Dist::get("manifest.json").map(|file| file.data).unwrap_or_default();
    let names: HashMap<String, String> = serde_json::from_slice(&manifest).unwrap_or_default();
    names.into_iter().map(|(name, hashed)| (name, format!("{PREFIX}{hashed}"))).collect()
});

/// A file ready to be sent.
#[derive(Debug, Clone)]
pub struct Asset {
    pub body: Cow<'static, [u8]>,
    pub content_type: &'static str,
    /// The value of `Content-Encoding`, if the body is compressed.
    pub encoding: Option<&'static str>,
}

impl Asset {
    /// Every name holds the hash of its content, so a browser may keep it for good.
    pub const CACHE_CONTROL: &'static str = "public, max-age=31536000, immutable";
}

/// The path of a built file by its logical name, for templates: `ui::asset("console.css")`.
/// An unknown name answers the bare prefix, which is a 404; a test holds the layouts to known ones.
pub fn asset(name: &str) -> &'static str {
    PATHS.get(name).map_or(PREFIX, String::as_str)
}

/// The file behind `/assets/{name}`, in the best encoding of an `Accept-Encoding` header.
pub fn find(name: &str, accept_encoding: &str) -> Option<Asset> {
    let content_type = content_type(name)?;
    for (encoding, suffix) in [("br", ".br"), ("gzip", ".gz")] {
        if accepts(accept_encoding, encoding)
            && let Some(file) = Dist::get(&format!("{name}{suffix}"))
        {
            return Some(Asset { body: file.data, content_type, encoding: Some(encoding) });
        }
    }
    let file = Dist::get(name)?;
    Some(Asset { body: file.data, content_type, encoding: None })
}

/// Types by extension; what has none here (the manifest, the compressed copies) is not served.
fn content_type(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "css" => Some("text/css; charset=utf-8"),
        "js" => Some("text/javascript; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        "png" => Some("image/png"),
        _ => None,
    }
}

/// RFC 9110, 12.5.3: a coding is acceptable when listed with a weight above zero.
fn accepts(header: &str, coding: &str) -> bool {
    header.split(',').any(|part| {
        let mut pieces = part.split(';');
        let named = pieces.next().is_some_and(|name| name.trim().eq_ignore_ascii_case(coding));
        let refused = pieces.find_map(|p| p.trim().strip_prefix("q=")).and_then(|q| q.trim().parse::<f32>().ok()).is_some_and(|q| q <= 0.0);
        named && !refused
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_logical_name_is_served_under_its_hashed_path() {
        for name in ["console.css", "console.js", "portal.css", "portal.js", "icons.svg", "favicon.svg"] {
            let path = asset(name);
            let file = path.strip_prefix(PREFIX).expect("under the prefix");
            let plain = find(file, "").unwrap_or_else(|| panic!("{name} is not in web/dist"));
            assert_eq!(plain.encoding, None);
            assert_eq!(find(file, "gzip, br").unwrap().encoding, Some("br"), "{name}");
            assert_eq!(find(file, "gzip;q=1, br;q=0").unwrap().encoding, Some("gzip"), "{name}");
        }
    }

    #[test]
    fn the_manifest_and_compressed_copies_are_not_pages() {
        assert!(find("manifest.json", "").is_none());
        let css = asset("console.css").strip_prefix(PREFIX).unwrap().to_owned();
        assert!(find(&format!("{css}.br"), "").is_none());
        assert_eq!(asset("no-such-file.css"), PREFIX);
    }
}
