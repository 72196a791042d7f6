-- How workspaces look and are called on their own domains. The rules of every table
-- are told in 00001.

-- One row a workspace; that of the agency has the workspace_id ''. The sender is the
-- agency's alone: a workspace has its own in workspaces. domain counts from proved_at
-- on, when it was seen to answer with token. trouble is why it did not when it was
-- looked at last.
CREATE TABLE brands (
    workspace_id TEXT NOT NULL PRIMARY KEY,
    name         TEXT NOT NULL DEFAULT '',
    accent       TEXT NOT NULL DEFAULT '',
    logo         TEXT NOT NULL DEFAULT '',
    sender_name  TEXT NOT NULL DEFAULT '',
    sender_email TEXT NOT NULL DEFAULT '',
    reply_to     TEXT NOT NULL DEFAULT '',
    domain       TEXT NOT NULL DEFAULT '',
    token        TEXT NOT NULL DEFAULT '',
    proved_at    INTEGER NOT NULL DEFAULT 0,
    checked_at   INTEGER NOT NULL DEFAULT 0,
    trouble      TEXT NOT NULL DEFAULT '',
    updated_at   INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX brands_domain ON brands (domain) WHERE domain <> '';

-- Images by the SHA-256 of their bytes in hex, once for all who use them.
CREATE TABLE logos (
    hash TEXT NOT NULL PRIMARY KEY,
    type TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT;

-- The workspace whose domain a session was begun on, which is all that it sees; ''
-- for one that was begun on the installation's own address.
ALTER TABLE sessions ADD COLUMN workspace_id TEXT NOT NULL DEFAULT '';
