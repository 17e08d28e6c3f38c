//! What the API and the templates are given.

use askama::Template;
use i18n::T;
use serde::Serialize;
use ui::{Choice, Chrome, FormErrors};
use utoipa::ToSchema;

use super::dry::Dry;

/// An import.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ImportOut {
    pub id: i64,
    pub tenant: i64,
    /// The name of the file.
    pub file: String,
    #[schema(example = "people")]
    pub records: String,
    pub mapping: String,
    /// ready checking checked running interrupted done undoing undone
    #[schema(example = "checked")]
    pub state: String,
    /// What is being done, and how far it is.
    pub stage: String,
    pub done: i64,
    pub total: i64,
    /// Why the last step could not go on.
    pub trouble: String,
    pub dry: Option<Dry>,
    pub report: Option<ReportOut>,
    #[schema(format = DateTime)]
    pub created_at: String,
    pub version: i64,
}

/// What it did so far.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReportOut {
    pub rows_read: i64,
    pub rows_applied: i64,
    pub rows_refused: i64,
    /// Tickets that it made.
    pub tickets: i64,
    pub changed: i64,
    pub made: Vec<MadeOut>,
}

/// How many records it made.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MadeOut {
    #[schema(example = "person")]
    pub sort: String,
    pub count: i64,
}

/// An import in the list.
pub struct Line {
    pub id: i64,
    pub file: String,
    pub records: String,
    pub place: String,
    pub state: String,
    pub iso: String,
    pub when: String,
}

/// `/admin/import`
#[derive(Template)]
#[template(path = "import/list.html", blocks = ["main"])]
pub struct ListPage {
    pub t: T,
    pub chrome: Chrome,
    pub rows: Vec<Line>,
    /// The address of the next page, or nothing.
    pub next: String,
    pub errors: FormErrors,
    pub client_id: String,
    pub source: String,
    pub records: Vec<Choice>,
    pub tenants: Vec<Choice>,
}

/// A field with the columns that may be it.
pub struct FieldRow {
    pub key: &'static str,
    pub label: String,
    pub columns: Vec<Choice>,
}

/// The mapping of a file of tickets, as long as it may be changed.
pub struct TicketsView {
    /// The mapping itself, when it says more than the form can.
    pub text: Option<String>,
    pub fields: Vec<FieldRow>,
    pub kinds: Vec<Choice>,
    pub formats: Vec<Choice>,
    pub zone: String,
    pub words: Vec<WordsView>,
    pub continues: bool,
    pub restores: bool,
    pub public: bool,
}

/// The words of a column, and what each may mean.
pub struct WordsView {
    pub key: &'static str,
    pub label: String,
    pub column: String,
    pub help: String,
    /// What it says of a word that nothing was chosen for.
    pub unsaid: String,
    /// A mail address is typed.
    pub typed: bool,
    pub rows: Vec<WordRow>,
}

/// A word of the file.
pub struct WordRow {
    pub word: String,
    pub meant: String,
    pub choices: Vec<Choice>,
}

/// A row of a dry run in words.
pub struct RowView {
    pub line: u64,
    /// The cells that say something, each under its column.
    pub cells: Vec<(String, String)>,
    pub becomes: String,
    pub tone: &'static str,
    pub why: String,
    /// The field, what it holds now, what it will hold.
    pub changes: Vec<(String, String, String)>,
}

/// What a dry run said, in words.
pub struct DryView {
    pub sum: String,
    pub refused: Vec<String>,
    pub needed: Vec<String>,
    pub unused: String,
    pub rows: Vec<RowView>,
}

/// A step that may begin now.
pub struct StepView {
    pub key: &'static str,
    pub label: String,
    pub kind: &'static str,
    pub icon: &'static str,
    /// The key of the keyboard.
    pub letter: &'static str,
}

/// `/admin/import/{id}`
#[derive(Template)]
#[template(path = "import/import.html", blocks = ["main"])]
pub struct ImportPage {
    pub t: T,
    pub chrome: Chrome,
    pub id: i64,
    pub version: i64,
    pub facts: Vec<(String, String)>,
    pub state: String,
    pub at_work: bool,
    pub stopping: bool,
    pub stage: String,
    /// Out of a hundred, when it is known.
    pub percent: Option<i64>,
    pub trouble: String,
    pub errors: FormErrors,
    /// Empty when the mapping is fixed, or is one of tickets.
    pub fields: Vec<FieldRow>,
    pub tickets: Option<TicketsView>,
    pub source: String,
    pub create: bool,
    pub dry: Option<DryView>,
    pub report: Vec<String>,
    pub refused: bool,
    pub steps: Vec<StepView>,
}
