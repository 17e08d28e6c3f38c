-- A message that is sent a little later is a draft until then: with the moment, what is sent beside its text
-- and files, and, when it could not be sent, why.
ALTER TABLE draft ADD COLUMN send_at INTEGER;
ALTER TABLE draft ADD COLUMN rest TEXT NOT NULL DEFAULT '';
ALTER TABLE draft ADD COLUMN trouble TEXT NOT NULL DEFAULT '';
