-- Memberships begin and end by the clock: whoever must know looks for those of the last moments.
CREATE INDEX membership_from ON membership (from_at);
CREATE INDEX membership_to ON membership (to_at);
