-- Configuration objects: an immutable key, a version row for each change with its author.
CREATE TABLE setting (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    data TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    updated_by INTEGER NOT NULL,
    UNIQUE (tenant_id, kind, key)
) STRICT;
CREATE INDEX setting_kind ON setting (kind, tenant_id, key);
CREATE TABLE setting_version (
    setting_id INTEGER NOT NULL REFERENCES setting (id),
    version INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    data TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    PRIMARY KEY (setting_id, version)
) STRICT;
-- Rises with every change: what caches of the configuration compare.
CREATE TABLE setting_stamp (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    value INTEGER NOT NULL
) STRICT;
INSERT INTO setting_stamp (id, value) VALUES (1, 1);
