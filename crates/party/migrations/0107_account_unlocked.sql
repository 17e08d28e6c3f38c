-- Wrong passwords are slowed down per address and login in memory; no account is ever locked.
ALTER TABLE account DROP COLUMN locked_until;
