-- The routes that captured when the gateway last ran, and whose items they had: one that is gone at the next start leaves
-- what it had not handled to whoever has its items then.
CREATE TABLE captured (
    route TEXT NOT NULL PRIMARY KEY,
    template TEXT NOT NULL,
    -- Name of the upstream whose items these are; null when the edge says so.
    upstream TEXT,
    -- Where replies have their items, when a call writes several.
    items TEXT
);
