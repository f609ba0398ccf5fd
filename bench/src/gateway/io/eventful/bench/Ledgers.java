package io.eventful.bench;

import io.eventful.event.Change;
import io.eventful.ledger.Feed;
import io.eventful.ledger.LedgerSettings;
import io.eventful.store.StoreSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The gateway's own ledger in a folder, with nothing else running. */
final class Ledgers {

    private Ledgers() {}

    static AnnotationConfigApplicationContext open(Path folder) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("bench", Map.of("eventful.data", folder.toString())));
        context.registerBean(Clock.class, Clock::systemUTC);
        context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        context.registerBean(
                StoreSettings.class,
                () -> new StoreSettings("jdbc:sqlite:<data>/eventful.db", null, null, 10_000, 1024, 4));
        context.registerBean(Feed.class, NoRoutes::new);
        context.registerBean(
                LedgerSettings.class,
                () -> Binder.get(context.getEnvironment()).bindOrCreate("eventful.ledger", LedgerSettings.class));
        context.scan("io.eventful.store", "io.eventful.ledger");
        context.refresh();
        return context;
    }

    /** Nobody reads the ledger here. */
    private static final class NoRoutes implements Feed {
        @Override
        public AutoCloseable follow(String route, Predicate<Change> wanted, Receiver receiver) {
            throw new IllegalStateException("no route runs beside the ledger's benchmark");
        }

        @Override
        public Set<String> followed() {
            return Set.of();
        }
    }
}
