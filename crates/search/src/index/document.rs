//! From a record to a document of the index. Nothing of its text is stored: hits are read again.

use ::party::AddressKind;
use db::Rd;
use kernel::{Result, Time, fold};
use tantivy::TantivyDocument;
use tantivy::tokenizer::{PreTokenizedString, Token};

use super::schema::{Fields, Text};
use crate::Kind;
use crate::store::{party, ticket};
use crate::text::{self, Form, phone};

/// Letters of a title by which lists are sorted.
const TITLE_START: usize = 40;

/// The letter before words of a field that roles can hide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attribute {
    Address,
    JobTitle,
    Domain,
    /// Of a ticket: only the desk reads tags.
    Tag,
}

impl Attribute {
    pub const ALL: [Attribute; 4] = [Attribute::Address, Attribute::JobTitle, Attribute::Domain, Attribute::Tag];

    /// A word of this field as a term.
    pub fn term(self, word: &str) -> String {
        let letter = match self {
            Attribute::Address => 'a',
            Attribute::JobTitle => 'j',
            Attribute::Domain => 'd',
            Attribute::Tag => 'g',
        };
        format!("{letter}\u{1}{word}")
    }
    /// Whose field it is, and the name by which roles hide it.
    pub const fn of(self) -> (Kind, &'static str) {
        match self {
            Attribute::Address => (Kind::Person, "addresses"),
            Attribute::JobTitle => (Kind::Person, "title"),
            Attribute::Domain => (Kind::Organisation, "domains"),
            Attribute::Tag => (Kind::Ticket, "tag"),
        }
    }
}

/// Records as they were read: making documents of them is left to the thread that asked, so that no reader
/// of the database is held for it.
pub enum Sources {
    Tickets(Vec<ticket::Source>),
    Parties(Kind, Vec<party::Source>),
}

impl Sources {
    /// The first of these records, and how many of them were read: fewer when their texts are long. A
    /// record that is gone has none. Of persons with the memberships that run at this moment.
    ///
    /// # Errors
    /// The database refuses.
    pub fn read(rd: &mut Rd<'_>, kind: Kind, ids: &[i64], at: Time) -> Result<(usize, Self)> {
        if kind == Kind::Ticket {
            let (read, found) = ticket::sources(rd, ids)?;
            return Ok((read, Self::Tickets(found)));
        }
        Ok((ids.len(), Self::Parties(kind, party::sources(rd, kind, ids, at)?)))
    }

    /// Their documents, by their ids.
    pub fn documents(&self, fields: &Fields) -> Vec<(i64, TantivyDocument)> {
        match self {
            Self::Tickets(all) => all.iter().map(|source| (source.ticket.id.raw(), of_ticket(fields, source))).collect(),
            Self::Parties(kind, all) => all.iter().map(|source| (source.id, of_party(fields, *kind, source))).collect(),
        }
    }
}

/// A document about to be filled.
struct Sheet<'f> {
    fields: &'f Fields,
    document: TantivyDocument,
}

impl<'f> Sheet<'f> {
    fn of(fields: &'f Fields, kind: Kind, id: i64, tenant: i64) -> Self {
        let mut sheet = Self { fields, document: TantivyDocument::new() };
        sheet.document.add_text(fields.key, kind.term(id));
        sheet.document.add_i64(fields.object, kind.number());
        sheet.number("id", id);
        sheet.number("tenant_id", tenant);
        sheet
    }
    fn number(&mut self, column: &str, value: impl Into<Option<i64>>) {
        if let (Some(field), Some(value)) = (self.fields.column(column), value.into()) {
            self.document.add_i64(field, value);
        }
    }
    fn key(&mut self, column: &str, value: &str) {
        if let Some(field) = self.fields.column(column) {
            self.document.add_text(field, value);
        }
    }
    fn text(&mut self, to: Text, text: &str) {
        let found = text::analyse(text);
        let words = found.tokens.into_iter().map(|t| token(t.position, t.text));
        let stems = found.stems.into_iter().map(|(position, stem)| token(position, stem));
        for (field, tokens) in [(to.words, words.collect::<Vec<_>>()), (to.stems, stems.collect())] {
            if !tokens.is_empty() {
                self.document.add_pre_tokenized_text(field, PreTokenizedString { text: String::new(), tokens });
            }
        }
    }
    fn attribute(&mut self, attribute: Attribute, words: impl IntoIterator<Item = String>) {
        for word in words {
            self.document.add_text(self.fields.attribute, attribute.term(&word));
        }
    }
    fn tied(&mut self, persons: &[i64], teams: &[i64], organisations: &[i64]) {
        let fields = self.fields;
        for (field, ids) in [(fields.person, persons), (fields.team, teams), (fields.organisation, organisations)] {
            let mut ids = ids.to_vec();
            ids.sort_unstable();
            ids.dedup();
            ids.into_iter().for_each(|id| self.document.add_i64(field, id));
        }
    }
}

fn token(position: usize, text: String) -> Token {
    Token { offset_from: 0, offset_to: 0, position, text, position_length: 1 }
}

/// The words and chunks of a text, without places.
fn words_of(text: &str) -> impl Iterator<Item = String> {
    text::analyse(text).tokens.into_iter().filter(|t| t.form != Form::Phone).map(|t| t.text)
}

fn of_ticket(fields: &Fields, source: &ticket::Source) -> TantivyDocument {
    let t = &source.ticket;
    let mut sheet = Sheet::of(fields, Kind::Ticket, t.id.raw(), t.tenant.raw());
    sheet.text(fields.title, &t.title);
    // While it is open again, the report of before is none.
    if let Some(resolution) = source.resolution.as_ref().filter(|_| !t.is_open()) {
        sheet.text(fields.resolution, resolution);
    }
    for (public, text) in &source.texts {
        sheet.text(if *public { fields.public } else { fields.inner }, text);
    }
    for tag in &source.tags {
        sheet.key("tag", tag);
        sheet.attribute(Attribute::Tag, words_of(tag));
    }
    for number in &source.numbers {
        sheet.document.add_text(fields.number, fold(number));
    }
    sheet.document.add_text(fields.number, t.id.to_string());
    columns(&mut sheet, t);
    relations(&mut sheet, source);
    sheet.document
}

fn columns(sheet: &mut Sheet<'_>, t: &::ticket::Ticket) {
    for (column, key) in [("kind", t.kind.as_str()), ("state", &t.state), ("category", t.category.key()), ("channel", t.channel.key())] {
        sheet.key(column, key);
    }
    if let Some(code) = &t.resolution_code {
        sheet.key("resolution_code", code);
    }
    sheet.key("title_start", &fold(&t.title).chars().take(TITLE_START).collect::<String>());
    let numbers = [
        ("impact", t.impact),
        ("urgency", t.urgency),
        ("priority", t.priority),
        ("line", t.line),
        ("open", i64::from(t.is_open())),
        ("incomplete", i64::from(t.incomplete)),
        ("reopen_count", t.reopen_count),
        ("reopen_closed_count", t.reopen_closed_count),
        ("handover_count", t.handover_count),
        ("team_count", t.team_count),
        ("created_at", t.created_at.0),
        ("updated_at", t.updated_at.0),
        ("last_customer_at", t.last_customer_at.0),
        ("next_due_at", t.next_due_at.0),
    ];
    for (column, number) in numbers {
        sheet.number(column, number);
    }
    sheet.number("requester_id", t.requester.map(kernel::Id::raw));
    sheet.number("beneficiary_id", t.beneficiary.map(kernel::Id::raw));
    sheet.number("organisation_id", t.organisation.map(kernel::Id::raw));
    sheet.number("location_id", t.location.map(kernel::Id::raw));
    sheet.number("service_id", t.service.map(kernel::Id::raw));
    sheet.number("owner_team_id", t.owner_team.map(kernel::Id::raw));
    sheet.number("team_id", t.team.map(kernel::Id::raw));
    sheet.number("assignee_id", t.assignee.map(kernel::Id::raw));
    sheet.number("parent_id", t.parent.map(kernel::Id::raw));
    sheet.number("batch_id", t.batch.map(kernel::Id::raw));
    sheet.number("created_by", t.created_by.map(kernel::Id::raw));
    sheet.number("resolved_at", t.resolved_at.map(|at| at.0));
    sheet.number("closed_at", t.closed_at.map(|at| at.0));
}

fn relations(sheet: &mut Sheet<'_>, source: &ticket::Source) {
    let t = &source.ticket;
    for (id, role) in &source.persons {
        match role.as_str() {
            "watcher" => sheet.number("watcher", *id),
            "coworker" => sheet.number("coworker", *id),
            "about" => sheet.number("about", *id),
            _ => {}
        }
    }
    for (id, role) in &source.teams {
        sheet.number(if role == "watcher" { "watcher_team" } else { "coworker_team" }, *id);
    }
    for (state, team) in &source.stays {
        sheet.key("was_state", state);
        sheet.number("was_team", *team);
    }
    let named = [t.requester, t.beneficiary, t.assignee, t.created_by];
    let mut persons: Vec<i64> = named.into_iter().flatten().map(kernel::Id::raw).collect();
    let others = || source.persons.iter().filter(|(_, role)| role != "about").map(|(id, _)| *id);
    persons.extend(others());
    sheet.number("confidential", i64::from(t.confidential));
    // Whoever registered a confidential ticket does not see it by that alone.
    for id in [t.requester, t.beneficiary, t.assignee].into_iter().flatten().map(kernel::Id::raw).chain(others()) {
        sheet.number("named", id);
    }
    let mut teams: Vec<i64> = [t.team, t.owner_team].into_iter().flatten().map(kernel::Id::raw).collect();
    teams.extend(source.teams.iter().map(|(id, _)| id));
    sheet.tied(&persons, &teams, t.organisation.map(kernel::Id::raw).as_slice());
}

fn of_party(fields: &Fields, kind: Kind, source: &party::Source) -> TantivyDocument {
    let mut sheet = Sheet::of(fields, kind, source.id, source.tenant);
    sheet.text(fields.title, &source.name);
    for text in &source.texts {
        sheet.text(fields.public, text);
    }
    for (kind, value) in &source.addresses {
        sheet.attribute(Attribute::Address, words_of(value));
        if matches!(kind, AddressKind::Phone | AddressKind::Mobile) {
            let digits: String = value.chars().filter(char::is_ascii_digit).collect();
            sheet.attribute(Attribute::Address, [phone::token(&digits)]);
        }
    }
    sheet.attribute(Attribute::JobTitle, words_of(&source.title));
    for domain in &source.domains {
        sheet.attribute(Attribute::Domain, words_of(domain));
    }
    sheet.number("open", i64::from(source.active));
    sheet.tied(&source.persons, &source.teams, &source.organisations);
    sheet.document
}
