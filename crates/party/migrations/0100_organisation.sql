-- Organisations: a tree per tenant. A tenant is a root organisation and its own tenant_id.
CREATE TABLE organisation (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL REFERENCES organisation (id),
    parent_id INTEGER REFERENCES organisation (id),
    path TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('internal', 'customer', 'supplier', 'partner')),
    payer_id INTEGER REFERENCES organisation (id),
    time_zone TEXT,
    lang TEXT,
    note TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    CHECK ((parent_id IS NULL) = (id = tenant_id))
) STRICT;
CREATE UNIQUE INDEX organisation_path ON organisation (tenant_id, path);
CREATE INDEX organisation_name ON organisation (tenant_id, name_key, id);
CREATE INDEX organisation_name_all ON organisation (name_key, id);
CREATE INDEX organisation_parent ON organisation (parent_id, name_key, id);
CREATE INDEX organisation_payer ON organisation (payer_id) WHERE payer_id IS NOT NULL;

-- Mail domains: who writes from one belongs to the organisation.
CREATE TABLE organisation_domain (
    tenant_id INTEGER NOT NULL REFERENCES organisation (id),
    domain TEXT NOT NULL,
    organisation_id INTEGER NOT NULL REFERENCES organisation (id),
    PRIMARY KEY (tenant_id, domain)
) STRICT;
CREATE INDEX organisation_domain_name ON organisation_domain (domain);
CREATE INDEX organisation_domain_organisation ON organisation_domain (organisation_id);
