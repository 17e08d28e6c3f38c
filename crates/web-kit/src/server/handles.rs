//! Open files that this process may have: each connection takes one.

use rustix::process::{Resource, getrlimit, setrlimit};

/// Raises the limit to what the system allows this process; answers it, `None` for no limit. Most
/// systems begin with 1,024, which a few hundred slow strangers use up.
pub fn raise_open_files() -> Option<u64> {
    let mut limit = getrlimit(Resource::Nofile);
    if limit.current != limit.maximum {
        let before = limit.current;
        limit.current = limit.maximum;
        if let Err(error) = setrlimit(Resource::Nofile, limit) {
            tracing::warn!(%error, "the number of open files stays as it is");
            return before;
        }
    }
    limit.current
}
