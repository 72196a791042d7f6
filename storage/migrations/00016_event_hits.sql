-- An event ends at most what a run waited for when it came: the wait that the run
-- goes on to is not ended by the same one, however often it is told.
CREATE TABLE event_hits (
    workspace_id TEXT NOT NULL,
    run_id       TEXT NOT NULL,
    event_id     TEXT NOT NULL,
    PRIMARY KEY (workspace_id, run_id, event_id)
) STRICT, WITHOUT ROWID;

-- Contacts are erased by these, whatever the state of their waits.
CREATE INDEX entries_contact ON entries (workspace_id, contact_id);
CREATE INDEX event_waits_contact ON event_waits (workspace_id, contact_id);
