-- A list of somebody who reaches little is driven by what they reach.
CREATE INDEX ticket_created_by ON ticket (created_by, id);
CREATE INDEX ticket_owner_team ON ticket (owner_team_id, id) WHERE owner_team_id IS NOT NULL;
-- What is solved and not closed yet is little, and asked for by its last change.
CREATE INDEX ticket_resolved_updated ON ticket (updated_at, id, tenant_id) WHERE category = 'resolved';
-- The counts beside the lists of live work, without a look at the rows.
CREATE INDEX ticket_open_count ON ticket (category, tenant_id) WHERE open = 1;
DROP INDEX ticket_open_team;
CREATE INDEX ticket_open_team ON ticket (team_id, last_customer_at, id, tenant_id, assignee_id) WHERE open = 1;
DROP INDEX ticket_open_assignee;
CREATE INDEX ticket_open_assignee ON ticket (assignee_id, last_customer_at, id, tenant_id, team_id) WHERE open = 1;

-- only sqlite
-- SQLite never counts by itself, and guesses badly about indexes of a part of the rows. These are the
-- figures of a desk with a million tickets, so that its plans are the same everywhere and at any size.
ANALYZE ticket_link;
DELETE FROM sqlite_stat1 WHERE tbl = 'ticket';
DELETE FROM sqlite_stat4 WHERE tbl = 'ticket';
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('ticket', 'ticket_open_due', '30000 2000 1'),
    ('ticket', 'ticket_open_customer', '30000 1 1'),
    ('ticket', 'ticket_open_updated', '30000 1 1'),
    ('ticket', 'ticket_open_team', '30000 750 1 1 1 1'),
    ('ticket', 'ticket_open_assignee', '30000 75 1 1 1 1'),
    ('ticket', 'ticket_open_priority', '30000 7500 1'),
    ('ticket', 'ticket_open_count', '30000 7500 7500'),
    ('ticket', 'ticket_updated', '1000000 1 1'),
    ('ticket', 'ticket_created', '1000000 1 1'),
    ('ticket', 'ticket_requester', '1000000 200 1'),
    ('ticket', 'ticket_beneficiary', '50000 20 1'),
    ('ticket', 'ticket_created_by', '1000000 400 1'),
    ('ticket', 'ticket_organisation', '1000000 10000 1'),
    ('ticket', 'ticket_service', '1000000 15000 1'),
    ('ticket', 'ticket_by_team', '1000000 25000 1'),
    ('ticket', 'ticket_owner_team', '500000 50000 1'),
    ('ticket', 'ticket_assignee', '1000000 2500 1'),
    ('ticket', 'ticket_parent', '20000 5'),
    ('ticket', 'ticket_close_due', '2000 1'),
    ('ticket', 'ticket_resolved_updated', '2000 1 1 1'),
    ('ticket', 'ticket_batch', '500000 100000'),
    ('ticket', 'ticket_tenant', '1000000 1000000 1');
ANALYZE sqlite_schema;
-- end
