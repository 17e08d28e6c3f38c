-- What its requester thinks of how a ticket was solved: one rating, changed until it is locked. The words
-- stand in text_body. The two marks are columns of the ticket as well, because filters ask for them.
CREATE TABLE ticket_rating (
    ticket_id INTEGER PRIMARY KEY REFERENCES ticket (id) ON DELETE CASCADE,
    by_id INTEGER NOT NULL,
    solution INTEGER CHECK (solution BETWEEN 1 AND 5),
    analyst INTEGER CHECK (analyst BETWEEN 1 AND 5),
    -- Who had the ticket when it was rated.
    analyst_id INTEGER,
    -- Keys with commas between them.
    reasons TEXT NOT NULL,
    comment_id INTEGER,
    -- Whether the desk may call; nothing until that was answered.
    callback INTEGER CHECK (callback IN (0, 1)),
    rated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX ticket_rating_analyst ON ticket_rating (analyst_id, rated_at);
ALTER TABLE ticket ADD COLUMN csat INTEGER;
ALTER TABLE ticket ADD COLUMN csat_analyst INTEGER;
