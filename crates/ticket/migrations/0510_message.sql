-- A message is its own row; where it appears is a placement. Its text lies apart and can be erased.
CREATE TABLE message (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('description', 'reply', 'note', 'call')),
    public INTEGER NOT NULL CHECK (public IN (0, 1)),
    from_requester INTEGER NOT NULL CHECK (from_requester IN (0, 1)),
    author_id INTEGER,
    lang TEXT NOT NULL,
    channel TEXT NOT NULL,
    call_direction TEXT CHECK (call_direction IN ('in', 'out')),
    call_seconds INTEGER,
    occurred_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE message_body (
    message_id INTEGER PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
    body TEXT NOT NULL,
    salt BLOB NOT NULL
) STRICT;
CREATE TABLE placement (
    ticket_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
    PRIMARY KEY (ticket_id, message_id)
) STRICT;
CREATE INDEX placement_message ON placement (message_id);
-- Free text of events (old and new titles, reports): erasable, so it never stands in a payload.
CREATE TABLE text_body (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    ticket_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    body TEXT NOT NULL,
    salt BLOB NOT NULL
) STRICT;
CREATE INDEX text_body_ticket ON text_body (ticket_id);
-- A file that was added to a ticket; the handle that the outside sees.
CREATE TABLE attachment (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    ticket_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    message_id INTEGER REFERENCES message (id) ON DELETE CASCADE,
    file_id INTEGER NOT NULL REFERENCES file (id),
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    public INTEGER NOT NULL CHECK (public IN (0, 1)),
    uploaded_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX attachment_ticket ON attachment (ticket_id, id);
CREATE INDEX attachment_message ON attachment (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX attachment_file ON attachment (file_id);
-- A file on its way: uploaded, not yet part of anything; forgotten after a day.
CREATE TABLE upload (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id),
    file_id INTEGER NOT NULL REFERENCES file (id),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX upload_age ON upload (created_at);
CREATE INDEX upload_file ON upload (file_id);
