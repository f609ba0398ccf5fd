package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventful.delivery.AttemptRecord.Timing;
import io.eventful.delivery.Deliveries.Page;
import io.eventful.delivery.Deliveries.Search;
import io.eventful.delivery.DeliveryRecord.State;
import io.eventful.store.Databases;
import io.eventful.store.TestStores;
import io.eventful.subscription.Subscription;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries that many end at once, as the log keeps them: those that asks see no difference. */
class DeliveredBlocksTest {

    private static final Search ALL = new Search(null, null, null, null);

    @TempDir
    Path folder;

    private Rig rig;
    private Sink sink;
    private List<Subscription> subscriptions;
    private final List<String> logged = new ArrayList<>();
    private int number;

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
    private void log(int count) {
        Instant now = rig.time.now();
        for (int i = 0; i < count; i++) {
            int n = ++number;
            Delivery delivery = Delivery.of(
                    subscriptions.get(n % 3), "customers", event("/customers/ü\u0000\"" + n, n), n, null, now);
            logged.addFirst(delivery.id());
            rig.engine.core().log().add(delivery, Standing.delivered(1, 0, now, ""), attempt(n));
        }
        rig.engine.core().log().flush().join();
    }

    private AttemptRecord attempt(int n) {
        Timing timing = new Timing(n, 1, -1, 0, 7_000_000_000L);
        return new AttemptRecord(1, rig.time.now(), timing, 204, "{\"server\":\"s\"}", "status-204");
    }

    private long count(String from) {
        return rig.engine.core().database().read(connection -> {
            try (PreparedStatement query = connection.prepareStatement("SELECT COUNT(*) FROM " + from);
                    ResultSet row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : 0L;
            }
        });
    }

    private List<DeliveryRecord> pages(Search wanted, int limit) {
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

    private List<String> ids(Search wanted, int limit) {
        return pages(wanted, limit).stream().map(DeliveryRecord::id).toList();
    }

    /** Rows (fewer than 64 at once) and blocks in turn, at the beginning, between and at the end. */
    private void logMixed() {
        for (int count : new int[] {70, 3, 64, 200, 1, 63, 65}) log(count);
        assertThat(count("delivered_block")).isEqualTo(4);
        assertThat(count("delivery")).isEqualTo(3 + 1 + 63);
    }

    @Test
    void pagesShowRowsAndBlocksNewestFirst() {
        logMixed();
        for (int limit : new int[] {1, 7, 64, 65, 466, 1000})
            assertThat(ids(ALL, limit)).isEqualTo(logged);
    }

    @Test
    void theyAreFoundBySubscriptionEventPositionAndState() {
        logMixed();
        String second = subscriptions.get(1).id();
        List<Integer> ofSecond = IntStream.rangeClosed(1, number)
                .filter(n -> n % 3 == 1)
                .map(n -> number + 1 - n)
                .boxed()
                .toList();
        List<DeliveryRecord> found = pages(new Search(second, State.DELIVERED, null, null), 10);
        assertThat(found)
                .hasSize(ofSecond.size())
                .allMatch(one -> one.subscription().equals(second));
        for (int n : new int[] {1, 70, 71, 73, 74, 137, 138, 337, 338, 339, 401, 402, 466}) {
            String id = logged.get(number - n);
            assertThat(ids(new Search(null, null, (long) n, null), 10)).containsExactly(id);
            assertThat(ids(new Search(null, null, null, "e" + n), 10)).containsExactly(id);
            assertThat(ids(new Search(subscriptions.get(n % 3).id(), null, null, "e" + n), 10))
                    .containsExactly(id);
            assertThat(ids(new Search(subscriptions.get((n + 1) % 3).id(), null, (long) n, null), 10))
                    .isEmpty();
        }
        assertThat(ids(new Search(null, State.DEAD, null, null), 10)).isEmpty();
        assertThat(ids(new Search("sub_of_nobody", null, null, null), 10)).isEmpty();
        assertThat(ids(new Search(null, null, 467L, null), 10)).isEmpty();
    }

    /** One that is not there is not looked for in the whole log at once. */
    @Test
    void aWalkEndsWhenItHasLookedAtEnough() {
        log(100);
        log(100);
        Search nobody = new Search(null, null, null, "e0");
        rig.engine.core().database().read(connection -> {
            BlockWalk walk = new BlockWalk(connection, nobody, Cursor.of(null), 130);
            assertThat(walk.there()).isFalse();
            assertThat(walk.tired()).isTrue();
            BlockWalk rest = new BlockWalk(connection, ALL, walk.cursor());
            int left = 0;
            for (; rest.there(); left++) assertThat(rest.take().delivery().id()).isEqualTo(logged.get(130 + left));
            assertThat(left).isEqualTo(70);
            assertThat(rest.tired()).isFalse();
            return 0;
        });
    }

    @Test
    void oneIsShownWithItsAttempt() {
        logMixed();
        for (int n : new int[] {1, 70, 72, 100, 466}) {
            DeliveryRecord one =
                    rig.engine.deliveries().find(logged.get(number - n)).orElseThrow();
            assertThat(one.event()).isEqualTo("e" + n);
            assertThat(one.subject()).isEqualTo("/customers/ü\u0000\"" + n);
            assertThat(one.type()).isEqualTo("customer.updated");
            assertThat(one.channel()).isEqualTo("customers");
            assertThat(one.state()).isEqualTo(State.DELIVERED);
            assertThat(one.attempts()).isEqualTo(1);
            assertThat(one.position()).isEqualTo(n);
            assertThat(one.updatedAt()).isEqualTo(rig.time.now());
            assertThat(one.log()).containsExactly(attempt(n));
            assertThat(rig.engine.deliveries().retry(one.id())).isEqualTo(Deliveries.Retry.DELIVERED);
        }
        for (String foreign : new String[] {"", "-", "x", "b1-x", "b-1", "b+1-x", "zzzzzzzzzzzzzzzzzzz-x", "b2"})
            assertThat(rig.engine.deliveries().find(foreign)).isEmpty();
    }

    @Test
    void cursorsThatAreNoneAreRefused() {
        for (String cursor : new String[] {"", "x", "1-2", "1-2-3-4", "-1", "1.2.3", "9".repeat(19)})
            assertThatThrownBy(() -> rig.engine.deliveries().list(ALL, cursor, 10))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("after");
    }

    @Test
    void whatWasDeliveredIsKnownAfterARestart() throws Exception {
        logMixed();
        rig.close();
        rig.open();
        for (String id : logged)
            assertThat(rig.engine.core().recent().knows(id)).isTrue();
    }

    @Test
    void theOldIsForgotten() {
        log(100);
        log(3);
        rig.time.advance(Duration.ofMinutes(30));
        log(100);
        log(3);
        forget(Duration.ofMinutes(29), 1_000_000);
        assertThat(ids(ALL, 1000)).hasSize(206);
        forget(Duration.ofMinutes(31), 1_000_000);
        assertThat(ids(ALL, 1000)).isEqualTo(logged.subList(0, 103));
        forget(Duration.ofMinutes(61), 1_000_000);
        assertThat(ids(ALL, 1000)).isEmpty();
        assertThat(count("delivered_block")).isZero();
        log(70);
        log(1);
        assertThat(ids(ALL, 1000)).isEqualTo(logged.subList(0, 71));
    }

    /** A block of which a part is over the limit stays. */
    @Test
    void soIsWhatIsOverTheLimit() {
        for (int i = 0; i < 3; i++) {
            log(600);
            log(50);
        }
        forget(Duration.ZERO, 1300);
        assertThat(ids(ALL, 1000)).hasSize(1300);
        forget(Duration.ZERO, 1200);
        assertThat(ids(ALL, 1000)).as("600, 50, and the block of 600").hasSize(1300);
        forget(Duration.ZERO, 1000);
        assertThat(ids(ALL, 1000)).hasSize(1300);
        log(1000);
        forget(Duration.ZERO, 1000);
        assertThat(ids(ALL, 1000)).isEqualTo(logged.subList(0, 1000));
        log(10);
        forget(Duration.ZERO, 1000);
        assertThat(ids(ALL, 1000)).isEqualTo(logged.subList(0, 1010));
    }

    private void forget(Duration later, long rows) {
        RetentionSettings settings =
                new RetentionSettings(Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(1), rows, 1000, 1000);
        Retention retention = new Retention(rig.engine.core().database(), after(later), settings);
        while (retention.chunk()) {
            // more of them
        }
    }

    private Clock after(Duration later) {
        return Clock.offset(rig.time.clock, later);
    }
}
