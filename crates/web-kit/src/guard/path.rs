//! Paths that mean one thing only. What two readers of a path could understand differently (a proxy
//! and the router) is not there: 404.

use http::Uri;

/// Escapes whose meaning another reader may undo before or after the router: the dot, slashes, the
/// percent sign itself, semicolon and control characters.
fn is_risky(byte: u8) -> bool {
    matches!(byte, b'.' | b'/' | b'\\' | b'%' | b';') || byte.is_ascii_control()
}

pub(super) fn is_clean(uri: &Uri) -> bool {
    let path = uri.path();
    if !path.starts_with('/') || path.contains("//") || path.contains([';', '\\']) {
        // `*` of OPTIONS and the empty path of CONNECT end here as well.
        return false;
    }
    if path.split('/').any(|segment| matches!(segment, "." | "..")) {
        return false;
    }
    escapes(path).all(|escape| escape.is_some_and(|byte| !is_risky(byte)))
}

/// The bytes behind the escapes of a path; nothing for a broken escape.
fn escapes(path: &str) -> impl Iterator<Item = Option<u8>> {
    path.match_indices('%').map(|(at, _)| {
        let digits = path.get(at + 1..at + 3).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
        u8::from_str_radix(digits, 16).ok()
    })
}

/// Files of the front end: cheap, cached and asked for in bursts.
pub(super) fn is_asset(uri: &Uri) -> bool {
    uri.path().starts_with("/assets/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_files_are_clean_whatever_their_name() {
        for name in ["Discount 50%.pdf", "a;b\\c/d.txt", "a\u{7f}\nb", "план.png", ".", "..", "", "%2e%2e/%00"] {
            let link = crate::file_link(kernel::AttachmentId::new(7), name);
            assert!(is_clean(&link.parse().unwrap()), "{link}");
        }
    }

    #[test]
    fn ambiguous_paths_are_not_there() {
        for clean in ["/", "/t/7", "/people?q=a//b;..%2f", "/v/caf%C3%A9", "/a.b/c..d", "/assets/x.css"] {
            assert!(is_clean(&clean.parse().unwrap()), "{clean}");
        }
        for tricky in [
            "//t",
            "/t//7",
            "/t/../admin",
            "/t/./7",
            "/t/..",
            "/t;x=y/7",
            "/..;/t",
            "/%2e%2e/t",
            "/t%2F7",
            "/t%5c7",
            "/t%00",
            "/t%252e",
            "/t%3b",
            "/t%0a",
            "/t%zz",
            "/t%",
            "/t%4",
            "*",
        ] {
            assert!(!is_clean(&tricky.parse().unwrap()), "{tricky}");
        }
    }
}
