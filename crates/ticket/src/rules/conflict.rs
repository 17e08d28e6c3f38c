//! Which of somebody's changes clash with what others changed meanwhile.

use std::collections::BTreeSet;

/// The fields that both sides changed. `mine` are the fields to be changed now, `theirs` those
/// changed since the version that was read.
pub fn clashes<'a>(mine: impl IntoIterator<Item = &'a str>, theirs: &BTreeSet<String>) -> Vec<&'a str> {
    mine.into_iter().filter(|field| theirs.contains(*field)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_fields_changed_by_both_clash() {
        let theirs = ["priority", "state"].into_iter().map(str::to_owned).collect();
        assert_eq!(clashes(["title", "state"], &theirs), ["state"]);
        assert!(clashes(["title"], &theirs).is_empty());
    }
}
