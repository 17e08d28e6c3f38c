-- A file that somebody brings in through the console or the API, from its upload to its roll-back. Its number is that of
-- its batch, which is there from its first run on.
CREATE TABLE import_intake (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL REFERENCES organisation (id),
    created_by INTEGER NOT NULL REFERENCES person (id),
    file_id INTEGER NOT NULL REFERENCES file (id),
    file_name TEXT NOT NULL,
    -- What its rows are, as in a mapping.
    records TEXT NOT NULL,
    -- The names of the columns of the file, as JSON.
    columns TEXT NOT NULL,
    -- As a mapping file has it.
    mapping TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('ready', 'checking', 'checked', 'running', 'interrupted', 'done', 'undoing', 'undone')),
    -- Somebody wants the work to stop.
    stop INTEGER NOT NULL CHECK (stop IN (0, 1)),
    stage TEXT NOT NULL,
    done INTEGER NOT NULL,
    total INTEGER NOT NULL,
    -- What a dry run of this mapping said, as JSON; empty without one.
    dry TEXT NOT NULL,
    -- Why the last step could not go on; empty when it could.
    trouble TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX import_intake_tenant ON import_intake (tenant_id, id);
CREATE INDEX import_intake_file ON import_intake (file_id);
