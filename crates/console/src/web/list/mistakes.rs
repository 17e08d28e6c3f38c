//! Mistakes in a filter: where they are, and what may have been meant.

use i18n::T;
use kernel::{Error, FieldError};

/// What is wrong, and what may have been meant.
pub struct Mistake {
    pub message: String,
    pub proposals: Vec<Proposal>,
}

pub struct Proposal {
    pub label: String,
    pub href: String,
}

/// The mistakes of a text; `instead` is the address of the page with another text.
pub fn mistakes(t: &T, text: &str, error: &Error, instead: &dyn Fn(&str) -> String) -> Vec<Mistake> {
    error.fields().iter().map(|error| mistake(t, text, error, instead)).collect()
}

/// Where a mistake begins and ends.
pub fn span(error: &FieldError) -> (usize, usize) {
    (place(error, "start"), place(error, "end"))
}

fn place(error: &FieldError, name: &str) -> usize {
    arg(error, name).and_then(|text| text.parse().ok()).unwrap_or(0)
}

fn arg<'e>(error: &'e FieldError, name: &str) -> Option<&'e str> {
    error.args.iter().find(|(n, _)| *n == name).map(|(_, value)| value.as_str())
}

/// Each proposal is a link to the filter with it in place of the mistake.
fn mistake(t: &T, text: &str, error: &FieldError, page: &dyn Fn(&str) -> String) -> Mistake {
    let (start, end) = span(error);
    let instead = |proposal: &str| {
        let before = text.get(..start).unwrap_or_default();
        let after = text.get(end..).unwrap_or_default();
        page(&format!("{before}{proposal}{after}"))
    };
    let proposals = arg(error, "proposals").unwrap_or_default().split(", ").filter(|p| !p.is_empty());
    let proposals = proposals.map(|p| Proposal { label: p.to_owned(), href: instead(p) }).collect();
    Mistake { message: t.field_error(error), proposals }
}
