package io.eventful.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store guarantees, whatever database holds it. */
abstract class DatabaseContract {

    JdbcDatabases databases;
    Database database;

    /** New handles on the same data each time. */
    abstract JdbcDatabases databases(int queue) throws Exception;

    @BeforeEach
    void open() throws Exception {
        reopen(1000);
    }

    void reopen(int queue) throws Exception {
        databases = databases(queue);
        database = databases.open("contract");
    }

    @AfterEach
    void close() {
        databases.close();
    }

    static Database.Unit<Long> insert(String name) {
        return connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO entry (name, body) VALUES (?, ?) RETURNING id")) {
                insert.setString(1, name);
                insert.setBytes(2, name.getBytes(UTF_8));
                try (ResultSet rows = insert.executeQuery()) {
                    rows.next();
                    return rows.getLong(1);
                }
            }
        };
    }

    List<String> names() {
        return database.read(DatabaseContract::names);
    }

    static List<String> names(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT name, body FROM entry ORDER BY id");
                ResultSet rows = select.executeQuery()) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                assertThat(new String(rows.getBytes(2), UTF_8)).isEqualTo(rows.getString(1));
                names.add(rows.getString(1));
            }
            return names;
        }
    }

    /** Holds the writer, so that everything queued meanwhile becomes one group. */
    AutoCloseable held() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        database.write(connection -> {
            begun.countDown();
            try {
                return release.await(30, SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(begun.await(10, SECONDS)).isTrue();
        return release::countDown;
    }

    @Test
    void whatIsWrittenCanBeReadOnceTheFutureIsDone() throws Exception {
        database.write(insert("ada")).get(10, SECONDS);
        assertThat(names()).containsExactly("ada");
    }

    /** Some databases cannot hold it; ids and texts of strangers may have it all the same. */
    @Test
    void aTextWithTheCharacterZeroIsWrittenAndFoundAgain() throws Exception {
        database.write(insert("a\0b")).get(10, SECONDS);
        long found = database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT COUNT(*) FROM entry WHERE name = ?")) {
                select.setString(1, "a\0b");
                try (ResultSet rows = select.executeQuery()) {
                    rows.next();
                    return rows.getLong(1);
                }
            }
        });
        assertThat(found).isEqualTo(1);
    }

    @Test
    void commitsAreInTheOrderOfTheCalls() throws Exception {
        List<CompletableFuture<Long>> ids = IntStream.range(0, 500)
                .mapToObj(i -> database.write(insert("n" + i)))
                .toList();
        ids.getLast().get(10, SECONDS);
        assertThat(names())
                .isEqualTo(IntStream.range(0, 500).mapToObj(i -> "n" + i).toList());
        assertThat(ids.stream().map(CompletableFuture::join)).isSorted();
    }

    @Test
    void aFailingUnitIsUndoneAloneAndTheOthersOfItsGroupStand() throws Exception {
        List<CompletableFuture<Long>> good = new ArrayList<>();
        CompletableFuture<Long> twice;
        CompletableFuture<Long> halfway;
        try (AutoCloseable held = held()) {
            for (int i = 0; i < 10; i++) good.add(database.write(insert("good" + i)));
            twice = database.write(insert("good3"));
            halfway = database.write(connection -> {
                insert("half").run(connection);
                throw new IllegalArgumentException("on purpose");
            });
            for (int i = 10; i < 20; i++) good.add(database.write(insert("good" + i)));
        }
        for (CompletableFuture<Long> write : good) write.get(10, SECONDS);
        assertThatThrownBy(() -> twice.get(10, SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> halfway.get(10, SECONDS)).hasRootCauseMessage("on purpose");
        assertThat(names())
                .hasSize(20)
                .doesNotContain("half")
                .startsWith("good0")
                .endsWith("good19");
    }

    @Test
    void moreThanTheQueueHoldsIsRefusedAtOnce() throws Exception {
        close();
        reopen(5);
        List<CompletableFuture<Long>> writes = new ArrayList<>();
        try (AutoCloseable held = held()) {
            for (int i = 0; i < 8; i++) writes.add(database.write(insert("n" + i)));
            assertThat(writes.subList(5, 8))
                    .allSatisfy(refused -> assertThatThrownBy(refused::join)
                            .hasCauseInstanceOf(StoreUnavailableException.class)
                            .hasMessageContaining("eventful.store.queue"));
        }
        writes.get(4).get(10, SECONDS);
        assertThat(names()).containsExactly("n0", "n1", "n2", "n3", "n4");
    }

    @Test
    void closingWritesWhatIsQueuedAndThenRefuses() throws Exception {
        List<CompletableFuture<Long>> writes = IntStream.range(0, 200)
                .mapToObj(i -> database.write(insert("n" + i)))
                .toList();
        databases.close();
        assertThat(writes).allSatisfy(write -> assertThat(write).isCompleted());
        assertThatThrownBy(() -> database.write(insert("late")).join())
                .hasCauseInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> names()).isInstanceOf(StoreUnavailableException.class);
        reopen(10);
        assertThat(names()).hasSize(200);
    }

    @Test
    void aUnitCannotEndTheTransactionOfItsGroup() {
        assertThatThrownBy(() -> database.write(connection -> {
                            connection.commit();
                            return 1;
                        })
                        .get(10, SECONDS))
                .hasMessageContaining("belongs to the store");
    }

    @Test
    void aReaderCannotWrite() {
        assertThatThrownBy(() -> database.read(insert("sneaky"))).isInstanceOf(RuntimeException.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void aReadSeesOneSnapshot() throws Exception {
        database.write(insert("first")).get(10, SECONDS);
        assertThat(database.<Long>read(connection -> {
                    long before = count(connection);
                    database.write(insert("second")).join();
                    return count(connection) - before;
                }))
                .isZero();
        assertThat(names()).hasSize(2);
    }

    private static long count(java.sql.Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT COUNT(*) FROM entry");
                ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static final Database.Batch<String, Long> INSERTS = (connection, names) -> {
        List<Long> ids = new ArrayList<>();
        for (String name : names) {
            if (name.startsWith("bad")) throw new IllegalArgumentException(name);
            ids.add(insert(name).run(connection));
        }
        return ids;
    };

    @Test
    void unitsOfABatchThatWaitTogetherAreToldTheirOwnResults() throws Exception {
        List<CompletableFuture<Long>> all;
        try (var holding = held()) {
            all = IntStream.range(0, 100)
                    .mapToObj(i -> database.write(INSERTS, (i == 50 ? "bad" : "good") + i))
                    .toList();
        }
        for (int i = 0; i < 100; i++) {
            if (i == 50) assertThatThrownBy(() -> all.get(50).get(30, SECONDS)).hasRootCauseMessage("bad50");
            else assertThat(all.get(i).get(30, SECONDS)).isPositive();
        }
        assertThat(names()).hasSize(99).startsWith("good0", "good1").doesNotContain("bad50");
        assertThat(all.get(99).get()).isGreaterThan(all.get(0).get());
    }

    @Test
    void theSameNameIsTheSameDatabase() {
        assertThat(databases.open("contract")).isSameAs(database);
        assertThatThrownBy(() -> databases.open("../etc")).isInstanceOf(IllegalArgumentException.class);
    }
}
