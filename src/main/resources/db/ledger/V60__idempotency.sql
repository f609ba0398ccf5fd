-- Idempotency keys of captured writes. owner: a hash of credential, method, target and key. A row is written with the
-- intent and ends with it: replied (the reply is kept), settled (only the outcome is known), or gone (nothing was applied).
CREATE TABLE idempotency (
    owner TEXT NOT NULL PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    state TEXT NOT NULL,
    intent BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    status INTEGER,
    head ${blob},
    body ${blob},
    position BIGINT
);
CREATE INDEX idempotency_expires ON idempotency (expires);
