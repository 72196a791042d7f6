-- Events whose deliveries to hooks are not stored yet. They are marked before the
-- event counts as consumed, and stored by a loop of their own: a thousand hooks
-- must not stand before the runs of the next event.
ALTER TABLE events ADD COLUMN deliver BOOL NOT NULL DEFAULT FALSE;
CREATE INDEX events_deliver ON events (id) WHERE deliver;
