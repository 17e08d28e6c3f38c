//! Rows that were not imported, and why.

/// Why a row was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// It has more or fewer cells than the header.
    Cells,
    /// Its bytes are not of the encoding that the mapping names.
    Encoding,
    /// It names no case.
    NoNumber,
    /// Its moment cannot be read.
    Moment,
    /// Its moment has not come yet.
    Future,
    /// A value is not in the mapping's table.
    Unmapped,
    /// A value that must be there is not.
    Missing,
    /// A value is none of those that the field has.
    Value,
    /// It names a team, organisation, service or location that the desk does not have.
    Unknown,
    /// An earlier row of the file is the same record.
    Twice,
    /// Several records of the desk may be meant, or one that the source knows under another key.
    Doubtful,
    /// It changes how somebody signs in who may do more than the one who imports.
    Above,
    /// Its case was closed before, and the mapping refuses what comes after.
    AfterClosed,
    /// It changes nothing, and the mapping refuses such rows.
    Unchanged,
    /// Another row of its case was refused, and the mapping wants whole cases.
    Case,
    /// The desk has this number of this source.
    Known,
    /// Its ticket is in the trash.
    Trashed,
    /// No row says what its ticket is, and the desk has none of the number.
    NoTicket,
    /// The database refused it.
    Database,
}

impl Reason {
    pub const ALL: [Reason; 19] = [
        Reason::Cells,
        Reason::Encoding,
        Reason::NoNumber,
        Reason::Moment,
        Reason::Future,
        Reason::Unmapped,
        Reason::Missing,
        Reason::Value,
        Reason::Unknown,
        Reason::Twice,
        Reason::Doubtful,
        Reason::Above,
        Reason::AfterClosed,
        Reason::Unchanged,
        Reason::Case,
        Reason::Known,
        Reason::Trashed,
        Reason::NoTicket,
        Reason::Database,
    ];

    /// The code as stored and as the report has it.
    pub const fn code(self) -> &'static str {
        match self {
            Reason::Cells => "cells",
            Reason::Encoding => "encoding",
            Reason::NoNumber => "no-number",
            Reason::Moment => "moment",
            Reason::Future => "future",
            Reason::Unmapped => "unmapped",
            Reason::Missing => "missing",
            Reason::Value => "value",
            Reason::Unknown => "unknown",
            Reason::Twice => "twice",
            Reason::Doubtful => "doubtful",
            Reason::Above => "above",
            Reason::AfterClosed => "after-closed",
            Reason::Unchanged => "unchanged",
            Reason::Case => "case",
            Reason::Known => "known",
            Reason::Trashed => "trashed",
            Reason::NoTicket => "no-ticket",
            Reason::Database => "database",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// The message that says it in words; takes `$detail`.
    pub const fn key(self) -> &'static str {
        match self {
            Reason::Cells => i18n::key!("import-refused-cells"),
            Reason::Encoding => i18n::key!("import-refused-encoding"),
            Reason::NoNumber => i18n::key!("import-refused-no-number"),
            Reason::Moment => i18n::key!("import-refused-moment"),
            Reason::Future => i18n::key!("import-refused-future"),
            Reason::Unmapped => i18n::key!("import-refused-unmapped"),
            Reason::Missing => i18n::key!("import-refused-missing"),
            Reason::Value => i18n::key!("import-refused-value"),
            Reason::Unknown => i18n::key!("import-refused-unknown"),
            Reason::Twice => i18n::key!("import-refused-twice"),
            Reason::Doubtful => i18n::key!("import-refused-doubtful"),
            Reason::Above => i18n::key!("import-refused-above"),
            Reason::AfterClosed => i18n::key!("import-refused-after-closed"),
            Reason::Unchanged => i18n::key!("import-refused-unchanged"),
            Reason::Case => i18n::key!("import-refused-case"),
            Reason::Known => i18n::key!("import-refused-known"),
            Reason::Trashed => i18n::key!("import-refused-trashed"),
            Reason::NoTicket => i18n::key!("import-refused-no-ticket"),
            Reason::Database => i18n::key!("import-refused-database"),
        }
    }

    /// The sentence for a reader.
    pub fn words(self, t: &i18n::T, detail: &str) -> String {
        t.with(self.key(), &[("detail", i18n::Arg::Text(detail.into()))])
    }
}

/// One refused row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The line of the file on which it begins.
    pub line: u64,
    pub case: Option<String>,
    pub reason: Reason,
    /// What it was about: a field with its value, a number.
    pub detail: String,
    pub cells: Vec<String>,
}
