-- What changed since a moment, for the index: imports and the demo write people and places without events.
CREATE INDEX person_updated ON person (updated_at, id);
CREATE INDEX organisation_updated ON organisation (updated_at, id);
CREATE INDEX team_updated ON team (updated_at, id);
CREATE INDEX service_updated ON service (updated_at, id);
