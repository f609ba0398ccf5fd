package io.eventful.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.edge.ScopeName;
import io.eventful.event.Change;
import io.eventful.harness.TestClock;
import io.eventful.store.Databases;
import io.eventful.store.TestStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** A view is filled as its options say, in the end. */
class ViewFillingTest extends ViewFixture {

    private final TestClock clock = new TestClock(Instant.now());

    @Override
    Databases stores(Path folder) {
        return TestStores.sqlite(folder);
    }

    @Override
    Clock clock() {
        return clock;
    }

    private static ViewOptions index(String members) {
        return ViewOptions.parse(Map.of("access", "open", "index", members));
    }

    /** Sources whose changes are looked at first. */
    private static Sources looking(Predicate<Change> look) {
        return new TestSources(look, ScopeName.NONE, Sources.Passage.ALL);
    }

    @Test
    void anIndexThatChangesWhileAFillingRunsIsFilledNext() throws Exception {
        rig.change("/customers/1", "", "{\"total\":1}");
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        rig.views.register("late", index("status"), looking(change -> {
            begun.countDown();
            try {
                return go.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        begun.await();
        rig.views.register("late", index("total"), Rig.ALL);
        go.countDown();
        ViewMonitor monitor = new ViewMonitor(rig.views, new SimpleMeterRegistry());
        await().untilAsserted(() -> {
            monitor.look();
            assertThat(rig.views.find("late").orElseThrow().view().live().members())
                    .containsExactly("total");
        });
    }

    @Test
    void aFillingOfAViewThatNoRouteHasAnyMoreTakesNothingFromTheNextOne() throws Exception {
        Change change = rig.change("/customers/1", "", "{\"total\":1}");
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Views.Registration gone = rig.views.register("late", index("status"), looking(any -> {
            begun.countDown();
            try {
                return go.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        begun.await();
        Views.Running former = rig.views.find("late").orElseThrow();
        gone.close();
        rig.views.register("late", index("status"), Rig.ALL);
        Views.Running next = rig.views.find("late").orElseThrow();
        await().until(() -> !next.rebuilding().get());
        go.countDown();
        await().until(() -> !former.rebuilding().get());
        assertThat(next.view().find(change.item())).isPresent();
        assertThat(next.view().store().live("late").orElseThrow().id())
                .isEqualTo(next.view().live().id());
    }

    @Test
    void aFillingThatFailsIsTriedAgainAfterAPause() {
        rig.change("/customers/1", "", "{\"total\":1}");
        AtomicInteger looks = new AtomicInteger();
        rig.views.register("broken", index("total"), looking(change -> {
            if (looks.incrementAndGet() == 1) throw new IllegalStateException("the store is away");
            return true;
        }));
        await().until(() -> looks.get() == 1
                && rig.views.status("broken").orElseThrow().state().equals("live"));
        ViewMonitor monitor = new ViewMonitor(rig.views, new SimpleMeterRegistry());
        clock.advance(ViewRebuilds.PAUSE);
        await().untilAsserted(() -> {
            monitor.look();
            assertThat(rig.get("/.eventful/views/broken/1").body()).isEqualTo("{\"total\":1}");
        });
    }
}
