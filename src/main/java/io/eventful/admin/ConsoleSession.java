package io.eventful.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A session of the console. */
final class ConsoleSession {

    /** Attribute of a request that belongs to a session. */
    static final String ATTRIBUTE = "io.eventful.console.session";

    private final String csrf;
    private final Instant opened;
    private volatile Instant used;
    private volatile boolean closed;
    private final AtomicReference<Optional<Notice>> notice = new AtomicReference<>(Optional.empty());

    /** @param csrf secret token that every form of this session contains */
    ConsoleSession(String csrf, Instant opened) {
        this.csrf = csrf;
        this.opened = opened;
        this.used = opened;
    }

    Instant opened() {
        return opened;
    }

    /** Time of the last request that the user made. */
    Instant used() {
        return used;
    }

    void used(Instant time) {
        used = time;
    }

    boolean isClosed() {
        return closed;
    }

    /** Ends the session, and with it an open live tail. */
    void close() {
        closed = true;
    }

    /**
     * A message that the next page shows once.
     *
     * @param kind {@code done}, {@code failed} or {@code waiting}
     * @param secret a secret that is shown only with this notice; empty for none
     */
    record Notice(String kind, String text, String secret) {
        static Notice done(String text) {
            return new Notice("done", text, "");
        }

        static Notice failed(String text) {
            return new Notice("failed", text, "");
        }

        @Override
        public String toString() {
            return "Notice[" + kind + "]";
        }
    }

    String csrf() {
        return csrf;
    }

    boolean matches(String token) {
        return MessageDigest.isEqual(csrf.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    void show(Notice told) {
        notice.set(Optional.of(told));
    }

    void done(String text) {
        show(Notice.done(text));
    }

    void failed(String text) {
        show(Notice.failed(text));
    }

    void waiting(String text) {
        show(new Notice("waiting", text, ""));
    }

    void secret(String text, String secret) {
        show(new Notice("done", text, secret));
    }

    /** The result of an operation that outlasted its page. Does not replace a notice with a secret, which is shown only once. */
    void showLater(Notice told) {
        notice.updateAndGet(
                shown -> shown.filter(one -> !one.secret().isEmpty()).or(() -> Optional.of(told)));
    }

    Optional<Notice> takeNotice() {
        return notice.getAndSet(Optional.empty());
    }
}
