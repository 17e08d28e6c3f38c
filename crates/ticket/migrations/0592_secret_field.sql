-- Secrets are looked for in custom fields as well.
CREATE TABLE ticket_secret_next (
    ticket_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    -- Its number on the ticket.
    place INTEGER NOT NULL,
    tenant_id INTEGER NOT NULL,
    field TEXT NOT NULL CHECK (field IN ('message', 'title', 'report', 'field')),
    message_id INTEGER REFERENCES message (id) ON DELETE CASCADE,
    -- Of a custom field.
    key TEXT CHECK ((key IS NULL) = (field <> 'field')),
    kind TEXT NOT NULL CHECK (kind IN ('card', 'key', 'token', 'password')),
    shown TEXT NOT NULL,
    -- It was taken out; else it stands there and a line says so.
    masked INTEGER NOT NULL CHECK (masked IN (0, 1)),
    -- What it was can be read again.
    kept INTEGER NOT NULL CHECK (kept IN (0, 1)),
    -- What it was, encrypted with a key of the data folder; nothing of one that stands there.
    sealed BLOB,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (ticket_id, place)
) STRICT;
INSERT INTO ticket_secret_next (ticket_id, place, tenant_id, field, message_id, key, kind, shown, masked, kept, sealed, created_at)
SELECT ticket_id, place, tenant_id, field, message_id, NULL, kind, shown, masked, kept, sealed, created_at FROM ticket_secret;
DROP TABLE ticket_secret;
ALTER TABLE ticket_secret_next RENAME TO ticket_secret;
CREATE INDEX ticket_secret_message ON ticket_secret (message_id) WHERE message_id IS NOT NULL;
