//! What a table holds, whatever the order of its rows: two databases that answer the same hold the same.

use sha2::{Digest as _, Sha256};

use super::cell::Cell;

/// The number of rows and the sum of their digests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    pub rows: u64,
    lanes: [u64; 4],
}

impl Sum {
    pub fn add(&mut self, row: &[Cell]) {
        self.rows += 1;
        let mut digest = Sha256::new();
        for cell in row {
            // PostgreSQL stores no NUL in text: it is left out on the way there.
            let text = match cell {
                Cell::Text(text) if text.contains('\0') => Cell::Text(text.replace('\0', "")).to_json().to_string(),
                cell => cell.to_json().to_string(),
            };
            digest.update((text.len() as u64).to_be_bytes());
            digest.update(text);
        }
        for (lane, bytes) in self.lanes.iter_mut().zip(digest.finalize().chunks(8)) {
            *lane = lane.wrapping_add(bytes.iter().fold(0, |number, byte| (number << 8) | u64::from(*byte)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(rows: &[&[Cell]]) -> Sum {
        let mut sum = Sum::default();
        rows.iter().for_each(|row| sum.add(row));
        sum
    }

    #[test]
    fn order_does_not_matter_and_everything_else_does() {
        let (a, b): (&[Cell], &[Cell]) = (&[Cell::Int(1), Cell::Text("ab".into())], &[Cell::Int(2), Cell::Null]);
        assert_eq!(sum(&[a, b]), sum(&[b, a]));
        let others: [&[&[Cell]]; 5] = [
            &[a],
            &[a, a],
            &[a, b, b],
            &[a, &[Cell::Int(2), Cell::Text(String::new())]],
            &[&[Cell::Text("1".into()), Cell::Text("ab".into())], b],
        ];
        for other in others {
            assert_ne!(sum(&[a, b]), sum(other), "{other:?}");
        }
        assert_eq!(sum(&[&[Cell::Text("a\0b".into())]]), sum(&[&[Cell::Text("ab".into())]]));
    }
}
