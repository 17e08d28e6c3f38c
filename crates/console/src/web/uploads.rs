//! Files on their way: parts of forms, and `POST /uploads` for programs and drafts.

use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use axum::response::IntoResponse as _;
use http::StatusCode;
use kernel::{AttachmentId, Error, ErrorKind, kinds};
use ticket::store::attachment::{self, Upload};
use web_kit::Result;

use super::{Agent, Anybody, Fields, FilesRef};

/// Files of one form at most.
const MOST: usize = 20;
/// Fields of one form at most, and bytes of one.
const FIELDS: usize = 200;
const FIELD: usize = 1024 * 1024;
/// Letters of a name that are kept.
const NAME: usize = 200;

/// A form with files: its fields, and the files that are stored now.
pub struct Stored {
    pub fields: Fields,
    /// Those of this form and those of a refused one before it, with their names.
    pub uploads: Vec<(AttachmentId, String)>,
}

/// Reads a form part by part; files go to the store as they come.
///
/// # Errors
/// It cannot be read, is too large, or a file cannot be stored.
pub async fn read(agent: &Agent, files: &FilesRef, mut form: Multipart) -> kernel::Result<Stored> {
    let mut stored = Stored { fields: Fields::default(), uploads: Vec::new() };
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        match field.file_name().map(tidy) {
            Some(file) if !file.is_empty() => {
                if stored.uploads.len() >= MOST {
                    return Err(Error::invalid("files", "error-files-many").field_arg("max", MOST));
                }
                let upload = store(agent, files, field, &file).await?;
                stored.uploads.push((upload.id, upload.name));
            }
            // A file field that nothing was chosen in.
            Some(_) => {}
            None => {
                if stored.fields.0.len() >= FIELDS {
                    return Err(Error::new(ErrorKind::Malformed, "error-malformed"));
                }
                stored.fields.0.push((name, text(field).await?));
            }
        }
    }
    let kept: Vec<(String, String)> = stored.fields.0.iter().filter(|(name, _)| name == "upload").cloned().collect();
    for (_, value) in kept.into_iter().take(MOST) {
        let (id, name) = value.split_once(':').unwrap_or((&value, ""));
        if let Ok(id) = id.parse() {
            stored.uploads.push((id, name.to_owned()));
        }
    }
    Ok(stored)
}

async fn text(mut field: Field<'_>) -> kernel::Result<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        if bytes.len() + chunk.len() > FIELD {
            return Err(Error::new(ErrorKind::TooLarge, "error-too-large").arg("limit_bytes", FIELD));
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| Error::new(ErrorKind::Malformed, "error-malformed"))
}

async fn store(agent: &Agent, files: &FilesRef, field: Field<'_>, name: &str) -> kernel::Result<Upload> {
    let actor = &agent.viewer.actor;
    let (tenant, person, name) = (actor.tenant, actor.require_person()?, name.to_owned());
    let media_type = mime_guess::from_path(&name).first_or_octet_stream().essence_str().to_owned();
    let file = files.0.put(tenant, field, agent.app.web.bodies.upload).await?;
    agent
        .act("upload.create", None, move |tx, frame| {
            let upload = Upload {
                id: tx.next_id::<kinds::Attachment>()?,
                tenant,
                person,
                file: file.id,
                name: name.clone(),
                media_type: media_type.clone(),
                size: file.size,
                created_at: frame.act.now,
            };
            attachment::insert_upload(tx, &upload)?;
            Ok((upload.id, upload.name, upload.media_type, upload.size, upload.file))
        })
        .await
        .map(|(id, name, media_type, size, file)| Upload { id, tenant, person, file, name, media_type, size, created_at: agent.now() })
}

/// A name that can be shown and saved: without folders, control letters and changes of direction.
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

fn broken(error: MultipartError) -> Error {
    let kind = if error.status() == StatusCode::PAYLOAD_TOO_LARGE { ErrorKind::TooLarge } else { ErrorKind::Malformed };
    Error::new(kind, "error-malformed").cause(error.body_text())
}

/// `POST /uploads`: files that belong to nothing yet; the answer's ids go with a message or a ticket.
pub async fn create(Anybody(agent): Anybody, files: FilesRef, form: Multipart) -> Result {
    let stored = read(&agent, &files, form).await?;
    let uploads: Vec<_> = stored.uploads.iter().map(|(id, name)| serde_json::json!({"id": id, "name": name})).collect();
    Ok((StatusCode::CREATED, axum::Json(serde_json::json!({ "uploads": uploads }))).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_only_names() {
        for (sent, kept) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\a\\report.pdf", "report.pdf"),
            (".htaccess", "htaccess"),
            ("a\u{202e}gpj.exe", "agpj.exe"),
            ("a\r\nb.txt", "ab.txt"),
            ("", ""),
            ("/", "file"),
        ] {
            assert_eq!(tidy(sent), kept, "{sent:?}");
        }
        let long = format!("{}.pdf", "x".repeat(300));
        assert!(tidy(&long).ends_with(".pdf") && tidy(&long).len() < 200);
    }
}
