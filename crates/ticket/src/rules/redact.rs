//! Which part of a text is taken away, and what stands there then.

use std::ops::Range;

use kernel::FieldError;

/// Stands in place of what was taken away; always as long, so that it says nothing of it.
pub const MARK: &str = "█████";
/// Letters of a text that is looked for at least: fewer would be found everywhere.
pub const SHORTEST: usize = 3;

/// What of a text goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Whole,
    /// From one letter of the source to before another, counted in Unicode code points.
    Range {
        from: usize,
        to: usize,
    },
    /// Exactly this, wherever it stands in the text.
    Text(String),
}

/// The places of a part in a text, in bytes: in order, apart, none empty.
///
/// # Errors
/// There is no such place, or what is looked for is too short.
pub fn places(text: &str, part: &Part) -> Result<Vec<Range<usize>>, FieldError> {
    match part {
        Part::Whole => Ok(std::iter::once(0..text.len()).collect()),
        Part::Range { from, to } => {
            let wrong = || FieldError::new("from", "error-redact-range");
            let byte = |letter: usize| text.char_indices().map(|(at, _)| at).chain([text.len()]).nth(letter);
            let place = byte(*from).ok_or_else(wrong)?..byte(*to).ok_or_else(wrong)?;
            if place.is_empty() { Err(wrong()) } else { Ok(vec![place]) }
        }
        Part::Text(wanted) => {
            let wanted = tidy(wanted);
            if !is_long(&wanted) {
                return Err(FieldError::new("text", "error-redact-short").arg("min", SHORTEST));
            }
            let found = all(text, std::slice::from_ref(&wanted));
            if found.is_empty() { Err(FieldError::new("text", "error-redact-not-found")) } else { Ok(found) }
        }
    }
}

/// What was typed as it stands in a text.
fn tidy(wanted: &str) -> String {
    wanted.trim().replace("\r\n", "\n").replace('\r', "\n")
}

fn is_long(wanted: &str) -> bool {
    wanted.chars().count() >= SHORTEST
}

/// What stands at these places and is long enough to be looked for elsewhere.
pub fn needles(text: &str, places: &[Range<usize>]) -> Vec<String> {
    let found = places.iter().filter_map(|place| text.get(place.clone()));
    found.map(str::trim).filter(|found| is_long(found)).map(str::to_owned).collect()
}

/// Every place where one of these stands.
fn all(text: &str, needles: &[String]) -> Vec<Range<usize>> {
    let found = needles.iter().flat_map(|needle| text.match_indices(needle.as_str()).map(|(at, found)| at..at + found.len()));
    let mut found: Vec<Range<usize>> = found.filter(|place| !place.is_empty()).collect();
    found.sort_by_key(|place| (place.start, place.end));
    let mut apart: Vec<Range<usize>> = Vec::new();
    for place in found {
        match apart.last_mut().filter(|last| place.start <= last.end) {
            Some(last) => last.end = last.end.max(place.end),
            None => apart.push(place),
        }
    }
    apart
}

/// The text with the mark at these places.
pub fn without(text: &str, places: &[Range<usize>]) -> String {
    let mut left = String::with_capacity(text.len());
    let mut after = 0;
    for place in places {
        left.push_str(text.get(after..place.start).unwrap_or_default());
        left.push_str(MARK);
        after = place.end;
    }
    left.push_str(text.get(after..).unwrap_or_default());
    left
}

/// The text without any of these; nothing when none stands there.
pub fn without_any(text: &str, needles: &[String]) -> Option<String> {
    let places = all(text, needles);
    (!places.is_empty()).then(|| without(text, &places))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(text: &str, part: &Part) -> Result<String, String> {
        places(text, part).map(|places| without(text, &places)).map_err(|error| error.code.to_string())
    }

    #[test]
    fn parts_go_and_the_rest_stays() {
        let text = "El código es ñ-4711, ñ-4711 ok";
        assert_eq!(left(text, &Part::Whole).unwrap(), MARK);
        assert_eq!(left(text, &Part::Range { from: 13, to: 19 }).unwrap(), format!("El código es {MARK}, ñ-4711 ok"));
        assert_eq!(left(text, &Part::Text(" ñ-4711 ".into())).unwrap(), format!("El código es {MARK}, {MARK} ok"));
        assert_eq!(left("a\nb c", &Part::Text("a\r\nb".into())).unwrap(), format!("{MARK} c"));
        for (from, to) in [(3, 3), (4, 3), (0, 99), (99, 100)] {
            assert_eq!(left(text, &Part::Range { from, to }).unwrap_err(), "error-redact-range");
        }
        assert_eq!(left(text, &Part::Text("ok".into())).unwrap_err(), "error-redact-short");
        assert_eq!(left(text, &Part::Text("nowhere".into())).unwrap_err(), "error-redact-not-found");
    }

    #[test]
    fn pieces_that_overlap_go_once() {
        assert_eq!(without_any("abcdef", &["abcd".into(), "cdef".into()]), Some(MARK.to_owned()));
        assert_eq!(without_any("abcdef", &["xyz".into()]), None);
        assert_eq!(needles("ab cdef", &[0..2, 2..7]), ["cdef"]);
    }
}
