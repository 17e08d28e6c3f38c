-- What makes a ticket unread: the activity of its newest public message. Notes, tags and properties move
-- the activity only. Of tickets from before this it says that whoever saw them has read them.
ALTER TABLE ticket ADD COLUMN spoken INTEGER NOT NULL DEFAULT 1;
