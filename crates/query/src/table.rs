//! All fields of one kind of list, and the part of them that one reader may know.

use crate::ast::{Query, Span, key_length};
use crate::binding::Name;
use crate::error::Error;
use crate::field::{Field, FieldType, FlagWord};
use crate::nearest::nearest;
use crate::parse::parse;
use crate::plan::SortKey;
use std::collections::{BTreeSet, HashMap};
use std::fmt;

/// Keys with a meaning of their own.
pub(crate) const RESERVED: [&str; 3] = ["has", "is", "sort"];

/// The fields of one kind of record, gathered from all slices; may be built anew whenever the
/// configuration changes.
#[derive(Debug, Clone)]
pub struct FieldTable {
    fields: Vec<Field>,
    keys: HashMap<Name, usize>,
    flags: HashMap<(FlagWord, Name), usize>,
    free_text: Option<Name>,
    default_sort: Option<(Name, bool)>,
    pub(crate) id_column: Name,
}

/// Two fields claim one key, a field claims `is`, `has` or `sort`, or a key cannot be typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadTable {
    pub key: String,
}

impl fmt::Display for BadTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the filter key {} is taken or cannot be typed", self.key)
    }
}

impl std::error::Error for BadTable {}

impl FieldTable {
    /// # Errors
    /// A key or alias is there twice, reserved, not in lower case or not made of key letters.
    pub fn build(fields: impl IntoIterator<Item = Field>) -> Result<Self, BadTable> {
        let fields: Vec<Field> = fields.into_iter().collect();
        let mut keys = HashMap::new();
        let mut flags = HashMap::new();
        for (place, field) in fields.iter().enumerate() {
            for key in std::iter::once(&field.key).chain(&field.aliases) {
                let taken = match field.ty {
                    FieldType::Flag(word) => flags.insert((word, key.clone()), place).is_some(),
                    _ => RESERVED.contains(&key.as_ref()) || keys.insert(key.clone(), place).is_some(),
                };
                if taken || !is_typable(key) {
                    return Err(BadTable { key: key.to_string() });
                }
            }
        }
        Ok(Self { fields, keys, flags, free_text: None, default_sort: None, id_column: "id".into() })
    }

    /// Words without a key are looked for in the field `key`.
    #[must_use]
    pub fn free_text(mut self, key: impl Into<Name>) -> Self {
        self.free_text = Some(key.into());
        self
    }
    /// The order of a filter that names none.
    #[must_use]
    pub fn default_sort(mut self, key: impl Into<Name>, descending: bool) -> Self {
        self.default_sort = Some((key.into(), descending));
        self
    }
    /// The column that makes every order total; `id` unless set.
    #[must_use]
    pub fn id_column(mut self, column: impl Into<Name>) -> Self {
        self.id_column = column.into();
        self
    }

    /// The fields for somebody from whom nothing is hidden, such as a rule.
    pub fn all(&self) -> Fields<'_> {
        Fields { table: self, hidden: BTreeSet::new() }
    }
    /// What a reader may know, given what is hidden from them: object fields with all that tells of
    /// them, or single keys. A hidden field does not exist: not as a key, not for sorting, not among
    /// proposals and completions.
    pub fn visible<S: Into<String>>(&self, hidden: impl IntoIterator<Item = S>) -> Fields<'_> {
        Fields { table: self, hidden: hidden.into_iter().map(Into::into).collect() }
    }
}

/// Whether a key can stand before a colon, and behind `sort:` without being read as a range.
fn is_typable(key: &str) -> bool {
    let letters = key_length(&format!("{key}:")) == Some(key.len());
    letters && key.to_lowercase() == key && !key.contains("..") && !key.ends_with('.')
}

/// The fields that one reader may know.
#[derive(Debug, Clone)]
pub struct Fields<'t> {
    pub(crate) table: &'t FieldTable,
    hidden: BTreeSet<String>,
}

impl<'t> Fields<'t> {
    /// Reads a typed filter: every word before a colon must be a key, which [`Fields::compile`]
    /// checks.
    ///
    /// # Errors
    /// The text breaks the grammar or a limit.
    pub fn parse(&self, text: &str) -> Result<Query, Error> {
        parse(text, &|_| true)
    }
    /// Reads the search box: `a:b` with an unknown key is a text.
    ///
    /// # Errors
    /// The text breaks the grammar or a limit.
    pub fn parse_search(&self, text: &str) -> Result<Query, Error> {
        parse(text, &|key| RESERVED.contains(&key) || self.field(key).is_some())
    }

    /// All visible fields and flags, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = &'t Field> {
        self.table.fields.iter().filter(|field| self.shows(field))
    }
    /// The field of a key or alias; never a flag.
    pub fn field(&self, key: &str) -> Option<&'t Field> {
        self.shown(self.table.keys.get(key))
    }
    /// The flag behind `is:` or `has:`.
    pub fn flag(&self, word: FlagWord, name: &str) -> Option<&'t Field> {
        self.shown(self.table.flags.get(&(word, Name::Owned(name.to_owned()))))
    }
    fn shown(&self, place: Option<&usize>) -> Option<&'t Field> {
        place.and_then(|place| self.table.fields.get(*place)).filter(|field| self.shows(field))
    }
    fn shows(&self, field: &Field) -> bool {
        ![&field.object_field, &field.key].into_iter().any(|name| self.hidden.contains(name.as_ref()))
    }

    pub(crate) fn words_field(&self) -> Option<&'t Field> {
        self.table.free_text.as_ref().and_then(|key| self.field(key))
    }
    pub(crate) fn default_sort_key(&self) -> Option<SortKey> {
        let (key, descending) = self.table.default_sort.as_ref()?;
        let sort = self.field(key)?.sort.as_ref()?;
        Some(SortKey { column: sort.column.clone(), descending: *descending })
    }

    /// Keys of fields, with aliases, without flags.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'t str> {
        self.iter()
            .filter(|field| !matches!(field.ty, FieldType::Flag(_)))
            .flat_map(|field| std::iter::once(&field.key).chain(&field.aliases))
            .map(AsRef::as_ref)
    }
    /// Words that may stand behind `is:` or `has:`.
    pub(crate) fn flag_words(&self, word: FlagWord) -> Vec<&'t str> {
        let flags = self.iter().filter(|f| matches!(f.ty, FieldType::Flag(w) if w == word)).map(|f| f.key.as_ref());
        let fields = self.iter().filter(|f| word == FlagWord::Has && f.optional).map(|f| f.key.as_ref());
        flags.chain(fields).collect()
    }
    pub(crate) fn sortable(&self) -> impl Iterator<Item = &'t Field> {
        self.iter().filter(|field| field.sort.is_some())
    }

    pub(crate) fn unknown_key(&self, key: &str, span: Span) -> Error {
        let proposals = nearest(key, self.keys().chain(RESERVED));
        Error::new(span, "filter-unknown-key").arg("key", key).propose(proposals)
    }
}
