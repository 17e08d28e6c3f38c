//! A pause after a fault that grows with each one in a row: a full disk is not asked all the time.

use std::time::{Duration, Instant};

const FIRST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(300);

/// When something that failed is tried again.
#[derive(Debug, Default)]
pub(super) struct Pause {
    faults: u32,
    until: Option<Instant>,
}

impl Pause {
    /// It failed once more.
    pub fn failed(&mut self) {
        let long = FIRST.saturating_mul(1 << self.faults.min(16)).min(LONGEST);
        self.faults += 1;
        self.until = Some(Instant::now() + long);
    }
    /// It went well.
    pub fn well(&mut self) {
        *self = Self::default();
    }
    pub fn is_over(&self) -> bool {
        self.until.is_none_or(|until| Instant::now() >= until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_grows_up_to_some_minutes() {
        let mut pause = Pause::default();
        assert!(pause.is_over());
        let mut last = Duration::ZERO;
        for n in 0..40 {
            pause.failed();
            let left = pause.until.map_or(Duration::ZERO, |until| until.saturating_duration_since(Instant::now()));
            assert!(!pause.is_over() && left <= LONGEST && (n > 8 || left > last), "{n}: {left:?}");
            last = left;
        }
        pause.well();
        assert!(pause.is_over());
    }
}
