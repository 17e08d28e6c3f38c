-- What somebody is writing: one text for each place of theirs, untouched by what becomes of the ticket.
CREATE TABLE draft (
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    place TEXT NOT NULL,
    -- The ticket of the place; it may be merged or gone by now.
    ticket_id INTEGER,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    -- The other fields of the form, as a JSON object of texts.
    fields TEXT NOT NULL,
    -- The form's key: what is sent with it has taken the draft along.
    client_key TEXT NOT NULL,
    version INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, place)
) STRICT;
CREATE INDEX draft_age ON draft (updated_at);
CREATE TABLE draft_upload (
    person_id INTEGER NOT NULL,
    place TEXT NOT NULL,
    upload_id INTEGER NOT NULL REFERENCES upload (id) ON DELETE CASCADE,
    PRIMARY KEY (person_id, place, upload_id),
    FOREIGN KEY (person_id, place) REFERENCES draft (person_id, place) ON DELETE CASCADE
) STRICT;
CREATE INDEX draft_upload_upload ON draft_upload (upload_id);
