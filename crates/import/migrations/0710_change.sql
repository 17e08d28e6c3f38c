-- What a record was before a batch changed it, and its version after: a roll-back brings it back as long as
-- nobody has changed it since.
CREATE TABLE import_change (
    batch_id INTEGER NOT NULL REFERENCES import_batch (id),
    object TEXT NOT NULL,
    object_id INTEGER NOT NULL,
    -- As JSON.
    before TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (batch_id, object, object_id)
) STRICT;
