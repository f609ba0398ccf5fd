-- Names of deliveries are kept for a time only; the changes stay.
ALTER TABLE receipt ADD COLUMN time BIGINT NOT NULL DEFAULT 0;
UPDATE receipt SET time = COALESCE((SELECT c.time FROM change c WHERE c.position = receipt.position), 0);
CREATE INDEX receipt_time ON receipt (time);
