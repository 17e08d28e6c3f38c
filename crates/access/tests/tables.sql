-- What the scopes ask of the tables of tickets, for the tests of this crate alone.
CREATE TABLE ticket (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    requester_id INTEGER,
    beneficiary_id INTEGER,
    organisation_id INTEGER,
    team_id INTEGER,
    owner_team_id INTEGER,
    assignee_id INTEGER,
    created_by INTEGER NOT NULL,
    confidential INTEGER NOT NULL,
    trashed INTEGER NOT NULL
) STRICT;
CREATE TABLE ticket_person (ticket_id INTEGER NOT NULL, person_id INTEGER NOT NULL, role TEXT NOT NULL, PRIMARY KEY (ticket_id, person_id, role)) STRICT;
CREATE TABLE ticket_team (ticket_id INTEGER NOT NULL, team_id INTEGER NOT NULL, role TEXT NOT NULL, PRIMARY KEY (ticket_id, team_id, role)) STRICT;
