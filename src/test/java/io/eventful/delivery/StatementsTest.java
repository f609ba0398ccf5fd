package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.delivery.DeliveryRecord.State;
import io.eventful.store.TestStores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a delivery costs the store when all is well: everything that the whole engine executes is counted. */
class StatementsTest {

    private static final int SINKS = 10;
    private static final int EVENTS = 100;

    @TempDir
    Path folder;

    @Test
    void aHappyDeliveryCostsFarLessThanAStatement() throws Exception {
        CountedStatements stores = new CountedStatements(TestStores.sqlite(folder));
        try (Rig rig = new Rig(() -> stores, folder);
                Sink sink = new Sink()) {
            for (int i = 0; i < SINKS; i++) rig.subscribe(sink.url());
            int before = stores.executed.get();
            for (int i = 1; i <= EVENTS; i++)
                assertThat(rig.publish(event("/customers/" + i, i))).succeedsWithin(30, TimeUnit.SECONDS);
            // What runs from time to time belongs to it.
            rig.pass(Duration.ofSeconds(6));
            rig.engine.core().log().flush().join();
            // What the clock's task had taken out before is written when this is.
            rig.engine.core().database().write(connection -> 0).join();
            int statements = stores.executed.get() - before;
            assertThat(rig.deliveries(State.DELIVERED)).hasSize(SINKS * EVENTS);
            assertThat(statements).isBetween(1, SINKS * EVENTS / 8);
        }
    }
}
