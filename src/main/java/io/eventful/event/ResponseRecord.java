package io.eventful.event;

import java.util.List;
import java.util.Map;

/**
 * The head of the reply as stored in the ledger.
 *
 * @param status HTTP status code
 * @param headers allow-listed fields, lower-case names
 * @param size bytes of the body
 * @param digest {@code sha-256:<hex>} of the body's bytes; empty when there was no body
 */
public record ResponseRecord(int status, Map<String, List<String>> headers, long size, String digest) {}
