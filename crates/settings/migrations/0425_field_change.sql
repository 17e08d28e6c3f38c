-- A field that gets another type: how far its values are, and what goes with it, so that it can be taken back.
CREATE TABLE field_change (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    object TEXT NOT NULL,
    key TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'done', 'reverted')),
    -- The definition before and after, and by which words and clock, as JSON.
    field_before TEXT NOT NULL,
    field_after TEXT NOT NULL,
    how TEXT NOT NULL,
    -- The change that this one takes back.
    reverts_id INTEGER REFERENCES field_change (id),
    -- Records up to this one are done.
    place INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    lost INTEGER NOT NULL,
    -- Of one that takes back: values that somebody wrote since, so that the old ones did not come back.
    overtaken INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    finished_at INTEGER
) STRICT;
CREATE UNIQUE INDEX field_change_running ON field_change (object, key) WHERE state = 'running';
CREATE INDEX field_change_field ON field_change (object, key, id);
CREATE TABLE field_change_value (
    change_id INTEGER NOT NULL REFERENCES field_change (id),
    object TEXT NOT NULL,
    object_id INTEGER NOT NULL,
    fate TEXT NOT NULL CHECK (fate IN ('changed', 'lost', 'overtaken')),
    why TEXT NOT NULL,
    -- The value before and after as JSON: may hold what somebody wrote, so it can be erased.
    value_before TEXT NOT NULL,
    value_after TEXT,
    PRIMARY KEY (change_id, object_id)
) STRICT;
CREATE INDEX field_change_value_record ON field_change_value (object, object_id);
-- Under which change a value was written: what is older than one that runs is of the type before.
ALTER TABLE field_value ADD COLUMN change_id INTEGER NOT NULL DEFAULT 0;
-- The records that have a field, in their order: what goes through all of them.
CREATE INDEX field_value_record ON field_value (object, key, object_id);
-- only sqlite
INSERT INTO counter (kind, value) VALUES ('field_change', 0);
-- end
-- only postgres
CREATE SEQUENCE id_field_change CACHE 1;
-- end
