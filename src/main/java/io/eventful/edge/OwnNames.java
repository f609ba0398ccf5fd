package io.eventful.edge;

/** Names on the data port that belong to the gateway and not to the system behind it. */
public final class OwnNames {

    /** The prefix of the gateway's own resources; nothing below it is forwarded. */
    public static final String PREFIX = "/.eventful";

    /** Field of a reply: the position up to which it tells. */
    public static final String POSITION = "Eventful-Position";

    /** Field of a request: the position up to which its reply must tell. */
    public static final String MIN_POSITION = "Eventful-Min-Position";

    /** Field of a reply that answers a repeat of its request ({@code Idempotency-Key}): {@code true}. */
    public static final String REPLAYED = "Idempotency-Replayed";

    /** Beside {@link #REPLAYED}, {@code true}: the system's reply was lost, and this one was made of what the gateway knows. */
    public static final String RECONSTRUCTED = "Idempotency-Reconstructed";

    private OwnNames() {}

    /** Whether a path, or the template of one, is the gateway's own. */
    public static boolean isOwn(String path) {
        return path.startsWith(PREFIX) && (path.length() == PREFIX.length() || path.charAt(PREFIX.length()) == '/');
    }
}
