-- By which ways somebody hears of what, and when not: a JSON object.
CREATE TABLE notify_preference (
    person_id INTEGER PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    body TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
-- What waits to be carried to somebody outside of the desk: by push to a browser, by mail.
CREATE TABLE notify_outbox (
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    channel TEXT NOT NULL CHECK (channel IN ('push', 'mail')),
    -- The event of its notice.
    seq INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, channel, seq)
) STRICT;
-- The browsers to which somebody lets us push.
CREATE TABLE push_subscription (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    endpoint TEXT NOT NULL,
    -- The browser's own key, and the secret that it shares with us.
    public_key BLOB NOT NULL,
    auth BLOB NOT NULL,
    device TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    sent_at INTEGER
) STRICT;
CREATE UNIQUE INDEX push_subscription_endpoint ON push_subscription (endpoint);
CREATE INDEX push_subscription_person ON push_subscription (person_id, id);
-- The key by which push services know this desk; it opens with the key of the data folder only.
CREATE TABLE push_key (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    sealed BLOB NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;
-- only sqlite
INSERT INTO counter (kind, value) VALUES ('push_subscription', 0);
-- end
-- only postgres
CREATE SEQUENCE id_push_subscription CACHE 1;
-- end
