//! What the texts of a record say to a question, one text after the other.

use super::ask::Question;
use crate::text::mark::{self, Piece};

/// What was found so far.
pub(super) struct Answer<'q> {
    question: &'q Question,
    forgiving: bool,
    /// By terms of the question.
    found: Vec<bool>,
    /// The part of a text that says most, and how many terms it answers.
    excerpt: (usize, Vec<Piece>),
}

impl<'q> Answer<'q> {
    pub fn new(question: &'q Question, forgiving: bool) -> Self {
        Self { question, forgiving, found: vec![false; question.leaves.len()], excerpt: (0, Vec::new()) }
    }

    /// Reads a title or name; answers it with its marks.
    pub fn title(&mut self, title: &str) -> Vec<Piece> {
        let found = mark::find(title, &self.question.leaves, self.forgiving);
        self.note(&found);
        mark::pieces(title, &found)
    }

    /// Reads a text.
    pub fn text(&mut self, text: &str) {
        let found = mark::find(text, &self.question.leaves, self.forgiving);
        self.note(&found);
        let distinct = found.distinct();
        if distinct > self.excerpt.0 {
            self.excerpt = (distinct, mark::excerpt(text, &found).into_iter().map(one_line).collect());
        }
    }

    /// Reads a word that is shown in no excerpt, as it stands.
    pub fn word(&mut self, word: &str) {
        self.note(&mark::find(word, &self.question.leaves, false));
    }

    /// A term is answered by what is no text.
    pub fn also(&mut self, answers: impl Fn(&crate::text::leaf::Leaf) -> bool) {
        for (leaf, found) in self.question.leaves.iter().zip(&mut self.found) {
            *found = *found || answers(leaf);
        }
    }

    fn note(&mut self, found: &mark::Found) {
        for (_, _, leaf) in &found.spans {
            if let Some(found) = self.found.get_mut(*leaf) {
                *found = true;
            }
        }
    }

    pub fn holds(&self) -> bool {
        self.question.holds(&|leaf| self.found.get(leaf) == Some(&true))
    }

    /// Nothing that is read from now on can change that it holds.
    pub fn is_certain(&self) -> bool {
        !self.question.excludes() && self.holds()
    }

    pub fn excerpt(self) -> Vec<Piece> {
        self.excerpt.1
    }
}

fn one_line(piece: Piece) -> Piece {
    if !piece.text.contains(|c: char| c.is_control()) {
        return piece;
    }
    let mut text = String::with_capacity(piece.text.len());
    for c in piece.text.chars() {
        match c {
            c if c.is_whitespace() || c.is_control() => {
                if !text.ends_with(' ') {
                    text.push(' ');
                }
            }
            c => text.push(c),
        }
    }
    Piece { text, ..piece }
}
