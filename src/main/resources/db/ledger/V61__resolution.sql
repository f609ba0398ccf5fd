-- What an operator has found out about changes of unknown outcome. resolved_by: the change that tells it.
CREATE TABLE resolution (
    position BIGINT NOT NULL PRIMARY KEY,
    outcome TEXT NOT NULL,
    resolved_by BIGINT NOT NULL
);
