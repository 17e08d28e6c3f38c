//! Errors for people.

use i18n::T;
use kernel::Error;

/// What an error page says.
#[derive(Debug)]
pub struct ErrorPage<'a> {
    pub t: &'a T,
    pub title: String,
    pub detail: String,
    /// What is wrong with fields, when the form itself is not shown again.
    pub fields: Vec<String>,
    /// The code to give to an administrator; faults of ours only.
    pub incident: Option<&'a str>,
    /// Path and query of the page that was asked for.
    pub path: &'a str,
    pub status: u16,
}

/// The look of error pages. It knows nothing of who is signed in: what is missing and what is
/// invisible must give the same bytes.
pub trait ErrorPages: Send + Sync + 'static {
    fn html(&self, page: &ErrorPage<'_>) -> String;
}

impl<'a> ErrorPage<'a> {
    pub(super) fn new(t: &'a T, error: &Error, status: u16, id: &'a str, path: &'a str) -> Self {
        Self {
            t,
            title: t.msg(super::status::title(error.kind())).into_owned(),
            detail: t.error(error),
            fields: error.fields().iter().map(|field| t.field_error(field)).collect(),
            incident: (status == 500).then_some(id),
            path,
            status,
        }
    }
}

/// Pages without style, for tests and for a server without an interface.
#[derive(Debug, Clone, Copy)]
pub struct Plain;

impl ErrorPages for Plain {
    fn html(&self, page: &ErrorPage<'_>) -> String {
        let fields: String = page.fields.iter().map(|field| format!("<li>{}</li>", escaped(field))).collect();
        let incident = page
            .incident
            .map(|code| format!("<p>{}</p>", escaped(&page.t.with("error-page-incident", &[("incident", code.into())]))))
            .unwrap_or_default();
        format!(
            "<!doctype html><html lang=\"{lang}\"><meta charset=\"utf-8\"><title>{title}</title>\
             <h1>{title}</h1><p>{detail}</p><ul>{fields}</ul>{incident}<p><a href=\"/\">{home}</a></p></html>",
            lang = page.t.tag(),
            title = escaped(&page.title),
            detail = escaped(&page.detail),
            home = escaped(&page.t.msg("error-page-home")),
        )
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
