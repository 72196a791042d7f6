-- What an agency sees and decides over all of its workspaces: usage, limits, what
-- fails where, and links by which a client fills in a connection. The rules of
-- every table are told in 00001.

-- What a workspace used in a month, which begins at month, in UTC. Runs and
-- deliveries are counted after the fact, see usage_marks.
CREATE TABLE workspace_usage (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    month        INTEGER NOT NULL,
    runs         INTEGER NOT NULL DEFAULT 0,
    deliveries   INTEGER NOT NULL DEFAULT 0,
    emails       INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, month)
) STRICT;

-- Runs with ids up to mark are counted. stamp grows whenever a run behind the
-- mark begins that was held, so that nobody counts by what they read before.
CREATE TABLE usage_marks (
    workspace_id TEXT NOT NULL PRIMARY KEY REFERENCES workspaces (id),
    mark         TEXT NOT NULL DEFAULT '',
    stamp        INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Runs that wait for their workspace's limit, not for a workflow to be resumed.
CREATE INDEX runs_over_limit ON runs (workspace_id, id) WHERE status = 'held' AND end_reason = 'limit';
-- What failed, by when: only failed runs pay for it.
CREATE INDEX runs_failures ON runs (workspace_id, finished_at)
    WHERE (status = 'failed' OR status = 'parked') AND kind = 'workflow' AND mode = 'live';
-- Names alone, so that a search over all workspaces reads no drafts.
CREATE INDEX workflows_name ON workflows (workspace_id, name, id) WHERE deleted_at = 0 AND purged_at = 0;

-- waiting_since is when a client was asked to fill the connection in, 0 when
-- nobody waits. problem says why it did not work the last time, '' when it did
-- or was not tried.
ALTER TABLE connections ADD COLUMN waiting_since INTEGER NOT NULL DEFAULT 0;
ALTER TABLE connections ADD COLUMN problem TEXT NOT NULL DEFAULT '';
ALTER TABLE connections ADD COLUMN problem_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX connections_troubled ON connections (workspace_id, id)
    WHERE deleted_at = 0 AND (waiting_since <> 0 OR problem <> '');

-- One-time links by which a client without an account fills in one connection,
-- found by the SHA-256 of their token.
CREATE TABLE client_links (
    workspace_id  TEXT NOT NULL REFERENCES workspaces (id),
    id            TEXT NOT NULL,
    connection_id TEXT NOT NULL,
    hash          BLOB NOT NULL UNIQUE,
    created_by    TEXT NOT NULL DEFAULT '',
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    used_at       INTEGER NOT NULL DEFAULT 0,
    revoked_at    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, connection_id) REFERENCES connections (workspace_id, id)
) STRICT;
CREATE INDEX client_links_connection ON client_links (workspace_id, connection_id, id);

-- Who hears of failures in any workspace; at most one row. told_at is up to when
-- failures were told, try_at when the next attempt may be made, error why the
-- last one went wrong.
CREATE TABLE agency_alerts (
    id            INTEGER NOT NULL PRIMARY KEY,
    enabled       BOOL NOT NULL,
    every_minutes INTEGER NOT NULL,
    emails        TEXT NOT NULL DEFAULT '',
    told_at       INTEGER NOT NULL DEFAULT 0,
    try_at        INTEGER NOT NULL DEFAULT 0,
    error         TEXT NOT NULL DEFAULT '',
    updated_at    INTEGER NOT NULL
) STRICT;
