package io.eventful.event;

import java.util.List;
import java.util.Map;

/**
 * The head of a captured request as stored in the ledger; it never contains credentials.
 *
 * @param method as sent
 * @param target raw request target (path and query)
 * @param headers allow-listed fields, lower-case names
 * @param size bytes of the body
 * @param digest {@code sha-256:<hex>} of the body's bytes; empty when there was no body
 */
public record RequestRecord(
        String method, String target, Map<String, List<String>> headers, long size, String digest) {}
