//! A posted form with its files: the files are stored as they arrive, so that a form that is refused
//! still has them.

use api_kit::{Key, RequestKeyed as _};
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{FromRequest as _, Request};
use events::RequestKey;
use files::Files;
use http::header::CONTENT_TYPE;
use kernel::{AttachmentId, Error, ErrorKind, FieldError, Id, Result, kinds};
use ticket::store::attachment::{self, Upload};

use crate::guest::Guest;

/// Bytes of one file at most, unless the desk takes less.
const FILE: u64 = 25_000_000;
/// Files of one form at most.
const FILES: usize = 20;
/// Bytes of one field at most.
const FIELD: usize = 1_000_000;
/// Letters of a file's name that are kept.
const NAME: usize = 150;

/// Bytes of one file at most.
pub fn limit(guest: &Guest) -> u64 {
    FILE.min(guest.app.web.bodies.upload)
}

/// What was posted.
#[derive(Debug, Default)]
pub struct Posted {
    fields: Vec<(String, String)>,
    /// Files of this form and of the one before it that was refused.
    pub uploads: Vec<AttachmentId>,
    /// Name and size of each new file: the same twice is the same form.
    files: Vec<(String, i64)>,
    /// What is wrong with the files.
    pub mistakes: Vec<FieldError>,
}

impl Posted {
    /// The text of a field; empty when it is not there.
    pub fn text(&self, name: &str) -> &str {
        self.fields.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value.as_str())
    }

    /// A field that names a record; none when it is empty or no number.
    pub fn id<K>(&self, name: &str) -> Option<Id<K>> {
        self.text(name).parse().ok()
    }

    /// The key that makes the effect of the form happen once.
    pub fn key(&self, guest: &Guest, action: &'static str) -> Result<Option<RequestKey>> {
        let asked = self.fields.iter().filter(|(name, _)| name != "client_id" && name != "uploads");
        let asked = (asked.collect::<Vec<_>>(), &self.files);
        Ok(Key::of_form(self.text("client_id"), &asked).stored(guest.person()?, action))
    }

    /// Refuses the form when one of its files was.
    ///
    /// # Errors
    /// Invalid, with what is wrong with each file.
    pub fn checked(&self) -> Result<()> {
        Error::of_fields(self.mistakes.clone())
    }

    /// Reads a form, with or without files.
    ///
    /// # Errors
    /// Malformed or too large; the disk or the database refuse a file.
    pub async fn read(guest: &Guest, files: &Files, request: Request) -> Result<Self> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let mut posted = Self::default();
        if kind.trim_start().to_ascii_lowercase().starts_with("multipart/form-data") {
            let mut form = Multipart::from_request(request, &()).await.map_err(|e| malformed(e.body_text()))?;
            while let Some(field) = form.next_field().await.map_err(|e| malformed(e.body_text()))? {
                posted.take(guest, files, field).await?;
            }
        } else {
            let form = axum::Form::<Vec<(String, String)>>::from_request(request, &()).await;
            posted.fields = form.map_err(|e| malformed(e.body_text()))?.0;
        }
        let kept = posted.fields.iter().filter(|(name, _)| name == "uploads").filter_map(|(_, id)| id.parse().ok());
        let mut uploads: Vec<AttachmentId> = kept.collect();
        uploads.append(&mut posted.uploads);
        posted.uploads = uploads;
        Ok(posted)
    }

    async fn take(&mut self, guest: &Guest, files: &Files, field: Field<'_>) -> Result<()> {
        let name = field.name().unwrap_or_default().to_owned();
        match field.file_name().map(tidy) {
            // A browser sends an empty part when nothing was chosen.
            Some(file) if file.is_empty() => Ok(()),
            Some(file) => self.store(guest, files, file, field).await,
            None => {
                let value = text(field).await?;
                self.fields.push((name, value));
                Ok(())
            }
        }
    }

    async fn store(&mut self, guest: &Guest, files: &Files, name: String, field: Field<'_>) -> Result<()> {
        if self.files.len() >= FILES {
            self.mistakes.push(FieldError::new("files", "error-portal-files-many").arg("max", FILES));
            return Ok(());
        }
        let tenant = guest.viewer.actor.tenant;
        let limit = limit(guest);
        let stored = match files.put(tenant, field, limit).await {
            Err(error) if error.kind() == ErrorKind::TooLarge => {
                self.mistakes.push(FieldError::new("files", "error-portal-file-large").arg("name", &name).arg("limit_bytes", limit));
                return Ok(());
            }
            other => other?,
        };
        let (person, now) = (guest.person()?, guest.now());
        let media_type = mime_guess::from_path(&name).first_or_octet_stream().to_string();
        self.files.push((name.clone(), stored.size));
        let id = guest.app.db.write("upload", move |tx| {
            let id = tx.next_id::<kinds::Attachment>()?;
            let upload = Upload {
                id,
                tenant,
                person,
                file: stored.id,
                name: name.clone(),
                media_type: media_type.clone(),
                size: stored.size,
                created_at: now,
            };
            attachment::insert_upload(tx, &upload)?;
            Ok(id)
        });
        self.uploads.push(id.await?);
        Ok(())
    }
}

/// The value of a plain field, of bounded length.
async fn text(mut field: Field<'_>) -> Result<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|e| malformed(e.body_text()))? {
        if bytes.len() + chunk.len() > FIELD {
            return Err(Error::new(ErrorKind::TooLarge, "error-too-large").arg("limit_bytes", FIELD));
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|e| malformed(e.to_string()))
}

/// A file's name without folders, control characters, changes of direction and dots that hide it.
fn tidy(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let clean: String = last.chars().filter(|c| !c.is_control() && !turns(*c)).collect();
    let clean = clean.trim().trim_start_matches('.');
    // The ending says what it is, so it stays when the name is cut.
    match clean.rsplit_once('.') {
        Some((stem, end)) if clean.chars().count() > NAME && end.chars().count() < 20 => {
            format!("{}.{end}", stem.chars().take(NAME - 20).collect::<String>())
        }
        _ => clean.chars().take(NAME).collect(),
    }
}

fn malformed(cause: String) -> Error {
    Error::new(ErrorKind::Malformed, "error-malformed").cause(cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_lose_their_folders() {
        for (name, kept) in [
            ("plan.png", "plan.png"),
            ("C:\\Users\\ana\\план.png", "план.png"),
            ("../../etc/passwd", "passwd"),
            ("..", ""),
            ("a\u{0}\r\nb", "ab"),
            ("a\u{202e}gpj.exe", "agpj.exe"),
            (".htaccess", "htaccess"),
        ] {
            assert_eq!(tidy(name), kept);
        }
        let long = tidy(&format!("{}.pdf", "я".repeat(400)));
        assert!(long.ends_with(".pdf") && long.chars().count() <= NAME);
    }
}
