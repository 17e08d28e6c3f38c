-- Secrets that work once: a link to choose a password, the code that sets up an empty desk.
CREATE TABLE one_time (
    token_hash BLOB PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (purpose IN ('reset', 'setup')),
    account_id INTEGER REFERENCES account (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    CHECK ((purpose = 'setup') = (account_id IS NULL))
) STRICT;
CREATE INDEX one_time_account ON one_time (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX one_time_end ON one_time (expires_at);
