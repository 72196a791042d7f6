-- Pushes bring a new version of a template to its clones. The rules of every table
-- are told in 00001, why indexes carry conditions in 00004.

-- A push belongs to the template's home. canary_clones is how many clients it
-- begins with, 0 for all at once; canary_runs how many runs must have finished
-- there, and canary_increase by how many hundredths of a percentage point their
-- error rate may be higher than before. passed tells that it goes on to the rest.
-- owner is the process that works on it, until leased_until.
CREATE TABLE pushes (
    workspace_id    TEXT NOT NULL,
    id              TEXT NOT NULL,
    template_id     TEXT NOT NULL,
    version         INTEGER NOT NULL,
    state           TEXT NOT NULL,
    reason          TEXT NOT NULL DEFAULT '',
    canary_clones   INTEGER NOT NULL DEFAULT 0,
    canary_runs     INTEGER NOT NULL DEFAULT 0,
    canary_increase INTEGER NOT NULL DEFAULT 0,
    passed          INTEGER NOT NULL DEFAULT 0,
    owner           TEXT NOT NULL DEFAULT '',
    leased_until    INTEGER NOT NULL DEFAULT 0,
    created_by      TEXT NOT NULL DEFAULT '',
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    finished_at     INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, template_id) REFERENCES templates (workspace_id, id)
) STRICT;
CREATE INDEX pushes_template ON pushes (workspace_id, template_id, id);
CREATE INDEX pushes_open ON pushes (id) WHERE finished_at = 0;

-- What becomes of one clone. workspace_id is the client's, home the template's.
-- before and after tell where the clone stood, by the hashes of its definitions:
-- before is what a rollback gives back. conflicts and removed list what a person
-- has to decide on; open counts the conflicts. choices and inputs are what they
-- decided.
CREATE TABLE push_clones (
    workspace_id TEXT NOT NULL,
    push_id      TEXT NOT NULL,
    clone_id     TEXT NOT NULL,
    home         TEXT NOT NULL,
    template_id  TEXT NOT NULL,
    position     INTEGER NOT NULL,
    canary       INTEGER NOT NULL DEFAULT 0,
    state        TEXT NOT NULL,
    reason       TEXT NOT NULL DEFAULT '',
    before       BLOB,
    after        BLOB,
    conflicts    BLOB,
    open         INTEGER NOT NULL DEFAULT 0,
    choices      BLOB,
    inputs       BLOB,
    removed      BLOB,
    updated_at   INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, push_id, clone_id),
    FOREIGN KEY (workspace_id, clone_id) REFERENCES clones (workspace_id, id),
    FOREIGN KEY (home, push_id) REFERENCES pushes (workspace_id, id)
) STRICT;
CREATE INDEX push_clones_push ON push_clones (push_id, position);
CREATE INDEX push_clones_clone ON push_clones (clone_id, push_id);
CREATE INDEX push_clones_template ON push_clones (home, template_id, clone_id, push_id);
