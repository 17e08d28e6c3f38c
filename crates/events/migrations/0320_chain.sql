-- The tamper-evident chain: a link for each event, in the order of the feed, with the digest of the
-- event, the digests of the texts it speaks of, and the digest of all that with the link before it.
CREATE TABLE chain (
    place INTEGER PRIMARY KEY,
    seq INTEGER NOT NULL UNIQUE,
    content BLOB NOT NULL,
    texts BLOB NOT NULL,
    link BLOB NOT NULL
) STRICT;
-- Links that were signed: whoever keeps one elsewhere knows what stood there.
CREATE TABLE chain_head (
    place INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    link BLOB NOT NULL,
    signed_at INTEGER NOT NULL,
    public_key BLOB NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY (place, public_key)
) STRICT;
-- Which events a tombstone stands for: a link without its event is in order only with this.
CREATE TABLE purged_event (
    seq INTEGER PRIMARY KEY,
    tombstone INTEGER NOT NULL
) STRICT;
CREATE INDEX purged_event_tombstone ON purged_event (tombstone, seq);

-- only sqlite
CREATE TRIGGER chain_no_update BEFORE UPDATE ON chain BEGIN SELECT RAISE(ABORT, 'the chain is append-only'); END;
CREATE TRIGGER chain_no_delete BEFORE DELETE ON chain BEGIN SELECT RAISE(ABORT, 'the chain is append-only'); END;
CREATE TRIGGER chain_head_no_update BEFORE UPDATE ON chain_head BEGIN SELECT RAISE(ABORT, 'the chain is append-only'); END;
CREATE TRIGGER chain_head_no_delete BEFORE DELETE ON chain_head BEGIN SELECT RAISE(ABORT, 'the chain is append-only'); END;
-- end
-- only postgres
CREATE FUNCTION chain_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the chain is append-only'; END $$;
CREATE TRIGGER chain_append_only BEFORE UPDATE OR DELETE ON chain FOR EACH ROW EXECUTE FUNCTION chain_append_only();
CREATE TRIGGER chain_no_truncate BEFORE TRUNCATE ON chain FOR EACH STATEMENT EXECUTE FUNCTION chain_append_only();
CREATE TRIGGER chain_head_append_only BEFORE UPDATE OR DELETE ON chain_head FOR EACH ROW EXECUTE FUNCTION chain_append_only();
CREATE TRIGGER chain_head_no_truncate BEFORE TRUNCATE ON chain_head FOR EACH STATEMENT EXECUTE FUNCTION chain_append_only();
-- end
