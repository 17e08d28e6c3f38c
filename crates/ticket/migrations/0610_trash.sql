-- The trash: a flag that every scope asks for, and beside it since when and by whom. What was moved there is
-- as it was, and is removed for good when its time has come.
ALTER TABLE ticket ADD COLUMN trashed INTEGER NOT NULL DEFAULT 0 CHECK (trashed IN (0, 1));
CREATE TABLE ticket_trash (
    ticket_id INTEGER PRIMARY KEY REFERENCES ticket (id) ON DELETE CASCADE,
    by_id INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX ticket_trash_at ON ticket_trash (at, ticket_id);
-- What people write to a ticket goes with it.
CREATE INDEX draft_ticket ON draft (ticket_id) WHERE ticket_id IS NOT NULL;
-- Counts and lists of live work still need no look at the rows.
DROP INDEX ticket_open_count;
CREATE INDEX ticket_open_count ON ticket (category, tenant_id, confidential, trashed) WHERE open = 1;
DROP INDEX ticket_open_team;
CREATE INDEX ticket_open_team ON ticket (team_id, last_customer_at, id, tenant_id, assignee_id, confidential, trashed) WHERE open = 1;
DROP INDEX ticket_open_assignee;
CREATE INDEX ticket_open_assignee ON ticket (assignee_id, last_customer_at, id, tenant_id, team_id, confidential, trashed) WHERE open = 1;
DROP INDEX ticket_resolved_updated;
CREATE INDEX ticket_resolved_updated ON ticket (updated_at, id, tenant_id, confidential, trashed) WHERE category = 'resolved';

-- only sqlite
-- The figures of a desk with a million tickets, as before.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('ticket', 'ticket_open_count', '30000 7500 7500 7500 7500'),
    ('ticket', 'ticket_open_team', '30000 750 1 1 1 1 1 1'),
    ('ticket', 'ticket_open_assignee', '30000 75 1 1 1 1 1 1'),
    ('ticket', 'ticket_resolved_updated', '2000 1 1 1 1 1'),
    ('ticket_trash', 'ticket_trash_at', '2000 1 1');
ANALYZE sqlite_schema;
-- end
