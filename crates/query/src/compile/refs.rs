//! Names of people, teams and other records: collected from a filter, looked up by the caller.

use crate::ast::{Atom, Expr, FieldTerm, Query, ValueKind};
use crate::field::FieldType;
use crate::plan::Branch;
use crate::table::Fields;
use std::collections::{BTreeSet, HashMap};

/// A name to look up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RefToken {
    pub kind: String,
    /// As typed: a key, a number or a name.
    pub token: String,
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// All records that fit, such as an organisation with those below it; empty counts as unknown.
    Found(Vec<i64>),
    /// The same for so many records that their places in a tree say it better; only where the filter
    /// becomes SQL.
    Within { table: &'static str, branches: Vec<Branch> },
    /// Nothing the reader may see has that name; these are near.
    Unknown { proposals: Vec<String> },
}

/// Answers what a name stands for, within what the reader may see.
pub trait Resolver {
    fn resolve(&self, kind: &str, token: &str) -> Lookup;
}

/// Answers read ahead: ask [`Fields::references`] what is needed, look it up in one go, then compile.
#[derive(Debug, Clone, Default)]
pub struct Refs(HashMap<RefToken, Lookup>);

impl Refs {
    pub fn insert(&mut self, token: RefToken, answer: Lookup) {
        self.0.insert(token, answer);
    }
}

impl Resolver for Refs {
    fn resolve(&self, kind: &str, token: &str) -> Lookup {
        let key = RefToken { kind: kind.to_owned(), token: token.to_owned() };
        self.0.get(&key).cloned().unwrap_or(Lookup::Unknown { proposals: Vec::new() })
    }
}

/// The words that need no look-up for a kind of record.
pub(super) fn is_keyword(kind: &str, atom: &Atom) -> bool {
    match atom.keyword().as_deref() {
        Some("none" | "any") => true,
        Some("me") => kind == "person",
        Some("my-team") => kind == "team",
        _ => false,
    }
}

impl Fields<'_> {
    /// The names that compiling `query` will ask for, each once.
    pub fn references(&self, query: &Query) -> Vec<RefToken> {
        let mut found = BTreeSet::new();
        self.walk(&query.filter, &mut found);
        found.into_iter().collect()
    }

    fn walk(&self, expr: &Expr, found: &mut BTreeSet<RefToken>) {
        match expr {
            Expr::And { of, .. } | Expr::Or { of, .. } => of.iter().for_each(|item| self.walk(item, found)),
            Expr::Not { of, .. } => self.walk(of, found),
            Expr::Text { .. } => {}
            Expr::Field(term) => found.extend(self.tokens(term)),
        }
    }

    fn tokens(&self, term: &FieldTerm) -> Vec<RefToken> {
        let Some(FieldType::Ref(kind)) = self.field(&term.key).map(|field| &field.ty) else { return Vec::new() };
        let names = term.values.iter().filter_map(|value| match &value.kind {
            ValueKind::Is(atom) if !is_keyword(kind, atom) => Some(atom.text.clone()),
            _ => None,
        });
        names.map(|token| RefToken { kind: kind.to_string(), token }).collect()
    }
}
