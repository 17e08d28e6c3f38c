//! A field of the filter language: its key, its type and where its values are.

use crate::binding::{Binding, Cond, Name};
use crate::plan::Scalar;

/// One field, or one flag (`is:open`, `has:attachment`).
#[derive(Debug, Clone)]
pub struct Field {
    /// Lower case; the flag's word for a flag.
    pub key: Name,
    pub aliases: Vec<Name>,
    pub ty: FieldType,
    pub binding: Binding,
    /// May have no value: completion offers `none` and `any`.
    pub optional: bool,
    /// The number in a NOT NULL column that stands for no value, such as [`kernel::Time::NEVER`].
    pub none_as: Option<i64>,
    /// The name by which a role hides it; the key unless set.
    pub object_field: Name,
    pub sort: Option<SortColumn>,
    pub reach: Reach,
}

/// What values a field takes.
#[derive(Debug, Clone)]
pub enum FieldType {
    /// Whole numbers up to 2^53.
    Number,
    /// Numbers with decimals, stored times ten to the power of so many.
    Decimal(u8),
    /// A moment in microseconds.
    Date,
    Duration(Measure),
    Choice(Choices),
    /// A record of this kind (`person`, `team`, `service`, `organisation`...), stored by id.
    Ref(Name),
    /// Compared in folded form with a column that holds folded text.
    Text,
    /// Folded text in which all words of the value must occur, wherever it is bound.
    Words,
    Flag(FlagWord),
}

/// What a duration is measured on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// The column holds an amount in units of so many microseconds.
    Amount { unit: i64 },
    /// The column holds a moment and the duration is the time left until it; negative when it has passed.
    Until,
    /// The column holds a moment and the duration is the time since it.
    Since,
}

/// The word before a flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FlagWord {
    Is,
    Has,
}

/// The values of a choice, from least to greatest.
#[derive(Debug, Clone)]
pub struct Choices {
    /// Whether `>=high` makes sense; the rank is the place in `values`.
    pub ordered: bool,
    pub values: Vec<Choice>,
}

/// One value of a choice.
#[derive(Debug, Clone)]
pub struct Choice {
    /// As typed, in lower case.
    pub key: Name,
    /// What the column may hold for it: several when, say, each kind has its own state of that name.
    pub stored: Vec<Scalar>,
}

/// How to sort by a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortColumn {
    /// NOT NULL.
    pub column: Name,
    /// Which way a list starts when its header is first pressed. `sort:key` always rises.
    pub descending_first: bool,
}

/// Which compilers can serve a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    pub sql: bool,
    pub predicate: bool,
    pub index: bool,
}

/// For which compiler a plan is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    Sql,
    Predicate,
    Index,
}

impl Reach {
    pub const fn covers(self, target: Target) -> bool {
        match target {
            Target::Sql => self.sql,
            Target::Predicate => self.predicate,
            Target::Index => self.index,
        }
    }
}

impl FlagWord {
    pub const ALL: [FlagWord; 2] = [FlagWord::Is, FlagWord::Has];

    /// The key it stands behind.
    pub const fn key(self) -> &'static str {
        match self {
            FlagWord::Is => "is",
            FlagWord::Has => "has",
        }
    }
}

impl Field {
    fn new(key: impl Into<Name>, ty: FieldType, binding: Binding) -> Self {
        let key = key.into();
        Self {
            object_field: key.clone(),
            key,
            aliases: Vec::new(),
            ty,
            binding,
            optional: false,
            none_as: None,
            sort: None,
            reach: Reach { sql: true, predicate: true, index: false },
        }
    }
    pub fn number(key: impl Into<Name>, binding: Binding) -> Self {
        Self::new(key, FieldType::Number, binding)
    }
    pub fn decimal(key: impl Into<Name>, binding: Binding, decimals: u8) -> Self {
        Self::new(key, FieldType::Decimal(decimals), binding)
    }
    pub fn date(key: impl Into<Name>, binding: Binding) -> Self {
        Self::new(key, FieldType::Date, binding)
    }
    pub fn duration(key: impl Into<Name>, binding: Binding, measure: Measure) -> Self {
        Self::new(key, FieldType::Duration(measure), binding)
    }
    /// Pairs of key and stored value, from least to greatest; a key that comes again adds another
    /// stored value.
    pub fn choice<K: Into<Name>, V: Into<Scalar>>(key: impl Into<Name>, binding: Binding, pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        let mut values: Vec<Choice> = Vec::new();
        for (name, stored) in pairs {
            let (name, stored) = (name.into(), stored.into());
            match values.iter_mut().find(|choice| choice.key == name) {
                Some(choice) => choice.stored.push(stored),
                None => values.push(Choice { key: name, stored: vec![stored] }),
            }
        }
        Self::new(key, FieldType::Choice(Choices { ordered: false, values }), binding)
    }
    /// A field whose values are ids of records of `kind`. The kind `person` knows `me`, the kind
    /// `team` knows `my-team`.
    pub fn reference(key: impl Into<Name>, binding: Binding, kind: impl Into<Name>) -> Self {
        Self::new(key, FieldType::Ref(kind.into()), binding)
    }
    pub fn text(key: impl Into<Name>, binding: Binding) -> Self {
        Self::new(key, FieldType::Text, binding)
    }
    pub fn words(key: impl Into<Name>, binding: Binding) -> Self {
        Self::new(key, FieldType::Words, binding)
    }
    /// `is:word`.
    pub fn is(word: impl Into<Name>, cond: Cond) -> Self {
        Self::new(word, FieldType::Flag(FlagWord::Is), Binding::Flag(Box::new(cond)))
    }
    /// `has:word`. Any other field also answers to `has:key`, which is `key:any`.
    pub fn has(word: impl Into<Name>, cond: Cond) -> Self {
        Self::new(word, FieldType::Flag(FlagWord::Has), Binding::Flag(Box::new(cond)))
    }

    /// A choice whose values can be compared.
    #[must_use]
    pub fn ordered(mut self) -> Self {
        if let FieldType::Choice(choices) = &mut self.ty {
            choices.ordered = true;
        }
        self
    }
    #[must_use]
    pub fn alias(mut self, key: impl Into<Name>) -> Self {
        self.aliases.push(key.into());
        self
    }
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }
    /// Optional, in a NOT NULL column where `number` means none.
    #[must_use]
    pub fn none_as(mut self, number: i64) -> Self {
        self.none_as = Some(number);
        self.optional()
    }
    /// Sortable by its own column, which is NOT NULL; a field without one stays as it is.
    #[must_use]
    pub fn sortable(self) -> Self {
        match &self.binding {
            Binding::Column(column) | Binding::Words(column) => {
                let column = column.clone();
                self.sortable_by(column)
            }
            _ => self,
        }
    }
    /// Sortable by another NOT NULL column, such as a name's folded key.
    #[must_use]
    pub fn sortable_by(mut self, column: impl Into<Name>) -> Self {
        self.sort = Some(SortColumn { column: column.into(), descending_first: false });
        self
    }
    /// A list sorted by it starts with the greatest.
    #[must_use]
    pub fn descending_first(mut self) -> Self {
        if let Some(sort) = &mut self.sort {
            sort.descending_first = true;
        }
        self
    }
    /// Roles hide it under this name.
    #[must_use]
    pub fn object_field(mut self, name: impl Into<Name>) -> Self {
        self.object_field = name.into();
        self
    }
    /// Also in the index.
    #[must_use]
    pub fn indexed(mut self) -> Self {
        self.reach.index = true;
        self
    }
    /// Cannot be evaluated in memory.
    #[must_use]
    pub fn sql_only(mut self) -> Self {
        self.reach.predicate = false;
        self
    }
}
