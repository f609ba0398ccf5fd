-- An event is named by source and id: the ids of two strangers may be the same.
ALTER TABLE delivery ADD COLUMN source TEXT NOT NULL DEFAULT '';
UPDATE delivery SET source = COALESCE((SELECT MAX(publication.source) FROM publication
    WHERE publication.channel = delivery.channel AND publication.event_id = delivery.event_id), '')
WHERE finished IS NULL OR state = 'dead';

-- The attempt of a delivery that succeeded at once, so that it costs one row; all others are in delivery_attempt.
ALTER TABLE delivery ADD COLUMN sent_time BIGINT;
ALTER TABLE delivery ADD COLUMN sent_duration BIGINT;
ALTER TABLE delivery ADD COLUMN sent_dns BIGINT;
ALTER TABLE delivery ADD COLUMN sent_connect BIGINT;
ALTER TABLE delivery ADD COLUMN sent_first_byte BIGINT;
ALTER TABLE delivery ADD COLUMN sent_status INTEGER;
ALTER TABLE delivery ADD COLUMN sent_head TEXT;
