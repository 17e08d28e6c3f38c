//! The syntax tree: what was typed, without knowing any field.

/// Bytes `start..end` of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A whole filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// An empty [`Expr::And`] lets everything through; it stands only here, at the root.
    pub filter: Expr,
    /// In the order of weight.
    pub sort: Vec<SortTerm>,
}

/// A condition. Build groups by [`Expr::and`], [`Expr::or`] and [`Expr::negate`], which keep the
/// tree flat, as the parser does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    And {
        of: Vec<Expr>,
        span: Span,
    },
    Or {
        of: Vec<Expr>,
        span: Span,
    },
    Not {
        of: Box<Expr>,
        span: Span,
    },
    /// Words to be found; a text with blanks was quoted.
    Text {
        text: String,
        span: Span,
    },
    Field(FieldTerm),
}

/// `key:value,value`: true when one of the values fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldTerm {
    /// Lower case, as typed: may be an alias.
    pub key: String,
    pub key_span: Span,
    /// Never empty.
    pub values: Vec<Value>,
    pub span: Span,
}

/// One value of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    pub kind: ValueKind,
    pub span: Span,
}

/// The forms a value may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueKind {
    Is(Atom),
    Compare(Op, Atom),
    /// Inclusive; at least one end is there.
    Range(Option<Atom>, Option<Atom>),
}

/// A word or a quoted text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Atom {
    pub text: String,
    /// A quoted `"me"` or `"none"` is a name, not the keyword.
    pub quoted: bool,
}

/// Comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Op {
    Greater,
    AtLeast,
    Less,
    AtMost,
}

/// One key of `sort:`; rises unless `descending`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortTerm {
    pub key: String,
    pub descending: bool,
    pub span: Span,
}

impl Op {
    pub const ALL: [Op; 4] = [Op::AtLeast, Op::AtMost, Op::Greater, Op::Less];

    /// As it is typed.
    pub const fn sign(self) -> &'static str {
        match self {
            Op::Greater => ">",
            Op::AtLeast => ">=",
            Op::Less => "<",
            Op::AtMost => "<=",
        }
    }
}

impl Atom {
    /// A word, marked as quoted when it cannot stand bare.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { quoted: Self::needs_quotes(&text), text }
    }
    /// A text taken literally: never a keyword.
    pub fn quoted(text: impl Into<String>) -> Self {
        Self { text: text.into(), quoted: true }
    }
    pub(crate) fn needs_quotes(text: &str) -> bool {
        text.is_empty()
            || text.starts_with(['"', '<', '>', '='])
            || text.ends_with('.')
            || text.contains("..")
            || text.contains(|c: char| c == ',' || breaks_word(c))
    }
    /// The keyword, in lower case, unless quoted.
    pub(crate) fn keyword(&self) -> Option<String> {
        (!self.quoted).then(|| self.text.to_ascii_lowercase())
    }
}

/// Ends a bare word anywhere in the language.
pub(crate) fn breaks_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '|')
}

/// The length in bytes of a key at the start of `text`, when a colon follows it.
pub(crate) fn key_length(text: &str) -> Option<usize> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.')))?;
    let starts_well = text.chars().next().is_some_and(char::is_alphabetic);
    (starts_well && text.as_bytes().get(end) == Some(&b':')).then_some(end)
}

impl Value {
    pub fn is(atom: Atom) -> Self {
        Self { kind: ValueKind::Is(atom), span: Span::default() }
    }
}

impl Expr {
    /// Lets everything through.
    pub fn everything() -> Self {
        Expr::And { of: Vec::new(), span: Span::default() }
    }
    /// A term made by a program, such as a facet that was clicked.
    pub fn field(key: impl Into<String>, values: Vec<Value>) -> Self {
        let nowhere = Span::default();
        Expr::Field(FieldTerm { key: key.into(), key_span: nowhere, values, span: nowhere })
    }
    pub fn text(text: impl Into<String>) -> Self {
        Expr::Text { text: text.into(), span: Span::default() }
    }
    /// All of them; one alone is itself.
    pub fn and(items: Vec<Expr>, span: Span) -> Self {
        let mut of = Vec::with_capacity(items.len());
        for item in items {
            match item {
                Expr::And { of: inner, .. } => of.extend(inner),
                other => of.push(other),
            }
        }
        Self::only(&mut of).unwrap_or(Expr::And { of, span })
    }
    /// At least one of them; one alone is itself.
    pub fn or(items: Vec<Expr>, span: Span) -> Self {
        let mut of = Vec::with_capacity(items.len());
        for item in items {
            match item {
                Expr::Or { of: inner, .. } => of.extend(inner),
                other => of.push(other),
            }
        }
        Self::only(&mut of).unwrap_or(Expr::Or { of, span })
    }
    pub fn negate(self, span: Span) -> Self {
        Expr::Not { of: Box::new(self), span }
    }
    fn only(of: &mut Vec<Expr>) -> Option<Expr> {
        if of.len() == 1 { of.pop() } else { None }
    }
    pub fn span(&self) -> Span {
        match self {
            Expr::And { span, .. } | Expr::Or { span, .. } | Expr::Not { span, .. } | Expr::Text { span, .. } => *span,
            Expr::Field(term) => term.span,
        }
    }
    pub fn is_everything(&self) -> bool {
        matches!(self, Expr::And { of, .. } if of.is_empty())
    }
}
