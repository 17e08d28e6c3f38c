//! The core told as stories with one cast, on SQLite and PostgreSQL.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]

mod bulk;
mod cast;
mod chained;
mod closing;
mod complaints;
mod confidential;
mod conflict;
mod drafts;
mod files;
mod held;
mod jobs;
mod life;
mod live;
mod merging;
mod redaction;
mod rights;
mod scope;
mod secrets;
mod seeing;
mod splitting;
mod tenants;
mod trash;
mod trees;
mod undo;
mod views;
