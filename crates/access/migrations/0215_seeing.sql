-- Somebody looks at the desk as another person does, in one session and until a moment.
CREATE TABLE seeing (
    id INTEGER PRIMARY KEY,
    session_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id),
    seen_id INTEGER NOT NULL REFERENCES person (id),
    -- In words; can be erased.
    reason TEXT NOT NULL,
    began_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;
CREATE UNIQUE INDEX seeing_session ON seeing (session_id) WHERE ended_at IS NULL;
CREATE INDEX seeing_person ON seeing (person_id);
CREATE INDEX seeing_seen ON seeing (seen_id);
-- only sqlite
INSERT INTO counter (kind, value) VALUES ('seeing', 0);
-- end
-- only postgres
CREATE SEQUENCE id_seeing CACHE 1;
-- end
