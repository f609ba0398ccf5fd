-- A subscription as it was asked for, and where it stands. Times are milliseconds since 1970.
CREATE TABLE subscription (
    id                   TEXT PRIMARY KEY,
    request              TEXT NOT NULL,
    credential           ${blob},
    state                TEXT NOT NULL,
    reason               TEXT NOT NULL,
    created_at           BIGINT NOT NULL,
    start_position       BIGINT NOT NULL,
    publication_boundary BIGINT,
    rate_ceiling         BIGINT NOT NULL
);

-- Its signing secrets, sealed; the one without an end is the current one.
CREATE TABLE subscription_secret (
    subscription_id TEXT NOT NULL,
    number          BIGINT NOT NULL,
    sealed          ${blob} NOT NULL,
    expires_at      BIGINT,
    PRIMARY KEY (subscription_id, number)
);

-- What a sink was asked for, by the digest of the key in its callback address, and the rate per minute that it granted
-- (0: any; absent: no consent yet).
CREATE TABLE subscription_consent (
    digest          TEXT PRIMARY KEY,
    subscription_id TEXT NOT NULL,
    sink            TEXT NOT NULL,
    requested_rate  BIGINT NOT NULL,
    granted_rate    BIGINT,
    asked_at        BIGINT NOT NULL
);

CREATE INDEX subscription_consent_by_subscription ON subscription_consent (subscription_id);
