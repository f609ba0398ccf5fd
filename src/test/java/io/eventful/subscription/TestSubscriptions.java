package io.eventful.subscription;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eventful.store.Database;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The real registry for the tests of other packages. */
public final class TestSubscriptions {

    private TestSubscriptions() {}

    public static Subscriptions open(Database database, Path folder, Clock clock, Positions positions) {
        SecureRandom random = new SecureRandom();
        Vault vault = new Vault(MasterKey.load(null, folder, random), random);
        return new StoredSubscriptions(
                new SubscriptionStore(database, new SubscriptionTable(vault)),
                new Identifiers(clock, random),
                clock,
                positions,
                new SubscriptionPolicy(
                        List.of("127.0.0.0/8"),
                        SubscriptionPolicy.Consent.NONE,
                        Duration.ofHours(24),
                        "gateway.example",
                        null));
    }

    /** Reads a request in JSON, whose sinks may be on this machine. */
    public static SubscriptionRequest request(String json) {
        return request(json, null);
    }

    /** Reads what is to replace another one. */
    public static SubscriptionRequest request(String json, @Nullable SubscriptionRequest previous) {
        try {
            return new SubscriptionRequests(new SinkGuard(List.of("127.0.0.0/8", "::1")), host -> List.of())
                    .parse(new ObjectMapper().readTree(json), previous);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }
}
