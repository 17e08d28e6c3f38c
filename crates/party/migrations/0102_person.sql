-- Persons, how to reach them, and where they belong.
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL REFERENCES organisation (id),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    title TEXT NOT NULL,
    lang TEXT,
    time_zone TEXT,
    location_id INTEGER REFERENCES location (id),
    vip INTEGER NOT NULL CHECK (vip IN (0, 1)),
    note TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    -- The person this one turned out to be; clearing it is the un-merge.
    redirect_id INTEGER REFERENCES person (id) CHECK (redirect_id <> id),
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX person_name ON person (tenant_id, name_key, id);
CREATE INDEX person_name_all ON person (name_key, id);
CREATE INDEX person_redirect ON person (redirect_id) WHERE redirect_id IS NOT NULL;

-- An address is never identity: two persons may share one as long as neither has proved it.
CREATE TABLE person_address (
    person_id INTEGER NOT NULL REFERENCES person (id),
    tenant_id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('email', 'phone', 'mobile', 'room', 'tag')),
    value TEXT NOT NULL,
    value_key TEXT NOT NULL,
    verified_at INTEGER,
    main INTEGER NOT NULL CHECK (main IN (0, 1)),
    PRIMARY KEY (person_id, kind, value_key)
) STRICT;
CREATE INDEX person_address_value ON person_address (tenant_id, kind, value_key, person_id);
CREATE UNIQUE INDEX person_address_main ON person_address (person_id, kind) WHERE main = 1;
CREATE UNIQUE INDEX person_address_verified ON person_address (tenant_id, value_key) WHERE kind = 'email' AND verified_at IS NOT NULL;

-- Who belongs to which organisation from when to when; an open end is the largest time.
CREATE TABLE membership (
    person_id INTEGER NOT NULL REFERENCES person (id),
    organisation_id INTEGER NOT NULL REFERENCES organisation (id),
    role_title TEXT NOT NULL,
    from_at INTEGER NOT NULL,
    to_at INTEGER NOT NULL CHECK (to_at >= from_at),
    main INTEGER NOT NULL CHECK (main IN (0, 1)),
    PRIMARY KEY (person_id, organisation_id, from_at)
) STRICT;
CREATE UNIQUE INDEX membership_main ON membership (person_id) WHERE main = 1;
CREATE INDEX membership_organisation ON membership (organisation_id, person_id, to_at);
