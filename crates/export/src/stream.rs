//! From pages of a list to the bytes of a file, one page after the other.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::{Stream, stream};
use i18n::T;
use kernel::{Error, Result};
use tokio::io::AsyncReadExt as _;
use web_kit::{App, StreamPlace, Viewer};

use crate::event::{self, ExportEvent};
use crate::format::{Rest, Writer};
use crate::list::{Reading, Rows};

/// Pages after which session and rights are looked at again.
const RENEW: u32 = 20;
/// Bytes of a finished file that are sent at once.
const CHUNK: usize = 64 * 1024;

/// A download on its way.
pub struct Download {
    pub app: App,
    pub viewer: Viewer,
    pub reading: Reading,
    /// The event of its start.
    pub started: i64,
    /// What was read already.
    pub first: Rows,
    pub place: StreamPlace,
}

struct Going {
    app: App,
    viewer: Viewer,
    reading: Reading,
    started: i64,
    stage: Stage,
    rows: i64,
    pages: u32,
    /// Given back with the end of the download.
    _place: StreamPlace,
}

enum Stage {
    /// Rows to be written, and where those after them begin.
    Rows(Box<Writer>, Rows),
    /// A finished file.
    File(tokio::fs::File),
    Over,
}

impl Download {
    /// The bytes of the file. An error cuts the connection, so that half a file is not taken for a whole.
    pub fn bytes(self, writer: Writer) -> impl Stream<Item = Result<Bytes>> + Send + 'static {
        let Self { app, viewer, reading, started, first, place } = self;
        let stage = Stage::Rows(Box::new(writer), first);
        let going = Going { app, viewer, reading, started, stage, rows: 0, pages: 0, _place: place };
        stream::try_unfold(going, |mut going| async move {
            match going.step().await {
                Ok(Some(bytes)) => Ok(Some((bytes, going))),
                Ok(None) => Ok(None),
                Err(error) => {
                    tracing::warn!(%error, list = going.reading.asked.list.key(), "an export broke off");
                    Err(error)
                }
            }
        })
    }
}

impl Going {
    /// The next bytes; nothing at the end.
    async fn step(&mut self) -> Result<Option<Bytes>> {
        loop {
            if self.app.web.stop.is_cancelled() {
                return Err(Error::internal("the server stops"));
            }
            match std::mem::replace(&mut self.stage, Stage::Over) {
                Stage::Rows(writer, rows) => {
                    let out = self.write(writer, rows).await?;
                    if !out.is_empty() {
                        return Ok(Some(out.into()));
                    }
                }
                Stage::File(mut file) => {
                    let mut out = vec![0; CHUNK];
                    let read = file.read(&mut out).await.map_err(Error::internal)?;
                    if read > 0 {
                        out.truncate(read);
                        self.stage = Stage::File(file);
                        return Ok(Some(out.into()));
                    }
                    self.finished().await?;
                }
                Stage::Over => return Ok(None),
            }
        }
    }

    /// Writes a page and moves to the next one, or to the end.
    async fn write(&mut self, mut writer: Box<Writer>, rows: Rows) -> Result<Vec<u8>> {
        self.rows += i64::try_from(rows.rows.len()).map_err(Error::internal)?;
        let mut out = writer.rows(&rows.rows)?;
        if let Some(cursor) = rows.next {
            self.stage = Stage::Rows(writer, self.read(cursor).await?);
            return Ok(out);
        }
        match tokio::task::spawn_blocking(move || writer.finish()).await.map_err(Error::internal)?? {
            Rest::Bytes(bytes) => {
                out.extend_from_slice(&bytes);
                self.finished().await?;
            }
            Rest::File(file) => self.stage = Stage::File(tokio::fs::File::from_std(file)),
        }
        Ok(out)
    }

    async fn read(&mut self, cursor: String) -> Result<Rows> {
        self.pages += 1;
        if self.pages.is_multiple_of(RENEW) {
            let actor = self.viewer.renew(&self.app).await?.ok_or_else(Error::forbidden)?;
            self.reading.renew(actor)?;
        }
        page(&self.app, &self.reading, Some(cursor)).await
    }

    async fn finished(&self) -> Result<()> {
        let (act, actor) = (self.viewer.act(&self.app)?, Arc::clone(&self.reading.actor));
        let told = ExportEvent::Finished { started: self.started, rows: self.rows };
        self.app.db.write("export.finish", move |tx| event::record(tx, &act, &actor, &told)).await.map(drop)
    }
}

/// One page, in a read of its own.
pub async fn page(app: &App, reading: &Reading, cursor: Option<String>) -> Result<Rows> {
    let reading = reading.clone();
    app.db.read("export.page", move |rd| reading.page(rd, cursor)).await
}

/// What a sheet is called: spreadsheets allow 31 letters, and some not at all.
pub fn sheet_name(t: &T, label: &str) -> String {
    t.msg(label).chars().filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'')).take(25).collect()
}
