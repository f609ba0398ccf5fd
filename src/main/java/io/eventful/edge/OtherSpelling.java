package io.eventful.edge;

import java.util.Optional;
import java.util.Set;

/**
 * A redirect to what was asked for, but with or without a slash at the end of the path: many systems know each resource by
 * one of these spellings only, and to the gateway both are the same item.
 */
final class OtherSpelling {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 307, 308);

    private OtherSpelling() {}

    /** The target as the reply wants it spelt; empty when it is no such redirect. */
    static Optional<String> of(String target, int status, Fields reply) {
        if (!REDIRECTS.contains(status)) return Optional.empty();
        String query = Targets.query(target);
        String path = path(target);
        return reply.first("location")
                .map(OtherSpelling::path)
                .filter(there -> there.endsWith("/") != path.endsWith("/"))
                .filter(there -> name(there).equals(name(path)) && !name(path).isEmpty())
                .map(there -> there.endsWith("/") ? path + '/' : path.substring(0, path.length() - 1))
                .map(spelt -> query.isEmpty() ? spelt : spelt + '?' + query);
    }

    private static String path(String reference) {
        int end = 0;
        while (end < reference.length() && reference.charAt(end) != '?' && reference.charAt(end) != '#') end++;
        return reference.substring(0, end).strip();
    }

    /** The last segment, in its normal form. */
    private static String name(String path) {
        String normal = Targets.path(path);
        return normal.substring(normal.lastIndexOf('/') + 1);
    }
}
