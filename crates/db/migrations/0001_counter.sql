-- One number space per kind of record; a kind that arrives later brings its own line.
-- only sqlite
CREATE TABLE counter (kind TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO counter (kind, value) VALUES
    ('account', 0),
    ('attachment', 0),
    ('batch', 0),
    ('draft', 0),
    ('event', 0),
    ('file', 0),
    ('job', 0),
    ('location', 0),
    ('message', 0),
    ('organisation', 0),
    ('person', 0),
    ('service', 0),
    ('setting', 0),
    ('team', 0),
    ('text', 0),
    ('ticket', 0),
    ('token', 0),
    ('view', 0);
-- end
-- only postgres
CREATE SEQUENCE id_account CACHE 1;
CREATE SEQUENCE id_attachment CACHE 1;
CREATE SEQUENCE id_batch CACHE 1;
CREATE SEQUENCE id_draft CACHE 1;
CREATE SEQUENCE id_event CACHE 1;
CREATE SEQUENCE id_file CACHE 1;
CREATE SEQUENCE id_job CACHE 1;
CREATE SEQUENCE id_location CACHE 1;
CREATE SEQUENCE id_message CACHE 1;
CREATE SEQUENCE id_organisation CACHE 1;
CREATE SEQUENCE id_person CACHE 1;
CREATE SEQUENCE id_service CACHE 1;
CREATE SEQUENCE id_setting CACHE 1;
CREATE SEQUENCE id_team CACHE 1;
CREATE SEQUENCE id_text CACHE 1;
CREATE SEQUENCE id_ticket CACHE 1;
CREATE SEQUENCE id_token CACHE 1;
CREATE SEQUENCE id_view CACHE 1;
-- end

-- Facts of this installation: its own id, the epoch of the event feed, the version that wrote last.
CREATE TABLE installation (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO installation (name, value) VALUES ('epoch', '1');
