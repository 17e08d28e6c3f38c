-- The service tree: what is offered, who answers for it, and what a ticket about it starts with.
CREATE TABLE service (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    parent_id INTEGER REFERENCES service (id),
    path TEXT NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'live', 'retired')),
    owner_id INTEGER REFERENCES person (id),
    team_id INTEGER REFERENCES team (id),
    impact INTEGER CHECK (impact BETWEEN 1 AND 4),
    description TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX service_key ON service (tenant_id, key);
CREATE UNIQUE INDEX service_path ON service (tenant_id, path);
CREATE INDEX service_parent ON service (tenant_id, parent_id, name_key, id);
CREATE INDEX service_team ON service (team_id) WHERE team_id IS NOT NULL;
