-- body_at is the place in the input, counted from 1, where the body of the run's
-- request was taken out, because the request holds it; 0 where nothing was.
ALTER TABLE runs ADD COLUMN body_at INTEGER NOT NULL DEFAULT 0;
