package io.eventful.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that takes everything and answers nothing, as when its process is stopped. */
class FrozenPostgresTest {

    @RegisterExtension
    static final PostgresServer SERVER = new PostgresServer();

    private static final int READERS = 4;

    /** What is waited for here; a gateway's own is longer. */
    private static final String IMPATIENT = "&socketTimeout=2&loginTimeout=1";

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void readsAndWritesFailInBoundedTimeAndGoOnWhenItAnswersAgain() throws Exception {
        String own = SERVER.freshUrl();
        String port = own.replaceAll(".*:(\\d+)/.*", "$1");
        try (BreakingLine line = new BreakingLine(Integer.parseInt(port));
                JdbcDatabases databases = new JdbcDatabases(
                        new StoreSettings(
                                own.replace(":" + port + "/", ":" + line.port() + "/") + IMPATIENT,
                                null,
                                null,
                                100,
                                256,
                                READERS),
                        new DataFolder(Path.of("unused")))) {
            Database database = databases.open("contract");
            database.write(DatabaseContract.insert("before")).get(10, SECONDS);
            openAllReaders(database);
            line.freeze();
            CompletableFuture<?> written = database.write(DatabaseContract.insert("while"));
            long begun = System.nanoTime();
            assertThatThrownBy(() -> database.read(DatabaseContract::names))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .as("one time-out of a socket and one of a new connection, not one of each idle connection")
                    .isLessThan(Duration.ofSeconds(2 * READERS));
            assertThatThrownBy(() -> written.get(30, SECONDS)).hasCauseInstanceOf(StoreUnavailableException.class);
            assertThat(databases.problems().get("contract")).isPresent();
            line.thaw();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(databases.problems().get("contract")).isEmpty());
            database.write(DatabaseContract.insert("after")).get(10, SECONDS);
            List<String> names = database.read(DatabaseContract::names);
            assertThat(names).contains("before", "after");
        }
    }

    /** Each of them has a connection of its own, which is idle afterwards. */
    private static void openAllReaders(Database database) {
        CountDownLatch all = new CountDownLatch(READERS);
        List<CompletableFuture<Void>> reads = new ArrayList<>();
        for (int i = 0; i < READERS; i++)
            reads.add(CompletableFuture.runAsync(
                    () -> database.read(connection -> {
                        all.countDown();
                        try {
                            if (!all.await(30, SECONDS)) fail("the readers do not read side by side");
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        return DatabaseContract.names(connection);
                    }),
                    runnable -> Thread.ofVirtual().start(runnable)));
        CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new)).join();
    }
}
