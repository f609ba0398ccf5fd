-- PostgreSQL's indexes hold no long text: see the migration of the ledger with this name.
${postgres}CREATE OR REPLACE FUNCTION short_text(a TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT CASE WHEN octet_length(a) <= 600 THEN a ELSE rpad(encode(sha256(replace(a, chr(92), chr(92) || chr(92))::bytea), 'hex'), 601, '-') END $$;
${postgres}CREATE OR REPLACE FUNCTION same_text(a TEXT, b TEXT) RETURNS BOOLEAN LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT short_text(a) = short_text(b) $$;
${postgres}DROP INDEX publication_event;
${postgres}CREATE UNIQUE INDEX publication_event ON publication (channel, position, short_text(event_id), short_text(source));
${postgres}DROP INDEX delivery_line;
${postgres}CREATE INDEX delivery_line ON delivery (subscription, short_text(line), place) WHERE finished IS NULL;
${postgres}DROP INDEX delivery_needs;
${postgres}CREATE INDEX delivery_needs ON delivery (short_text(event_id)) WHERE finished IS NULL OR state = 'dead';
