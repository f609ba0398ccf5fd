package io.eventful.admin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sessions of the console, only in memory: a restart signs everybody out. */
final class ConsoleSessions {

    private static final int MOST = 100;
    private static final int RANDOM_BYTES = 32;

    private final AdminSettings.Console settings;
    private final Clock clock;
    private final SecureRandom random;
    private final Cache<String, ConsoleSession> sessions =
            Caffeine.newBuilder().maximumSize(MOST).build();

    ConsoleSessions(AdminSettings.Console settings, Clock clock, SecureRandom random) {
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    /** A session for a single request that carries the admin key; it is not stored. */
    ConsoleSession transientSession() {
        return new ConsoleSession(token(), clock.instant());
    }

    /** Opens a session and returns its id, the value of the cookie. */
    String open() {
        String id = token();
        sessions.put(id, new ConsoleSession(token(), clock.instant()));
        return id;
    }

    /** The session of a request that the user made; restarts the idle time. */
    Optional<ConsoleSession> touch(String id) {
        Optional<ConsoleSession> session = find(id);
        session.ifPresent(found -> found.used(clock.instant()));
        return session;
    }

    /** The session of a request that a page made by itself; does not restart the idle time. */
    Optional<ConsoleSession> find(String id) {
        @Nullable ConsoleSession session = sessions.getIfPresent(id);
        if (session == null) return Optional.empty();
        if (isOpen(session)) return Optional.of(session);
        sessions.invalidate(id);
        return Optional.empty();
    }

    /** Whether a session is neither closed nor expired. */
    boolean isOpen(ConsoleSession session) {
        Instant now = clock.instant();
        return !session.isClosed()
                && now.isBefore(session.used().plus(settings.idle()))
                && now.isBefore(session.opened().plus(settings.longest()));
    }

    void close(String id) {
        find(id).ifPresent(ConsoleSession::close);
        sessions.invalidate(id);
    }

    private String token() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
