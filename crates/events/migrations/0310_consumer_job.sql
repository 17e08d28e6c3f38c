-- How far each follower of the log has read: epoch, transaction, sequence.
CREATE TABLE consumer (
    name TEXT PRIMARY KEY,
    epoch INTEGER NOT NULL,
    xid INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    last_error TEXT,
    updated_at INTEGER NOT NULL
) STRICT;

-- Work that is done after a commit, at least once.
CREATE TABLE job (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('ready', 'running', 'dead')),
    run_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    lease_until INTEGER NOT NULL,
    fence INTEGER NOT NULL,
    unique_key TEXT UNIQUE,
    last_error TEXT,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX job_due ON job (run_at, id) WHERE state = 'ready';
CREATE INDEX job_leased ON job (lease_until) WHERE state = 'running';

-- What a client asked for with a key, and what it was answered.
CREATE TABLE idempotency (
    actor_id INTEGER NOT NULL,
    action TEXT NOT NULL,
    request_key TEXT NOT NULL,
    digest TEXT NOT NULL,
    result TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (actor_id, action, request_key)
) STRICT;
CREATE INDEX idempotency_age ON idempotency (created_at);
