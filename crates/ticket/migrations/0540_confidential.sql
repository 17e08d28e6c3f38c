-- Confidential tickets: only the people named on them see them. What is named is asked for by small
-- indexes of its own, so that a list of everything else pays next to nothing.
ALTER TABLE ticket ADD COLUMN confidential INTEGER NOT NULL DEFAULT 0 CHECK (confidential IN (0, 1));
CREATE INDEX ticket_confidential_requester ON ticket (requester_id) WHERE confidential = 1;
CREATE INDEX ticket_confidential_beneficiary ON ticket (beneficiary_id) WHERE confidential = 1;
CREATE INDEX ticket_confidential_assignee ON ticket (assignee_id) WHERE confidential = 1;
-- Counts and lists of live work still need no look at the rows.
DROP INDEX ticket_open_count;
CREATE INDEX ticket_open_count ON ticket (category, tenant_id, confidential) WHERE open = 1;
DROP INDEX ticket_open_team;
CREATE INDEX ticket_open_team ON ticket (team_id, last_customer_at, id, tenant_id, assignee_id, confidential) WHERE open = 1;
DROP INDEX ticket_open_assignee;
CREATE INDEX ticket_open_assignee ON ticket (assignee_id, last_customer_at, id, tenant_id, team_id, confidential) WHERE open = 1;
DROP INDEX ticket_resolved_updated;
CREATE INDEX ticket_resolved_updated ON ticket (updated_at, id, tenant_id, confidential) WHERE category = 'resolved';

-- Two more roles: named on a confidential ticket, and the person a complaint is about.
CREATE TABLE ticket_person_next (
    ticket_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES person (id),
    role TEXT NOT NULL CHECK (role IN ('coworker', 'watcher', 'named', 'about')),
    PRIMARY KEY (ticket_id, person_id, role)
) STRICT;
INSERT INTO ticket_person_next (ticket_id, person_id, role) SELECT ticket_id, person_id, role FROM ticket_person;
DROP TABLE ticket_person;
ALTER TABLE ticket_person_next RENAME TO ticket_person;
CREATE INDEX ticket_person_person ON ticket_person (person_id, role, ticket_id);

-- A link with a confidential end is found by no filter.
ALTER TABLE ticket_link ADD COLUMN veiled INTEGER NOT NULL DEFAULT 0 CHECK (veiled IN (0, 1));

-- only sqlite
-- The figures of a desk with a million tickets, as before.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('ticket', 'ticket_open_count', '30000 7500 7500 7500'),
    ('ticket', 'ticket_open_team', '30000 750 1 1 1 1 1'),
    ('ticket', 'ticket_open_assignee', '30000 75 1 1 1 1 1'),
    ('ticket', 'ticket_resolved_updated', '2000 1 1 1 1'),
    ('ticket', 'ticket_confidential_requester', '2000 5'),
    ('ticket', 'ticket_confidential_beneficiary', '2000 5'),
    ('ticket', 'ticket_confidential_assignee', '2000 20');
ANALYZE sqlite_schema;
-- end
