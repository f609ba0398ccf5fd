-- Writes that were answered before they are done. lane: what order is kept by. claim: its row in idempotency says what
-- became of an attempt; of a request with an Idempotency-Key it is that key's. owner: a keyed hash of the credentials.
-- request: encrypted, and gone as soon as the command has ended. size: bytes of request, or of reply. due: its event is
-- not published yet.
CREATE TABLE command (
    number ${identity},
    id TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL,
    reason TEXT,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    lane TEXT NOT NULL,
    upstream TEXT NOT NULL,
    owner TEXT NOT NULL,
    claim TEXT NOT NULL UNIQUE,
    fingerprint TEXT NOT NULL,
    keyed INTEGER NOT NULL,
    doubtful INTEGER NOT NULL,
    due INTEGER NOT NULL,
    created BIGINT NOT NULL,
    ended BIGINT,
    request ${blob},
    reply_status INTEGER,
    reply_head ${blob},
    reply_body ${blob},
    size BIGINT NOT NULL
);
CREATE INDEX command_open ON command (number) WHERE status = 'pending';
CREATE INDEX command_ended ON command (ended) WHERE ended IS NOT NULL;
CREATE INDEX command_due ON command (number) WHERE due = 1;
