package io.eventful.delivery;

import io.eventful.store.Databases;
import io.eventful.store.PostgresServer;
import io.eventful.store.TestStores;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What delivery keeps, kept by PostgreSQL. */
class PostgresDeliveryIT {

    @RegisterExtension
    static final PostgresServer SERVER = new PostgresServer();

    /** A database of its own for each test. */
    private static Supplier<Databases> fresh() {
        String url = SERVER.freshUrl();
        return () -> TestStores.postgres(url);
    }

    @Nested
    class Deliveries extends DeliveryTest {
        @Override
        Supplier<Databases> stores(Path folder) {
            return fresh();
        }
    }

    @Nested
    class Order extends DeliveryOrderTest {
        @Override
        Supplier<Databases> stores(Path folder) {
            return fresh();
        }
    }

    @Nested
    class Isolation extends IsolationTest {
        @Override
        Supplier<Databases> stores(Path folder) {
            return fresh();
        }
    }

    @Nested
    class Replays extends ReplayTest {
        @Override
        Supplier<Databases> stores(Path folder) {
            return fresh();
        }
    }

    @Nested
    class CatchUps extends CatchUpTest {
        @Override
        Supplier<Databases> stores(Path folder) {
            return fresh();
        }
    }

    @Nested
    class Held extends HeldTest {
        @Override
        Supplier<Databases> stores(Path folder) {
            return fresh();
        }
    }

    @Nested
    class Tried extends TriedNowTest {
        @Override
        Supplier<Databases> stores(Path folder) {
            return fresh();
        }
    }

    @Nested
    class Searched extends DeliverySearchTest {
        @Override
        Supplier<Databases> stores(Path folder) {
            return fresh();
        }
    }

    @Nested
    class InBlocks extends DeliveredBlocksTest {
        @Override
        Supplier<Databases> stores(Path folder) {
            return fresh();
        }
    }

    @Nested
    class ForgottenBlocks extends ForgottenBlocksTest {
        @Override
        Supplier<Databases> stores(Path folder) {
            return fresh();
        }
    }

    @Nested
    class Retained extends RetentionTest {
        @Override
        Supplier<Databases> stores(Path folder) {
            return fresh();
        }
    }

    @Nested
    class Failing extends FailingEndpointTest {
        @Override
        Supplier<Databases> stores(Path folder) {
            return fresh();
        }
    }
}
