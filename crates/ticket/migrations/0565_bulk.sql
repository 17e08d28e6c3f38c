-- What somebody did to several tickets at once: one entry, its progress, and what takes it back.
CREATE TABLE bulk (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    -- What is done to each, as JSON; with what somebody wrote, so it can be erased.
    wanted TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'done', 'undoing', 'undone')),
    created_at INTEGER NOT NULL,
    finished_at INTEGER
) STRICT;
CREATE INDEX bulk_person ON bulk (person_id, id);
CREATE TABLE bulk_ticket (
    bulk_id INTEGER NOT NULL REFERENCES bulk (id) ON DELETE CASCADE,
    ticket_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'refused', 'undone', 'kept')),
    -- Why not, in the words of whoever asked.
    words TEXT NOT NULL,
    -- What was done, as JSON of ids and tags.
    did TEXT NOT NULL,
    PRIMARY KEY (bulk_id, ticket_id)
) STRICT;
CREATE INDEX bulk_ticket_state ON bulk_ticket (bulk_id, state, ticket_id);
CREATE INDEX bulk_ticket_ticket ON bulk_ticket (ticket_id);
-- only sqlite
INSERT INTO counter (kind, value) VALUES ('bulk', 0);
-- end
-- only postgres
CREATE SEQUENCE id_bulk CACHE 1;
-- end
