-- One event for one subscription. A delivery that succeeds at once is only logged here, behind its attempt;
-- every other one is here before its event is acknowledged.
CREATE TABLE delivery (
    ordinal ${identity},
    id TEXT NOT NULL UNIQUE,
    subscription TEXT NOT NULL,
    channel TEXT NOT NULL,
    event_id TEXT NOT NULL,
    event_type TEXT NOT NULL,
    subject TEXT,
    -- order is kept within (subscription, line), by place
    line TEXT NOT NULL,
    place BIGINT NOT NULL,
    position BIGINT NOT NULL,
    replay TEXT,
    -- pending, failed, delivered, dead; one that waits is shown as held while its endpoint is
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    -- spent steps of the retry schedule
    steps INTEGER NOT NULL,
    -- epoch milliseconds; null: behind another one of its line. In flight: when the claim ends
    next_attempt BIGINT,
    created BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    finished BIGINT,
    reason TEXT NOT NULL
);
CREATE INDEX delivery_due ON delivery (subscription, next_attempt) WHERE finished IS NULL;
CREATE INDEX delivery_line ON delivery (subscription, line, place) WHERE finished IS NULL;
CREATE INDEX delivery_waiting ON delivery (subscription, position) WHERE finished IS NULL;
CREATE INDEX delivery_of_subscription ON delivery (subscription, ordinal);

CREATE TABLE delivery_attempt (
    delivery TEXT NOT NULL,
    number INTEGER NOT NULL,
    time BIGINT NOT NULL,
    -- microseconds; -1 for a phase that was not reached
    duration BIGINT NOT NULL,
    dns BIGINT NOT NULL,
    connect BIGINT NOT NULL,
    first_byte BIGINT NOT NULL,
    status INTEGER,
    head TEXT,
    reason TEXT NOT NULL,
    PRIMARY KEY (delivery, number)
);

-- What delivery knows of a subscription's endpoint.
CREATE TABLE delivery_endpoint (
    subscription TEXT PRIMARY KEY,
    held INTEGER NOT NULL,
    paused_until BIGINT NOT NULL,
    position BIGINT NOT NULL
);

-- Stored publications that are sent again, and catch-ups of late subscriptions.
CREATE TABLE delivery_replay (
    id TEXT PRIMARY KEY,
    subscription TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    -- sequence numbers of publications: done up to the cursor, ends at to_sequence
    cursor_sequence BIGINT NOT NULL,
    to_sequence BIGINT NOT NULL,
    document TEXT NOT NULL,
    sent BIGINT NOT NULL,
    created BIGINT NOT NULL,
    updated BIGINT NOT NULL
);
CREATE INDEX delivery_replay_running ON delivery_replay (state, subscription);
