//! Moments by their bits: one set per binary digit. A comparison walks the digits once, so that it
//! costs the same for any stretch, and a moment that moves touches sets and no order.

use std::ops::RangeInclusive;

use roaring::RoaringBitmap;

/// Digits of a moment or number: all but the sign.
const DIGITS: usize = 63;

/// A column of numbers from 0 on; a ticket has one or none.
#[derive(Debug, Clone)]
pub(super) struct Slices {
    present: RoaringBitmap,
    digits: Vec<RoaringBitmap>,
}

impl Default for Slices {
    fn default() -> Self {
        Self { present: RoaringBitmap::new(), digits: vec![RoaringBitmap::new(); DIGITS] }
    }
}

impl Slices {
    /// Gives a ticket that has none a number; one below zero counts as zero, which no moment of a desk is.
    pub fn put(&mut self, id: u32, value: i64) {
        let value = value.max(0).unsigned_abs();
        self.present.insert(id);
        for (place, digit) in self.digits.iter_mut().enumerate() {
            if value >> place & 1 == 1 {
                digit.insert(id);
            }
        }
    }

    pub fn remove(&mut self, id: u32) {
        if self.present.remove(id) {
            for digit in &mut self.digits {
                digit.remove(id);
            }
        }
    }

    pub fn present(&self) -> &RoaringBitmap {
        &self.present
    }

    /// Those of some whose number lies in the range.
    pub fn range(&self, range: RangeInclusive<i64>, among: &RoaringBitmap) -> RoaringBitmap {
        if *range.end() < 0 {
            return RoaringBitmap::new();
        }
        let mut found = self.at_most(*range.end(), among & &self.present);
        if *range.start() > 0 {
            let below = self.at_most(*range.start() - 1, found.clone());
            found -= below;
        }
        found
    }

    /// Those of some whose number is at most that: from the highest digit on, who still equals it and
    /// has a zero where it has a one is below.
    fn at_most(&self, end: i64, mut equal: RoaringBitmap) -> RoaringBitmap {
        let end = end.unsigned_abs();
        let mut below = RoaringBitmap::new();
        for (place, digit) in self.digits.iter().enumerate().rev() {
            if equal.is_empty() {
                break;
            }
            if end >> place & 1 == 1 {
                below |= &equal - digit;
                equal &= digit;
            } else {
                equal -= digit;
            }
        }
        below | equal
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_those_of_the_numbers() {
        let values: [i64; 9] = [0, 1, 2, 3, 7, 8, 1 << 40, i64::MAX - 1, i64::MAX];
        let mut slices = Slices::default();
        for (id, value) in (0..).zip(values) {
            slices.put(id, value);
        }
        slices.put(99, 5);
        slices.remove(99);
        let all: RoaringBitmap = (0..100).collect();
        for from in values.into_iter().chain([-5, 4, 6]) {
            for to in values.into_iter().chain([-1, 4, 9]).filter(|to| *to >= from) {
                let found: Vec<i64> = slices.range(from..=to, &all).into_iter().map(|id| values[id as usize]).collect();
                let wanted: Vec<i64> = values.into_iter().filter(|v| (from..=to).contains(v)).collect();
                assert_eq!(found, wanted, "{from}..={to}");
            }
        }
        assert!(slices.range(0..=9, &RoaringBitmap::from_iter([4])).iter().eq([4]));
    }
}
