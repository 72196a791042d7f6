-- Members are invited, and what they do is kept in chains that show whether
-- anything was changed afterwards.

-- workspace_id is NULL for the agency's own people. hash is of the newest link's
-- token; invited_by is '' for the key of commands on this machine.
CREATE TABLE invitations (
    id           TEXT NOT NULL PRIMARY KEY,
    workspace_id TEXT REFERENCES workspaces (id),
    email        TEXT NOT NULL,
    role         TEXT NOT NULL,
    hash         BLOB NOT NULL UNIQUE,
    invited_by   TEXT NOT NULL DEFAULT '',
    invited_name TEXT NOT NULL DEFAULT '',
    created_at   INTEGER NOT NULL,
    sent_at      INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    accepted_at  INTEGER NOT NULL DEFAULT 0,
    revoked_at   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX invitations_open ON invitations (COALESCE(workspace_id, ''), email) WHERE accepted_at = 0 AND revoked_at = 0;
CREATE INDEX invitations_workspace ON invitations (workspace_id, id);

-- link is the token of a one-time link in an e-mail, sealed, until it was sent.
ALTER TABLE messages ADD COLUMN link BLOB;

-- Entries from before this migration have seq 0: the first entry after them holds
-- the hash of them all as its prev.
ALTER TABLE audit ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE audit ADD COLUMN prev BLOB;
ALTER TABLE audit ADD COLUMN hash BLOB;
CREATE UNIQUE INDEX audit_chain ON audit (COALESCE(workspace_id, ''), seq) WHERE seq > 0;

-- The end of each chain; workspace_id is '' for the installation's own. Whoever
-- adds an entry locks its row, and what is missing at the end shows.
CREATE TABLE audit_heads (
    workspace_id TEXT NOT NULL PRIMARY KEY,
    seq          INTEGER NOT NULL,
    hash         BLOB NOT NULL
) STRICT;

-- only: sqlite
CREATE TRIGGER audit_not_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is only added to');
END;
CREATE TRIGGER audit_not_deleted BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is only added to');
END;
-- end

-- only: postgres
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is only added to';
END;
$$;
CREATE TRIGGER audit_not_changed BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_not_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
-- end
