-- What administrators ask for is little among what happens to tickets.
CREATE INDEX event_audit ON event (seq) WHERE object <> 'ticket';
