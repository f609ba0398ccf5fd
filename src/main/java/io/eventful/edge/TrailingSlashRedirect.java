package io.eventful.edge;

import java.util.Optional;
import java.util.Set;

/**
 * A redirect to the same path with or without a trailing slash: many systems accept only one of the two forms, while the
 * gateway treats both as the same item.
 */
final class TrailingSlashRedirect {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 307, 308);

    private TrailingSlashRedirect() {}

    /** The target of the redirect; empty if it is not such a redirect. */
    static Optional<String> of(String target, int status, Fields reply) {
        if (!REDIRECTS.contains(status)) return Optional.empty();
        String query = Targets.query(target);
        String path = path(target);
        return reply.first("location")
                .map(TrailingSlashRedirect::path)
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

    /** The last segment, normalised. */
    private static String name(String path) {
        String normal = Targets.path(path);
        return normal.substring(normal.lastIndexOf('/') + 1);
    }
}
