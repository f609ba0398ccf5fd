-- Retention removes an item's oldest changes, never its last one: revisions up to this one are gone.
ALTER TABLE item ADD COLUMN trimmed BIGINT NOT NULL DEFAULT 0;
