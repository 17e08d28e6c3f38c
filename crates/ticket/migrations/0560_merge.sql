-- One ticket that goes on as part of another, and what takes that back.
CREATE TABLE ticket_merge (
    from_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    into_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    -- They had different requesters: what each of them wrote and read before stays theirs.
    apart INTEGER NOT NULL CHECK (apart IN (0, 1)),
    by_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    undone_at INTEGER,
    -- How the merged one stood before.
    event_seq INTEGER,
    state TEXT NOT NULL,
    resolved_at INTEGER,
    closed_at INTEGER,
    close_due_at INTEGER NOT NULL,
    -- The link that says so was made by the merge.
    linked INTEGER NOT NULL CHECK (linked IN (0, 1)),
    PRIMARY KEY (from_id, number),
    CHECK (from_id <> into_id)
) STRICT;
CREATE UNIQUE INDEX ticket_merge_now ON ticket_merge (from_id) WHERE undone_at IS NULL;
CREATE INDEX ticket_merge_into ON ticket_merge (into_id) WHERE undone_at IS NULL;
-- Whom the merge made watchers of the other ticket.
CREATE TABLE ticket_merge_watcher (
    from_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (from_id, number, person_id),
    FOREIGN KEY (from_id, number) REFERENCES ticket_merge (from_id, number) ON DELETE CASCADE
) STRICT;
-- From which ticket a message came, when it was not written here; by the merge itself or after it.
ALTER TABLE placement ADD COLUMN source_id INTEGER;
ALTER TABLE placement ADD COLUMN via TEXT CHECK (via IN ('merge', 'after'));
-- Only the desk reads it here, though its own requester reads it there.
ALTER TABLE placement ADD COLUMN desk INTEGER NOT NULL DEFAULT 0 CHECK (desk IN (0, 1));
