-- The minutes that people spent on a ticket: the sum of what they wrote down.
ALTER TABLE ticket ADD COLUMN spent INTEGER NOT NULL DEFAULT 0;
