-- Locations: country, site, building, floor, room, as a tree per tenant.
CREATE TABLE location (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    parent_id INTEGER REFERENCES location (id),
    path TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    address TEXT NOT NULL,
    time_zone TEXT,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX location_path ON location (tenant_id, path);
CREATE INDEX location_parent ON location (tenant_id, parent_id, name_key, id);
CREATE INDEX location_name ON location (tenant_id, name_key, id);
