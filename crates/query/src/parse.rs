//! Text to syntax tree, by recursive descent over the bytes.

use crate::ast::{Atom, Expr, FieldTerm, Op, Query, SortTerm, Span, Value, ValueKind, breaks_word, key_length};
use crate::error::Error;

/// Longest filter in bytes.
pub const MAX_BYTES: usize = 4096;
/// Most terms; each value of a list counts.
pub const MAX_TERMS: usize = 200;
/// Most parentheses inside each other.
pub const MAX_DEPTH: usize = 32;

type Parsed<T> = Result<T, Error>;

/// Which words before a colon are keys; others make the whole word a text.
type IsKey<'a> = &'a dyn Fn(&str) -> bool;

pub(crate) fn parse(text: &str, is_key: IsKey<'_>) -> Parsed<Query> {
    if text.len() > MAX_BYTES {
        return Err(Error::new(Span::new(MAX_BYTES, text.len()), "filter-too-long").arg("max", MAX_BYTES));
    }
    let mut parser = Parser { text, pos: 0, is_key, terms: 0, depth: 0, sort: Vec::new() };
    let filter = parser.or()?;
    if let Some(c) = parser.peek() {
        return Err(parser.unexpected(c));
    }
    Ok(Query { filter, sort: parser.sort })
}

struct Parser<'a> {
    text: &'a str,
    pos: usize,
    is_key: IsKey<'a>,
    terms: usize,
    depth: usize,
    sort: Vec<SortTerm>,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.pos..).unwrap_or_default()
    }
    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }
    fn skip_blanks(&mut self) {
        self.pos = self.text.len() - self.rest().trim_start().len();
    }
    fn eat(&mut self, sign: &str) -> bool {
        let there = self.rest().starts_with(sign);
        if there {
            self.pos += sign.len();
        }
        there
    }
    fn since(&self, start: usize) -> Span {
        Span::new(start, self.pos)
    }
    fn unexpected(&self, c: char) -> Error {
        Error::new(Span::new(self.pos, self.pos + c.len_utf8()), "filter-unexpected").arg("value", c)
    }

    /// The length of an OR sign here.
    fn or_sign(&self) -> Option<usize> {
        let rest = self.rest();
        let word = rest.strip_prefix("OR").is_some_and(|after| after.chars().next().is_none_or(breaks_word));
        if word { Some(2) } else { rest.starts_with('|').then_some(1) }
    }

    fn or(&mut self) -> Parsed<Expr> {
        self.skip_blanks();
        let start = self.pos;
        let mut branches = vec![self.and()?];
        while let Some(length) = self.or_sign() {
            let sign = Span::new(self.pos, self.pos + length);
            self.pos += length;
            branches.push(self.and()?);
            if branches.iter().any(Expr::is_everything) {
                return Err(Error::new(sign, "filter-missing-term"));
            }
        }
        Ok(Expr::or(branches, self.since(start)))
    }

    fn and(&mut self) -> Parsed<Expr> {
        self.skip_blanks();
        let (start, mut end) = (self.pos, self.pos);
        let mut items = Vec::new();
        while self.peek().is_some_and(|c| c != ')') && self.or_sign().is_none() {
            items.extend(self.term()?);
            end = self.pos;
            self.skip_blanks();
        }
        Ok(Expr::and(items, Span::new(start, end)))
    }

    /// One term, or nothing when it was `sort:`, which is kept apart.
    fn term(&mut self) -> Parsed<Option<Expr>> {
        let start = self.pos;
        let negated = self.negation();
        if self.peek() == Some('(') {
            let group = self.group()?;
            return Ok(Some(if negated { group.negate(self.since(start)) } else { group }));
        }
        self.count(start)?;
        let rest = self.rest();
        let key = key_length(rest).and_then(|n| rest.get(..n)).map(str::to_lowercase);
        let expr = match key.filter(|key| (self.is_key)(key)) {
            Some(key) => {
                let key_span = Span::new(self.pos, self.pos + key_length(rest).unwrap_or(0));
                self.pos = key_span.end + 1;
                let values = self.values(key_span)?;
                if key == "sort" {
                    self.sort(values, negated, start)?;
                    return Ok(None);
                }
                Expr::Field(FieldTerm { key, key_span, values, span: Span::new(key_span.start, self.pos) })
            }
            None => self.free_text()?,
        };
        Ok(Some(if negated { expr.negate(self.since(start)) } else { expr }))
    }

    /// A dash negates when a term follows; ` - ` and `--help` are words.
    fn negation(&mut self) -> bool {
        let after = self.rest().strip_prefix('-').and_then(|rest| rest.chars().next());
        let negated = after.is_some_and(|c| c == '(' || !(c == '-' || breaks_word(c)));
        if negated {
            self.pos += 1;
        }
        negated
    }

    fn group(&mut self) -> Parsed<Expr> {
        let open = Span::new(self.pos, self.pos + 1);
        if self.depth == MAX_DEPTH {
            return Err(Error::new(open, "filter-too-deep").arg("max", MAX_DEPTH));
        }
        self.depth += 1;
        self.pos += 1;
        let inner = self.or()?;
        if !self.eat(")") {
            return Err(Error::new(open, "filter-unclosed-group"));
        }
        self.depth -= 1;
        if inner.is_everything() {
            return Err(Error::new(self.since(open.start), "filter-empty-group"));
        }
        Ok(match inner {
            Expr::Or { of, .. } => Expr::Or { of, span: self.since(open.start) },
            other => other,
        })
    }

    fn count(&mut self, start: usize) -> Parsed<()> {
        self.terms += 1;
        if self.terms > MAX_TERMS {
            return Err(Error::new(Span::new(start, self.text.len()), "filter-too-many-terms").arg("max", MAX_TERMS));
        }
        Ok(())
    }

    fn free_text(&mut self) -> Parsed<Expr> {
        let start = self.pos;
        let text = if self.peek() == Some('"') { self.quoted()? } else { self.bare(breaks_word) };
        Ok(Expr::Text { text, span: self.since(start) })
    }

    fn bare(&mut self, ends: impl Fn(char) -> bool) -> String {
        let rest = self.rest();
        let word = rest.get(..rest.find(ends).unwrap_or(rest.len())).unwrap_or_default();
        self.pos += word.len();
        word.to_owned()
    }

    /// `"..."`, where `\"` is a quote and `\\` a backslash.
    fn quoted(&mut self) -> Parsed<String> {
        let start = self.pos;
        let mut text = String::new();
        let mut chars = self.rest().char_indices().skip(1).peekable();
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => {
                    self.pos = start + at + 1;
                    return Ok(text);
                }
                '\\' => text.push(chars.next_if(|(_, next)| matches!(next, '"' | '\\')).map_or('\\', |(_, next)| next)),
                other => text.push(other),
            }
        }
        Err(Error::new(Span::new(start, self.text.len()), "filter-unclosed-quote"))
    }

    fn values(&mut self, key_span: Span) -> Parsed<Vec<Value>> {
        let mut values = vec![self.value(key_span)?];
        while self.eat(",") {
            self.count(key_span.start)?;
            values.push(self.value(key_span)?);
        }
        match self.peek() {
            Some(c) if !breaks_word(c) => Err(self.unexpected(c)),
            _ => Ok(values),
        }
    }

    fn value(&mut self, key_span: Span) -> Parsed<Value> {
        let start = self.pos;
        let missing = |at: usize| {
            let key = self.text.get(key_span.start..key_span.end).unwrap_or_default();
            Error::new(Span::new(key_span.start, at), "filter-missing-value").arg("key", key.to_lowercase())
        };
        let missing_here = missing(self.pos);
        let op = Op::ALL.into_iter().find(|op| self.rest().starts_with(op.sign()));
        let kind = if let Some(op) = op {
            self.pos += op.sign().len();
            ValueKind::Compare(op, self.atom()?.ok_or(missing_here)?)
        } else {
            match (self.atom()?, self.eat("..")) {
                (None, false) => return Err(missing_here),
                (Some(atom), false) => ValueKind::Is(atom),
                (from, true) => {
                    let to = self.atom()?;
                    if from.is_none() && to.is_none() {
                        return Err(missing_here);
                    }
                    ValueKind::Range(from, to)
                }
            }
        };
        Ok(Value { kind, span: self.since(start) })
    }

    fn atom(&mut self) -> Parsed<Option<Atom>> {
        if self.peek() == Some('"') {
            return Ok(Some(Atom::quoted(self.quoted()?)));
        }
        let start = self.pos;
        let word = self.bare(|c| c == ',' || breaks_word(c));
        let length = word.find("..").unwrap_or(word.len());
        self.pos = start + length;
        let word = word.get(..length).unwrap_or_default();
        Ok((!word.is_empty()).then(|| Atom::new(word)))
    }

    fn sort(&mut self, values: Vec<Value>, negated: bool, start: usize) -> Parsed<()> {
        if negated || self.depth > 0 {
            return Err(Error::new(self.since(start), "filter-sort-place"));
        }
        for Value { kind, span } in values {
            let text = self.text.get(span.start..span.end).unwrap_or_default();
            let key = text.strip_prefix('-').unwrap_or(text);
            let plain = matches!(kind, ValueKind::Is(_)) && key_length(&format!("{key}:")) == Some(key.len());
            if !plain {
                return Err(Error::new(span, "filter-unknown-key").arg("key", text));
            }
            self.sort.push(SortTerm { key: key.to_lowercase(), descending: text.starts_with('-'), span });
        }
        Ok(())
    }
}
