-- Backups that the desk made by itself or was asked for, and how each went.
CREATE TABLE backup_run (
    begun_at INTEGER PRIMARY KEY,
    ended_at INTEGER NOT NULL,
    ok INTEGER NOT NULL CHECK (ok IN (0, 1)),
    name TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    files INTEGER NOT NULL,
    error TEXT NOT NULL
) STRICT;
