//! The disk as the index meets it, and what a fault test makes of it.

use std::io;
use std::path::Path;
use std::sync::Arc;

use db::{Probe, Reserve, Space};
use tantivy::TantivyError;

/// For fault tests: what the disk answers.
#[derive(Clone, Default)]
pub struct Faults {
    /// Answers for the room on the disk.
    pub free_space: Option<Probe>,
    /// Asked before each commit of the index; `true` makes it fail.
    pub fail_commit: Option<Arc<dyn Fn() -> bool + Send + Sync>>,
}

impl Faults {
    pub(crate) fn commit(&self) -> tantivy::Result<()> {
        if self.fail_commit.as_ref().is_some_and(|fails| fails()) { Err(full("a test says so")) } else { Ok(()) }
    }

    /// A new index is begun only with room for it beside what the database keeps free: it is of about
    /// the size of the one that is there.
    pub(crate) fn room(&self, folder: &Path, needed: u64) -> tantivy::Result<()> {
        std::fs::create_dir_all(folder)?;
        let space = self.free_space.as_ref().map_or_else(|| Space::at(folder), |probe| probe(folder));
        let Some(space) = space else { return Ok(()) };
        let least = Reserve::default().of(space.total).saturating_add(needed);
        if space.free < least {
            return Err(full(&format!("{} bytes are free where {least} are needed", space.free)));
        }
        Ok(())
    }
}

fn full(why: &str) -> TantivyError {
    io::Error::new(io::ErrorKind::StorageFull, why.to_owned()).into()
}
