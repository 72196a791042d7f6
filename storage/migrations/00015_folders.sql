-- Workflows stand in folders by their names; '' is outside of all. A folder is
-- there as long as a workflow is in it.
ALTER TABLE workflows ADD COLUMN folder TEXT NOT NULL DEFAULT '';
