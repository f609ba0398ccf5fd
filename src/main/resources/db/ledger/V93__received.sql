-- Which receipts of webhooks are whose: those at a path between two positions of the ledger belong to a route. A route
-- that goes, or goes to another path, and had not handled all of its own leaves a row.
CREATE TABLE received (
    route TEXT NOT NULL,
    path TEXT NOT NULL,
    -- Positions after this one,
    since BIGINT NOT NULL,
    -- up to this one; the largest BIGINT when there is no end.
    until BIGINT NOT NULL,
    PRIMARY KEY (route, path)
);
