-- What was appended once and must not be appended again: a sender's own name for a delivery, apart for each source.
CREATE TABLE receipt (
    source TEXT NOT NULL,
    delivery TEXT NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (source, delivery)
);
