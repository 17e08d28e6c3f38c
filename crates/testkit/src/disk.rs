//! Disks that fail and power that is cut, for a child process of a test: a small C library stands
//! between the process and its files.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

use crate::cluster::open_lock;
use crate::shared::folder;

const SOURCE: &str = include_str!("disk.c");
/// A disk writes so much at once, or nothing of it.
const SECTOR: usize = 512;

/// What happens to the watched files of a child process.
#[derive(Debug, Clone, Default)]
pub struct Disk {
    watched: PathBuf,
    fail: Option<String>,
    log: Option<PathBuf>,
}

impl Disk {
    /// Watches the files below a folder.
    pub fn below(folder: &Path) -> Self {
        Self { watched: folder.to_owned(), ..Self::default() }
    }

    /// The `first`-th and the `count - 1` following calls of these kinds fail with this error:
    /// `o` open, `w` write, `t` truncate, `s` sync, `d` sync of a folder, `u` unlink.
    #[must_use]
    pub fn failing(mut self, kinds: &str, first: usize, count: usize, errno: i32) -> Self {
        self.fail = Some(format!("{kinds} {first} {count} {errno}"));
        self
    }

    /// Notes every call that changed a file, for [`Recording::read`].
    #[must_use]
    pub fn recorded(mut self, log: &Path) -> Self {
        self.log = Some(log.to_owned());
        self
    }

    /// Puts the library between the child and its files.
    pub fn install(&self, child: &mut Command) {
        child.env("LD_PRELOAD", library()).env("DISK_FOLDER", &self.watched);
        if let Some(fail) = &self.fail {
            child.env("DISK_FAIL", fail);
        }
        if let Some(log) = &self.log {
            child.env("DISK_LOG", log);
        }
    }
}

/// The compiled library; once per content.
fn library() -> PathBuf {
    let digest = Sha256::digest(SOURCE).iter().take(8).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    let place = folder().join(format!("disk-{digest}.so"));
    let gate = open_lock(&place.with_extension("gate"));
    gate.lock().expect("a lock");
    if !place.exists() {
        let source = place.with_extension("c");
        let making = place.with_extension("making");
        std::fs::write(&source, SOURCE).expect("the source is written");
        let status =
            Command::new("cc").args(["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o"]).arg(&making).arg(&source).arg("-ldl").status();
        assert!(status.expect("a C compiler: apt-get install gcc").success(), "{} does not compile", source.display());
        std::fs::rename(&making, &place).expect("the library is put in place");
    }
    place
}

/// One call that changed a file.
#[derive(Debug, Clone)]
pub struct Step {
    pub kind: char,
    pub file: PathBuf,
    pub offset: i64,
    pub data: Vec<u8>,
}

impl Step {
    fn read(rest: &mut &[u8]) -> Option<Self> {
        let kind = char::from(*rest.split_off_first()?);
        let length = read_length(rest)?;
        let file = PathBuf::from(String::from_utf8_lossy(rest.split_off(..length)?).into_owned());
        let offset = i64::from_ne_bytes(rest.split_off(..8)?.try_into().ok()?);
        let length = read_length(rest)?;
        Some(Self { kind, file, offset, data: rest.split_off(..length)?.to_vec() })
    }
}

fn read_length(rest: &mut &[u8]) -> Option<usize> {
    usize::try_from(u32::from_ne_bytes(rest.split_off(..4)?.try_into().ok()?)).ok()
}

/// All calls of a child, in the order of their effect.
#[derive(Debug)]
pub struct Recording {
    pub steps: Vec<Step>,
}

impl Recording {
    pub fn read(log: &Path) -> Self {
        let bytes = std::fs::read(log).expect("the child's calls were noted");
        let mut rest = bytes.as_slice();
        let mut steps = Vec::new();
        // The child may have been killed in the middle of the last one.
        while let Some(step) = Step::read(&mut rest) {
            steps.push(step);
        }
        Self { steps }
    }

    /// Plays the calls again from the beginning.
    pub fn replay(&self) -> Replay<'_> {
        Replay { steps: &self.steps, done: 0, files: BTreeMap::new() }
    }
}

/// The disk on the way through a recording.
#[derive(Debug)]
pub struct Replay<'r> {
    steps: &'r [Step],
    done: usize,
    files: BTreeMap<PathBuf, Sheet>,
}

impl Replay<'_> {
    /// Goes on until so many steps are done.
    pub fn forward(&mut self, to: usize) {
        for step in &self.steps[self.done..to] {
            match (step.kind, step.file.to_str().and_then(|both| both.split_once('\n'))) {
                ('u', _) => drop(self.files.remove(&step.file)),
                ('r', Some((from, to))) => {
                    let moved = self.files.remove(Path::new(from)).unwrap_or_default();
                    self.files.insert(PathBuf::from(to), moved);
                }
                ('s', _) => self.files.entry(step.file.clone()).or_default().settle(),
                ('w' | 't', _) => self.files.entry(step.file.clone()).or_default().pending.push(step.clone()),
                _ => {}
            }
        }
        self.done = to;
    }

    /// The files that there are now.
    pub fn names(&self) -> impl Iterator<Item = &Path> {
        self.files.keys().map(PathBuf::as_path)
    }

    /// A file as the disk could hold it when the power fails now: what was synced is there, of
    /// everything later any part may be, in any order, a sector at a time.
    pub fn power_cut(&self, file: &Path, mut dice: impl FnMut(usize) -> usize) -> Option<Vec<u8>> {
        self.files.get(file).map(|sheet| sheet.torn(&mut dice))
    }
}

/// A file: what is safely on the disk, and what is on its way.
#[derive(Debug, Default)]
struct Sheet {
    durable: Vec<u8>,
    pending: Vec<Step>,
}

impl Sheet {
    fn settle(&mut self) {
        for step in std::mem::take(&mut self.pending) {
            apply(&mut self.durable, &step);
        }
    }

    fn torn(&self, dice: &mut impl FnMut(usize) -> usize) -> Vec<u8> {
        let mut content = self.durable.clone();
        for step in &self.pending {
            match dice(4) {
                0 | 1 => {}
                2 => apply(&mut content, step),
                _ => {
                    let sectors = step.data.len() / SECTOR;
                    let mut part = step.clone();
                    part.data.truncate(SECTOR * dice(sectors + 1));
                    if !part.data.is_empty() {
                        apply(&mut content, &part);
                    }
                }
            }
        }
        content
    }
}

fn apply(content: &mut Vec<u8>, step: &Step) {
    if step.kind == 't' {
        return content.resize(usize::try_from(step.offset).unwrap_or(0), 0);
    }
    let at = usize::try_from(step.offset).unwrap_or(content.len());
    let end = at + step.data.len();
    if content.len() < end {
        content.resize(end, 0);
    }
    content[at..end].copy_from_slice(&step.data);
}
