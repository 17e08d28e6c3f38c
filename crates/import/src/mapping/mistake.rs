//! What is wrong with a mapping file: every mistake at once, each with its line.

use std::fmt;

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// From 1.
    pub line: usize,
    pub message: String,
}

/// All mistakes of one mapping file, in the order of their lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistakes {
    pub file: String,
    pub list: Vec<Mistake>,
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, mistake) in self.list.iter().enumerate() {
            if number > 0 {
                f.write_str("\n")?;
            }
            // A value may hold line breaks; a mistake stays one line.
            let message = mistake.message.split_whitespace().collect::<Vec<_>>().join(" ");
            write!(f, "{}:{}: {message}", self.file, mistake.line)?;
        }
        Ok(())
    }
}

impl std::error::Error for Mistakes {}

/// "; did you mean X?" for the known names nearest to `typed`, or the names there are.
pub(crate) fn proposal<'a>(typed: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> String {
    if let Some(name) = query::nearest(typed, known.clone()).first() {
        return format!("; did you mean {name}?");
    }
    let all: Vec<&str> = known.into_iter().take(40).collect();
    if all.is_empty() { String::new() } else { format!("; known: {}", all.join(", ")) }
}
