-- What a person is given of everything that is kept about them: who asked, how far it is, and the file.
CREATE TABLE person_export (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id),
    -- It holds what they may read, and nobody else gets it.
    asked_by INTEGER NOT NULL REFERENCES person (id),
    -- With the notes of the desk.
    notes INTEGER NOT NULL CHECK (notes IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('running', 'ready', 'failed', 'expired')),
    asked_at INTEGER NOT NULL,
    finished_at INTEGER,
    expires_at INTEGER,
    -- Gone when it has expired.
    file_id INTEGER REFERENCES file (id),
    size INTEGER NOT NULL,
    tickets INTEGER NOT NULL,
    files INTEGER NOT NULL,
    -- The key of the message that says why it failed.
    trouble TEXT NOT NULL
) STRICT;
CREATE INDEX person_export_person ON person_export (person_id, id);
CREATE INDEX person_export_asked ON person_export (asked_by, id);
CREATE INDEX person_export_file ON person_export (file_id) WHERE file_id IS NOT NULL;
CREATE UNIQUE INDEX person_export_running ON person_export (person_id, asked_by) WHERE state = 'running';
-- only sqlite
INSERT INTO counter (kind, value) VALUES ('person_export', 0);
-- end
-- only postgres
CREATE SEQUENCE id_person_export CACHE 1;
-- end
