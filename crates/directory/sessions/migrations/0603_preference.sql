-- How a person likes the pages: theme, density, rail, letters.
CREATE TABLE preference (
    person_id INTEGER NOT NULL REFERENCES person (id),
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (person_id, key)
) STRICT;
