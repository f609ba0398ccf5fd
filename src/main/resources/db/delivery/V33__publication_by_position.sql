-- Ids are hashes: an index that begins with them is written all over, a page for each event. Positions grow, so that
-- what is published one after the other lies side by side.
DROP INDEX publication_event;
CREATE UNIQUE INDEX publication_event ON publication (channel, position, event_id, source);
