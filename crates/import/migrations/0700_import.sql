-- One run of one file: what it was, how far it came, what it did. Stays after a roll-back.
CREATE TABLE import_batch (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    mapping_name TEXT NOT NULL,
    mapping_sha256 TEXT NOT NULL,
    -- The header of the file as JSON, for the report of refused rows.
    columns TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'interrupted', 'done', 'undoing', 'undone')),
    -- Cases and lost rows behind it, and steps of the next case: where it goes on.
    position INTEGER NOT NULL,
    step INTEGER NOT NULL,
    rows_read INTEGER NOT NULL,
    rows_applied INTEGER NOT NULL,
    rows_refused INTEGER NOT NULL,
    cases INTEGER NOT NULL,
    -- Tickets that a roll-back left because people had worked on them.
    kept INTEGER NOT NULL,
    created_by INTEGER REFERENCES person (id),
    started_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    finished_at INTEGER
) STRICT;
CREATE INDEX import_batch_source ON import_batch (source, tenant_id, id);
CREATE INDEX import_batch_tenant ON import_batch (tenant_id, id);

-- Rows that were not imported, and why; gone with a roll-back.
CREATE TABLE import_refusal (
    batch_id INTEGER NOT NULL REFERENCES import_batch (id),
    line INTEGER NOT NULL,
    case_number TEXT,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    -- The row as JSON.
    cells TEXT NOT NULL,
    PRIMARY KEY (batch_id, line)
) STRICT;
CREATE INDEX import_refusal_reason ON import_refusal (batch_id, reason, line);

-- The people, teams, organisations, services and locations that a batch spoke of, under the key by
-- which later files of the source know them again; `made`: it made them and a roll-back removes them.
CREATE TABLE import_party (
    batch_id INTEGER NOT NULL REFERENCES import_batch (id),
    object TEXT NOT NULL,
    key TEXT NOT NULL,
    object_id INTEGER NOT NULL,
    made INTEGER NOT NULL CHECK (made IN (0, 1)),
    PRIMARY KEY (batch_id, object, key)
) STRICT;
CREATE INDEX import_party_object ON import_party (object, object_id, batch_id);
