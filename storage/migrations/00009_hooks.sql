-- Subscriptions of outside addresses to events, their deliveries, and tokens of
-- the API that speaks as Kajabi's. The rules of every table are told in 00001,
-- why indexes carry conditions in 00004.

-- resource is the id of the only thing whose events are sent, '' for all;
-- resource_number is its number. cart narrows order.created: 1 to cart orders, 2
-- to others. failing_since is 0 while deliveries succeed.
CREATE TABLE hooks (
    workspace_id    TEXT NOT NULL REFERENCES workspaces (id),
    id              TEXT NOT NULL,
    number          INTEGER NOT NULL UNIQUE,
    name            TEXT NOT NULL DEFAULT '',
    event           TEXT NOT NULL,
    url             TEXT NOT NULL,
    resource        TEXT NOT NULL DEFAULT '',
    resource_number INTEGER NOT NULL DEFAULT 0,
    cart            INTEGER NOT NULL DEFAULT 0,
    format          TEXT NOT NULL,
    place           TEXT NOT NULL DEFAULT '',
    secret_id       TEXT NOT NULL DEFAULT '',
    status          TEXT NOT NULL,
    reason          TEXT NOT NULL DEFAULT '',
    last_success_at INTEGER NOT NULL DEFAULT 0,
    last_failure_at INTEGER NOT NULL DEFAULT 0,
    failing_since   INTEGER NOT NULL DEFAULT 0,
    next_try_at     INTEGER NOT NULL DEFAULT 0,
    last_status     INTEGER NOT NULL DEFAULT 0,
    last_error      TEXT NOT NULL DEFAULT '',
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    deleted_at      INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, id)
) STRICT;
CREATE INDEX hooks_event ON hooks (workspace_id, event, id) WHERE deleted_at = 0 AND event <> '';
-- place names the one field of a page that a hook stands in, such as an offer's.
CREATE UNIQUE INDEX hooks_place ON hooks (workspace_id, place) WHERE deleted_at = 0 AND place <> '';

-- A delivery is a run of no workflow; its trigger is the hook.
CREATE UNIQUE INDEX runs_delivery ON runs (workspace_id, event_id, trigger_id) WHERE kind = 'delivery' AND event_id <> '';
CREATE INDEX runs_hook ON runs (workspace_id, trigger_id, id) WHERE kind = 'delivery' AND trigger_id <> '';
CREATE INDEX runs_deliveries ON runs (workspace_id, id) WHERE kind = 'delivery' AND id <> '';

-- Access and refresh tokens that stand for an API key, found by their SHA-256.
-- They end with the key.
CREATE TABLE key_tokens (
    hash       BLOB NOT NULL PRIMARY KEY,
    key_id     TEXT NOT NULL REFERENCES api_keys (id),
    kind       TEXT NOT NULL,
    pair       TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX key_tokens_pair ON key_tokens (pair) WHERE pair <> '';
CREATE INDEX key_tokens_expiry ON key_tokens (expires_at);
