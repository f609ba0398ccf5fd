-- Times are nanoseconds since 1970-01-01T00:00:00Z.

-- Calls that may have gone out and whose end is not written yet; the row goes when the call is settled.
CREATE TABLE intent (
    id ${identity},
    draft ${blob} NOT NULL
);

-- One row per item: its last revision, where that is, and the digest of its last state when that is kept.
CREATE TABLE item (
    id ${identity},
    subject TEXT NOT NULL,
    source TEXT NOT NULL,
    scope TEXT NOT NULL,
    revision BIGINT NOT NULL,
    position BIGINT NOT NULL,
    digest TEXT,
    UNIQUE (subject, source, scope)
);

-- The ledger. before_position: the before-image is the after-image of that change, and is not kept twice.
CREATE TABLE change (
    position ${key},
    item BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    resource TEXT NOT NULL,
    action TEXT NOT NULL,
    time BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    intent BIGINT,
    head ${blob} NOT NULL,
    patch ${blob},
    inverse ${blob},
    before_position BIGINT,
    before_image ${blob},
    after_image ${blob},
    UNIQUE (item, revision)
);
CREATE INDEX change_resource ON change (resource, position);
CREATE INDEX change_unknown ON change (position) WHERE outcome = 'unknown';

-- How far each route has come.
CREATE TABLE relay (
    route TEXT NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL
);

-- Changes that a route could not handle.
CREATE TABLE parked (
    route TEXT NOT NULL,
    position BIGINT NOT NULL,
    subject TEXT NOT NULL,
    reason TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    time BIGINT NOT NULL,
    PRIMARY KEY (route, position)
);
