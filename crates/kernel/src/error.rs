//! The one error of the core: a message for the person, a cause for the operator, no transport.

use std::borrow::Cow;
use std::fmt;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What sort of thing went wrong; mapped to an HTTP status in one place of `web-kit`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The input breaks a rule; `fields` says where. 422.
    Invalid,
    /// The request cannot be understood. 400.
    Malformed,
    /// Nobody is signed in. 401.
    Unauthenticated,
    /// The record is visible but the verb is not granted. 403.
    Forbidden,
    /// It does not exist, or must look so. 404.
    NotFound,
    /// It clashes with what is there now. 409.
    Conflict,
    /// `If-Match` named another version. 412.
    Stale,
    /// Larger than allowed. 413.
    TooLarge,
    /// Too many requests; `retry_after` says when. 429.
    TooMany,
    /// Our fault. 500.
    Internal,
    /// The queue is full or the database does not answer; `retry_after` says when. 503.
    Busy,
    /// The disk is full. 507.
    Storage,
}

/// A field that is wrong and why, as a message key with arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    pub field: Cow<'static, str>,
    pub code: &'static str,
    pub args: Vec<(&'static str, String)>,
}

/// An error that a person will read and an operator may have to understand.
///
/// `code` is both the Fluent message key (`error-...`) and, without its prefix, the last part of the
/// problem type of the API (RFC 9457).
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    code: &'static str,
    args: Vec<(&'static str, String)>,
    fields: Vec<FieldError>,
    retry_after: Option<u32>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    pub fn new(kind: ErrorKind, code: &'static str) -> Self {
        Self(Box::new(Inner { kind, code, args: Vec::new(), fields: Vec::new(), retry_after: None, cause: None }))
    }
    /// One field is wrong.
    pub fn invalid(field: impl Into<Cow<'static, str>>, code: &'static str) -> Self {
        Self::new(ErrorKind::Invalid, "error-invalid").field(field, code)
    }
    /// Several fields are wrong; none: no error.
    ///
    /// # Errors
    /// The list is not empty.
    pub fn of_fields(fields: Vec<FieldError>) -> Result<()> {
        if fields.is_empty() {
            return Ok(());
        }
        let mut error = Self::new(ErrorKind::Invalid, "error-invalid");
        error.0.fields = fields;
        Err(error)
    }
    pub fn not_found() -> Self {
        Self::new(ErrorKind::NotFound, "error-not-found")
    }
    pub fn forbidden() -> Self {
        Self::new(ErrorKind::Forbidden, "error-forbidden")
    }
    pub fn unauthenticated() -> Self {
        Self::new(ErrorKind::Unauthenticated, "error-unauthenticated")
    }
    pub fn conflict(code: &'static str) -> Self {
        Self::new(ErrorKind::Conflict, code)
    }
    /// A fault of ours: the cause is logged, the person gets a general text and an incident code.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::new(ErrorKind::Internal, "error-internal").cause(cause)
    }

    /// An argument of the message.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.0.args.push((name, value.to_string()));
        self
    }
    #[must_use]
    pub fn field(mut self, field: impl Into<Cow<'static, str>>, code: &'static str) -> Self {
        self.0.fields.push(FieldError { field: field.into(), code, args: Vec::new() });
        self
    }
    /// An argument of the message of the last field.
    #[must_use]
    pub fn field_arg(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        if let Some(field) = self.0.fields.last_mut() {
            field.args.push((name, value.to_string()));
        }
        self
    }
    /// Seconds after which trying again makes sense.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.0.retry_after = Some(seconds);
        self
    }
    #[must_use]
    pub fn cause(mut self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.cause = Some(cause.into());
        self
    }

    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }
    pub fn code(&self) -> &'static str {
        self.0.code
    }
    pub fn args(&self) -> &[(&'static str, String)] {
        &self.0.args
    }
    pub fn fields(&self) -> &[FieldError] {
        &self.0.fields
    }
    pub fn retry_seconds(&self) -> Option<u32> {
        self.0.retry_after
    }
    /// What the operator's log shows.
    pub fn private_cause(&self) -> Option<&(dyn std::error::Error + Send + Sync + 'static)> {
        self.0.cause.as_deref()
    }
}

impl FieldError {
    pub fn new(field: impl Into<Cow<'static, str>>, code: &'static str) -> Self {
        Self { field: field.into(), code, args: Vec::new() }
    }
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.code)?;
        for (name, value) in &self.0.args {
            write!(f, " {name}={value}")?;
        }
        for field in &self.0.fields {
            write!(f, " [{}: {}]", field.field, field.code)?;
        }
        if let Some(cause) = &self.0.cause {
            write!(f, ": {cause}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
