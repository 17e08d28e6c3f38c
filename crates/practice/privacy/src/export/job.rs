//! Making the file of an export, and letting go of it when its time is over.

use std::collections::HashSet;
use std::io::Write;
use std::sync::Arc;

use askama::Template;
use db::Tx;
use events::{ATTEMPTS, Act, Cause, Enqueue, Handlers, Job, Turn, enqueue};
use files::Files;
use futures_util::StreamExt as _;
use kernel::{Error, ErrorKind, FileId, Result, TicketId, Time};
use serde::{Deserialize, Serialize};
use ticket::jobs::Workshop;
use tokio::runtime::Handle;

use super::KEPT;
use super::archive::{Archive, chunks, disk};
use super::ask::tell;
use super::readers::Readers;
use super::store::{self, Export, ExportId, ExportState, Made};
use super::tickets::{self, FileOut, Told};
use super::{gather, pages};

/// The kind of the job that makes the file.
pub(super) const EXPORT: &str = "person.export";
/// The kind of the job that lets go of it.
const END: &str = "person.export_end";
/// Tickets looked up at a time.
const CHUNK: i64 = 50;
/// One that found another at work comes again after this.
const PAUSE: i64 = 5 * Time::SECOND;
/// What a file may have at most, beyond what the archive lets in.
const LIMIT: u64 = 32 * 1024 * 1024 * 1024;

/// Which export.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Work {
    pub export: i64,
}

/// What the jobs need.
#[derive(Clone)]
pub struct Press {
    pub shop: Workshop,
    pub files: Files,
    /// For reading and writing files of the store from a plain thread.
    pub runtime: Handle,
    /// The process ends.
    pub ending: Arc<dyn Fn() -> bool + Send + Sync>,
    /// One export at a time, so that other jobs find a worker.
    pub turn: Turn,
}

/// Adds the handlers of exports.
#[must_use]
pub fn handlers(handlers: Handlers, press: &Press) -> Handlers {
    let (make, end) = (press.clone(), press.clone());
    handlers.on(EXPORT, move |job| make.run(job)).on(END, move |job| end.end(job))
}

fn id_of(job: &Job) -> Result<ExportId> {
    let Work { export } = serde_json::from_str(&job.payload).map_err(Error::internal)?;
    Ok(ExportId::new(export))
}

/// Whether trying again may help.
fn passes(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Busy | ErrorKind::Storage | ErrorKind::Internal)
}

impl Press {
    /// Makes the file of an export.
    ///
    /// # Errors
    /// What may go better at the next attempt; anything else is noted with the export.
    pub fn run(&self, job: &Job) -> Result<()> {
        let id = id_of(job)?;
        let now = self.shop.clock.now();
        let Some(_turn) = self.turn.take() else {
            let work = Work { export: id.raw() };
            let wait = move |tx: &mut Tx<'_>| {
                enqueue(tx, now, &Enqueue { kind: EXPORT, payload: &work, run_at: now.plus(PAUSE), unique_key: None })
            };
            return self.shop.db.write_bulk_reserved_wait("person_export.wait", wait);
        };
        // It may be gone, with the person, or done.
        let found = self.shop.db.read_wait("person_export.get", move |rd| store::get(rd, id))?;
        let Some(export) = found.filter(|export| export.state == ExportState::Running) else { return Ok(()) };
        match self.make(&export) {
            Ok(made) => self.ready(export, made),
            Err(error) if (self.ending)() || (passes(&error) && job.attempts < ATTEMPTS) => Err(error),
            Err(error) => {
                tracing::error!(export = %id, %error, "an export of a person could not be made");
                let trouble = if error.kind() == ErrorKind::Internal { "error-person-export-failed" } else { error.code() }.to_owned();
                self.shop.db.write_bulk_reserved_wait("person_export.failed", move |tx| store::failed(tx, id, &trouble, now))
            }
        }
    }

    fn act(&self) -> Act {
        Act::system(self.shop.clock.now(), Cause::Schedule { name: "export".to_owned() }, Arc::clone(&self.shop.entropy))
    }

    fn ready(&self, export: Export, made: Made) -> Result<()> {
        let act = self.act();
        self.shop.db.write_bulk_reserved_wait("person_export.ready", move |tx| {
            let until = act.now.plus(KEPT);
            if !store::ready(tx, export.id, &made, act.now, until)? {
                return Ok(());
            }
            let work = Work { export: export.id.raw() };
            enqueue(tx, act.now, &Enqueue { kind: END, payload: &work, run_at: until, unique_key: Some(format!("{END}:{}", export.id)) })?;
            tell(tx, &act, "person.export_made", &export)
        })
    }

    /// Lets go of a file whose time is over.
    ///
    /// # Errors
    /// The database refuses.
    pub fn end(&self, job: &Job) -> Result<()> {
        let (id, now) = (id_of(job)?, self.shop.clock.now());
        self.shop.db.write_bulk_reserved_wait("person_export.end", move |tx| store::expire(tx, id, now))
    }

    fn make(&self, export: &Export) -> Result<Made> {
        let (desk, act, of) = (Arc::clone(&self.shop.desk), self.act(), export.clone());
        let made_at = act.now;
        let readers = self.shop.db.read_wait("person_export.readers", move |rd| Readers::load(rd, &desk, &act, &of))?;
        let mut print = Print::begin(self, readers)?;
        print.records(made_at)?;
        let same: Vec<_> = print.readers.same.iter().copied().collect();
        let mut done: HashSet<TicketId> = HashSet::new();
        for one in same {
            let mut after = TicketId::new(0);
            loop {
                let some = self.shop.db.read_wait("person_export.tickets", move |rd| store::tickets(rd, one, after, CHUNK))?;
                let Some(last) = some.last() else { break };
                after = *last;
                for id in some {
                    if (self.ending)() {
                        return Err(Error::new(ErrorKind::Busy, "error-person-export-stopped"));
                    }
                    if done.insert(id) {
                        print.ticket(id)?;
                    }
                }
            }
        }
        print.end(export, made_at)
    }
}

/// An archive that is being filled.
struct Print<'p> {
    press: &'p Press,
    readers: Readers,
    archive: Archive,
    lines: std::io::BufWriter<std::fs::File>,
    page: std::io::BufWriter<std::fs::File>,
    tickets: i64,
    files: i64,
}

fn page<T: Template>(out: &mut impl Write, part: &T) -> Result<()> {
    let text = part.render().map_err(Error::internal)?;
    out.write_all(text.as_bytes()).map_err(disk)
}

fn json(value: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(Error::internal)
}

impl<'p> Print<'p> {
    fn begin(press: &'p Press, readers: Readers) -> Result<Self> {
        let archive = Archive::new()?;
        let (lines, page) = (archive.beside("tickets.jsonl")?, archive.beside("index.html")?);
        Ok(Self { press, readers, archive, lines, page, tickets: 0, files: 0 })
    }

    /// What is kept beside tickets.
    fn records(&mut self, made_at: Time) -> Result<()> {
        let readers = self.readers.clone();
        let records = self.press.shop.db.read_wait("person_export.records", move |rd| gather::records(rd, &readers))?;
        let all: Vec<&serde_json::Value> = records.iter().map(|record| &record.json).collect();
        let text = serde_json::to_vec_pretty(&all).map_err(Error::internal)?;
        self.archive.add("person.json", true, std::iter::once(Ok(text)))?;
        let r = &self.readers;
        let head = pages::Head {
            t: &r.t,
            name: &r.subject.name,
            made: r.t.moment_full(made_at),
            own: r.own,
            notes: r.notes,
            records: records.iter().map(|record| &record.facts[..]).collect(),
        };
        page(&mut self.page, &head)
    }

    /// A ticket with what was said and the files that the person added, when both see it.
    fn ticket(&mut self, id: TicketId) -> Result<()> {
        let readers = self.readers.clone();
        let told = self.press.shop.db.read_wait("person_export.ticket", move |rd| tickets::told(rd, &readers, id))?;
        let Some(told) = told else { return Ok(()) };
        let loose = told.files.iter().filter(|file| file.message.is_none()).collect();
        page(&mut self.page, &pages::Ticket { t: &self.readers.t, told: &told, files: loose })?;
        let mut head = json(&told.json)?;
        // The object goes on with the messages, page by page.
        head.pop();
        self.lines.write_all(&head).map_err(disk)?;
        self.lines.write_all(b",\"messages\":[").map_err(disk)?;
        let told = self.said(told)?;
        self.lines.write_all(b"],\"files\":").map_err(disk)?;
        self.lines.write_all(&json(&told.files)?).map_err(disk)?;
        self.lines.write_all(b"}\n").map_err(disk)?;
        self.page.write_all(b"</section>\n").map_err(disk)?;
        for file in &told.files {
            if let Some(path) = &file.path {
                self.copy(path, file.file)?;
                self.files += 1;
            }
        }
        self.tickets += 1;
        Ok(())
    }

    fn said(&mut self, told: Told) -> Result<Told> {
        let told = Arc::new(told);
        let (mut cursor, mut first) = (None, true);
        loop {
            let (readers, of, from) = (self.readers.clone(), Arc::clone(&told), cursor.take());
            let (some, next) =
                self.press.shop.db.read_wait("person_export.messages", move |rd| tickets::messages(rd, &readers, &of.both, from))?;
            for message in some {
                if !std::mem::take(&mut first) {
                    self.lines.write_all(b",").map_err(disk)?;
                }
                self.lines.write_all(&json(&message)?).map_err(disk)?;
                let files: Vec<&FileOut> = told.files.iter().filter(|file| file.message == Some(message.id)).collect();
                page(&mut self.page, &pages::Said { t: &self.readers.t, message: &message, files })?;
            }
            cursor = next;
            if cursor.is_none() {
                return Arc::into_inner(told).ok_or_else(|| Error::internal("a ticket is still being read"));
            }
        }
    }

    /// Copies a file of the store.
    fn copy(&mut self, path: &str, file: FileId) -> Result<()> {
        let runtime = &self.press.runtime;
        let found = runtime.block_on(self.press.files.get(file));
        let Ok((_, content)) = found else {
            return self.archive.add(path, false, std::iter::once(Err(Error::not_found())));
        };
        let mut content = Box::pin(content);
        let pieces = std::iter::from_fn(|| runtime.block_on(content.next()).map(|chunk| chunk.map(|bytes| bytes.to_vec())));
        self.archive.add(path, false, pieces)
    }

    /// Ends the archive and gives it to the store.
    fn end(mut self, export: &Export, made_at: Time) -> Result<Made> {
        self.page.write_all(b"</body>\n</html>\n").map_err(disk)?;
        self.archive.take("tickets.jsonl", self.lines)?;
        self.archive.take("index.html", self.page)?;
        // The folder goes with the end of this.
        let (_folder, path) = self.archive.end(export.person.raw(), made_at.to_rfc3339())?;
        let file = std::fs::File::open(path).map_err(disk)?;
        let content = futures_util::stream::iter(chunks(file).map(|chunk| chunk.map(bytes::Bytes::from)));
        let stored = self.press.runtime.block_on(self.press.files.put(export.tenant, content, LIMIT))?;
        Ok(Made { file: stored.id, size: stored.size, tickets: self.tickets, files: self.files })
    }
}
