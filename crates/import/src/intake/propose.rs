//! What is proposed for a file that somebody brings in.

use std::collections::BTreeMap;
use std::sync::Arc;

use access::{Actor, Reach, Verb};
use bytes::Bytes;
use db::{Db, Rd};
use files::Files;
use futures_util::stream;
use kernel::{Error, FileId, Lang, OrganisationId, Result, fold};
use party::store::{address, person};
use party::{AddressKind, Tenants, Within};
use ticket::Catalogue;
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};
use web_kit::{App, Viewer};

use super::open::{Copied, field_error};
use crate::input::{Input, Rows};
use crate::mapping::FileRule;
use crate::records::propose_as;
use crate::tickets::columns::Column;
use crate::tickets::draft::Draft;
use crate::tickets::join::joined;
use crate::tickets::scan::Scan;
use crate::tickets::{About, TICKETS, drafted, usual};
use crate::{SORTS, tickets};

/// Bytes that are stored at once.
const CHUNK: usize = 64 * 1024;
/// People of one name that are looked at.
const NEAR: u64 = 5;

/// A file, or two of which the second tells the history of the tickets in the first.
#[derive(Debug, Clone)]
pub struct Brought {
    pub file: FileId,
    pub name: String,
    pub history: Option<(FileId, String)>,
    pub records: String,
    pub source: String,
    pub tenant: OrganisationId,
}

/// What is proposed for a file; of two files, for what they are together.
pub struct Proposed {
    pub file: FileId,
    pub name: String,
    pub columns: Vec<String>,
    pub mapping: String,
}

/// The columns of a file, and the mapping that is proposed for it.
///
/// # Errors
/// It is no table; there are no such records; the name of the source has blanks.
pub async fn proposed(app: &App, viewer: &Viewer, files: &Files, brought: &Brought) -> Result<Proposed> {
    let sort = SORTS.iter().find(|(word, _)| *word == brought.records).map(|(_, sort)| *sort);
    if sort.is_none() && brought.records != TICKETS {
        return Err(Error::invalid("records", "error-choice"));
    }
    if sort.is_some() && brought.history.is_some() {
        return Err(Error::invalid("history", "error-import-history-of"));
    }
    let source = brought.source.trim().to_owned();
    if source.is_empty() || source.len() > 60 || source.contains(char::is_whitespace) {
        return Err(Error::invalid("source", "error-import-source"));
    }
    let (file, name) = match &brought.history {
        Some(history) => together(viewer, files, brought, history, app.web.bodies.upload).await?,
        None => (brought.file, brought.name.clone()),
    };
    let copied = Copied::of(files, file, &name).await?;
    let lang = viewer.t.lang();
    let Some(sort) = sort else {
        let about = (source, lang, viewer.actor.time_zone.clone());
        let (columns, mapping) = of_tickets(app, &viewer.actor, brought.tenant, copied, about).await?;
        return Ok(Proposed { file, name, columns, mapping });
    };
    // A spreadsheet is read as a whole for it: in a thread of its own.
    let looked = tokio::task::spawn_blocking(move || -> crate::Result<(Vec<String>, String)> {
        let input = copied.input()?;
        let rule = copied.rule(&input, lang)?;
        let columns = Rows::open(&input, &rule)?.columns.names().to_vec();
        Ok((columns, propose_as(&input, sort, &source, &rule)?))
    });
    let (columns, mapping) = looked.await.map_err(Error::internal)?.map_err(field_error)?;
    Ok(Proposed { file, name, columns, mapping })
}

/// A file with its words, read in a thread of its own.
pub async fn scanned(files: &Files, file: FileId, name: &str, rule: FileRule) -> Result<Scan> {
    let copied = Copied::of(files, file, name).await?;
    let looked = tokio::task::spawn_blocking(move || Scan::of(&copied.input()?, &rule));
    looked.await.map_err(Error::internal)?.map_err(field_error)
}

type Wished = (String, Lang, String);

async fn of_tickets(
    app: &App,
    actor: &Arc<Actor>,
    tenant: OrganisationId,
    copied: Copied,
    (source, lang, zone): Wished,
) -> Result<(Vec<String>, String)> {
    let looked = tokio::task::spawn_blocking(move || -> crate::Result<(Scan, FileRule)> {
        let input = copied.input()?;
        let rule = copied.rule(&input, lang)?;
        Ok((Scan::of(&input, &rule)?, rule))
    });
    let (scan, rule) = looked.await.map_err(Error::internal)?.map_err(field_error)?;
    let actor = Arc::clone(actor);
    app.db
        .read("import.propose", move |rd| {
            let catalogue = Catalogue::load(rd)?;
            let kind = usual(&catalogue.kinds(tenant)).ok_or_else(|| Error::invalid("kind", "error-choice"))?;
            let mut draft = drafted(&scan, About { source: &source, lang, zone: &zone, kind, catalogue: &catalogue });
            people(rd, &actor, tenant, &mut draft)?;
            Ok((scan.columns, draft.written(&rule, kind)))
        })
        .await
}

/// Who may be meant by the names of those to whom tickets were given: whoever alone has that name here.
pub fn people(rd: &mut Rd<'_>, actor: &Actor, tenant: OrganisationId, draft: &mut Draft) -> Result<()> {
    if actor.reach(Verb::PersonSee, tenant) != Reach::All {
        return Ok(());
    }
    let Some(words) = draft.words.get_mut(&Column::Assignee) else { return Ok(()) };
    for (word, meant) in words.iter_mut().filter(|(_, meant)| meant.is_empty()) {
        let near = person::search(rd, &Within::tenants(Tenants::one(tenant)), word, NEAR)?;
        let mut same = near.into_iter().filter(|person| fold(&person.name) == fold(word));
        if let (Some(only), None) = (same.next(), same.next()) {
            let mail = address::of_person(rd, only.id)?.into_iter().find(|address| address.kind == AddressKind::Email && address.main);
            *meant = mail.map(|address| address.value).unwrap_or_default();
        }
    }
    Ok(())
}

/// Two files as one, in the store.
async fn together(
    viewer: &Viewer,
    files: &Files,
    brought: &Brought,
    (history, name): &(FileId, String),
    limit: u64,
) -> Result<(FileId, String)> {
    let (main, second) = (Copied::of(files, brought.file, &brought.name).await?, Copied::of(files, *history, name).await?);
    let lang = viewer.t.lang();
    let written = tokio::task::spawn_blocking(move || -> crate::Result<std::fs::File> {
        let open = |copied: &Copied| -> crate::Result<(Input, FileRule)> {
            let input = copied.input()?;
            let rule = copied.rule(&input, lang)?;
            Ok((input, rule))
        };
        let ((main, main_rule), (second, second_rule)) = (open(&main)?, open(&second)?);
        let file = tempfile::tempfile().map_err(|e| crate::ImportError::Core(Error::internal(e)))?;
        let out = file.try_clone().map_err(|e| crate::ImportError::Core(Error::internal(e)))?;
        joined((&main, &main_rule), (&second, &second_rule), std::io::BufWriter::new(out))?;
        Ok(file)
    });
    let mut file = tokio::fs::File::from_std(written.await.map_err(Error::internal)?.map_err(field_error)?);
    file.rewind().await.map_err(Error::internal)?;
    let content = stream::try_unfold(file, |mut file| async move {
        let mut out = vec![0; CHUNK];
        let read = file.read(&mut out).await?;
        out.truncate(read);
        Ok::<_, std::io::Error>((read > 0).then(|| (Bytes::from(out), file)))
    });
    // Empty cells make it larger than the two.
    let stored = files.put(brought.tenant, content, limit.saturating_mul(4)).await?;
    let stem = |name: &str| name.rsplit_once('.').map_or(name, |(stem, _)| stem).chars().take(80).collect::<String>();
    Ok((stored.id, format!("{} + {}.csv", stem(&brought.name), stem(name))))
}

/// What a form is filled from: the configuration of a tenant and its teams and services by name.
pub struct Offered {
    pub catalogue: Catalogue,
    pub teams: Vec<String>,
    pub services: Vec<String>,
}

/// Reads it.
pub async fn offered(db: &Db, tenant: OrganisationId) -> Result<Offered> {
    db.read("import.offered", move |rd| {
        let within = Within::tenants(Tenants::one(tenant).with_shared());
        let request = kernel::PageRequest { limit: Some(kernel::PageRequest::MAX), cursor: None };
        let teams = party::store::team::page(rd, &within, &request)?.rows.into_iter().map(|team| team.name).collect();
        let services = party::store::service::page(rd, &within, None, &request)?.rows.into_iter().map(|service| service.name).collect();
        Ok(Offered { catalogue: Catalogue::load(rd)?, teams, services })
    })
    .await
}

/// The words of columns that were chosen anew, with what they may mean.
pub fn renewed(scan: &Scan, draft: &mut Draft, anew: &[Column], offered: &Offered, tenant: OrganisationId) {
    let words: BTreeMap<Column, Vec<(String, String)>> = {
        let Some(kind) = offered.catalogue.kind(tenant, &draft.kind) else { return };
        let words = |column: &Column| {
            let name = draft.column(*column)?;
            Some((*column, tickets::words(scan, *column, name, kind, &offered.catalogue)))
        };
        anew.iter().filter_map(words).collect()
    };
    for column in anew {
        draft.words.remove(column);
    }
    draft.words.extend(words);
    if draft.column(Column::AssigneeMail).is_some() {
        draft.words.remove(&Column::Assignee);
    }
}
