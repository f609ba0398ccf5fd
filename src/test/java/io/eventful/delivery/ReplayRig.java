package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.store.Databases;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;

/** A subscription's sink, and events of three subjects whose numbers are their positions. */
abstract class ReplayRig extends DeliveryFixture {

    final AtomicReference<Duration> opening = new AtomicReference<>(Duration.ZERO);

    @Override
    @BeforeEach
    void open() throws Exception {
        Supplier<Databases> stores = stores(folder);
        rig = new Rig(
                () -> new SlowReads(stores.get(), Thread.currentThread(), opening::get),
                folder,
                "limits.replay-window=50");
        sink = new Sink();
    }

    void publish(int from, int to) {
        for (int i = from; i <= to; i++)
            assertThat(rig.publish(event("/customers/" + i % 3, i))).succeedsWithin(5, TimeUnit.SECONDS);
    }

    void awaitReceived(int count) {
        await().until(() -> {
            rig.pass(Duration.ofMillis(200));
            return sink.received.size() >= count;
        });
    }

    /** The positions of one subject, in the order of their arrival. */
    List<Integer> arrived(int subject) {
        return sink.ids().stream()
                .map(id -> Integer.parseInt(id.substring(1)))
                .filter(position -> position % 3 == subject)
                .toList();
    }

    static List<Integer> positions(int subject, int from, int to) {
        return IntStream.rangeClosed(from, to)
                .filter(i -> i % 3 == subject)
                .boxed()
                .toList();
    }
}
