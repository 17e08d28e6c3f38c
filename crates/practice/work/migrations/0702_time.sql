-- Time that people spent on tickets. What they wrote beside it stands in text_body, where it can be erased.
CREATE TABLE time_entry (
    id INTEGER PRIMARY KEY,
    ticket_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES person (id),
    -- As on a calendar, such as 2026-11-23.
    day TEXT NOT NULL,
    minutes INTEGER NOT NULL CHECK (minutes > 0),
    activity TEXT NOT NULL,
    billable INTEGER NOT NULL CHECK (billable IN (0, 1)),
    comment_id INTEGER,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX time_entry_ticket ON time_entry (ticket_id, day, id);
CREATE INDEX time_entry_person ON time_entry (person_id, day);
-- A watch of one person for one ticket: what it counted, and since when it runs.
CREATE TABLE timer (
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    ticket_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    seconds INTEGER NOT NULL,
    started_at INTEGER,
    PRIMARY KEY (person_id, ticket_id)
) STRICT;
CREATE INDEX timer_ticket ON timer (ticket_id);
-- only sqlite
INSERT INTO counter (kind, value) VALUES ('time_entry', 0);
-- end
-- only postgres
CREATE SEQUENCE id_time_entry CACHE 1;
-- end
