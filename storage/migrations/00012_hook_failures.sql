-- How many attempts of deliveries to a hook failed since the last one that
-- succeeded.
ALTER TABLE hooks ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
