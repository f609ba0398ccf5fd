-- Read models. One that is rebuilt has two generations for a while: the live one, and the one that is being built.
-- members: the declared members, one a line, in the order of k0 to k7. position: the highest that was written.
-- watermark: every change up to it that belongs to the view is in it.
CREATE TABLE view_generation (
    id ${identity},
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    members TEXT NOT NULL,
    position BIGINT NOT NULL,
    watermark BIGINT NOT NULL
);
CREATE UNIQUE INDEX view_generation_live ON view_generation (name) WHERE state = 'live';

-- One row per item, also when it is gone (a tombstone) or its last state is not known. k0 to k7: the declared members of a
-- present item, encoded so that bytes sort as values do. Times are nanoseconds since 1970-01-01T00:00:00Z.
CREATE TABLE view_item (
    id ${identity},
    generation BIGINT NOT NULL,
    subject TEXT NOT NULL,
    source TEXT NOT NULL,
    scope TEXT NOT NULL,
    segment TEXT NOT NULL,
    revision BIGINT NOT NULL,
    position BIGINT NOT NULL,
    time BIGINT NOT NULL,
    kind TEXT NOT NULL,
    etag TEXT,
    state ${blob},
    k0 ${blob},
    k1 ${blob},
    k2 ${blob},
    k3 ${blob},
    k4 ${blob},
    k5 ${blob},
    k6 ${blob},
    k7 ${blob},
    UNIQUE (generation, subject, source, scope)
);
CREATE INDEX view_item_segment ON view_item (generation, segment);
CREATE INDEX view_item_present ON view_item (generation, scope, id) WHERE kind = 'present';
CREATE INDEX view_item_k0 ON view_item (generation, scope, k0, id) WHERE k0 IS NOT NULL;
CREATE INDEX view_item_k1 ON view_item (generation, scope, k1, id) WHERE k1 IS NOT NULL;
CREATE INDEX view_item_k2 ON view_item (generation, scope, k2, id) WHERE k2 IS NOT NULL;
CREATE INDEX view_item_k3 ON view_item (generation, scope, k3, id) WHERE k3 IS NOT NULL;
CREATE INDEX view_item_k4 ON view_item (generation, scope, k4, id) WHERE k4 IS NOT NULL;
CREATE INDEX view_item_k5 ON view_item (generation, scope, k5, id) WHERE k5 IS NOT NULL;
CREATE INDEX view_item_k6 ON view_item (generation, scope, k6, id) WHERE k6 IS NOT NULL;
CREATE INDEX view_item_k7 ON view_item (generation, scope, k7, id) WHERE k7 IS NOT NULL;
