-- Roles: verbs with a reach, as data; tenant 0 is the catalogue of the operator. Each change keeps a
-- version with its author.
CREATE TABLE role (
    tenant_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    -- Held by whoever has no other role where they are at home.
    fallback INTEGER NOT NULL CHECK (fallback IN (0, 1)),
    -- Delivered with the product and not yet changed by anybody: an upgrade may renew it.
    delivered INTEGER NOT NULL CHECK (delivered IN (0, 1)),
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    updated_at INTEGER NOT NULL,
    updated_by INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, key)
) STRICT;
CREATE INDEX role_fallback ON role (tenant_id) WHERE fallback = 1;

CREATE TABLE role_version (
    tenant_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    active INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    -- 0: delivered with the product.
    created_by INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, key, version)
) STRICT;

-- Who holds which role where; tenant 0: in every tenant of the installation.
CREATE TABLE role_grant (
    person_id INTEGER NOT NULL REFERENCES person (id),
    role_key TEXT NOT NULL,
    tenant_id INTEGER NOT NULL,
    granted_at INTEGER NOT NULL,
    granted_by INTEGER NOT NULL,
    PRIMARY KEY (person_id, role_key, tenant_id)
) STRICT;
CREATE INDEX role_grant_role ON role_grant (tenant_id, role_key, person_id);
