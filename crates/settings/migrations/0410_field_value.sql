-- The values of custom fields: typed rows beside the record that has them. Text is kept as written and,
-- folded and cut, as the key that filters compare; a value of a choice is its key.
CREATE TABLE field_value (
    tenant_id INTEGER NOT NULL,
    object TEXT NOT NULL,
    object_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    place INTEGER NOT NULL,
    int_value INTEGER,
    text_value TEXT,
    text_key TEXT,
    PRIMARY KEY (object, object_id, key, place)
) STRICT;
CREATE INDEX field_value_int ON field_value (object, key, int_value, object_id) WHERE int_value IS NOT NULL;
CREATE INDEX field_value_text ON field_value (object, key, text_key, object_id) WHERE text_key IS NOT NULL;
