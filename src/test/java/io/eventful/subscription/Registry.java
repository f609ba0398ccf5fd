package io.eventful.subscription;

import io.eventful.store.Databases;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A registry over a real store whose clock and positions a test sets; it can be closed and opened again. */
final class Registry {

    private final Supplier<Databases> databases;
    private final Path folder;
    private final SecureRandom random = new SecureRandom();
    private @Nullable Databases open;

    SubscriptionPolicy.Consent consent = SubscriptionPolicy.Consent.NONE;

    @Nullable
    String masterKey;

    Instant now = Samples.TIME;
    long ledgerHead = 100;
    LongSupplier publicationHead = () -> 900;
    StoredSubscriptions subscriptions;

    Registry(Supplier<Databases> databases, Path folder) {
        this.databases = databases;
        this.folder = folder;
    }

    void open() {
        open = databases.get();
        InstantSource source = () -> now;
        Clock clock = source.withZone(ZoneOffset.UTC);
        Positions positions = new Positions() {
            @Override
            public long ledgerHead() {
                return ledgerHead;
            }

            @Override
            public long publicationHead() {
                return publicationHead.getAsLong();
            }
        };
        subscriptions = new StoredSubscriptions(
                new SubscriptionStore(
                        open.open("delivery"),
                        new SubscriptionTable(new Vault(MasterKey.load(masterKey, folder, random), random))),
                new Identifiers(clock, random),
                clock,
                positions,
                new SubscriptionPolicy(List.of(), consent, Duration.ofHours(24), "gw.example", null));
    }

    void close() {
        if (open == null) return;
        try {
            ((AutoCloseable) open).close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        open = null;
    }

    void reopen() {
        close();
        open();
    }
}
