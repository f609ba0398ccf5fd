-- Deletes that were taken back by making the item again as another one, as far as the change that did it does not say so:
-- retention has removed it, or it was of unknown outcome and an operator has told the item. item: null when nobody knows it.
CREATE TABLE made_again (
    position BIGINT NOT NULL,
    reversal BIGINT NOT NULL,
    item BIGINT,
    PRIMARY KEY (position, reversal)
);
