-- Since when nothing refers to a file: it goes a day later, so that a backup of yesterday's rows still
-- finds its bytes.
ALTER TABLE file ADD COLUMN orphan_since INTEGER;
CREATE INDEX file_orphan ON file (orphan_since) WHERE orphan_since IS NOT NULL;
