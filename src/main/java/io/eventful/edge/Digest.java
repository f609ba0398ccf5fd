package io.eventful.edge;

/**
 * What went over the wire in one body.
 *
 * @param size bytes
 * @param digest {@code sha-256:<hex>}; empty for an empty body
 */
public record Digest(long size, String digest) {}
