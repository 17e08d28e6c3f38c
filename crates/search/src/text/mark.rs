//! What of a text answers a question: for marking it, and for being sure that a hit is one.

use super::leaf::Leaf;
use super::{Part, chunks, phone, stems};

/// A piece of a text, marked when it answers the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub marked: bool,
}

/// What a text says to some terms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Bytes of the text with the number of the term, in order.
    pub spans: Vec<(usize, usize, usize)>,
}

impl Found {
    /// Whether a term is answered.
    pub fn answers(&self, leaf: usize) -> bool {
        self.spans.iter().any(|(_, _, of)| *of == leaf)
    }
    /// How many different terms are answered.
    pub fn distinct(&self) -> usize {
        let mut of: Vec<usize> = self.spans.iter().map(|(_, _, of)| *of).collect();
        of.sort_unstable();
        of.dedup();
        of.len()
    }
}

/// A word of the text, read once.
struct Place {
    part: Part,
    stems: Option<Vec<String>>,
}

/// Looks for the terms in a text; with `forgiving`, typing errors are forgiven.
pub fn find(text: &str, leaves: &[Leaf], forgiving: bool) -> Found {
    let mut places = Vec::new();
    let mut found = Found::default();
    for chunk in chunks(text) {
        let wholes: Vec<String> = chunk.wholes().collect();
        if let (false, Some(first), Some(last)) = (wholes.is_empty(), chunk.parts.first(), chunk.parts.last()) {
            for (number, leaf) in leaves.iter().enumerate() {
                if is_whole(leaf, &wholes) {
                    found.spans.push((first.from, last.to, number));
                }
            }
        }
        places.extend(chunk.parts.into_iter().map(|part| Place { part, stems: None }));
    }
    for (number, leaf) in leaves.iter().enumerate() {
        match leaf.single() {
            Some(_) if !leaf.phrase => single(&mut places, leaf, number, forgiving, &mut found),
            _ => sequence(&places, leaf, number, &mut found),
        }
    }
    if leaves.iter().any(|leaf| leaf.phone.is_some()) {
        for number in phone::find(text) {
            let token = phone::token(&number.digits);
            let asked = |leaf: &Leaf| leaf.phone.as_ref().is_some_and(|asked| token.starts_with(asked.as_str()));
            found.spans.extend(leaves.iter().enumerate().filter(|(_, leaf)| asked(leaf)).map(|(of, _)| (number.from, number.to, of)));
        }
    }
    found.spans.sort_unstable();
    found.spans.dedup();
    found
}

fn is_whole(leaf: &Leaf, wholes: &[String]) -> bool {
    let asked = leaf.wholes.iter().chain(leaf.single().filter(|_| !leaf.phrase).map(|word| &word.folded));
    asked.into_iter().any(|asked| wholes.iter().any(|whole| whole == asked || (leaf.prefix && whole.starts_with(asked.as_str()))))
}

fn single(places: &mut [Place], leaf: &Leaf, number: usize, forgiving: bool, found: &mut Found) {
    let Some(word) = leaf.single() else { return };
    let forgiven = if forgiving { leaf.forgiven() } else { 0 };
    for place in places {
        let text = place.part.folded.as_str();
        let exact = text == word.folded || (leaf.prefix && text.starts_with(&word.folded)) || leaf.wholes.iter().any(|w| w == text);
        let same = exact || is_form(place, &word.stems) || (forgiven > 0 && distance(&place.part.folded, &word.folded, forgiven));
        if same {
            found.spans.push((place.part.from, place.part.to, number));
        }
    }
}

/// Whether the word of the text is a form of one of these stems. Stems keep the first letters, so
/// most words need not be reduced to know.
fn is_form(place: &mut Place, asked: &[String]) -> bool {
    let start = |text: &str| text.chars().take(2).collect::<String>();
    let begin = start(&place.part.folded);
    if !asked.iter().any(|stem| start(stem) == begin) {
        return false;
    }
    let part = &place.part;
    let own = place.stems.get_or_insert_with(|| {
        let mut own = Vec::new();
        stems(&part.folded, part.accented.as_deref(), &mut own);
        own
    });
    asked.iter().any(|stem| own.contains(stem))
}

fn sequence(places: &[Place], leaf: &Leaf, number: usize, found: &mut Found) {
    let count = leaf.words.len();
    // `e-mail` is asked for and `email` stands there.
    let joined = places.iter().filter(|place| leaf.wholes.contains(&place.part.folded));
    found.spans.extend(joined.map(|place| (place.part.from, place.part.to, number)));
    for window in places.windows(count) {
        let fits = window.iter().zip(&leaf.words).enumerate().all(|(at, (place, word))| {
            let text = place.part.folded.as_str();
            text == word.folded || (leaf.prefix && at + 1 == count && text.starts_with(&word.folded))
        });
        if let (true, Some(first), Some(last)) = (fits, window.first(), window.last()) {
            found.spans.push((first.part.from, last.part.to, number));
        }
    }
}

/// Whether two words differ by at most so many letters; two letters that changed places are one.
pub fn distance(a: &str, b: &str, most: u8) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let most = usize::from(most);
    if a.len().abs_diff(b.len()) > most {
        return false;
    }
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, y) in b.iter().enumerate() {
            let mut cost = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i - 1] == *y && *x == b[j - 1] {
                cost = cost.min(before_last[j - 1] + 1);
            }
            row.push(cost);
        }
        if row.iter().min().is_none_or(|least| *least > most) {
            return false;
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().is_some_and(|cost| *cost <= most)
}

/// The whole text in pieces.
pub fn pieces(text: &str, found: &Found) -> Vec<Piece> {
    cut(text, found, 0, text.len())
}

/// Letters of an excerpt, and how many of them stand before the first mark.
const EXCERPT: usize = 180;
const LEAD: usize = 50;

/// The part of a text that answers most, in pieces, with dots where something was left out.
pub fn excerpt(text: &str, found: &Found) -> Vec<Piece> {
    let (from, to) = window(text, found);
    let mut pieces = cut(text, found, from, to);
    let dots = || Piece { text: "…".to_owned(), marked: false };
    if from > 0 {
        pieces.insert(0, dots());
    }
    if to < text.len() {
        pieces.push(dots());
    }
    pieces
}

/// The stretch with the most different terms; the first of equals.
fn window(text: &str, found: &Found) -> (usize, usize) {
    let mut best = (0, 0);
    for (at, span) in found.spans.iter().enumerate() {
        let near = found.spans.get(at..).unwrap_or_default().iter().take_while(|next| next.1 <= span.0 + (EXCERPT - LEAD));
        let mut of: Vec<usize> = near.map(|next| next.2).collect();
        of.sort_unstable();
        of.dedup();
        if of.len() > best.0 {
            best = (of.len(), span.0);
        }
    }
    let mut from = forward(text, best.1.saturating_sub(LEAD));
    if from > 0 {
        let blank = text.get(from..best.1).and_then(|lead| lead.find(' '));
        from += blank.map_or(0, |at| at + 1);
    }
    let mut to = forward(text, (from + EXCERPT).min(text.len()));
    if to < text.len() {
        let blank = text.get(from..to).and_then(|shown| shown.rfind(' '));
        to = blank.map_or(to, |at| from + at);
    }
    (from, to.max(from))
}

fn forward(text: &str, at: usize) -> usize {
    (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

fn cut(text: &str, found: &Found, from: usize, to: usize) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut push = |from: usize, to: usize, marked: bool| {
        let Some(text) = text.get(from..to).filter(|text| !text.is_empty()) else { return };
        match pieces.last_mut().filter(|last| last.marked == marked) {
            Some(last) => last.text.push_str(text),
            None => pieces.push(Piece { text: text.to_owned(), marked }),
        }
    };
    let mut at = from;
    for (start, end, _) in &found.spans {
        let (start, end) = ((*start).max(at), (*end).min(to));
        if start >= end {
            continue;
        }
        push(at, start, false);
        push(start, end, true);
        at = end;
    }
    push(at, to, false);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, asked: &[&str], forgiving: bool) -> Vec<String> {
        let leaves: Vec<Leaf> = asked.iter().filter_map(|a| Leaf::of(a, false)).collect();
        pieces(text, &find(text, &leaves, forgiving)).into_iter().filter(|p| p.marked).map(|p| p.text).collect()
    }

    #[test]
    fn forms_chunks_phones_and_phrases_are_marked() {
        assert_eq!(marked("Принтеры на этаже не печатают", &["принтер"], false), ["Принтеры"]);
        assert_eq!(marked("See ERR-0x80070005 again", &["err-0x80070005"], false), ["ERR-0x80070005"]);
        assert_eq!(marked("Ask García Márquez", &["garcia-marquez"], false), ["García Márquez"]);
        assert_eq!(marked("Call +34 600 12-34-56 now", &["600123456"], false), ["+34 600 12-34-56"]);
        assert_eq!(marked("the vpn drops, drops the vpn", &["drops the"], false), ["drops the"]);
        assert_eq!(marked("Imprsora nueva", &["impresora"], true), ["Imprsora"]);
        assert!(marked("Imprsora nueva", &["impresora"], false).is_empty());
    }

    #[test]
    fn an_excerpt_shows_where_most_is_found() {
        let text = format!("printer {} the printer has a paper jam again {}", "x ".repeat(200), "y ".repeat(200));
        let leaves: Vec<Leaf> = ["printer", "jam"].iter().filter_map(|a| Leaf::of(a, false)).collect();
        let shown = excerpt(&text, &find(&text, &leaves, false));
        assert_eq!(shown.iter().filter(|p| p.marked).map(|p| p.text.as_str()).collect::<Vec<_>>(), ["printer", "jam"]);
        assert!(shown.iter().map(|p| p.text.chars().count()).sum::<usize>() < 190);
    }

    #[test]
    fn letters_that_differ() {
        assert!(distance("printer", "pritner", 1) && distance("printer", "prnter", 1) && !distance("printer", "prntre", 1));
        assert!(distance("соединение", "соеденение", 2) && !distance("vpn", "dns", 1));
    }
}
