-- A subscription as it was asked for, and where it stands. Times are milliseconds since 1970; the consented rate is
-- deliveries per minute, 0 for any.
CREATE TABLE subscription (
    id                   TEXT PRIMARY KEY,
    request              TEXT NOT NULL,
    credential           ${blob},
    state                TEXT NOT NULL,
    reason               TEXT NOT NULL,
    created_at           BIGINT NOT NULL,
    start_position       BIGINT NOT NULL,
    publication_boundary BIGINT,
    consented_sink       TEXT,
    consented_rate       BIGINT NOT NULL
);

-- Its signing secrets, sealed; the one without an end is the current one.
CREATE TABLE subscription_secret (
    subscription_id TEXT NOT NULL,
    number          BIGINT NOT NULL,
    sealed          ${blob} NOT NULL,
    expires_at      BIGINT,
    PRIMARY KEY (subscription_id, number)
);
