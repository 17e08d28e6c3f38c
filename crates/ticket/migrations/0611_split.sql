-- A ticket that was made of messages of another one, and what takes that back.
CREATE TABLE ticket_split (
    ticket_id INTEGER PRIMARY KEY REFERENCES ticket (id) ON DELETE CASCADE,
    old_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    by_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    undone_at INTEGER,
    CHECK (ticket_id <> old_id)
) STRICT;
CREATE INDEX ticket_split_old ON ticket_split (old_id);
CREATE TABLE ticket_split_message (
    ticket_id INTEGER NOT NULL REFERENCES ticket_split (ticket_id) ON DELETE CASCADE,
    message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
    PRIMARY KEY (ticket_id, message_id)
) STRICT;
CREATE INDEX ticket_split_message_message ON ticket_split_message (message_id);
