-- How somebody has arranged the lists that they may use: what has no row stands in the column as delivered.
CREATE TABLE ticket_view_place (
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    view_id INTEGER NOT NULL REFERENCES ticket_view (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    -- It stands in the column beside the tickets.
    pinned INTEGER NOT NULL CHECK (pinned IN (0, 1)),
    PRIMARY KEY (person_id, view_id)
) STRICT;
CREATE INDEX ticket_view_place_view ON ticket_view_place (view_id);
