-- Fewer things to write for each webhook. What a step of a run did is found by
-- the run and its replays, which are few, and not by a key of its own. Numbers are
-- drawn by requests to offers' addresses, which have a table of their own.

DROP INDEX run_steps_effect;
ALTER TABLE run_steps ADD COLUMN did BOOL NOT NULL DEFAULT FALSE;
UPDATE run_steps SET did = TRUE WHERE effect IS NOT NULL;
ALTER TABLE run_steps DROP COLUMN effect;
ALTER TABLE run_steps RENAME COLUMN did TO effect;
CREATE INDEX runs_root ON runs (workspace_id, root_run) WHERE replay_of <> '';

-- PostgreSQL looks a foreign key up by a query of its own for each row, which
-- took 40 % of what a webhook costs. What these point to is never deleted but
-- together with what points to it, and the tests prove on SQLite, where they
-- stay, that no statement breaks them. Keys of blobs and contacts stay: most rows
-- have none.
-- only: postgres
ALTER TABLE requests DROP COLUMN number, DROP CONSTRAINT requests_workspace_id_workflow_id_fkey;
ALTER TABLE runs DROP CONSTRAINT runs_workspace_id_workflow_id_fkey, DROP CONSTRAINT runs_workspace_id_definition_fkey;
ALTER TABLE run_steps DROP CONSTRAINT run_steps_workspace_id_run_id_fkey;
-- end
-- only: sqlite
CREATE TABLE requests_new (
    workspace_id TEXT NOT NULL,
    id           TEXT NOT NULL,
    workflow_id  TEXT NOT NULL,
    trigger_id   TEXT NOT NULL,
    verdict      TEXT NOT NULL,
    reason       TEXT NOT NULL DEFAULT '',
    fields       BLOB,
    method       TEXT NOT NULL DEFAULT '',
    path         TEXT NOT NULL DEFAULT '',
    query        TEXT NOT NULL DEFAULT '',
    header       BLOB,
    content_type TEXT NOT NULL DEFAULT '',
    body         BLOB,
    body_blob    BLOB,
    size         INTEGER NOT NULL DEFAULT 0,
    ip           TEXT NOT NULL DEFAULT '',
    test         BOOL NOT NULL,
    status       INTEGER NOT NULL DEFAULT 0,
    run_ids      TEXT NOT NULL DEFAULT '',
    duplicate_of TEXT NOT NULL DEFAULT '',
    notes        BLOB,
    count        INTEGER NOT NULL DEFAULT 1,
    received_at  INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, workflow_id) REFERENCES workflows (workspace_id, id),
    FOREIGN KEY (workspace_id, body_blob) REFERENCES blobs (workspace_id, sha256)
) STRICT;
INSERT INTO requests_new SELECT workspace_id, id, workflow_id, trigger_id, verdict, reason, fields, method, path, query, header,
    content_type, body, body_blob, size, ip, test, status, run_ids, duplicate_of, notes, count, received_at FROM requests;
DROP TABLE requests;
ALTER TABLE requests_new RENAME TO requests;
CREATE INDEX requests_workflow ON requests (workspace_id, workflow_id, id) WHERE workflow_id <> '';
CREATE INDEX requests_verdict ON requests (workspace_id, verdict, id) WHERE verdict <> 'accepted';
CREATE INDEX requests_held ON requests (workspace_id, workflow_id, id) WHERE verdict = 'held' AND run_ids = '';
CREATE INDEX requests_blob ON requests (workspace_id, body_blob) WHERE body_blob IS NOT NULL;
-- end
