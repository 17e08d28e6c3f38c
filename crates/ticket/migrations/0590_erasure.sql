-- A person who was erased: why, by whom, and what went.
CREATE TABLE person_erasure (
    person_id INTEGER PRIMARY KEY REFERENCES person (id),
    tenant_id INTEGER NOT NULL,
    reason TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    begun_by INTEGER NOT NULL,
    finished_at INTEGER,
    tickets INTEGER NOT NULL,
    messages INTEGER NOT NULL,
    texts INTEGER NOT NULL,
    files INTEGER NOT NULL
) STRICT;
-- What somebody wrote is found without a look at everything.
CREATE INDEX message_author ON message (author_id, id) WHERE author_id IS NOT NULL;
CREATE INDEX attachment_uploader ON attachment (uploaded_by, ticket_id);
