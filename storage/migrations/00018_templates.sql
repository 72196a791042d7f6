-- Templates that people made, and what was cloned of them. The rules of every
-- table are told in 00001, why indexes carry conditions in 00004.

-- A template belongs to the workspace that it was made in. latest is the number of
-- its newest version, 0 before the first. recipe is how it was made: which
-- workflows it comes from, and which of their values each input stands for. It
-- never leaves the workspace; '' for one that came as a file.
CREATE TABLE templates (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    id           TEXT NOT NULL,
    name         TEXT NOT NULL,
    summary      TEXT NOT NULL DEFAULT '',
    latest       INTEGER NOT NULL DEFAULT 0,
    recipe       BLOB,
    created_by   TEXT NOT NULL DEFAULT '',
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    deleted_at   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, id)
) STRICT;

-- A version never changes. file is the template file as it is exported, hash its
-- SHA-256 in hexadecimal.
CREATE TABLE template_versions (
    workspace_id TEXT NOT NULL,
    template_id  TEXT NOT NULL,
    number       INTEGER NOT NULL,
    file         BLOB NOT NULL,
    hash         TEXT NOT NULL,
    notes        TEXT NOT NULL DEFAULT '',
    created_by   TEXT NOT NULL DEFAULT '',
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, template_id, number),
    FOREIGN KEY (workspace_id, template_id) REFERENCES templates (workspace_id, id)
) STRICT;

-- Whoever has the token of a link may look at the template's newest version,
-- found by the token's SHA-256.
CREATE TABLE template_links (
    hash         BLOB NOT NULL PRIMARY KEY,
    workspace_id TEXT NOT NULL,
    id           TEXT NOT NULL,
    template_id  TEXT NOT NULL,
    created_by   TEXT NOT NULL DEFAULT '',
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    revoked_at   INTEGER NOT NULL DEFAULT 0,
    FOREIGN KEY (workspace_id, template_id) REFERENCES templates (workspace_id, id)
) STRICT;
CREATE INDEX template_links_template ON template_links (workspace_id, template_id, id);

-- A clone is one use of a template in the workspace of a client, which is
-- workspace_id. template_workspace is the template's home. inputs are what it was
-- filled in with, by the keys of its inputs, without secrets. deleted_at is when
-- it was let go of: its workflows stay, as ones that were made by hand.
CREATE TABLE clones (
    workspace_id       TEXT NOT NULL REFERENCES workspaces (id),
    id                 TEXT NOT NULL,
    template_workspace TEXT NOT NULL,
    template_id        TEXT NOT NULL,
    version            INTEGER NOT NULL,
    inputs             BLOB NOT NULL,
    state              TEXT NOT NULL,
    reason             TEXT NOT NULL DEFAULT '',
    created_by         TEXT NOT NULL DEFAULT '',
    created_at         INTEGER NOT NULL,
    updated_at         INTEGER NOT NULL,
    deleted_at         INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, id)
) STRICT;
CREATE INDEX clones_template ON clones (template_workspace, template_id, id) WHERE deleted_at = 0;

-- key is the workflow's in the template's file. base_hash names the definition as
-- the template made it, filled in and without secrets, which later versions are
-- compared with. first_event_at is 0 until something was received.
CREATE TABLE clone_workflows (
    workspace_id   TEXT NOT NULL,
    clone_id       TEXT NOT NULL,
    key            TEXT NOT NULL,
    workflow_id    TEXT NOT NULL,
    base_hash      TEXT NOT NULL,
    first_event_at INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, clone_id, key),
    FOREIGN KEY (workspace_id, clone_id) REFERENCES clones (workspace_id, id),
    FOREIGN KEY (workspace_id, workflow_id) REFERENCES workflows (workspace_id, id)
) STRICT;
CREATE INDEX clone_workflows_workflow ON clone_workflows (workspace_id, workflow_id);
-- Clones of one template stand in many workspaces.
CREATE INDEX clone_workflows_clone ON clone_workflows (clone_id);
