-- An entry of an index of PostgreSQL holds 2,704 bytes at most, and clients may give longer texts. Its indexes hold
-- short_text of them, which is the text itself unless that is long. SQLite's indexes have no such limit.
${postgres}CREATE OR REPLACE FUNCTION short_text(a TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT CASE WHEN octet_length(a) <= 600 THEN a ELSE rpad(encode(sha256(replace(a, chr(92), chr(92) || chr(92))::bytea), 'hex'), 601, '-') END $$;
${postgres}CREATE OR REPLACE FUNCTION same_text(a TEXT, b TEXT) RETURNS BOOLEAN LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT short_text(a) = short_text(b) $$;
${postgres}CREATE UNIQUE INDEX item_name ON item (short_text(subject), short_text(source), short_text(scope));
${postgres}ALTER TABLE item DROP CONSTRAINT item_subject_source_scope_key;
${postgres}DROP INDEX change_resource;
${postgres}CREATE INDEX change_resource ON change (short_text(resource), position);
${postgres}CREATE UNIQUE INDEX receipt_name ON receipt (short_text(source), short_text(delivery));
${postgres}ALTER TABLE receipt DROP CONSTRAINT receipt_pkey;
