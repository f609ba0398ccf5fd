package io.eventful.view;

import io.eventful.edge.RequestHead;
import io.eventful.event.Item;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Who may read what of a view. An empty result lets the caller in. */
final class Access {

    private static final String BEARER = "bearer ";

    private final UpstreamRights rights;
    private final AdminAccess admin;
    private final List<byte[]> readKeys;

    Access(UpstreamRights rights, AdminAccess admin, List<String> readKeys) {
        this.rights = rights;
        this.admin = admin;
        this.readKeys = readKeys.stream()
                .map(key -> key.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** Before anything is read: whether the caller may read the view at all. */
    Optional<Answers.Given> toView(ViewOptions options, RequestHead head) {
        if (options.access() != ViewOptions.Access.KEY || hasKey(head)) return Optional.empty();
        return Optional.of(Answers.with(
                Answers.other(
                        401,
                        "Unauthorized",
                        "This view is read with a key: send Authorization: Bearer <admin key or one of"
                                + " eventful.view.read-keys>."),
                "WWW-Authenticate",
                "Bearer realm=\"eventful view\""));
    }

    Optional<Answers.Given> toList(ViewOptions options) {
        if (options.access() != ViewOptions.Access.UPSTREAM) return Optional.empty();
        return Optional.of(Answers.other(
                403,
                "No Lists",
                "This view shows an item to whoever may GET it from the upstream, and nobody can be asked that of a"
                        + " whole list. Read single items, or set access=key or access=open on its view: URI."));
    }

    /**
     * Whether the caller may see an item. Blocks.
     *
     * @param query that is sent along
     */
    Optional<Answers.Given> toItem(ViewOptions options, Item item, RequestHead head, String query)
            throws InterruptedException {
        if (options.access() != ViewOptions.Access.UPSTREAM) return Optional.empty();
        Optional<UpstreamRights.Answered> answered = rights.ask(item, head, query);
        if (answered.isEmpty())
            return Optional.of(Answers.with(
                    Answers.other(
                            503,
                            "Service Unavailable",
                            "Whether you may see this item could not be asked of the upstream. Try again later."),
                    "Retry-After",
                    "1"));
        if (answered.get().allowed()) return Optional.empty();
        String challenge = answered.get().challenge();
        return Optional.of(
                switch (answered.get().status()) {
                    case 401 -> {
                        Answers.Given given = Answers.other(
                                401, "Unauthorized", "The upstream wants other credentials for this item.");
                        yield challenge.isEmpty() ? given : Answers.with(given, "WWW-Authenticate", challenge);
                    }
                    case 404, 410 -> Answers.other(404, "Not Found", "The upstream shows you no item of this path.");
                    default -> Answers.other(403, "Forbidden", "The upstream does not show you this item.");
                });
    }

    private boolean hasKey(RequestHead head) {
        String header = head.fields().first("authorization").orElse("");
        if (!header.toLowerCase(Locale.ROOT).startsWith(BEARER)) return false;
        String presented = header.substring(BEARER.length()).strip();
        byte[] bytes = presented.getBytes(StandardCharsets.UTF_8);
        boolean known = false;
        for (byte[] key : readKeys) known |= MessageDigest.isEqual(key, bytes);
        // Looked up first: a read key must not count as a wrong guess at the admin key.
        return known || admin.isAdminKey(presented, head);
    }
}
