package io.eventful.event;

/**
 * The identity of an item: the key of revisions, lanes and views.
 *
 * @param source CloudEvents {@code source}; {@code /upstreams/<name>} for items of an upstream
 * @param scope value of the header field or query parameter that the route names as {@code scope}; empty when it names none
 * @param subject canonical item path, such as {@code /customers/42}
 */
public record Item(String source, String scope, String subject) {}
