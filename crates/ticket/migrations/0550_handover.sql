-- Why a ticket was given to somebody else: one row for each hand-over that said so.
CREATE TABLE ticket_handover (
    ticket_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    event_seq INTEGER NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('wish', 'conflict', 'skill', 'absence', 'load', 'wrong_team', 'other')),
    from_team_id INTEGER,
    from_person_id INTEGER,
    to_team_id INTEGER,
    to_person_id INTEGER,
    by_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (ticket_id, event_seq)
) STRICT;
CREATE INDEX ticket_handover_reason ON ticket_handover (reason, ticket_id);
CREATE INDEX ticket_handover_at ON ticket_handover (at);
