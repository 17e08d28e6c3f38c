-- How long tickets of a kind and service took, measured from those of before. Service 0: of all services of
-- that kind. Only what at least twenty tickets say.
CREATE TABLE ticket_pace (
    tenant_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    service_id INTEGER NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('answer', 'solution')),
    measured INTEGER NOT NULL,
    -- Microseconds: a tenth took less, half took less, nine tenths took less.
    low INTEGER NOT NULL,
    half INTEGER NOT NULL,
    high INTEGER NOT NULL,
    measured_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, kind, service_id, what)
) STRICT;
