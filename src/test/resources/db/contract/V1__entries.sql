CREATE TABLE entry (
    id ${identity},
    name TEXT NOT NULL UNIQUE,
    body ${blob}
);
