//! What is wrong with a filter: where, why, and what was probably meant.

use crate::ast::Span;
use std::fmt;

/// Every code of this crate; each is a message key in all languages.
pub const CODES: &[&str] = &[
    "filter-too-long",
    "filter-too-many-terms",
    "filter-too-deep",
    "filter-unclosed-quote",
    "filter-unclosed-group",
    "filter-unexpected",
    "filter-empty-group",
    "filter-missing-term",
    "filter-missing-value",
    "filter-sort-place",
    "filter-unknown-key",
    "filter-unknown-flag",
    "filter-unknown-reference",
    "filter-bad-value",
    "filter-bad-number",
    "filter-bad-date",
    "filter-bad-duration",
    "filter-bad-range",
    "filter-no-comparison",
    "filter-not-sortable",
    "filter-not-here",
    "filter-no-text",
    "filter-needs-actor",
    "filter-unknown-zone",
];

/// One mistake in a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// The bytes of the text that are wrong.
    pub span: Span,
    /// The message key, one of [`CODES`].
    pub code: &'static str,
    /// Arguments of the message, mostly `key` and `value`.
    pub args: Vec<(&'static str, String)>,
    /// What could stand at `span` instead, best first; never names a hidden field.
    pub proposals: Vec<String>,
}

impl Error {
    pub(crate) fn new(span: Span, code: &'static str) -> Self {
        debug_assert!(CODES.contains(&code), "{code} is listed");
        Self { span, code, args: Vec::new(), proposals: Vec::new() }
    }
    pub(crate) fn arg(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
    pub(crate) fn propose(mut self, proposals: Vec<String>) -> Self {
        self.proposals = proposals;
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}..{}", self.code, self.span.start, self.span.end)?;
        for (name, value) in &self.args {
            write!(f, " {name}={value}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

impl From<Error> for kernel::Error {
    fn from(error: Error) -> Self {
        into_kernel("q", vec![error])
    }
}

/// The mistakes as the error of the core, all on one input field. Each carries, beside its own
/// arguments, `start`, `end` (bytes) and, when there are any, `proposals` joined by commas.
pub fn into_kernel(field: &'static str, errors: Vec<Error>) -> kernel::Error {
    errors.into_iter().fold(kernel::Error::new(kernel::ErrorKind::Invalid, "error-invalid"), |all, error| {
        let mut all = all.field(field, error.code);
        for (name, value) in error.args {
            all = all.field_arg(name, value);
        }
        all = all.field_arg("start", error.span.start).field_arg("end", error.span.end);
        if error.proposals.is_empty() { all } else { all.field_arg("proposals", error.proposals.join(", ")) }
    })
}
