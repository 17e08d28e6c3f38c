-- The log: what happened, append-only. Payloads hold ids, never names, addresses or free text.
CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
-- only sqlite
    xid INTEGER NOT NULL DEFAULT 0,
-- end
-- only postgres
    xid BIGINT NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
-- end
    tenant_id INTEGER NOT NULL,
    object TEXT NOT NULL,
    object_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    occurred_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id INTEGER NOT NULL,
    cause TEXT NOT NULL,
    visibility INTEGER NOT NULL CHECK (visibility IN (0, 1, 2)),
    silent INTEGER NOT NULL CHECK (silent IN (0, 1)),
    payload TEXT NOT NULL
) STRICT;
CREATE INDEX event_feed ON event (xid, seq);
CREATE INDEX event_object ON event (object, object_id, occurred_at, seq);
CREATE INDEX event_actor ON event (actor_id, seq);

-- The only way to remove events: the permit stands in the same transaction and is gone at its end;
-- the tombstone stays.
CREATE TABLE purge_permit (
    object TEXT NOT NULL,
    object_id INTEGER NOT NULL,
    PRIMARY KEY (object, object_id)
) STRICT;
CREATE TABLE purge_tombstone (
    seq INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    object TEXT NOT NULL,
    object_id INTEGER NOT NULL,
    reason TEXT NOT NULL,
    actor_id INTEGER NOT NULL,
    purged_at INTEGER NOT NULL,
    events INTEGER NOT NULL,
    sha256 TEXT NOT NULL
) STRICT;

-- only sqlite
CREATE TRIGGER event_no_update BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event
WHEN NOT EXISTS (SELECT 1 FROM purge_permit WHERE object = OLD.object AND object_id = OLD.object_id)
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
-- end
-- only postgres
CREATE FUNCTION event_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM purge_permit WHERE object = OLD.object AND object_id = OLD.object_id) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'events are append-only';
END $$;
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION event_append_only();
CREATE FUNCTION event_no_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'events are append-only'; END $$;
CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION event_no_truncate();
-- end
