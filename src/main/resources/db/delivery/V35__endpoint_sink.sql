-- The sink that pause and failures are of. When the subscription has another one at the start, the gateway was killed
-- before it could forget them; null: of an older version, which did not tell.
ALTER TABLE delivery_endpoint ADD COLUMN sink TEXT;
