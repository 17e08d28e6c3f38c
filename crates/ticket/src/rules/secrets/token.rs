//! Private keys in PEM, and tokens that say by their shape whose they are.

use std::ops::Range;

use super::{joined_after, joined_before};

/// From `-----BEGIN … PRIVATE KEY-----` to its end, or to that of the text.
pub(super) fn keys(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (start, _) in text.match_indices("-----BEGIN ") {
        if found.last().is_some_and(|last| start < last.end) {
            continue;
        }
        let rest = text.get(start..).unwrap_or_default();
        let head = rest.lines().next().unwrap_or_default();
        if !head.contains("PRIVATE KEY") {
            continue;
        }
        let end = rest.find("-----END ").map_or(rest.len(), |end| {
            let tail = rest.get(end..).and_then(|tail| tail.get("-----END ".len()..)).and_then(|tail| tail.find("-----"));
            tail.map_or(rest.len(), |tail| end + "-----END ".len() + tail + "-----".len())
        });
        found.push(start..start + end);
    }
    found
}

/// Which characters follow a beginning.
#[derive(Clone, Copy)]
enum Tail {
    /// Capitals and digits.
    Upper,
    /// Letters and digits.
    Plain,
    /// Those, with `_` and `-`.
    Url,
}

impl Tail {
    fn has(self, b: u8) -> bool {
        match self {
            Tail::Upper => b.is_ascii_uppercase() || b.is_ascii_digit(),
            Tail::Plain => b.is_ascii_alphanumeric(),
            Tail::Url => b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'),
        }
    }
}

/// How a token begins, what follows, how much of it at least and at most.
const SHAPES: &[(&str, Tail, usize, usize)] = &[
    // Amazon Web Services
    ("AKIA", Tail::Upper, 16, 16),
    ("ASIA", Tail::Upper, 16, 16),
    // GitHub
    ("ghp_", Tail::Plain, 36, 255),
    ("gho_", Tail::Plain, 36, 255),
    ("ghu_", Tail::Plain, 36, 255),
    ("ghs_", Tail::Plain, 36, 255),
    ("ghr_", Tail::Plain, 36, 255),
    ("github_pat_", Tail::Url, 22, 255),
    // GitLab
    ("glpat-", Tail::Url, 20, 255),
    // Slack
    ("xoxb-", Tail::Url, 20, 255),
    ("xoxp-", Tail::Url, 20, 255),
    ("xoxa-", Tail::Url, 20, 255),
    ("xoxs-", Tail::Url, 20, 255),
    // Google
    ("AIza", Tail::Url, 35, 35),
    // Stripe
    ("sk_live_", Tail::Plain, 16, 255),
    ("rk_live_", Tail::Plain, 16, 255),
    ("sk_test_", Tail::Plain, 16, 255),
    // This desk's own
    ("spoc_", Tail::Url, 32, 255),
    // npm, PyPI
    ("npm_", Tail::Plain, 36, 36),
    ("pypi-AgEI", Tail::Url, 50, 1000),
];

pub(super) fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut found = web_tokens(text);
    for (begins, tail, least, most) in SHAPES {
        for (start, _) in text.match_indices(begins) {
            let after = start + begins.len();
            let length = text.as_bytes().iter().skip(after).take_while(|b| tail.has(**b)).count();
            let end = after + length;
            if (*least..=*most).contains(&length) && !joined_before(text, start, &['_', '-']) && !joined_after(text, end, &[]) {
                found.push(start..end);
            }
        }
    }
    found
}

/// JSON Web Tokens: three parts of base64, of which two begin as JSON does.
fn web_tokens(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (start, _) in text.match_indices("eyJ") {
        if found.last().is_some_and(|last| start < last.end) || joined_before(text, start, &['_', '-', '.']) {
            continue;
        }
        let length = text.as_bytes().iter().skip(start).take_while(|b| Tail::Url.has(**b) || **b == b'.').count();
        let whole = text.get(start..start + length).unwrap_or_default().trim_end_matches('.');
        let parts: Vec<&str> = whole.split('.').collect();
        if let [head, body, sign] = parts.as_slice()
            && head.len() >= 10
            && body.starts_with("eyJ")
            && body.len() >= 10
            && sign.len() >= 16
        {
            found.push(start..start + whole.len());
        }
    }
    found
}
