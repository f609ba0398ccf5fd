package io.eventful.event;

/**
 * The identity of an item: ledger, lanes, views and revisions are kept by it.
 *
 * @param source CloudEvents {@code source}, {@code /upstreams/<name>} for items behind the edge
 * @param scope value of the route's {@code scope} header or query parameter; empty when the route has none
 * @param subject canonical item path, such as {@code /customers/42}
 */
public record Item(String source, String scope, String subject) {}
