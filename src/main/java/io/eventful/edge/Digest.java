package io.eventful.edge;

/**
 * Size and digest of one body as transferred.
 *
 * @param size bytes
 * @param digest {@code sha-256:<hex>}; empty for an empty body
 */
public record Digest(long size, String digest) {}
