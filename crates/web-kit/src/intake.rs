//! A posted form with its files. Files go into the store as they arrive, so that a form that is refused
//! still has them; what is wrong with one of them is collected, so that the rest of the form is not lost.

use std::fmt::Debug;

use axum::body::{Body, to_bytes};
use axum::extract::multipart::Field;
use axum::extract::{FromRequest as _, Multipart, Request};
use files::Files;
use http::header::CONTENT_TYPE;
use kernel::{Error, ErrorKind, FieldError, FileId, OrganisationId, Result};

/// Files of one form at most.
const FILES: usize = 20;
/// Fields of one form at most, and bytes of all their names and values.
const FIELDS: usize = 200;
const TEXT: usize = 2 * 1024 * 1024;
/// Letters of a file's name that are kept.
const NAME: usize = 150;

/// What was posted.
#[derive(Debug, Default)]
pub struct Received {
    /// Names and values in the order sent.
    pub fields: Vec<(String, String)>,
    pub files: Vec<ReceivedFile>,
    /// What is wrong with the files.
    pub mistakes: Vec<FieldError>,
    /// Why a file could not be kept, when that is not the form's fault: the disk is full, the database busy.
    pub failure: Option<Error>,
    /// Bytes of text so far.
    text: usize,
}

/// A file in the store that belongs to nothing yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedFile {
    pub file: FileId,
    pub name: String,
    pub media_type: String,
    pub size: i64,
}

/// Reads a form, with or without files, for a tenant; a file has `limit` bytes at most.
///
/// # Errors
/// It cannot be read, or it holds more text than a form may.
pub async fn receive(request: Request, files: &Files, tenant: OrganisationId, limit: u64) -> Result<Received> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut received = Received::default();
    if !kind.trim_start().to_ascii_lowercase().starts_with("multipart/form-data") {
        received.fields = plain(request).await?;
        return Ok(received);
    }
    let mut form = Multipart::from_request(request, &()).await.map_err(|e| malformed(e.body_text()))?;
    while let Some(field) = form.next_field().await.map_err(|e| malformed(e.body_text()))? {
        match field.file_name().map(tidy) {
            // A browser sends an empty part when nothing was chosen.
            Some(name) if name.is_empty() => {}
            Some(name) => received.store(files, tenant, limit, name, field).await?,
            None => received.take(field).await?,
        }
    }
    Ok(received)
}

/// A form without files.
async fn plain(request: Request) -> Result<Vec<(String, String)>> {
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, TEXT).await.map_err(|e| too_large().cause(e))?;
    if bytes.iter().filter(|b| **b == b'&').count() >= FIELDS {
        return Err(malformed("too many fields"));
    }
    let form = axum::Form::from_request(Request::from_parts(parts, Body::from(bytes)), &()).await;
    form.map(|axum::Form(fields)| fields).map_err(|e| malformed(e.body_text()))
}

impl Received {
    /// The text of a field; empty when it is not there.
    pub fn text(&self, name: &str) -> &str {
        self.fields.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value.as_str())
    }

    /// What the form asks for, without the key of its page: the same twice is the same press of a button.
    /// Files count by name and size, because each press stores them anew.
    pub fn asked(&self) -> impl Debug + '_ {
        let fields: Vec<_> = self.fields.iter().filter(|(name, _)| name != "client_id").collect();
        let files: Vec<_> = self.files.iter().map(|file| (file.name.as_str(), file.size)).collect();
        (fields, files)
    }

    /// A plain field.
    async fn take(&mut self, mut field: Field<'_>) -> Result<()> {
        let name = field.name().unwrap_or_default().to_owned();
        self.count(name.len())?;
        if self.fields.len() >= FIELDS {
            return Err(malformed("too many fields"));
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(|e| malformed(e.body_text()))? {
            self.count(chunk.len())?;
            bytes.extend_from_slice(&chunk);
        }
        let value = String::from_utf8(bytes).map_err(malformed)?;
        self.fields.push((name, value));
        Ok(())
    }

    fn count(&mut self, bytes: usize) -> Result<()> {
        self.text += bytes;
        if self.text > TEXT { Err(too_large()) } else { Ok(()) }
    }

    /// A file. What is left of a refused one is read away by the next field.
    async fn store(&mut self, files: &Files, tenant: OrganisationId, limit: u64, name: String, field: Field<'_>) -> Result<()> {
        if self.files.len() >= FILES {
            if !self.mistakes.iter().any(|m| m.code == "error-files-many") {
                self.mistakes.push(FieldError::new("files", "error-files-many").arg("max", FILES));
            }
            return Ok(());
        }
        if self.failure.is_some() {
            return Ok(());
        }
        match files.put(tenant, field, limit).await {
            Ok(stored) => {
                let media_type = mime_guess::from_path(&name).first_or_octet_stream().essence_str().to_owned();
                self.files.push(ReceivedFile { file: stored.id, name, media_type, size: stored.size });
            }
            Err(error) if error.kind() == ErrorKind::TooLarge => {
                self.mistakes.push(FieldError::new("files", "error-file-large").arg("name", name).arg("limit_bytes", limit));
            }
            Err(error) if matches!(error.kind(), ErrorKind::Storage | ErrorKind::Busy | ErrorKind::TooMany) => self.failure = Some(error),
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

fn too_large() -> Error {
    Error::new(ErrorKind::TooLarge, "error-too-large").arg("limit_bytes", TEXT)
}

fn malformed(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::new(ErrorKind::Malformed, "error-malformed").cause(cause)
}

/// A name that can be shown and saved: without folders, control letters, changes of direction and dots
/// that hide it.
fn tidy(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let clean: String = last.chars().filter(|c| !c.is_control() && !turns(*c)).collect();
    let clean = clean.trim().trim_start_matches('.');
    let kept: String = match clean.rsplit_once('.') {
        // The ending says what it is, so it stays when the name is cut.
        Some((stem, end)) if clean.chars().count() > NAME && end.chars().count() < 20 => {
            stem.chars().take(NAME - 20).chain(".".chars()).chain(end.chars()).collect()
        }
        _ => clean.chars().take(NAME).collect(),
    };
    if kept.is_empty() && !name.is_empty() { "file".to_owned() } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_only_names() {
        for (sent, kept) in [
            ("plan.png", "plan.png"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\ana\\план.pdf", "план.pdf"),
            (".htaccess", "htaccess"),
            ("a\u{202e}gpj.exe", "agpj.exe"),
            ("a\u{0}\r\nb.txt", "ab.txt"),
            ("", ""),
            ("/", "file"),
            ("..", "file"),
        ] {
            assert_eq!(tidy(sent), kept, "{sent:?}");
        }
        let long = tidy(&format!("{}.pdf", "я".repeat(400)));
        assert!(long.ends_with(".pdf") && long.chars().count() <= NAME);
    }

    /// A form that held so much text before these fields.
    async fn filled(text: usize, body: String) -> Result<Received> {
        let request = Request::post("/x").header(CONTENT_TYPE, "multipart/form-data; boundary=x").body(Body::from(body)).unwrap();
        let mut received = Received { text, ..Received::default() };
        let mut form = Multipart::from_request(request, &()).await.unwrap();
        while let Some(field) = form.next_field().await.unwrap() {
            received.take(field).await?;
        }
        Ok(received)
    }

    fn part(name: &str, value: &str) -> String {
        format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    }

    #[tokio::test]
    async fn a_form_holds_so_much_text_in_all() {
        let form = |fields: usize| format!("{}--x--\r\n", (0..fields).map(|n| part(&format!("f{n}"), "12345678")).collect::<String>());
        assert_eq!(filled(TEXT - 30, form(3)).await.unwrap().fields.len(), 3);
        assert_eq!(filled(TEXT - 29, form(3)).await.unwrap_err().kind(), ErrorKind::TooLarge, "the names count as well");
        assert_eq!(filled(0, form(FIELDS)).await.unwrap().fields.len(), FIELDS);
        assert_eq!(filled(0, form(FIELDS + 1)).await.unwrap_err().kind(), ErrorKind::Malformed);
    }

    #[tokio::test]
    async fn a_form_without_files_has_the_same_limits() {
        let sent = |body: String| {
            let request = Request::post("/x").header(CONTENT_TYPE, "application/x-www-form-urlencoded");
            plain(request.body(Body::from(body)).unwrap())
        };
        assert_eq!(sent("a=1&b=%C3%BC".into()).await.unwrap(), [("a".to_owned(), "1".to_owned()), ("b".to_owned(), "ü".to_owned())]);
        assert_eq!(sent(format!("a={}", "x".repeat(TEXT))).await.unwrap_err().kind(), ErrorKind::TooLarge);
        assert_eq!(sent("a=1&".repeat(FIELDS)).await.unwrap_err().kind(), ErrorKind::Malformed);
    }

    #[test]
    fn a_second_press_asks_the_same_though_its_files_are_stored_anew() {
        let form = |file: i64, client: &str, title: &str| Received {
            fields: vec![("client_id".into(), client.into()), ("title".into(), title.into())],
            files: vec![ReceivedFile { file: FileId::new(file), name: "a.txt".into(), media_type: "text/plain".into(), size: 3 }],
            ..Received::default()
        };
        let asked = |received: Received| format!("{:?}", received.asked());
        assert_eq!(asked(form(1, "k", "Printer")), asked(form(2, "k", "Printer")));
        assert_ne!(asked(form(1, "k", "Printer")), asked(form(1, "k", "Scanner")));
    }
}
