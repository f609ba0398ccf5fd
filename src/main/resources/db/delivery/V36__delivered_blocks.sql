-- Deliveries that succeeded at once, where many end at the same time: a row each would cost more than sending them does.
-- Fewer are rows of delivery.
CREATE TABLE delivered_block (
    ordinal ${identity},
    -- its deliveries are newer than this row of delivery, and older than the next one
    behind BIGINT NOT NULL,
    entries INTEGER NOT NULL,
    -- epoch milliseconds: when the last of them ended
    newest BIGINT NOT NULL,
    -- positions in the ledger
    lowest BIGINT NOT NULL,
    highest BIGINT NOT NULL,
    -- ids, each between spaces
    subscriptions TEXT NOT NULL,
    -- a JSON array for each, oldest first
    body ${blob} NOT NULL
);
CREATE INDEX delivered_block_order ON delivered_block (behind, ordinal, entries);
