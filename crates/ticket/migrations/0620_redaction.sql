-- That something of a message was taken away: by whom and why. What it was is nowhere.
CREATE TABLE message_redaction (
    message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
    event_seq INTEGER NOT NULL,
    person_id INTEGER,
    -- In text_body; gone when whoever wrote it was erased.
    reason_id INTEGER NOT NULL,
    -- It was a file beside the message.
    file INTEGER NOT NULL CHECK (file IN (0, 1)),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (message_id, event_seq)
) STRICT;
