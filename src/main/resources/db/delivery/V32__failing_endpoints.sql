-- Since when nothing was delivered to an endpoint that is tried; null when it is well.
ALTER TABLE delivery_endpoint ADD COLUMN failing_since BIGINT;
-- TLS apart from connect; -1 for a phase that was not reached.
ALTER TABLE delivery_attempt ADD COLUMN tls BIGINT NOT NULL DEFAULT -1;
ALTER TABLE delivery ADD COLUMN sent_tls BIGINT;
-- Dead letters by themselves, to list, retry and count them; and the events that somebody still needs.
CREATE INDEX delivery_dead ON delivery (ordinal) WHERE state = 'dead';
CREATE INDEX delivery_needs ON delivery (event_id) WHERE finished IS NULL OR state = 'dead';
