package io.eventful.edge;

import java.util.Set;

/**
 * The head of a client's request, as sent.
 *
 * @param method as sent; case matters (RFC 9110 §9.1)
 * @param target raw request target in origin form: path and query, nothing decoded
 * @param path normalised path for matching: dot segments removed, escaped unreserved characters decoded, doubled and
 *     trailing slashes folded (RFC 3986 §6.2.2); encoded slashes stay encoded; never empty
 * @param query raw query without the question mark; empty when there is none
 * @param fields header fields as sent
 * @param authority Host (or :authority) as sent
 * @param scheme {@code http} or {@code https}
 * @param remote address of the client
 */
public record RequestHead(
        String method,
        String target,
        String path,
        String query,
        Fields fields,
        String authority,
        String scheme,
        String remote) {

    /**
     * The same head without some fields.
     *
     * @param names in lower case
     */
    RequestHead without(Set<String> names) {
        return new RequestHead(method, target, path, query, fields.without(names), authority, scheme, remote);
    }
}
