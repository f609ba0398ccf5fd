-- Events as they were published. What a consumer gets from the gateway is here first.
CREATE TABLE publication (
    sequence   ${identity},
    channel    TEXT   NOT NULL,
    event_id   TEXT   NOT NULL,
    source     TEXT   NOT NULL,
    position   BIGINT NOT NULL,
    type       TEXT   NOT NULL,
    subject    TEXT,
    attributes TEXT   NOT NULL,
    data       ${blob} NOT NULL,
    time       BIGINT NOT NULL
);

-- A repeat is recognised by this; the ids of strangers are unique within their source only.
CREATE UNIQUE INDEX publication_event ON publication (channel, event_id, source);
CREATE INDEX publication_time ON publication (time);
