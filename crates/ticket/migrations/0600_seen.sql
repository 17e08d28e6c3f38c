-- Up to where somebody has seen a ticket: what they open is read, what changes later is unread again.
CREATE TABLE ticket_seen (
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    ticket_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    -- The activity of the ticket then.
    activity INTEGER NOT NULL,
    PRIMARY KEY (person_id, ticket_id)
) STRICT;
CREATE INDEX ticket_seen_ticket ON ticket_seen (ticket_id);
