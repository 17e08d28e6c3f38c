-- What every record of work has. Practices keep the rest in tables of their own.
CREATE TABLE ticket (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    state TEXT NOT NULL,
    category TEXT NOT NULL CHECK (category IN ('new', 'active', 'waiting', 'held', 'resolved', 'closed', 'cancelled')),
    open INTEGER NOT NULL CHECK (open IN (0, 1)),
    impact INTEGER NOT NULL CHECK (impact BETWEEN 1 AND 4),
    urgency INTEGER NOT NULL CHECK (urgency BETWEEN 1 AND 4),
    priority INTEGER NOT NULL CHECK (priority BETWEEN 1 AND 4),
    requester_id INTEGER REFERENCES person (id),
    beneficiary_id INTEGER REFERENCES person (id),
    organisation_id INTEGER REFERENCES organisation (id),
    location_id INTEGER REFERENCES location (id),
    service_id INTEGER REFERENCES service (id),
    line INTEGER NOT NULL CHECK (line BETWEEN 1 AND 3),
    owner_team_id INTEGER REFERENCES team (id),
    team_id INTEGER REFERENCES team (id),
    assignee_id INTEGER REFERENCES person (id),
    channel TEXT NOT NULL,
    parent_id INTEGER REFERENCES ticket (id),
    resolution_code TEXT,
    resolution_text_id INTEGER,
    created_by INTEGER REFERENCES person (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    last_customer_at INTEGER NOT NULL,
    last_public_at INTEGER NOT NULL,
    resolved_at INTEGER,
    closed_at INTEGER,
    close_due_at INTEGER NOT NULL,
    next_due_at INTEGER NOT NULL,
    reopen_count INTEGER NOT NULL,
    reopen_closed_count INTEGER NOT NULL,
    handover_count INTEGER NOT NULL,
    team_count INTEGER NOT NULL,
    incomplete INTEGER NOT NULL CHECK (incomplete IN (0, 1)),
    batch_id INTEGER,
    version INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    CHECK (open = CASE WHEN category IN ('new', 'active', 'waiting', 'held') THEN 1 ELSE 0 END),
    CHECK (parent_id IS NULL OR parent_id <> id)
) STRICT;
CREATE INDEX ticket_open_due ON ticket (next_due_at, id) WHERE open = 1;
CREATE INDEX ticket_open_customer ON ticket (last_customer_at, id) WHERE open = 1;
CREATE INDEX ticket_open_updated ON ticket (updated_at, id) WHERE open = 1;
CREATE INDEX ticket_open_team ON ticket (team_id, last_customer_at, id) WHERE open = 1;
CREATE INDEX ticket_open_assignee ON ticket (assignee_id, last_customer_at, id) WHERE open = 1;
CREATE INDEX ticket_open_priority ON ticket (priority, id) WHERE open = 1;
CREATE INDEX ticket_updated ON ticket (updated_at, id);
CREATE INDEX ticket_created ON ticket (created_at, id);
CREATE INDEX ticket_requester ON ticket (requester_id, id);
CREATE INDEX ticket_beneficiary ON ticket (beneficiary_id, id) WHERE beneficiary_id IS NOT NULL;
CREATE INDEX ticket_organisation ON ticket (organisation_id, id);
CREATE INDEX ticket_service ON ticket (service_id, id);
CREATE INDEX ticket_by_team ON ticket (team_id, id);
CREATE INDEX ticket_assignee ON ticket (assignee_id, id);
CREATE INDEX ticket_parent ON ticket (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX ticket_close_due ON ticket (close_due_at) WHERE category = 'resolved';
CREATE INDEX ticket_batch ON ticket (batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX ticket_tenant ON ticket (tenant_id, id);

-- People and teams beside the assignee: co-workers work on it, watchers follow it.
CREATE TABLE ticket_person (
    ticket_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES person (id),
    role TEXT NOT NULL CHECK (role IN ('coworker', 'watcher')),
    PRIMARY KEY (ticket_id, person_id, role)
) STRICT;
CREATE INDEX ticket_person_person ON ticket_person (person_id, role, ticket_id);
CREATE TABLE ticket_team (
    ticket_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    team_id INTEGER NOT NULL REFERENCES team (id),
    role TEXT NOT NULL CHECK (role IN ('coworker', 'watcher')),
    PRIMARY KEY (ticket_id, team_id, role)
) STRICT;
CREATE INDEX ticket_team_team ON ticket_team (team_id, role, ticket_id);
CREATE TABLE ticket_tag (
    ticket_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    PRIMARY KEY (ticket_id, tag)
) STRICT;
CREATE INDEX ticket_tag_tag ON ticket_tag (tag, ticket_id);
CREATE TABLE ticket_link (
    from_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('duplicate', 'relates', 'blocks', 'caused_by')),
    to_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (from_id, kind, to_id),
    CHECK (from_id <> to_id)
) STRICT;
CREATE INDEX ticket_link_to ON ticket_link (to_id, kind);
-- Where a ticket has been: one row per stay in a state with a team and a person.
CREATE TABLE ticket_passage (
    ticket_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    state TEXT NOT NULL,
    category TEXT NOT NULL,
    team_id INTEGER,
    assignee_id INTEGER,
    entered_at INTEGER NOT NULL,
    left_at INTEGER,
    PRIMARY KEY (ticket_id, place)
) STRICT;
CREATE INDEX ticket_passage_state ON ticket_passage (state, ticket_id);
CREATE INDEX ticket_passage_team ON ticket_passage (team_id, ticket_id) WHERE team_id IS NOT NULL;
-- Numbers that a ticket had elsewhere.
CREATE TABLE external_ref (
    source TEXT NOT NULL,
    number TEXT NOT NULL,
    ticket_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    PRIMARY KEY (source, number)
) STRICT;
CREATE INDEX external_ref_number ON external_ref (number);
CREATE INDEX external_ref_ticket ON external_ref (ticket_id);
