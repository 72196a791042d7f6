-- What triggers do by themselves: start at times, ask other services for what is
-- new, and keep their address registered there. The rules of every table are told
-- in 00001, why indexes carry conditions in 00004.

-- watch is schedule, poll or remote; '' for triggers that only wait.
ALTER TABLE triggers ADD COLUMN watch TEXT NOT NULL DEFAULT '';
CREATE INDEX triggers_watch ON triggers (workspace_id, workflow_id, id) WHERE watch <> '';

-- stamp is the state of the workflow that the row was made from: where the two
-- differ, it is made anew. rule is a fingerprint of what is watched. due_at is 0
-- while there is nothing to do. holder works on it until held_until; claim counts
-- those who did and fences what they write. state is encrypted: the cursor of a
-- poll, and what a service said of a registered address.
CREATE TABLE watches (
    workspace_id  TEXT NOT NULL,
    workflow_id   TEXT NOT NULL,
    trigger_id    TEXT NOT NULL,
    kind          TEXT NOT NULL,
    stamp         INTEGER NOT NULL,
    rule          TEXT NOT NULL,
    active        BOOL NOT NULL,
    primed        BOOL NOT NULL DEFAULT FALSE,
    due_at        INTEGER NOT NULL DEFAULT 0,
    claim         INTEGER NOT NULL DEFAULT 0,
    holder        TEXT NOT NULL DEFAULT '',
    held_until    INTEGER NOT NULL DEFAULT 0,
    state         BLOB,
    done_at       INTEGER NOT NULL DEFAULT 0,
    failures      INTEGER NOT NULL DEFAULT 0,
    failing_since INTEGER NOT NULL DEFAULT 0,
    error         TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (workspace_id, workflow_id, trigger_id),
    FOREIGN KEY (workspace_id, workflow_id) REFERENCES workflows (workspace_id, id)
) STRICT;
CREATE INDEX watches_due ON watches (due_at) WHERE due_at > 0;

-- What polls have seen, by its SHA-256. A row stays while the service still shows
-- the thing.
CREATE TABLE watch_items (
    workspace_id TEXT NOT NULL,
    workflow_id  TEXT NOT NULL,
    trigger_id   TEXT NOT NULL,
    item         BLOB NOT NULL,
    seen_at      INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, workflow_id, trigger_id, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX watch_items_seen ON watch_items (seen_at);
