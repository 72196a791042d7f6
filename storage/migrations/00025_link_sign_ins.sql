-- link_id is the client's link by which somebody without an account signs a
-- connection in; '' where a user does.
ALTER TABLE consents ADD COLUMN link_id TEXT NOT NULL DEFAULT '';
