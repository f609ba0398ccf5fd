-- Events taken by a subscription that may take only so many.
ALTER TABLE subscription ADD COLUMN taken BIGINT NOT NULL DEFAULT 0;

-- Subscriptions that a file declares; only the file changes them.
CREATE TABLE subscription_declared (
    subscription_id TEXT PRIMARY KEY
);

-- After a resume so many per second go out, until what waited then, up to that place, has gone.
CREATE TABLE delivery_release (
    subscription TEXT PRIMARY KEY,
    rate INTEGER NOT NULL,
    place BIGINT NOT NULL
);
