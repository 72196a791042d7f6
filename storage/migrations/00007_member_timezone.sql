-- Each person reads times in a zone of their own: an IANA name, '' for that of
-- the browser.
ALTER TABLE users ADD COLUMN timezone TEXT NOT NULL DEFAULT '';
