-- Teams of the desk on support lines 1 to 3; tenant 0 is a team of the operator for all tenants.
CREATE TABLE team (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    line INTEGER NOT NULL CHECK (line BETWEEN 1 AND 3),
    lead_id INTEGER REFERENCES person (id),
    note TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX team_key ON team (tenant_id, key);
CREATE INDEX team_name ON team (tenant_id, name_key, id);

CREATE TABLE team_member (
    team_id INTEGER NOT NULL REFERENCES team (id),
    person_id INTEGER NOT NULL REFERENCES person (id),
    role TEXT NOT NULL CHECK (role IN ('member', 'lead')),
    PRIMARY KEY (team_id, person_id)
) STRICT;
CREATE INDEX team_member_person ON team_member (person_id, team_id);
