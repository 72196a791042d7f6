-- A sandbox keeps what its workspace would send: calls of steps and hooks, and
-- e-mails.
ALTER TABLE workspaces ADD COLUMN sandbox BOOL NOT NULL DEFAULT FALSE;
