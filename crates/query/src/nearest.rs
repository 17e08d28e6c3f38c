//! "Did you mean": the words nearest to a mistyped one.

const MOST: usize = 3;

/// Up to three of `known` that are near `typed`, best first.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let typed: Vec<char> = typed.to_lowercase().chars().collect();
    let allowed = match typed.len() {
        0..=4 => 1,
        5..=7 => 2,
        _ => 3,
    };
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .filter_map(|word| {
            let letters: Vec<char> = word.to_lowercase().chars().collect();
            let starts = typed.len() >= 2 && letters.starts_with(&typed);
            let far = if starts { 1 } else { distance(&typed, &letters, allowed)? };
            (far < typed.len().max(letters.len())).then_some((far, word))
        })
        .collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter().take(MOST).map(|(_, word)| word.to_owned()).collect()
}

/// Insertions, deletions, changes and swaps of neighbours (optimal string alignment), if at most `allowed`.
fn distance(a: &[char], b: &[char], allowed: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > allowed {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut cost = change.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cost = cost.min(before[j - 2] + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|cost| *cost <= allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_come_best_first_and_far_ones_not_at_all() {
        let keys = ["priority", "status", "sla", "team", "tag", "assignee"];
        assert_eq!(nearest("priorty", keys), ["priority"]);
        assert_eq!(nearest("taem", keys), ["team"]);
        assert_eq!(nearest("assi", keys), ["assignee"]);
        assert!(nearest("colour", keys).is_empty());
        assert!(nearest("", keys).is_empty());
    }
}
