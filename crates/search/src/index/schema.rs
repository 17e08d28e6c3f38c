//! The fields of the index.

use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, STRING, Schema, SchemaBuilder, TextFieldIndexing, TextOptions};

use crate::text;

/// Rises with every change of the fields or of what is put into them.
const LAYOUT: u32 = 3;

/// A text twice: its words as they stand, and their stems.
#[derive(Debug, Clone, Copy)]
pub struct Text {
    pub words: Field,
    pub stems: Field,
}

/// Whole numbers of a ticket, by the columns of its table.
pub const NUMBERS: [&str; 27] = [
    "tenant_id",
    "impact",
    "urgency",
    "priority",
    "requester_id",
    "beneficiary_id",
    "organisation_id",
    "location_id",
    "service_id",
    "line",
    "owner_team_id",
    "team_id",
    "assignee_id",
    "parent_id",
    "batch_id",
    "open",
    "incomplete",
    "reopen_count",
    "reopen_closed_count",
    "handover_count",
    "team_count",
    "csat",
    "csat_analyst",
    "created_by",
    "coworker",
    "watcher",
    "watcher_team",
];
/// Moments of a ticket: looked for by ranges only, so they stand in columns and not among the terms.
pub const MOMENTS: [&str; 6] = ["created_at", "updated_at", "last_customer_at", "resolved_at", "closed_at", "next_due_at"];
/// Keys of a ticket.
pub const KEYS: [&str; 8] = ["kind", "state", "category", "channel", "resolution_code", "tag", "was_state", "title_start"];
/// More numbers of its relations.
pub const RELATIONS: [&str; 5] = ["coworker_team", "was_team", "confidential", "named", "about"];

/// All fields of the index.
#[derive(Debug, Clone)]
pub struct Fields {
    pub schema: Schema,
    /// `ticket:48213`: what a record is replaced by.
    pub key: Field,
    /// A number of [`crate::Kind`].
    pub object: Field,
    pub id: Field,
    /// Numbers of a ticket here and elsewhere, folded.
    pub number: Field,
    /// The title of a ticket, the name of anything else.
    pub title: Text,
    pub resolution: Text,
    /// What everybody reads who sees the record.
    pub public: Text,
    /// What only the desk reads.
    pub inner: Text,
    /// Words of fields that roles can hide, each behind the letter of its field.
    pub attribute: Field,
    /// Persons, teams and organisations that a record is tied to: what scopes ask for.
    pub person: Field,
    pub team: Field,
    pub organisation: Field,
    columns: Vec<(&'static str, Field)>,
}

fn words(frequencies: IndexRecordOption) -> TextOptions {
    TextOptions::default().set_indexing_options(TextFieldIndexing::default().set_tokenizer("raw").set_index_option(frequencies))
}

fn text(builder: &mut SchemaBuilder, name: &str) -> Text {
    Text {
        words: builder.add_text_field(&format!("{name}_words"), words(IndexRecordOption::WithFreqsAndPositions)),
        stems: builder.add_text_field(&format!("{name}_stems"), words(IndexRecordOption::WithFreqs)),
    }
}

impl Default for Fields {
    fn default() -> Self {
        let mut b = Schema::builder();
        let key = b.add_text_field("key", STRING);
        let object = b.add_i64_field("object", INDEXED | FAST);
        let id = b.add_i64_field("id", INDEXED | FAST);
        let number = b.add_text_field("number", STRING);
        let [title, resolution, public, inner] = ["title", "resolution", "public", "inner"].map(|name| text(&mut b, name));
        let attribute = b.add_text_field("attribute", words(IndexRecordOption::WithFreqs));
        let [person, team, organisation] = ["person", "team", "organisation"].map(|name| b.add_i64_field(name, INDEXED));
        let mut columns: Vec<(&'static str, Field)> = vec![("id", id)];
        columns.extend(NUMBERS.into_iter().chain(RELATIONS).map(|name| (name, b.add_i64_field(name, INDEXED | FAST))));
        columns.extend(MOMENTS.into_iter().map(|name| (name, b.add_i64_field(name, FAST))));
        columns.extend(KEYS.into_iter().map(|name| {
            let options = if name == "title_start" { TextOptions::default() } else { STRING };
            (name, b.add_text_field(name, options.set_fast("raw")))
        }));
        Self {
            schema: b.build(),
            key,
            object,
            id,
            number,
            title,
            resolution,
            public,
            inner,
            attribute,
            person,
            team,
            organisation,
            columns,
        }
    }
}

impl Fields {
    /// The field of a column of the ticket or of one of its relations.
    pub fn column(&self, name: &str) -> Option<Field> {
        self.columns.iter().find(|(column, _)| *column == name).map(|(_, field)| *field)
    }
    /// What an index must have been made by to be used.
    pub fn version() -> String {
        format!("{LAYOUT}-{:016x}", text::fingerprint())
    }
}
