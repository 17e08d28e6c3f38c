-- Secrets that were found in what somebody wrote: where, of which kind, what is shown of it.
CREATE TABLE ticket_secret (
    ticket_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    -- Its number on the ticket.
    place INTEGER NOT NULL,
    tenant_id INTEGER NOT NULL,
    field TEXT NOT NULL CHECK (field IN ('message', 'title', 'report')),
    message_id INTEGER REFERENCES message (id) ON DELETE CASCADE,
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
CREATE INDEX ticket_secret_message ON ticket_secret (message_id) WHERE message_id IS NOT NULL;
