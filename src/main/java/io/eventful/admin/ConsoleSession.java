package io.eventful.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Somebody who has signed in to the console. */
final class ConsoleSession {

    /** Attribute of a request that belongs to a session. */
    static final String ATTRIBUTE = "io.eventful.console.session";

    private final String csrf;
    private final AtomicReference<Optional<Notice>> notice = new AtomicReference<>(Optional.empty());

    /** @param csrf what every form of this session says, and nobody else knows */
    ConsoleSession(String csrf) {
        this.csrf = csrf;
    }

    /**
     * What the next page shows, once.
     *
     * @param kind {@code done} or {@code failed}
     * @param secret a secret that is shown this once; empty for none
     */
    record Notice(String kind, String text, String secret) {
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

    void done(String text) {
        notice.set(Optional.of(new Notice("done", text, "")));
    }

    void secret(String text, String secret) {
        notice.set(Optional.of(new Notice("done", text, secret)));
    }

    void failed(String text) {
        notice.set(Optional.of(new Notice("failed", text, "")));
    }

    Optional<Notice> takeNotice() {
        return notice.getAndSet(Optional.empty());
    }
}
