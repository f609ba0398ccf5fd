package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.delivery.AttemptRecord.Timing;
import io.eventful.delivery.Deliveries.Page;
import io.eventful.delivery.Deliveries.Search;
import io.eventful.store.Databases;
import io.eventful.store.TestStores;
import io.eventful.subscription.Subscription;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A log of deliveries, in rows and in blocks. */
abstract class LogFixture {

    static final Search ALL = new Search(null, null, null, null);

    @TempDir
    Path folder;

    Rig rig;
    Sink sink;
    List<Subscription> subscriptions;
    final List<String> logged = new ArrayList<>();
    int number;

    Supplier<Databases> stores(Path folder) {
        return () -> TestStores.sqlite(folder);
    }

    @BeforeEach
    void open() throws Exception {
        rig = new Rig(stores(folder), folder);
        sink = new Sink();
        subscriptions = List.of(rig.subscribe(sink.url()), rig.subscribe(sink.url()), rig.subscribe(sink.url()));
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
        sink.close();
    }

    /** Logs deliveries that end together: events 1, 2, …, to the three subscriptions in turn. */
    void log(int count) {
        log(count, "/customers/ü\"");
    }

    void log(int count, String subject) {
        Instant now = rig.time.now();
        for (int i = 0; i < count; i++) {
            int n = ++number;
            Delivery delivery = Delivery.of(subscriptions.get(n % 3), "customers", event(subject + n, n), n, null, now);
            logged.addFirst(delivery.id());
            rig.engine.core().log().add(delivery, Standing.delivered(1, 0, now, ""), attempt(n));
        }
        rig.engine.core().log().flush().join();
    }

    AttemptRecord attempt(int n) {
        Timing timing = new Timing(n, 1, -1, 0, 7_000_000_000L);
        return new AttemptRecord(1, rig.time.now(), timing, 204, "{\"server\":\"s\"}", "status-204");
    }

    long count(String from) {
        return rig.engine.core().database().read(connection -> {
            try (PreparedStatement query = connection.prepareStatement("SELECT COUNT(*) FROM " + from);
                    ResultSet row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : 0L;
            }
        });
    }

    List<DeliveryRecord> pages(Search wanted, int limit) {
        List<DeliveryRecord> found = new ArrayList<>();
        String after = null;
        do {
            Page page = rig.engine.deliveries().list(wanted, after, limit);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            found.addAll(page.items());
            after = page.next();
        } while (after != null);
        return found;
    }

    List<String> ids(Search wanted, int limit) {
        return pages(wanted, limit).stream().map(DeliveryRecord::id).toList();
    }
}
