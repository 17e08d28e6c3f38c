-- Two tenants may bring in files of sources that they call alike: a number is known to its tenant alone.
CREATE TABLE external_ref_next (
    tenant_id INTEGER NOT NULL,
    source TEXT NOT NULL,
    number TEXT NOT NULL,
    ticket_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    PRIMARY KEY (tenant_id, source, number)
) STRICT;
INSERT INTO external_ref_next (tenant_id, source, number, ticket_id)
SELECT t.tenant_id, x.source, x.number, x.ticket_id FROM external_ref x JOIN ticket t ON t.id = x.ticket_id;
DROP TABLE external_ref;
ALTER TABLE external_ref_next RENAME TO external_ref;
CREATE INDEX external_ref_number ON external_ref (number);
CREATE INDEX external_ref_ticket ON external_ref (ticket_id);
