//! Parsed configuration, kept until the stamp changes. Looked up inside the transaction, so that an
//! action never decides by configuration newer or older than its snapshot.

use std::sync::Arc;

use db::Rd;
use kernel::Result;
use parking_lot::Mutex;

/// A parsed view of the configuration.
pub struct Cache<T>(Mutex<Option<(i64, Arc<T>)>>);

impl<T> Default for Cache<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T> Cache<T> {
    /// The view at the stamp of this snapshot; built by `load` when it is not the one at hand.
    ///
    /// # Errors
    /// What `load` answers.
    pub fn get(&self, rd: &mut Rd<'_>, load: impl FnOnce(&mut Rd<'_>) -> Result<T>) -> Result<Arc<T>> {
        let stamp = crate::stamp(rd)?;
        if let Some((at, view)) = &*self.0.lock()
            && *at == stamp
        {
            return Ok(Arc::clone(view));
        }
        let view = Arc::new(load(rd)?);
        let mut slot = self.0.lock();
        // An older snapshot may come late: the newer view stays.
        if slot.as_ref().is_none_or(|(at, _)| *at < stamp) {
            *slot = Some((stamp, Arc::clone(&view)));
        }
        Ok(view)
    }
}
