-- What is to be done for a ticket, in lists. What people wrote stands in text_body, where it can be erased.
CREATE TABLE checklist (
    id INTEGER PRIMARY KEY,
    ticket_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    title_id INTEGER NOT NULL,
    place INTEGER NOT NULL
) STRICT;
CREATE INDEX checklist_ticket ON checklist (ticket_id, place, id);
CREATE TABLE task (
    id INTEGER PRIMARY KEY,
    ticket_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    checklist_id INTEGER NOT NULL REFERENCES checklist (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    -- A heading stands between tasks and is none itself.
    sort TEXT NOT NULL CHECK (sort IN ('heading', 'tick', 'text', 'number')),
    title_id INTEGER NOT NULL,
    owner_id INTEGER REFERENCES person (id),
    team_id INTEGER REFERENCES team (id),
    due_at INTEGER NOT NULL,
    -- The ticket cannot be solved before it is done.
    blocks INTEGER NOT NULL CHECK (blocks IN (0, 1)),
    -- It can be done once that one is.
    after_id INTEGER REFERENCES task (id) ON DELETE SET NULL,
    accepted_by INTEGER REFERENCES person (id),
    accepted_at INTEGER,
    done_by INTEGER REFERENCES person (id),
    done_at INTEGER,
    answer_id INTEGER,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX task_ticket ON task (ticket_id, checklist_id, place, id);
CREATE INDEX task_checklist ON task (checklist_id);
CREATE INDEX task_after ON task (after_id);
CREATE INDEX task_owner ON task (owner_id, due_at, id) WHERE done_at IS NULL;
CREATE INDEX task_team ON task (team_id, due_at, id) WHERE done_at IS NULL;
-- only sqlite
INSERT INTO counter (kind, value) VALUES ('checklist', 0), ('task', 0);
-- end
-- only postgres
CREATE SEQUENCE id_checklist CACHE 1;
CREATE SEQUENCE id_task CACHE 1;
-- end
