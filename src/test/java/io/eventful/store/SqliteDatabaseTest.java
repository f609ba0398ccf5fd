package io.eventful.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class SqliteDatabaseTest extends DatabaseContract {

    @TempDir
    Path folder;

    @Override
    JdbcDatabases databases(int queue) {
        StoreSettings settings = new StoreSettings("jdbc:sqlite:<data>/eventful.db", null, null, queue, 256, 2);
        return new JdbcDatabases(settings, new DataFolder(folder));
    }

    @Test
    void eachNameIsAFileBesideTheFirst() {
        assertThat(folder.resolve("eventful-contract.db")).exists();
    }

    @Test
    void everyCommitIsSynced() {
        assertThat(pragma("journal_mode")).isEqualTo("wal");
        assertThat(pragma("synchronous")).isEqualTo("2");
        assertThat(pragma("foreign_keys")).isEqualTo("1");
        assertThat(pragma("wal_autocheckpoint")).isEqualTo("0");
        assertThat(pragma("page_size")).isEqualTo("4096");
    }

    private String pragma(String name) {
        return database.write(connection -> {
                    try (Statement statement = connection.createStatement();
                            ResultSet rows = statement.executeQuery("PRAGMA " + name)) {
                        rows.next();
                        return rows.getString(1);
                    }
                })
                .join();
    }

    @Test
    void aFullDiskRefusesTheGroupAndTheWriterRecoversByItself() throws Exception {
        database.write(insert("before")).get(10, SECONDS);
        CompletableFuture<Integer> full;
        CompletableFuture<Long> beside;
        try (AutoCloseable held = held()) {
            beside = database.write(insert("beside"));
            full = database.write(connection -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("PRAGMA max_page_count=10");
                    return statement.executeUpdate("INSERT INTO entry (name, body) VALUES ('big', zeroblob(1000000))");
                }
            });
        }
        assertThatThrownBy(() -> full.get(10, SECONDS)).hasCauseInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> beside.get(10, SECONDS)).hasCauseInstanceOf(StoreUnavailableException.class);
        database.write(insert("after")).get(10, SECONDS);
        assertThat(names()).containsExactly("before", "after");
    }

    /** The system goes on writing to a file without a name, and all of it is gone with the process. */
    @Test
    void nothingIsWrittenToAFileThatWasRemovedUntilItIsBack() throws Exception {
        database.write(insert("before")).get(10, SECONDS);
        Path away = folder.resolveSibling(folder.getFileName() + "-away");
        Files.move(folder, away);
        assertRefused();
        Files.createDirectory(folder);
        assertRefused();
        assertThat(folder).isEmptyDirectory();
        Files.delete(folder);
        Files.move(away, folder);
        database.write(insert("after")).get(10, SECONDS);
        assertThat(names()).containsExactly("before", "after");
    }

    @Test
    void nothingIsWrittenToAnotherFileInThePlaceOfTheOneThatWasOpened() throws Exception {
        database.write(insert("before")).get(10, SECONDS);
        Path file = folder.resolve("eventful-contract.db");
        Files.move(file, folder.resolve("aside"));
        Files.copy(folder.resolve("aside"), file);
        assertRefused();
    }

    /** Who is told that the gateway is ill may send it nothing more; it must find out by itself that it is well again. */
    @Test
    void aStoreIsKnownToRefuseUntilItCanBeWrittenAlthoughNobodyWrites() throws Exception {
        assertThat(databases.problems()).containsExactly(Map.entry("contract", Optional.empty()));
        Path away = folder.resolveSibling(folder.getFileName() + "-away");
        Files.move(folder, away);
        assertRefused();
        assertThat(databases.problems().get("contract")).get(STRING).contains("no longer exists");
        Files.move(away, folder);
        Awaitility.await()
                .atMost(30, SECONDS)
                .until(() -> databases.problems().get("contract").isEmpty());
        database.write(insert("after")).get(10, SECONDS);
    }

    private void assertRefused() {
        assertThatThrownBy(() -> database.write(insert("nowhere")).get(10, SECONDS))
                .hasCauseInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void whatWasAnsweredIsThereAlthoughNobodyClosedTheDatabase() throws Exception {
        database.write(insert("kept")).get(10, SECONDS);
        JdbcDatabases left = databases;
        reopen(10);
        assertThat(names()).containsExactly("kept");
        left.close();
    }

    /** The next checkpoint would be due 5 s after the one that failed. */
    @Test
    void closingDoesNotWaitForTheNextCheckpoint() throws Exception {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger log = (Logger) LoggerFactory.getLogger(Checkpointer.class);
        log.addAppender(lines);
        try {
            database.write(insert("first")).get(10, SECONDS);
            try (FileChannel wal =
                    FileChannel.open(folder.resolve("eventful-contract.db-wal"), StandardOpenOption.WRITE)) {
                wal.truncate(0);
            }
            Awaitility.await()
                    .until(() -> lines.list.stream()
                            .anyMatch(line -> line.getFormattedMessage().startsWith("store.checkpoint-failed")));
        } finally {
            log.detachAppender(lines);
        }
        assertThat(CompletableFuture.runAsync(databases::close)).succeedsWithin(3, SECONDS);
    }

    @Test
    void theLogStartsOverUnderSteadyLoad() throws Exception {
        database.write(insert("first")).get(10, SECONDS);
        byte[] first = salts();
        AtomicInteger written = new AtomicInteger();
        AtomicBoolean stop = new AtomicBoolean();
        Thread load = Thread.ofVirtual().start(() -> {
            while (!stop.get()) {
                List<CompletableFuture<Integer>> pair = List.of(big(written), big(written));
                pair.forEach(CompletableFuture::join);
            }
        });
        Awaitility.await().atMost(30, SECONDS).until(() -> !Arrays.equals(first, salts()));
        stop.set(true);
        load.join();
        assertThat(names()).hasSize(written.get() + 1);
    }

    private CompletableFuture<Integer> big(AtomicInteger written) {
        String name = "a".repeat(200_000) + written.incrementAndGet();
        return database.write(connection -> {
            insert(name).run(connection);
            return 1;
        });
    }

    /** They change when the write-ahead log starts over (sqlite.org/fileformat2.html#walformat). */
    private byte[] salts() throws IOException {
        try (InputStream log = Files.newInputStream(folder.resolve("eventful-contract.db-wal"))) {
            return Arrays.copyOfRange(log.readNBytes(24), 16, 24);
        }
    }
}
