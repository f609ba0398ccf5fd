package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.store.Databases;
import io.eventful.store.TestStores;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Delivery to one subscriber, on a store that a subclass may choose. */
abstract class DeliveryFixture {

    @TempDir
    Path folder;

    Rig rig;
    Sink sink;

    Supplier<Databases> stores(Path folder) {
        return () -> TestStores.sqlite(folder);
    }

    @BeforeEach
    void open() throws Exception {
        // Its clock leaps by days.
        rig = new Rig(stores(folder), folder, "breaker.disable-after=0s");
        sink = new Sink();
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
        sink.close();
    }

    static void done(CompletableFuture<Void> delivery) {
        assertThat(delivery).succeedsWithin(60, TimeUnit.SECONDS);
    }

    Lane lane() {
        return rig.engine.core().lanes().all().iterator().next();
    }
}
