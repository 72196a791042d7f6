-- Who may do what: the installation, its workspaces, people and keys.
--
-- The rules of every table, see ARCHITECTURE.md:
--   * Ids are text such as run_0198c5d4-...; UUIDv7 inside, so they sort by time.
--   * Times are microseconds since 1970 UTC; 0 means never.
--   * What belongs to a workspace has the key (workspace_id, id), and foreign
--     keys name both, so that a row can't point into another workspace.
--   * JSON is kept as bytes: a text column of PostgreSQL refuses some of it.
--   * number is unique over the installation and drawn from one counter a kind.

CREATE TABLE instance (
    name  TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;

-- only: sqlite
CREATE TABLE counters (
    name  TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;
-- end

-- only: postgres
CREATE SEQUENCE number_workspaces;
CREATE SEQUENCE number_contacts;
CREATE SEQUENCE number_tags;
CREATE SEQUENCE number_offers;
CREATE SEQUENCE number_requests;
CREATE SEQUENCE number_forms;
CREATE SEQUENCE number_hooks;
CREATE SEQUENCE number_purchases;
CREATE SEQUENCE number_payments;
CREATE SEQUENCE number_orders;
CREATE SEQUENCE number_order_items;
CREATE SEQUENCE number_submissions;
-- end

CREATE TABLE workspaces (
    id              TEXT NOT NULL PRIMARY KEY,
    number          INTEGER NOT NULL UNIQUE,
    name            TEXT NOT NULL,
    slug            TEXT NOT NULL,
    timezone        TEXT NOT NULL DEFAULT '',
    locale          TEXT NOT NULL DEFAULT '',
    currency        TEXT NOT NULL DEFAULT '',
    default_country TEXT NOT NULL DEFAULT '',
    sender_name     TEXT NOT NULL DEFAULT '',
    sender_email    TEXT NOT NULL DEFAULT '',
    features        BLOB,
    limits          BLOB,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    deleted_at      INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX workspaces_slug ON workspaces (slug) WHERE deleted_at = 0;

-- One key a workspace encrypts its secrets; it is kept wrapped by the
-- installation's key. An older one stays until nothing is sealed with it.
CREATE TABLE data_keys (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    id           TEXT NOT NULL,
    wrapped      BLOB NOT NULL,
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id)
) STRICT;

-- email is '' for the service owner of a bootstrap key.
CREATE TABLE users (
    id                  TEXT NOT NULL PRIMARY KEY,
    email               TEXT NOT NULL,
    name                TEXT NOT NULL DEFAULT '',
    password_hash       TEXT NOT NULL DEFAULT '',
    password_changed_at INTEGER NOT NULL DEFAULT 0,
    created_at          INTEGER NOT NULL,
    disabled_at         INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX users_email ON users (email) WHERE email <> '';

-- A membership without a workspace counts in all, those to come included.
CREATE TABLE memberships (
    user_id      TEXT NOT NULL REFERENCES users (id),
    workspace_id TEXT REFERENCES workspaces (id),
    role         TEXT NOT NULL,
    created_at   INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX memberships_one ON memberships (user_id, COALESCE(workspace_id, ''));
CREATE INDEX memberships_workspace ON memberships (workspace_id);

CREATE TABLE sessions (
    id           TEXT NOT NULL PRIMARY KEY,
    user_id      TEXT NOT NULL REFERENCES users (id),
    hash         BLOB NOT NULL UNIQUE,
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    revoked_at   INTEGER NOT NULL DEFAULT 0,
    ip           TEXT NOT NULL DEFAULT '',
    user_agent   TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX sessions_user ON sessions (user_id);

-- A key without a workspace counts in all.
CREATE TABLE api_keys (
    id           TEXT NOT NULL PRIMARY KEY,
    workspace_id TEXT REFERENCES workspaces (id),
    created_by   TEXT NOT NULL REFERENCES users (id),
    name         TEXT NOT NULL,
    prefix       TEXT NOT NULL,
    hash         BLOB NOT NULL UNIQUE,
    scopes       BLOB NOT NULL,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL DEFAULT 0,
    revoked_at   INTEGER NOT NULL DEFAULT 0,
    last_used_at INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX api_keys_workspace ON api_keys (workspace_id, id);

-- One-time links: the first owner's set-up, a new password.
CREATE TABLE setup_links (
    id         TEXT NOT NULL PRIMARY KEY,
    purpose    TEXT NOT NULL,
    user_id    TEXT REFERENCES users (id),
    hash       BLOB NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What was done, by whom. workspace_id is NULL for the installation's own.
CREATE TABLE audit (
    id           TEXT NOT NULL PRIMARY KEY,
    workspace_id TEXT REFERENCES workspaces (id),
    actor_id     TEXT NOT NULL,
    actor_name   TEXT NOT NULL,
    action       TEXT NOT NULL,
    object_kind  TEXT NOT NULL DEFAULT '',
    object_id    TEXT NOT NULL DEFAULT '',
    detail       BLOB,
    ip           TEXT NOT NULL DEFAULT '',
    at           INTEGER NOT NULL
) STRICT;
CREATE INDEX audit_workspace ON audit (workspace_id, id);

-- Answers to POSTs with an Idempotency-Key, kept 24 hours. status is 0 while
-- the first request is under way.
CREATE TABLE idempotency (
    scope       TEXT NOT NULL,
    key         BLOB NOT NULL,
    fingerprint BLOB NOT NULL,
    status      INTEGER NOT NULL DEFAULT 0,
    header      BLOB,
    body        BLOB,
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    PRIMARY KEY (scope, key)
) STRICT;
CREATE INDEX idempotency_expiry ON idempotency (expires_at);

CREATE TABLE jobs (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    id           TEXT NOT NULL,
    kind         TEXT NOT NULL,
    status       TEXT NOT NULL,
    input        BLOB,
    total        INTEGER NOT NULL DEFAULT 0,
    done         INTEGER NOT NULL DEFAULT 0,
    failed       INTEGER NOT NULL DEFAULT 0,
    result       BLOB,
    created_by   TEXT NOT NULL DEFAULT '',
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    finished_at  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, id)
) STRICT;
CREATE INDEX jobs_unfinished ON jobs (id) WHERE finished_at = 0;
