-- What a tenant stored, once per content. The key is where the bytes lie; neither it nor the digest
-- is ever shown: the outside sees attachments.
CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    storage_key TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    UNIQUE (tenant_id, sha256)
) STRICT;
CREATE INDEX file_age ON file (created_at);
