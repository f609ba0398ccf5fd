package io.eventful.store;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store whose log may still be written, but whose database file can grow no more. */
class FullDiskIT {

    private static final int MIB = 1024 * 1024;
    private static final int BEFORE = 4;
    private static final int BESIDE = 50;

    private static final String WARNING = "store.checkpoint-failed";

    @TempDir
    Path folder;

    @Test
    void commitsGoOnWhileTheCopyIsRefusedAndItIsTakenUpAgain() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "no prlimit (util-linux)");
        Path file = folder.resolve(StoreProcess.FILE);
        try (StoreProcess store = new StoreProcess(folder)) {
            for (int i = 0; i < BEFORE; i++) assertThat(store.commits(MIB)).isTrue();
            awaitCopied(file);
            long begin = System.nanoTime();
            store.limitFiles(Long.toString(Files.size(file)));

            assertThat(store.commits(MIB)).isTrue();
            awaitWarnings(store, 1);
            for (int i = 0; i < BESIDE; i++) assertThat(store.commits(1)).isTrue();
            awaitWarnings(store, 2);
            long warnings = store.told(WARNING).size();
            Duration gone = Duration.ofNanos(System.nanoTime() - begin);
            assertThat(warnings)
                    .as("a pause between two")
                    .isLessThanOrEqualTo(1 + gone.toMillis() / Checkpointer.REFUSED_MILLIS);

            store.limitFiles("unlimited");
            awaitCopied(file);
            assertThat(Files.size(file)).isGreaterThan((BEFORE + 1) * MIB);
            assertThat(store.commits(1)).isTrue();
            assertThat(store.end()).isZero();
            assertThat(store.told("store.refuses")).isEmpty();
        }
        assertThat(ask(file, "SELECT count(*) FROM entry")).isEqualTo(BEFORE + 1 + BESIDE + 1);
        assertThat(ask(file, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"))
                .isOne();
    }

    private static void awaitWarnings(StoreProcess store, int number) {
        await().atMost(1, MINUTES).until(() -> store.told(WARNING).size() >= number);
    }

    /** Until nothing in the log is left to copy. */
    private static void awaitCopied(Path file) {
        await().atMost(1, MINUTES).until(() -> {
            try (Connection connection = new Sqlite(file).checkpointer();
                    Statement statement = connection.createStatement();
                    ResultSet log = statement.executeQuery("PRAGMA wal_checkpoint(NOOP)")) {
                return log.next() && log.getInt(2) == log.getInt(3);
            }
        });
    }

    private static int ask(Path file, String sql) throws SQLException, IOException {
        try (Connection connection = new Sqlite(file).checkpointer();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
