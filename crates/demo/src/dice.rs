//! Chance from a seed. Every subject throws its own dice, so that a new scenario or a longer name
//! list does not reshuffle everything else.

use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

pub(crate) struct Dice(StdRng);

impl Dice {
    /// The dice of one subject: equal for equal seed, topic and number.
    pub(crate) fn of(seed: u64, topic: &str, number: u64) -> Self {
        // FNV-1a: the standard hashers promise no stability between releases.
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        let bytes = topic.bytes().chain(seed.to_le_bytes()).chain(number.to_le_bytes());
        for byte in bytes {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Self(StdRng::seed_from_u64(hash))
    }

    /// A whole number from `low` to `high`, both included.
    pub(crate) fn range(&mut self, low: i64, high: i64) -> i64 {
        if low >= high { low } else { self.0.random_range(low..=high) }
    }

    /// A number below `count`; 0 for an empty range.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        if count < 2 { 0 } else { self.0.random_range(0..count) }
    }

    pub(crate) fn percent(&mut self, chance: u32) -> bool {
        self.0.random_range(0..100) < chance
    }

    /// One of the items; the lists of this crate are never empty, which the tests check.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// The place of one weight, chosen in proportion to it.
    pub(crate) fn weighted(&mut self, weights: impl IntoIterator<Item = u32> + Clone) -> usize {
        let total: u32 = weights.clone().into_iter().sum();
        let mut left = self.below(total as usize) as u32;
        for (place, weight) in weights.into_iter().enumerate() {
            if left < weight {
                return place;
            }
            left -= weight;
        }
        0
    }

    /// A delay around `typical`: mostly near it, now and then several times as long.
    pub(crate) fn around(&mut self, typical: i64) -> i64 {
        let near = self.range(typical / 3, typical + typical / 2);
        match self.below(12) {
            0 => near * 4,
            1 | 2 => near * 2,
            _ => near,
        }
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}
