-- What somebody is told of: one row for each event that concerns them, with the reason.
CREATE TABLE notice (
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    -- The event; each tells a person once.
    seq INTEGER NOT NULL,
    ticket_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    -- It is the desk's own business: told only while the reader sees the inner side of the ticket.
    internal INTEGER NOT NULL CHECK (internal IN (0, 1)),
    -- Who did it; nobody for the desk itself.
    actor_id INTEGER,
    told_at INTEGER NOT NULL,
    read_at INTEGER,
    done_at INTEGER,
    PRIMARY KEY (person_id, seq)
) STRICT;
CREATE INDEX notice_open ON notice (person_id, ticket_id, seq) WHERE done_at IS NULL;
CREATE INDEX notice_ticket ON notice (ticket_id);
CREATE INDEX notice_age ON notice (told_at);
-- Tickets of which somebody wants to hear only what is meant for them.
CREATE TABLE notice_mute (
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    ticket_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    muted_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, ticket_id)
) STRICT;
CREATE INDEX notice_mute_ticket ON notice_mute (ticket_id);
-- What happened before there were notices is nobody's news.
INSERT INTO consumer (name, epoch, xid, seq, failures, updated_at)
    SELECT 'notify', CAST((SELECT value FROM installation WHERE name = 'epoch') AS INTEGER), COALESCE(MAX(xid), 0), COALESCE(MAX(seq), 0), 0, 0 FROM event;
