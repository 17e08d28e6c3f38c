//! Parsed configuration, kept until the stamp changes. Looked up inside the transaction, so that an
//! action never decides by configuration newer or older than its snapshot. A transaction that writes
//! may leave its view here before it commits: no other change ever has its stamp, see [`crate::touch`].

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
        // Also over a view with a higher stamp, which may be that of a change that was rolled back.
        // An older snapshot that comes late costs one more load, never a wrong answer.
        *self.0.lock() = Some((stamp, Arc::clone(&view)));
        Ok(view)
    }
}
