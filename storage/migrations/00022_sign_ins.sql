-- Tokens of connections that sign in with OAuth. The rules of every table are told
-- in 00001.

-- sealed holds the tokens. generation grows with each change of them, and is part
-- of where they are sealed. holder may renew them until held_until by the database's
-- clock: a refresh token that the service rotates must be used once.
CREATE TABLE sign_ins (
    workspace_id  TEXT NOT NULL,
    connection_id TEXT NOT NULL,
    status        TEXT NOT NULL,
    reason        TEXT NOT NULL DEFAULT '',
    sealed        BLOB,
    scope         TEXT NOT NULL DEFAULT '',
    generation    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL DEFAULT 0,
    renewed_at    INTEGER NOT NULL DEFAULT 0,
    connected_at  INTEGER NOT NULL DEFAULT 0,
    lost_at       INTEGER NOT NULL DEFAULT 0,
    holder        TEXT NOT NULL DEFAULT '',
    held_until    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, connection_id),
    FOREIGN KEY (workspace_id, connection_id) REFERENCES connections (workspace_id, id)
) STRICT;

-- A sign-in under way, found by the SHA-256 of its state. browser is the SHA-256 of
-- the cookie that the browser got which began it. It is deleted when it is used.
CREATE TABLE consents (
    hash          BLOB NOT NULL PRIMARY KEY,
    workspace_id  TEXT NOT NULL,
    connection_id TEXT NOT NULL,
    browser       BLOB NOT NULL,
    user_id       TEXT NOT NULL DEFAULT '',
    sealed        BLOB NOT NULL,
    redirect_url  TEXT NOT NULL,
    back          TEXT NOT NULL DEFAULT '',
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    FOREIGN KEY (workspace_id, connection_id) REFERENCES connections (workspace_id, id)
) STRICT;
CREATE INDEX consents_expiry ON consents (expires_at);
