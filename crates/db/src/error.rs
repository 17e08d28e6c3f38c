//! Errors of the databases, sorted into what a caller can act on.

use kernel::{Error, ErrorKind};
use postgres::error::SqlState;

/// What went wrong inside the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A UNIQUE or PRIMARY KEY constraint; names the columns or the constraint.
    Unique(String),
    ForeignKey(String),
    /// CHECK, NOT NULL or a type.
    Check(String),
    /// A trigger refused it.
    Refused(String),
    /// Concurrent transactions; to be run again.
    Serialization(String),
    /// The deadline passed.
    Interrupted,
    DiskFull,
    /// A failed read, write or fsync: nothing can be trusted any more.
    Io(String),
    /// The server is gone or cannot be reached, or another program holds the file.
    Unavailable(String),
    /// The server went away between COMMIT and its answer: the change may be stored or not.
    Unknown(String),
    Other(String),
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Fault::Unique(m) => write!(f, "unique constraint: {m}"),
            Fault::ForeignKey(m) => write!(f, "foreign key: {m}"),
            Fault::Check(m) => write!(f, "check: {m}"),
            Fault::Refused(m) => write!(f, "refused by a trigger: {m}"),
            Fault::Serialization(m) => write!(f, "serialization: {m}"),
            Fault::Interrupted => f.write_str("the deadline passed"),
            Fault::DiskFull => f.write_str("the disk is full"),
            Fault::Io(m) => write!(f, "input or output failed: {m}"),
            Fault::Unavailable(m) => write!(f, "the database cannot be reached: {m}"),
            Fault::Unknown(m) => write!(f, "the answer to COMMIT was lost: {m}"),
            Fault::Other(m) => f.write_str(m),
        }
    }
}

impl std::error::Error for Fault {}

impl Fault {
    /// Whether nothing of the transaction can be kept, whatever is rolled back inside of it.
    pub(crate) fn ends_transaction(&self) -> bool {
        matches!(self, Fault::Io(_) | Fault::Serialization(_) | Fault::Unavailable(_) | Fault::DiskFull | Fault::Interrupted)
    }
}

/// The fault behind an error of the core, if a database caused it.
pub fn fault(error: &Error) -> Option<&Fault> {
    error.private_cause().and_then(|cause| cause.downcast_ref::<Fault>())
}

/// Whether a UNIQUE constraint refused the write.
pub fn is_unique(error: &Error) -> bool {
    matches!(fault(error), Some(Fault::Unique(_)))
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        let error = match &fault {
            Fault::Unique(_) => Error::conflict("error-duplicate"),
            Fault::ForeignKey(_) => Error::new(ErrorKind::Invalid, "error-reference"),
            Fault::Refused(_) => Error::conflict("error-refused"),
            Fault::Serialization(_) => Error::conflict("error-concurrent").retry_after(1),
            Fault::Interrupted => Error::new(ErrorKind::Busy, "error-slow-query").retry_after(5),
            Fault::DiskFull => Error::new(ErrorKind::Storage, "error-disk-full").retry_after(60),
            Fault::Unavailable(_) => Error::new(ErrorKind::Busy, "error-database").retry_after(5),
            Fault::Unknown(_) => Error::new(ErrorKind::Busy, "error-commit-unknown").retry_after(5),
            Fault::Check(_) | Fault::Io(_) | Fault::Other(_) => Error::new(ErrorKind::Internal, "error-internal"),
        };
        error.cause(fault)
    }
}

pub(crate) fn of_sqlite(error: &rusqlite::Error) -> Fault {
    use rusqlite::ffi::{self, ErrorCode};
    let message = error.to_string();
    let Some(code) = error.sqlite_error() else { return Fault::Other(message) };
    match (code.code, code.extended_code) {
        (_, ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID) => Fault::Unique(message),
        (_, ffi::SQLITE_CONSTRAINT_FOREIGNKEY) => Fault::ForeignKey(message),
        (_, ffi::SQLITE_CONSTRAINT_TRIGGER) => Fault::Refused(message),
        (ErrorCode::ConstraintViolation, _) => Fault::Check(message),
        (ErrorCode::OperationInterrupted, _) => Fault::Interrupted,
        // A full disk also shows when the shared index of the log cannot grow.
        (ErrorCode::DiskFull, _) | (_, ffi::SQLITE_IOERR_SHMSIZE | ffi::SQLITE_IOERR_SHMMAP) => Fault::DiskFull,
        (ErrorCode::SystemIoFailure | ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase, _) => Fault::Io(message),
        // There is one writer: only another program can be in the way.
        (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => Fault::Unavailable(message),
        _ => Fault::Other(message),
    }
}

pub(crate) fn of_postgres(error: &postgres::Error) -> Fault {
    let Some(db) = error.as_db_error() else {
        let message = format!("{error}{}", std::error::Error::source(error).map(|s| format!(": {s}")).unwrap_or_default());
        return if error.is_closed() || std::error::Error::source(error).is_some_and(|s| s.is::<std::io::Error>()) {
            Fault::Unavailable(message)
        } else {
            Fault::Other(message)
        };
    };
    let message = format!("{}{}", db.message(), db.constraint().map(|c| format!(" ({c})")).unwrap_or_default());
    let code = db.code();
    if *code == SqlState::UNIQUE_VIOLATION {
        Fault::Unique(message)
    } else if *code == SqlState::FOREIGN_KEY_VIOLATION {
        Fault::ForeignKey(message)
    } else if *code == SqlState::RAISE_EXCEPTION {
        Fault::Refused(message)
    } else if *code == SqlState::T_R_SERIALIZATION_FAILURE
        || *code == SqlState::T_R_DEADLOCK_DETECTED
        || *code == SqlState::LOCK_NOT_AVAILABLE
    {
        Fault::Serialization(message)
    } else if *code == SqlState::QUERY_CANCELED {
        Fault::Interrupted
    } else if *code == SqlState::DISK_FULL {
        Fault::DiskFull
    } else if code.code().starts_with("23") {
        Fault::Check(message)
    } else if code.code().starts_with("08") || code.code().starts_with("57P") || code.code().starts_with("53") {
        Fault::Unavailable(message)
    } else {
        Fault::Other(message)
    }
}
