//! The files as bytes, looked at before SQLite opens them: SQLite takes an empty file for a new
//! database and the first unreadable frame of the log for its end, and would go on without a word.
//!
//! The formats are those of <https://sqlite.org/fileformat2.html> and
//! <https://sqlite.org/walformat.html>.

use std::collections::HashSet;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use super::claim::beside;

const MAGIC: &[u8] = b"SQLite format 3\0";
const FRAME_HEADER: usize = 24;
/// The page that holds the locks is never written.
const LOCK_BYTE: u64 = 1 << 30;

/// Says what is wrong with the files, if anything is.
pub(crate) fn damage(database: &Path) -> std::io::Result<Option<String>> {
    // In this order: a process beside this one may be writing, and the log only grows.
    let shared = read_shared(&beside(database, "-shm"))?;
    let log = read_log(&beside(database, "-wal"))?;
    if let Log::Damaged(message) = log {
        return Ok(Some(message));
    }
    let empty = Frames::default();
    let frames = if let Log::Frames(frames) = &log { frames } else { &empty };
    if let Some(shared) = shared
        && (shared.salt == frames.salt || matches!(log, Log::None))
        && shared.frames > frames.committed
    {
        return Ok(Some(format!("its log ends after {} of {} pages that were committed", frames.committed, shared.frames)));
    }
    database_damage(database, frames)
}

/// What the log holds.
enum Log {
    None,
    Frames(Frames),
    Damaged(String),
}

#[derive(Default)]
struct Frames {
    salt: [u8; 8],
    /// Frames up to the last commit that can be read.
    committed: u32,
    /// Pages of the database after that commit.
    database_pages: u32,
    pages: HashSet<u32>,
}

fn read_log(path: &Path) -> std::io::Result<Log> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Log::None),
        Err(error) => return Err(error),
    };
    if bytes.is_empty() {
        return Ok(Log::None);
    }
    let header = bytes.get(..32).unwrap_or(&[]);
    let (magic, size) = (word(header, 0), word(header, 8) as usize);
    let big_end = magic & 1 == 1;
    let sum = checksum(big_end, [0, 0], header.get(..24).unwrap_or(&[]));
    if magic & 0xffff_fffe != 0x377f_0682 || !size.is_power_of_two() || size < 512 || sum != [word(header, 24), word(header, 28)] {
        // A power cut can leave a log that was begun and never written: then nothing was acknowledged.
        let begun_only = bytes.iter().all(|byte| *byte == 0);
        return Ok(if begun_only { Log::None } else { Log::Damaged("the head of its log cannot be read".into()) });
    }
    let mut salt = [0; 8];
    salt.copy_from_slice(&header[16..24]);
    Ok(read_frames(&bytes[32..], size, big_end, salt, sum))
}

fn read_frames(bytes: &[u8], size: usize, big_end: bool, salt: [u8; 8], mut sum: [u32; 2]) -> Log {
    let mut frames = Frames { salt, ..Frames::default() };
    let mut pending = Vec::new();
    let mut readable = true;
    let mut commits_after = 0;
    for (frame, number) in bytes.chunks_exact(FRAME_HEADER + size).zip(1..) {
        let (head, page) = frame.split_at(FRAME_HEADER);
        let ours = head[8..16] == salt;
        let commit = word(head, 4);
        if readable {
            sum = checksum(big_end, checksum(big_end, sum, &head[..8]), page);
            readable = ours && sum == [word(head, 16), word(head, 20)];
        }
        if readable {
            pending.push(word(head, 0));
            if commit != 0 {
                frames.committed = number;
                frames.database_pages = commit;
                frames.pages.extend(pending.drain(..));
            }
        } else if ours && commit != 0 {
            commits_after += 1;
        }
    }
    // Every commit is synced before the next one begins, so a power cut tears the last one at most.
    if commits_after > 1 {
        return Log::Damaged(format!("its log cannot be read after page {}, and {commits_after} commits follow", frames.committed));
    }
    Log::Frames(frames)
}

fn checksum(big_end: bool, [mut a, mut b]: [u32; 2], bytes: &[u8]) -> [u32; 2] {
    let number = |bytes: &[u8]| {
        let raw = [bytes[0], bytes[1], bytes[2], bytes[3]];
        if big_end { u32::from_be_bytes(raw) } else { u32::from_le_bytes(raw) }
    };
    for pair in bytes.chunks_exact(8) {
        a = a.wrapping_add(number(&pair[..4])).wrapping_add(b);
        b = b.wrapping_add(number(&pair[4..])).wrapping_add(a);
    }
    [a, b]
}

/// What the shared index of the log remembers: it is written after each synced commit, so the log
/// can never be shorter, unless somebody cut it.
struct Shared {
    salt: [u8; 8],
    frames: u32,
}

fn read_shared(path: &Path) -> std::io::Result<Option<Shared>> {
    let mut head = [0; 48];
    let read = match std::fs::File::open(path) {
        Ok(mut file) => file.read_exact(&mut head),
        Err(error) => Err(error),
    };
    match read {
        Ok(()) => {}
        Err(error) if matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::UnexpectedEof) => return Ok(None),
        Err(error) => return Err(error),
    }
    let native = |at: usize| u32::from_ne_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    let sum = checksum(cfg!(target_endian = "big"), [0, 0], &head[..40]);
    let valid = native(0) == 3_007_000 && head[12] == 1 && sum == [native(40), native(44)];
    let mut salt = [0; 8];
    salt.copy_from_slice(&head[32..40]);
    Ok(valid.then(|| Shared { salt, frames: native(16) }))
}

fn database_damage(path: &Path, log: &Frames) -> std::io::Result<Option<String>> {
    let mut file = std::fs::File::open(path)?;
    let bytes = file.seek(SeekFrom::End(0))?;
    if bytes == 0 {
        return Ok(Some("it is empty".into()));
    }
    let mut head = [0; 100];
    file.seek(SeekFrom::Start(0))?;
    if bytes < 100 {
        return Ok(Some(format!("it has only {bytes} bytes")));
    }
    file.read_exact(&mut head)?;
    if &head[..16] != MAGIC {
        return Ok(Some("it does not begin as a database".into()));
    }
    let size = match u16::from_be_bytes([head[16], head[17]]) {
        1 => 65_536,
        size if size.is_power_of_two() && size >= 512 => u64::from(size),
        size => return Ok(Some(format!("it says that its pages have {size} bytes"))),
    };
    let says = if word(&head, 24) == word(&head, 92) { word(&head, 28) } else { 0 };
    let expected = if log.committed > 0 { log.database_pages } else { says };
    let there = bytes / size;
    let missing = (1..=expected)
        .rev()
        .take_while(|page| u64::from(*page) > there)
        .find(|page| !log.pages.contains(page) && u64::from(*page - 1) * size != LOCK_BYTE);
    Ok(missing.map(|_| format!("it has {there} of {expected} pages")))
}

fn word(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).map_or(0, |b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]))
}
