package io.eventful.admin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Who is signed in, in memory alone: a restart signs everybody out. */
final class ConsoleSessions {

    /** Without a request for so long a session ends. */
    static final Duration IDLE = Duration.ofHours(2);

    private static final int MOST = 100;
    private static final int RANDOM_BYTES = 32;

    private final SecureRandom random;
    private final Cache<String, ConsoleSession> sessions;

    ConsoleSessions(Clock clock, SecureRandom random) {
        this.random = random;
        this.sessions = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(IDLE)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    /** A session that nobody can find again: of a request that brings the key itself. */
    ConsoleSession passing() {
        return new ConsoleSession(token());
    }

    /** Opens one; gives the id that its cookie carries. */
    String open() {
        String id = token();
        sessions.put(id, new ConsoleSession(token()));
        return id;
    }

    Optional<ConsoleSession> find(String id) {
        return Optional.ofNullable(sessions.getIfPresent(id));
    }

    void close(String id) {
        sessions.invalidate(id);
    }

    private String token() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
