-- A saved list: a filter with its columns, owned by a person, a team or everybody of a tenant.
CREATE TABLE ticket_view (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    owner_id INTEGER REFERENCES person (id),
    team_id INTEGER REFERENCES team (id),
    builtin TEXT UNIQUE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    query TEXT NOT NULL,
    columns TEXT NOT NULL,
    place INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX ticket_view_owner ON ticket_view (owner_id);
CREATE INDEX ticket_view_team ON ticket_view (team_id);
