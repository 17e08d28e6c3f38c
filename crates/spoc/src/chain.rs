//! The key that signs heads of the audit chain, and the words for what a look at the chain found.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use db::Db;
use events::chain::{Bad, Check, Fault, Signer, heads, keep, newest, sign};
use kernel::{Clock, Entropy, Result};
use tokio_util::sync::CancellationToken;

use crate::exit::{self, Failure};

/// The file with the key, in the data folder and in backups.
pub const KEY: &str = "audit.key";

/// Between two heads that are kept.
const SIGN_EVERY: Duration = Duration::from_hours(1);
/// The first one comes soon after the start.
const SIGN_FIRST: Duration = Duration::from_mins(1);

/// The key of a data folder; made when there is none.
///
/// # Errors
/// The file cannot be read or written, or is no key.
pub fn signer(folder: &Path, entropy: &dyn Entropy) -> std::result::Result<Signer, Failure> {
    if let Some(signer) = known(folder)? {
        return Ok(signer);
    }
    let mut seed = [0; 32];
    entropy.fill(&mut seed);
    let path = folder.join(KEY);
    write(&path, &seed).map_err(|error| Failure::new(exit::FOLDER, format!("{}: {error}", path.display())))?;
    Ok(Signer::of_seed(&seed)?)
}

/// The key of a data folder, if it has one.
///
/// # Errors
/// The file cannot be read, or is no key.
pub fn known(folder: &Path) -> std::result::Result<Option<Signer>, Failure> {
    let path = folder.join(KEY);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::new(exit::FOLDER, format!("{}: {error}", path.display()))),
    };
    let spoiled = || Failure::new(exit::FOLDER, format!("{} is no key; take it from a backup with `spoc restore`", path.display()));
    let seed: [u8; 32] = digits(text.trim()).and_then(|bytes| bytes.try_into().ok()).ok_or_else(spoiled)?;
    Ok(Some(Signer::of_seed(&seed)?))
}

/// Bytes from hexadecimal digits.
pub fn digits(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| std::str::from_utf8(pair).ok().filter(|p| p.len() == 2).and_then(|p| u8::from_str_radix(p, 16).ok())).collect()
}

fn write(path: &Path, seed: &[u8; 32]) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    writeln!(file, "{}", crate::backup::hex(seed))?;
    file.sync_all()
}

/// Signs the newest link each hour in which something happened.
pub async fn sign_on(db: Db, signer: Arc<Signer>, clock: Arc<dyn Clock>, stop: CancellationToken) {
    let mut pause = SIGN_FIRST;
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
        pause = SIGN_EVERY;
        if let Err(error) = sign_newest(&db, &signer, &*clock).await {
            tracing::warn!(%error, "the newest link of the audit chain could not be signed");
        }
    }
}

async fn sign_newest(db: &Db, signer: &Signer, clock: &dyn Clock) -> Result<()> {
    let (newest, last) = db.read("chain.newest", |rd| Ok((newest(rd)?, heads(rd, i64::MAX, 1)?.pop()))).await?;
    let Some(newest) = newest.filter(|newest| last.is_none_or(|last| last.place < newest.0)) else { return Ok(()) };
    let head = sign(signer, newest, clock.now());
    db.write_bulk_reserved("chain.sign", move |tx| keep(tx, &head)).await
}

/// What was found, in a sentence for the operator.
pub fn sentence(check: &Check) -> String {
    if let Some(bad) = &check.bad {
        return fault(bad);
    }
    let part = if i64::try_from(check.links).unwrap_or(i64::MAX) < check.all { "newest " } else { "" };
    let mut said = format!("the audit chain holds: {part}{} of {} links, {} signed heads", check.links, check.all, check.heads);
    if check.strange > 0 {
        said.push_str(&format!(", {} of them by keys of other nodes or of nobody known", check.strange));
    }
    if check.waiting > 0 {
        said.push_str(&format!("; {} events wait for their link", check.waiting));
    }
    said
}

/// The first bad row, in a sentence for the operator.
pub fn fault(bad: &Bad) -> String {
    let event = match (bad.seq, &bad.object) {
        (Some(seq), Some((object, id))) => format!("event {seq} of {object} {id}"),
        (Some(seq), None) => format!("event {seq}"),
        (None, _) => "an event".to_owned(),
    };
    let what = match bad.fault {
        Fault::Changed => format!("{event} was changed"),
        Fault::Removed => format!("{event} was removed, and no purge tells of it"),
        Fault::Added => format!("{event} was added later, or its link was removed"),
        Fault::Missing => "the link is missing".to_owned(),
        Fault::Link => format!("the link of {event} was changed"),
        Fault::Text(text) => format!("the {} {} that {event} speaks of was changed or removed", text.kind, text.id),
        Fault::Head => format!("the head that was signed for {event} says something else: links were changed or cut off"),
        Fault::Signature => format!("the head of {event} is not signed by a trusted key"),
    };
    format!("the audit chain is broken at link {}: {what}; somebody has worked on the database behind the desk's back", bad.place)
}
