//! End to end over HTTP: stories, rights, keys, versions, feeds. Everything runs on SQLite and on
//! PostgreSQL.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]

mod attacks;
mod audit;
mod exports;
mod eyes;
mod feed;
mod fields;
mod forms;
mod hidden;
mod jobs;
mod keys;
mod kinds;
mod main_job;
mod matrix;
mod oracle;
mod pages;
mod paths;
mod privacy;
mod redaction;
mod retype;
mod rules;
mod secrets;
mod statements;
mod streams;
mod takeout;
mod unheard;
