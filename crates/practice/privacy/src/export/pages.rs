//! `index.html` of the archive: read without the desk, so it has its own few styles and no script.

use askama::Template;
use i18n::T;

use super::tickets::{FileOut, MessageOut, Told};

/// How the page begins.
#[derive(Template)]
#[template(path = "privacy/file_head.html")]
pub struct Head<'a> {
    pub t: &'a T,
    pub name: &'a str,
    pub made: String,
    pub own: bool,
    pub notes: bool,
    /// The facts of each record.
    pub records: Vec<&'a [(String, String)]>,
}

/// How a ticket begins.
#[derive(Template)]
#[template(path = "privacy/file_ticket.html")]
pub struct Ticket<'a> {
    pub t: &'a T,
    pub told: &'a Told,
    /// Those that stand at no message.
    pub files: Vec<&'a FileOut>,
}

/// Something that was said.
#[derive(Template)]
#[template(path = "privacy/file_message.html")]
pub struct Said<'a> {
    pub t: &'a T,
    pub message: &'a MessageOut,
    pub files: Vec<&'a FileOut>,
}

impl Said<'_> {
    fn size(&self, file: &FileOut) -> String {
        self.t.size(file.size.unsigned_abs())
    }
}

impl Ticket<'_> {
    fn size(&self, file: &FileOut) -> String {
        self.t.size(file.size.unsigned_abs())
    }
}
