//! The description of the API without a desk: for `spoc openapi` and the committed file.

use std::sync::Arc;

use db::{Db, Options};
use events::chain::Signer;
use files::Files;
use kernel::{Clock, Entropy, SystemClock, SystemEntropy};
use notify::push::key::Keeper;
use search::Search;
use sessions::password::Hasher;
use sessions::{Lifetimes, Sessions};
use ticket::Desk;

use super::slices::{self, Told};
use crate::backup::scheduled::{Keep, Plan};
use crate::exit::{self, Failure};

/// The OpenAPI document as it is committed: indented, with a line break at its end. The slices are
/// joined over an empty database in a folder that is gone afterwards; nobody asks it anything.
///
/// # Errors
/// There is no room for temporary files.
pub fn text() -> Result<String, Failure> {
    let folder = tempfile::tempdir().map_err(kernel::Error::internal)?;
    let db = Db::open(Options { ballast: false, readers: 1, ..Options::sqlite(folder.path().join("spoc.db")) })?;
    let (clock, entropy): (Arc<dyn Clock>, Arc<dyn Entropy>) = (Arc::new(SystemClock), Arc::new(SystemEntropy));
    let files = Files::local(&folder.path().join("files"), db.clone(), Arc::clone(&clock), Arc::clone(&entropy))?;
    let told =
        Told { bell: Arc::default(), keeper: Arc::new(Keeper::new(db.clone(), Arc::clone(&clock), Arc::clone(&entropy), &[0; 32])?) };
    let hasher = Hasher::strong(&*entropy)?;
    let sessions = Arc::new(Sessions::new(db, clock, entropy, hasher, Lifetimes::default()));
    let search = Search::open(folder.path().join("index"));
    let signer = Arc::new(Signer::of_seed(&[0; 32])?);
    let keep = Keep { daily: 1, weekly: 1, monthly: 1 };
    let plan = Plan { schedule: None, folder: folder.path().to_owned(), keep };
    let joined = slices::join(slices::all(&sessions, &search, &signer, &plan), &Arc::new(Desk::default()), &files, &search, &told);
    let mut text = joined.openapi.to_pretty_json().map_err(|error| Failure::new(exit::FAILED, error.to_string()))?;
    text.push('\n');
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn the_committed_document_is_what_the_code_says() {
        let text = super::text().unwrap_or_else(|failure| panic!("{failure}"));
        crate::reference::hold(Path::new("openapi/spoc.json"), &text);
    }
}
