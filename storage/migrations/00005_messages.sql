-- What people hand over in files, and what is told to them.

-- A file of contacts, compressed with zstd, until its import is long done.
-- report holds the rows that were refused, as CSV.
CREATE TABLE uploads (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    id           TEXT NOT NULL,
    name         TEXT NOT NULL DEFAULT '',
    content      BLOB NOT NULL,
    report       BLOB,
    job_id       TEXT NOT NULL DEFAULT '',
    created_by   TEXT NOT NULL DEFAULT '',
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id)
) STRICT;
CREATE INDEX uploads_expiry ON uploads (expires_at);

-- The outbox: e-mails and calls that tell people something. once is the same
-- for two that say the same, and makes the second impossible. A message that is
-- being sent is sending until due_at, when another process may try again.
CREATE TABLE messages (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    id           TEXT NOT NULL,
    kind         TEXT NOT NULL,
    channel      TEXT NOT NULL,
    target       TEXT NOT NULL,
    subject      TEXT NOT NULL DEFAULT '',
    body         TEXT NOT NULL DEFAULT '',
    status       TEXT NOT NULL,
    attempts     INTEGER NOT NULL DEFAULT 0,
    error        TEXT NOT NULL DEFAULT '',
    once         TEXT NOT NULL DEFAULT '',
    due_at       INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    sent_at      INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, id)
) STRICT;
CREATE UNIQUE INDEX messages_once ON messages (workspace_id, once) WHERE once <> '';
CREATE INDEX messages_due ON messages (due_at) WHERE status IN ('queued', 'sending');

-- Who hears of failures. A workspace without a row has the defaults. told_at is
-- up to when failures were told.
CREATE TABLE alerts (
    workspace_id  TEXT NOT NULL PRIMARY KEY REFERENCES workspaces (id),
    enabled       BOOL NOT NULL,
    every_minutes INTEGER NOT NULL,
    emails        TEXT NOT NULL DEFAULT '',
    webhook_url   TEXT NOT NULL DEFAULT '',
    told_at       INTEGER NOT NULL DEFAULT 0,
    updated_at    INTEGER NOT NULL
) STRICT;
