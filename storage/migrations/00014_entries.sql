-- Who is in a workflow, and what runs wait for.

-- The run that a contact is or was in a workflow with, where the workflow asks.
-- The row is the claim: of two runs at once, one can have it.
CREATE TABLE entries (
    workspace_id TEXT NOT NULL,
    workflow_id  TEXT NOT NULL,
    contact_id   TEXT NOT NULL,
    run_id       TEXT NOT NULL,
    entered_at   INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, workflow_id, contact_id)
) STRICT, WITHOUT ROWID;

-- Events of a contact that runs wait for, at a step or with a goal. hit_at is 0
-- until the event came, which data holds then; the run is moved on after that, into branch.
CREATE TABLE event_waits (
    workspace_id TEXT NOT NULL,
    run_id       TEXT NOT NULL,
    path         TEXT NOT NULL,
    event        TEXT NOT NULL,
    contact_id   TEXT NOT NULL,
    wanted       BLOB,
    branch       TEXT NOT NULL DEFAULT '',
    goal         BOOL NOT NULL,
    since        INTEGER NOT NULL,
    hit_at       INTEGER NOT NULL DEFAULT 0,
    data         BLOB,
    PRIMARY KEY (workspace_id, run_id, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_waits_event ON event_waits (workspace_id, contact_id, event) WHERE hit_at = 0;
CREATE INDEX event_waits_hit ON event_waits (hit_at) WHERE hit_at > 0;
