//! Syntax tree and field table to plan: every name, moment and person is resolved here.

mod dates;
mod durations;
mod flags;
mod refs;
mod values;

use crate::ast::{Expr, FieldTerm, Query, SortTerm, Span, ValueKind};
use crate::error::Error;
use crate::field::{Field, FlagWord, Target};
use crate::nearest::nearest;
use crate::plan::{Node, Plan, SortKey};
use crate::table::Fields;
use kernel::{PersonId, TeamId, Time};

pub use refs::{Lookup, RefToken, Refs, Resolver};

/// What a filter may depend on beside its text.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub now: Time,
    /// The name of the zone in which days begin, such as `Europe/Madrid`.
    pub zone: &'a str,
    /// Who asks; none for a rule, in which `me` is a mistake.
    pub actor: Option<PersonId>,
    pub teams: &'a [TeamId],
    pub refs: &'a dyn Resolver,
    pub target: Target,
}

impl<'a> Context<'a> {
    /// For SQL and without an actor; the fields are public for the rest.
    pub fn new(now: Time, zone: &'a str, refs: &'a dyn Resolver) -> Self {
        Self { now, zone, actor: None, teams: &[], refs, target: Target::Sql }
    }
    #[must_use]
    pub fn actor(mut self, person: PersonId, teams: &'a [TeamId]) -> Self {
        self.actor = Some(person);
        self.teams = teams;
        self
    }
    #[must_use]
    pub fn target(mut self, target: Target) -> Self {
        self.target = target;
        self
    }
}

impl Fields<'_> {
    /// Makes the plan.
    ///
    /// # Errors
    /// All mistakes at once, in the order of the text; never an empty list.
    pub fn compile(&self, query: &Query, context: &Context<'_>) -> Result<Plan, Vec<Error>> {
        let mut run = Run { fields: self, context, errors: Vec::new() };
        let filter = run.expr(&query.filter);
        let sort = run.sort(&query.sort);
        if run.errors.is_empty() {
            return Ok(Plan { filter, sort });
        }
        run.errors.sort_by_key(|error| error.span.start);
        Err(run.errors)
    }
}

/// One compilation. Mistakes are gathered, so that all of them can be shown.
struct Run<'a> {
    fields: &'a Fields<'a>,
    context: &'a Context<'a>,
    errors: Vec<Error>,
}

/// What stands before the colon.
#[derive(Clone, Copy)]
enum Meaning<'f> {
    Flag(FlagWord),
    Field(&'f Field),
}

impl<'a> Run<'a> {
    /// A mistake stands as false; the plan is thrown away then.
    fn keep(&mut self, result: Result<Node, Error>) -> Node {
        result.unwrap_or_else(|error| {
            self.errors.push(error);
            Node::Literal(false)
        })
    }

    fn expr(&mut self, expr: &Expr) -> Node {
        match expr {
            Expr::And { of, .. } => {
                let nodes: Vec<Node> = of.iter().map(|item| self.expr(item)).collect();
                Node::all(nodes)
            }
            Expr::Or { of, .. } => {
                let nodes: Vec<Node> = of.iter().map(|item| self.expr(item)).collect();
                Node::any(nodes)
            }
            Expr::Not { of, .. } => self.expr(of).negate(),
            Expr::Text { text, span } => {
                let node = match self.fields.words_field() {
                    Some(field) => self.reachable(field, *span).map(|()| values::words(field, text)),
                    None => Err(Error::new(*span, "filter-no-text")),
                };
                self.keep(node)
            }
            Expr::Field(term) => self.term(term),
        }
    }

    fn term(&mut self, term: &FieldTerm) -> Node {
        let meaning = match self.meaning(term) {
            Ok(meaning) => meaning,
            Err(error) => return self.keep(Err(error)),
        };
        let mut nodes = Vec::with_capacity(term.values.len());
        for value in &term.values {
            let node = match meaning {
                Meaning::Flag(word) => self.flag(word, value.span, &value.kind),
                Meaning::Field(field) => values::value(field, value, self.context),
            };
            nodes.push(self.keep(node));
        }
        Node::any(nodes)
    }

    fn meaning(&self, term: &FieldTerm) -> Result<Meaning<'a>, Error> {
        if let Some(word) = FlagWord::ALL.into_iter().find(|word| word.key() == term.key) {
            return Ok(Meaning::Flag(word));
        }
        let field = self.fields.field(&term.key).ok_or_else(|| self.fields.unknown_key(&term.key, term.key_span))?;
        self.reachable(field, term.span)?;
        Ok(Meaning::Field(field))
    }

    fn flag(&self, word: FlagWord, span: Span, kind: &ValueKind) -> Result<Node, Error> {
        let name = match kind {
            ValueKind::Is(atom) => atom.text.to_lowercase(),
            other => return Err(values::no_comparison(word.key(), span, other)),
        };
        if let Some(flag) = self.fields.flag(word, &name) {
            self.reachable(flag, span)?;
            return flags::flag(flag, span, self.context);
        }
        match self.fields.field(&name) {
            Some(field) if word == FlagWord::Has => {
                self.reachable(field, span)?;
                values::present(field, span, self.context)
            }
            _ => {
                let proposals = nearest(&name, self.fields.flag_words(word));
                Err(Error::new(span, "filter-unknown-flag").arg("key", word.key()).arg("value", name).propose(proposals))
            }
        }
    }

    fn reachable(&self, field: &Field, span: Span) -> Result<(), Error> {
        if field.reach.covers(self.context.target) {
            return Ok(());
        }
        Err(Error::new(span, "filter-not-here").arg("key", &field.key))
    }

    /// The order asked for or the table's own, then the id in the direction of the last key, so that
    /// one index can be read either way.
    fn sort(&mut self, terms: &[SortTerm]) -> Vec<SortKey> {
        let mut keys: Vec<SortKey> = Vec::new();
        for term in terms {
            match self.sort_key(term) {
                Ok(key) if keys.iter().all(|known| known.column != key.column) => keys.push(key),
                Ok(_) => {}
                Err(error) => self.errors.push(error),
            }
        }
        if keys.is_empty() {
            keys.extend(self.fields.default_sort_key());
        }
        let id = &self.fields.table.id_column;
        if let Some(place) = keys.iter().position(|key| key.column == *id) {
            keys.truncate(place + 1);
        } else {
            let descending = keys.last().is_some_and(|key| key.descending);
            keys.push(SortKey { column: id.clone(), descending });
        }
        keys
    }

    fn sort_key(&self, term: &SortTerm) -> Result<SortKey, Error> {
        let field = self.fields.field(&term.key).ok_or_else(|| self.fields.unknown_key(&term.key, term.span))?;
        let sort = field.sort.as_ref().ok_or_else(|| {
            let keys = self.fields.sortable().map(|field| field.key.to_string()).collect();
            Error::new(term.span, "filter-not-sortable").arg("key", &term.key).propose(keys)
        })?;
        Ok(SortKey { column: sort.column.clone(), descending: term.descending })
    }
}
