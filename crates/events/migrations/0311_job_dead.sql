-- Jobs that were given up are counted all the time, and are few among many.
CREATE INDEX job_dead ON job (id) WHERE state = 'dead';
