//! Work of which one runs at a time in this process.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whose turn it is: one job after the other.
#[derive(Debug, Clone, Default)]
pub struct Turn(Arc<AtomicBool>);

/// The turn is taken until this is dropped.
#[derive(Debug)]
pub struct Taken<'a>(&'a AtomicBool);

impl Turn {
    /// Nothing while another job has it.
    pub fn take(&self) -> Option<Taken<'_>> {
        let free = !self.0.swap(true, Ordering::Acquire);
        free.then(|| Taken(&self.0))
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_has_it_until_it_ends() {
        let turn = Turn::default();
        let other = turn.clone();
        let taken = turn.take();
        assert!(taken.is_some());
        assert!(other.take().is_none());
        drop(taken);
        assert!(other.take().is_some());
    }
}
