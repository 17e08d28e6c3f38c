//! Syntax tree to canonical text. Parsing the text gives the same tree again.

use crate::ast::{Atom, Expr, FieldTerm, Query, SortTerm, Value, ValueKind, breaks_word, key_length};
use std::fmt;

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.filter)?;
        for (place, term) in self.sort.iter().enumerate() {
            let lead = match place {
                0 if self.filter.is_everything() => "sort:",
                0 => " sort:",
                _ => ",",
            };
            write!(f, "{lead}{term}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expr::And { of, .. } => joined(f, of, " ", |item| matches!(item, Expr::And { .. } | Expr::Or { .. })),
            Expr::Or { of, .. } => joined(f, of, " OR ", |item| matches!(item, Expr::Or { .. })),
            Expr::Not { of, .. } => {
                f.write_str("-")?;
                grouped(f, of, !matches!(**of, Expr::Text { .. } | Expr::Field(_)))
            }
            Expr::Text { text, .. } if text_needs_quotes(text) => quoted(f, text),
            Expr::Text { text, .. } => f.write_str(text),
            Expr::Field(term) => write!(f, "{term}"),
        }
    }
}

fn joined(f: &mut fmt::Formatter<'_>, of: &[Expr], sign: &str, group: impl Fn(&Expr) -> bool) -> fmt::Result {
    for (place, item) in of.iter().enumerate() {
        if place > 0 {
            f.write_str(sign)?;
        }
        grouped(f, item, group(item))?;
    }
    Ok(())
}

fn grouped(f: &mut fmt::Formatter<'_>, item: &Expr, group: bool) -> fmt::Result {
    if group { write!(f, "({item})") } else { write!(f, "{item}") }
}

fn text_needs_quotes(text: &str) -> bool {
    text.is_empty() || text == "OR" || text.starts_with(['"', '-']) || text.contains(breaks_word) || key_length(text).is_some()
}

fn quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    write!(f, "\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

impl fmt::Display for FieldTerm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.key)?;
        for (place, value) in self.values.iter().enumerate() {
            write!(f, "{}{value}", if place > 0 { "," } else { "" })?;
        }
        Ok(())
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ValueKind::Is(atom) => write!(f, "{atom}"),
            ValueKind::Compare(op, atom) => write!(f, "{}{atom}", op.sign()),
            ValueKind::Range(from, to) => {
                from.iter().try_for_each(|atom| write!(f, "{atom}"))?;
                f.write_str("..")?;
                to.iter().try_for_each(|atom| write!(f, "{atom}"))
            }
        }
    }
}

impl fmt::Display for Atom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.quoted || Atom::needs_quotes(&self.text) { quoted(f, &self.text) } else { f.write_str(&self.text) }
    }
}

impl fmt::Display for SortTerm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.descending { "-" } else { "" }, self.key)
    }
}
