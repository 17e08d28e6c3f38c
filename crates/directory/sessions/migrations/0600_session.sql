-- Who is signed in where. Only the digest of the cookie's secret is kept. The idle end never lies
-- after the absolute one, so it alone says whether a session lives.
CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    account_id INTEGER NOT NULL REFERENCES account (id),
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    idle_expires_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    user_agent TEXT NOT NULL,
    ip TEXT NOT NULL,
    CHECK (idle_expires_at <= expires_at)
) STRICT;
CREATE INDEX session_account ON session (account_id, id);
CREATE INDEX session_end ON session (idle_expires_at);

-- Browsers in which an account has signed in before: strangers who try passwords on the account
-- cannot keep such a browser out.
CREATE TABLE login_device (
    token_hash BLOB PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    used_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX login_device_account ON login_device (account_id, used_at);
CREATE INDEX login_device_end ON login_device (expires_at);

-- only sqlite
INSERT INTO counter (kind, value) VALUES ('session', 0);
-- end
-- only postgres
CREATE SEQUENCE id_session CACHE 1;
-- end
