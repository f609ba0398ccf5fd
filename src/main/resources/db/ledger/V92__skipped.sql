-- Parked changes that an operator gave up for a route. parked: when it was parked; time: when it was given up. A row goes
-- with its change, when retention takes that.
CREATE TABLE skipped (
    route TEXT NOT NULL,
    position BIGINT NOT NULL,
    subject TEXT NOT NULL,
    reason TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    parked BIGINT NOT NULL,
    time BIGINT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (route, position)
);
