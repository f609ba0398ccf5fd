package io.eventful.ledger;

import static io.eventful.ledger.Samples.ABSENT;
import static io.eventful.ledger.Samples.applied;
import static io.eventful.ledger.Samples.draft;
import static io.eventful.ledger.Samples.item;
import static io.eventful.ledger.Samples.known;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Item;
import io.eventful.store.Database;
import io.eventful.store.Databases;
import io.eventful.store.StoreUnavailableException;
import io.eventful.store.TestStores;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the ledger ends is known while the store does not answer. */
class HeadTest {

    private static final Item ADA = item("/customers/42");

    @TempDir
    Path folder;

    private final AtomicBoolean away = new AtomicBoolean();
    private Databases databases;
    private Advances advances;

    private Ledger open() {
        databases = TestStores.sqlite(folder);
        Database database = unreadable(databases.open("ledger"));
        advances = new Advances(database);
        return new JdbcLedger(database, new Changes(database), new JdbcRelayed(database, advances), Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        advances.close();
        ((AutoCloseable) databases).close();
    }

    private static void append(Ledger ledger, int n) throws Exception {
        var change = ledger.append(
                draft(ADA, "updated", ABSENT), applied(ADA, "updated", ABSENT, known("{\"n\":" + n + "}")));
        long seen = change.thenApply(done -> ledger.head()).get(10, TimeUnit.SECONDS);
        assertThat(seen)
                .as("before its caller hears of the change")
                .isEqualTo(change.join().orElseThrow().position());
    }

    @Test
    void itMovesWithWhatIsDurable() throws Exception {
        Ledger ledger = open();
        append(ledger, 1);
        append(ledger, 2);
        assertThat(ledger.head()).isEqualTo(2);
        away.set(true);
        assertThat(ledger.head()).isEqualTo(2);
        append(ledger, 3);
        assertThat(ledger.head()).isEqualTo(3);
    }

    @Test
    void afterAStartItIsThatOfTheStore() throws Exception {
        append(open(), 1);
        close();
        Ledger ledger = open();
        away.set(true);
        assertThat(ledger.head()).isEqualTo(1);
    }

    private Database unreadable(Database database) {
        return (Database) Proxy.newProxyInstance(
                HeadTest.class.getClassLoader(), new Class<?>[] {Database.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("read") && away.get())
                        throw new StoreUnavailableException("the store does not answer");
                    try {
                        return method.invoke(database, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
