-- Workflows, what they may use, and where their triggers are reached.

-- A workflow in the trash has deleted_at; one deleted for good also purged_at,
-- and stays as an empty row so that its addresses go on answering 410.
CREATE TABLE workflows (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    id           TEXT NOT NULL,
    name         TEXT NOT NULL,
    status       TEXT NOT NULL,
    draft        BLOB NOT NULL,
    draft_hash   TEXT NOT NULL,
    revision     INTEGER NOT NULL,
    live_version INTEGER NOT NULL DEFAULT 0,
    live_hash    TEXT NOT NULL DEFAULT '',
    stamp        INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    deleted_at   INTEGER NOT NULL DEFAULT 0,
    purged_at    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, id)
) STRICT;

-- Immutable documents by their hash; runs pin one.
CREATE TABLE definitions (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    hash         TEXT NOT NULL,
    document     BLOB NOT NULL,
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, hash)
) STRICT;

CREATE TABLE versions (
    workspace_id TEXT NOT NULL,
    workflow_id  TEXT NOT NULL,
    number       INTEGER NOT NULL,
    definition   TEXT NOT NULL,
    published_by TEXT NOT NULL DEFAULT '',
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, workflow_id, number),
    FOREIGN KEY (workspace_id, workflow_id) REFERENCES workflows (workspace_id, id),
    FOREIGN KEY (workspace_id, definition) REFERENCES definitions (workspace_id, hash)
) STRICT;

-- Triggers as the ingress and the event consumer find them. event is '' for
-- those that no event starts.
CREATE TABLE triggers (
    workspace_id TEXT NOT NULL,
    workflow_id  TEXT NOT NULL,
    id           TEXT NOT NULL,
    type         TEXT NOT NULL,
    event        TEXT NOT NULL DEFAULT '',
    enabled      BOOL NOT NULL,
    PRIMARY KEY (workspace_id, workflow_id, id),
    FOREIGN KEY (workspace_id, workflow_id) REFERENCES workflows (workspace_id, id)
) STRICT;
CREATE INDEX triggers_event ON triggers (workspace_id, event) WHERE event <> '';

-- Addresses of HTTP triggers, found by the SHA-256 of the token. sealed is the
-- token itself, encrypted. expires_at is 0 for the current one.
CREATE TABLE tokens (
    hash         BLOB NOT NULL PRIMARY KEY,
    workspace_id TEXT NOT NULL,
    workflow_id  TEXT NOT NULL,
    trigger_id   TEXT NOT NULL,
    sealed       BLOB NOT NULL,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL DEFAULT 0,
    last_used_at INTEGER NOT NULL DEFAULT 0,
    FOREIGN KEY (workspace_id, workflow_id) REFERENCES workflows (workspace_id, id)
) STRICT;
CREATE INDEX tokens_workflow ON tokens (workspace_id, workflow_id);

-- owner is the id of the workflow or connection that the secret belongs to.
CREATE TABLE secrets (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    id           TEXT NOT NULL,
    owner        TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id)
) STRICT;
CREATE INDEX secrets_owner ON secrets (workspace_id, owner) WHERE owner <> '';

-- valid_until is 0 for the newest value and the end of the overlap for older
-- ones.
CREATE TABLE secret_versions (
    workspace_id TEXT NOT NULL,
    secret_id    TEXT NOT NULL,
    number       INTEGER NOT NULL,
    sealed       BLOB NOT NULL,
    valid_until  INTEGER NOT NULL DEFAULT 0,
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, secret_id, number),
    FOREIGN KEY (workspace_id, secret_id) REFERENCES secrets (workspace_id, id)
) STRICT;

CREATE TABLE connections (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    id           TEXT NOT NULL,
    type         TEXT NOT NULL,
    name         TEXT NOT NULL,
    params       BLOB NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    deleted_at   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, id)
) STRICT;

CREATE TABLE custom_values (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    id           TEXT NOT NULL,
    key          TEXT NOT NULL,
    name         TEXT NOT NULL,
    value        BLOB NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, key)
) STRICT;
