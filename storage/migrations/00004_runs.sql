-- The journal: requests, the runs that they start, and every step.
--
-- These tables take nearly all writes. Each index below earns its place; ids
-- sort by time, so lists walk the primary keys backwards. Links from history to
-- history (a run's request, event or earlier run) are no foreign keys, because
-- retention ends those rows each in their own time.
--
-- An index that begins as a primary key does carries a condition, also where
-- that is always true: only queries that repeat it may use the index. PostgreSQL
-- plans a look-up by the primary key while the table is empty, finds both as
-- good, and keeps that plan. A condition with IN would make SQLite build a list
-- anew for each statement that changes the table.

-- Values over 4 KiB, compressed with zstd and stored once a workspace.
CREATE TABLE blobs (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    sha256       BLOB NOT NULL,
    size         INTEGER NOT NULL,
    zstd         BLOB NOT NULL,
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, sha256)
) STRICT;

-- number is only drawn by requests to offers' addresses. count is above 1 for
-- the one row that stands for all limited requests of a trigger's minute.
CREATE TABLE requests (
    workspace_id TEXT NOT NULL,
    id           TEXT NOT NULL,
    number       INTEGER UNIQUE,
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
CREATE INDEX requests_workflow ON requests (workspace_id, workflow_id, id) WHERE workflow_id <> '';
CREATE INDEX requests_verdict ON requests (workspace_id, verdict, id) WHERE verdict <> 'accepted';
CREATE INDEX requests_held ON requests (workspace_id, workflow_id, id) WHERE verdict = 'held' AND run_ids = '';
CREATE INDEX requests_blob ON requests (workspace_id, body_blob) WHERE body_blob IS NOT NULL;

-- key is the SHA-256 of workflow, trigger and the sender's key.
CREATE TABLE dedupe_keys (
    workspace_id TEXT NOT NULL,
    key          BLOB NOT NULL,
    request_id   TEXT NOT NULL,
    expires_at   INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX dedupe_keys_expiry ON dedupe_keys (expires_at);

-- One row for each trigger and minute in which requests were over the limit.
CREATE TABLE rate_counts (
    workspace_id TEXT NOT NULL,
    workflow_id  TEXT NOT NULL,
    trigger_id   TEXT NOT NULL,
    minute       INTEGER NOT NULL,
    request_id   TEXT NOT NULL,
    PRIMARY KEY (workspace_id, workflow_id, trigger_id, minute)
) STRICT, WITHOUT ROWID;
CREATE INDEX rate_counts_minute ON rate_counts (minute);

-- ring_at is when the reconciler may ring the run: the due time of a waiting
-- run, the last ring of a queued one.
CREATE TABLE runs (
    workspace_id TEXT NOT NULL,
    id           TEXT NOT NULL,
    kind         TEXT NOT NULL,
    mode         TEXT NOT NULL,
    workflow_id  TEXT,
    version      INTEGER NOT NULL DEFAULT 0,
    definition   TEXT NOT NULL,
    status       TEXT NOT NULL,
    end_reason   TEXT NOT NULL DEFAULT '',
    epoch        INTEGER NOT NULL,
    owner        TEXT NOT NULL DEFAULT '',
    due_at       INTEGER NOT NULL,
    ring_at      INTEGER NOT NULL,
    cursor       BLOB,
    trigger_id   TEXT NOT NULL DEFAULT '',
    input        BLOB,
    input_blob   BLOB,
    request_id   TEXT NOT NULL DEFAULT '',
    event_id     TEXT NOT NULL DEFAULT '',
    contact_id   TEXT,
    replay_of    TEXT NOT NULL DEFAULT '',
    root_run     TEXT NOT NULL,
    parent_run   TEXT NOT NULL DEFAULT '',
    cause_run    TEXT NOT NULL DEFAULT '',
    depth        INTEGER NOT NULL DEFAULT 0,
    ordering_key TEXT NOT NULL DEFAULT '',
    priority     INTEGER NOT NULL DEFAULT 0,
    until_step   TEXT NOT NULL DEFAULT '',
    error        BLOB,
    created_at   INTEGER NOT NULL,
    started_at   INTEGER NOT NULL DEFAULT 0,
    finished_at  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, workflow_id) REFERENCES workflows (workspace_id, id),
    FOREIGN KEY (workspace_id, definition) REFERENCES definitions (workspace_id, hash),
    FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts (workspace_id, id),
    FOREIGN KEY (workspace_id, input_blob) REFERENCES blobs (workspace_id, sha256)
) STRICT;
CREATE INDEX runs_workflow ON runs (workspace_id, workflow_id, id) WHERE workflow_id IS NOT NULL;
CREATE INDEX runs_contact ON runs (workspace_id, contact_id, id) WHERE contact_id IS NOT NULL;
CREATE INDEX runs_status ON runs (workspace_id, status, id) WHERE status <> 'queued' AND status <> 'running' AND status <> 'succeeded';
CREATE INDEX runs_held ON runs (workspace_id, workflow_id, id) WHERE status = 'held';
CREATE INDEX runs_pull ON runs (workspace_id, priority DESC, due_at, id) WHERE status = 'queued';
CREATE INDEX runs_ring ON runs (ring_at) WHERE status = 'queued';
CREATE INDEX runs_due ON runs (ring_at) WHERE status = 'waiting';
CREATE INDEX runs_owner ON runs (owner) WHERE status = 'running';
CREATE UNIQUE INDEX runs_event ON runs (workspace_id, event_id, workflow_id, trigger_id) WHERE event_id <> '';
CREATE INDEX runs_blob ON runs (workspace_id, input_blob) WHERE input_blob IS NOT NULL;

CREATE TABLE run_steps (
    workspace_id TEXT NOT NULL,
    run_id       TEXT NOT NULL,
    path         TEXT NOT NULL,
    execution    INTEGER NOT NULL,
    seq          INTEGER NOT NULL,
    step_id      TEXT NOT NULL,
    type         TEXT NOT NULL,
    name         TEXT NOT NULL DEFAULT '',
    status       TEXT NOT NULL,
    port         TEXT NOT NULL DEFAULT '',
    params       BLOB,
    params_blob  BLOB,
    output       BLOB,
    output_blob  BLOB,
    error        BLOB,
    missing      BLOB,
    notes        BLOB,
    attempts     BLOB,
    effect       TEXT,
    simulated    BOOL NOT NULL,
    due_at       INTEGER NOT NULL DEFAULT 0,
    started_at   INTEGER NOT NULL DEFAULT 0,
    finished_at  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, run_id, path, execution),
    FOREIGN KEY (workspace_id, run_id) REFERENCES runs (workspace_id, id),
    FOREIGN KEY (workspace_id, params_blob) REFERENCES blobs (workspace_id, sha256),
    FOREIGN KEY (workspace_id, output_blob) REFERENCES blobs (workspace_id, sha256)
) STRICT;
CREATE INDEX run_steps_effect ON run_steps (workspace_id, effect) WHERE effect IS NOT NULL AND status = 'succeeded';
CREATE INDEX run_steps_params ON run_steps (workspace_id, params_blob) WHERE params_blob IS NOT NULL;
CREATE INDEX run_steps_output ON run_steps (workspace_id, output_blob) WHERE output_blob IS NOT NULL;

-- What happened to data, for the workflows that listen. consumed_at is 0 until
-- the runs that an event starts are stored.
CREATE TABLE events (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    id           TEXT NOT NULL,
    type         TEXT NOT NULL,
    contact_id   TEXT NOT NULL DEFAULT '',
    data         BLOB NOT NULL,
    cause_run    TEXT NOT NULL DEFAULT '',
    depth        INTEGER NOT NULL DEFAULT 0,
    occurred_at  INTEGER NOT NULL,
    consumed_at  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, id)
) STRICT;
CREATE INDEX events_pending ON events (id) WHERE consumed_at = 0;
CREATE INDEX events_contact ON events (workspace_id, contact_id, id) WHERE contact_id <> '';

-- Processes that work on runs, by the id of their boot, with a heartbeat on the
-- database's clock.
CREATE TABLE owners (
    id      TEXT NOT NULL PRIMARY KEY,
    beat_at INTEGER NOT NULL
) STRICT;
