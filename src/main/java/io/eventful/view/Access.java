package io.eventful.view;

import io.eventful.edge.RequestHead;
import io.eventful.event.Item;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Access control of views. */
final class Access {

    private static final String AUTHORIZATION = "authorization";
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

    /** Checks whether the caller may read the view at all, before anything is read; empty if so. */
    Optional<Answers.Given> checkView(ViewOptions options, RequestHead head) {
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

    /** Checks whether the caller may read lists; empty if so. */
    Optional<Answers.Given> toList(ViewOptions options) {
        if (options.access() != ViewOptions.Access.UPSTREAM) return Optional.empty();
        return Optional.of(Answers.other(
                403,
                "No Lists",
                "This view shows an item only to callers who may GET it from the upstream, and this cannot be checked"
                        + " for a whole list. Read single items, or set access=key or access=open on its view: URI."));
    }

    /** Whether the caller may read each of these items, in their order. Blocks. */
    List<Permission> checkItems(Reading reading, List<Item> items) throws InterruptedException {
        if (reading.view().options().access() != ViewOptions.Access.UPSTREAM)
            return Collections.nCopies(items.size(), new Permission.Granted());
        return rights.ask(reading, items).stream().map(Access::permission).toList();
    }

    private static Permission permission(Optional<UpstreamRights.Answered> answered) {
        if (answered.isEmpty())
            return new Permission.Denied(Answers.with(
                    Answers.other(
                            503,
                            "Service Unavailable",
                            "The upstream could not be asked whether you may read this item. Try again later."),
                    "Retry-After",
                    "1"));
        if (answered.get().allowed()) return new Permission.Granted();
        return switch (answered.get().status()) {
            case 401 -> new Permission.Denied(unauthorized(answered.get().challenge()));
            case 404, 410 -> new Permission.Hidden();
            case 406 -> forbidden("The upstream does not return this item as JSON with your credentials.");
            default -> forbidden("The upstream does not allow you to read this item.");
        };
    }

    private static Answers.Given unauthorized(String challenge) {
        Answers.Given given =
                Answers.other(401, "Unauthorized", "The upstream requires other credentials for this item.");
        return challenge.isEmpty() ? given : Answers.with(given, "WWW-Authenticate", challenge);
    }

    private static Permission forbidden(String detail) {
        return new Permission.Denied(Answers.other(403, "Forbidden", detail));
    }

    /**
     * The fields of a request that are meant for the view, and not for an upstream that answers in its place: its key.
     *
     * @param options of the view; empty if it does not run. Then nobody knows who may read it, and only read keys are
     *     looked for: what is for the upstream is no guess of the admin key
     */
    Set<String> ownFields(Optional<ViewOptions> options, RequestHead head) {
        boolean own = options.isEmpty()
                ? bearers(head).anyMatch(this::isReadKey)
                : options.get().access() == ViewOptions.Access.KEY
                        && bearers(head).anyMatch(bearer -> isKey(bearer, head));
        return own ? Set.of(AUTHORIZATION) : Set.of();
    }

    private boolean hasKey(RequestHead head) {
        return head.fields()
                .first(AUTHORIZATION)
                .flatMap(Access::bearer)
                .filter(bearer -> isKey(bearer, head))
                .isPresent();
    }

    private static Stream<String> bearers(RequestHead head) {
        return head.fields().all(AUTHORIZATION).stream().map(Access::bearer).flatMap(Optional::stream);
    }

    private static Optional<String> bearer(String authorization) {
        return authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? Optional.of(authorization.substring(BEARER.length()).strip())
                : Optional.empty();
    }

    private boolean isKey(String presented, RequestHead head) {
        // Checked first, so that a read key does not count as a wrong admin key.
        return isReadKey(presented) || admin.isAdminKey(presented, head);
    }

    private boolean isReadKey(String presented) {
        byte[] bytes = presented.getBytes(StandardCharsets.UTF_8);
        boolean known = false;
        for (byte[] key : readKeys) known |= MessageDigest.isEqual(key, bytes);
        return known;
    }
}
