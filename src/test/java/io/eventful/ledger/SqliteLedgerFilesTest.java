package io.eventful.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.store.Databases;
import io.eventful.store.TestStores;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqliteLedgerFilesTest extends LedgerFilesContract {

    @TempDir
    Path folder;

    @TempDir
    Path other;

    private AutoCloseable closing;

    @Override
    Databases databases() {
        Databases databases = TestStores.sqlite(folder);
        closing = (AutoCloseable) databases;
        return databases;
    }

    @Override
    Databases otherDatabases() {
        return TestStores.sqlite(other);
    }

    @Override
    void closeDatabases() throws Exception {
        closing.close();
    }

    @Test
    void aDamagedPageIsReportedNotPaperedOver() throws Exception {
        for (int i = 0; i < 200; i++) fill(i);
        close();
        Path file = folder.resolve("eventful.db");
        try (RandomAccessFile pages = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] garbage = new byte[4096];
            Arrays.fill(garbage, (byte) 0x5a);
            pages.seek(Files.size(file) - 3 * 4096);
            pages.write(garbage);
        }
        try (LedgerFiles ledger = LedgerFiles.open(folder, TestStores.sqliteSettings())) {
            LedgerReport report = ledger.verify();
            assertThat(report.found()).isPositive();
            assertThat(report.problems())
                    .anySatisfy(problem -> assertThat(problem).contains("damaged"));
        }
        open();
    }

    /** What a power loss leaves of the last commit: the file system may have kept any part of its frames. */
    @ParameterizedTest
    @EnumSource(Torn.class)
    void aTornLastWriteIsRepaired(Torn torn) throws Exception {
        Path log = folder.resolve("eventful.db-wal");
        for (int i = 1; i <= 20; i++) fill(i);
        int whole = (int) Files.size(log);
        fill(21);
        byte[] frames = Files.readAllBytes(log);
        assertThat(frames.length).as("the last commit has frames of its own").isGreaterThan(whole);
        Files.copy(folder.resolve("eventful.db"), other.resolve("eventful.db"));
        Files.write(other.resolve("eventful.db-wal"), torn.of(frames, whole));

        try (LedgerFiles found = LedgerFiles.open(other, TestStores.sqliteSettings())) {
            assertThat(found.verify()).isEqualTo(new LedgerReport(20, 0, List.of()));
        }
        close();
        Databases repaired = otherDatabases();
        closing = (AutoCloseable) repaired;
        reopen(repaired);
        fill(22);
        assertThat(positions()).hasSize(21).last().isEqualTo(21L);
        assertThat(verified().problems()).isEmpty();
    }

    private enum Torn {
        CUT_IN_A_FRAME {
            @Override
            byte[] of(byte[] frames, int whole) {
                return Arrays.copyOf(frames, frames.length - 1000);
            }
        },
        CUT_IN_THE_HEAD_OF_A_FRAME {
            @Override
            byte[] of(byte[] frames, int whole) {
                return Arrays.copyOf(frames, whole + 11);
            }
        },
        A_SECTOR_NEVER_WRITTEN {
            @Override
            byte[] of(byte[] frames, int whole) {
                byte[] torn = frames.clone();
                Arrays.fill(torn, whole + 512, whole + 1024, (byte) 0);
                return torn;
            }
        },
        ONE_BIT_TURNED {
            @Override
            byte[] of(byte[] frames, int whole) {
                byte[] torn = frames.clone();
                torn[frames.length - 77] ^= 4;
                return torn;
            }
        };

        abstract byte[] of(byte[] frames, int whole);
    }

    private void fill(int i) {
        append(
                Samples.item("/customers/" + i),
                "created",
                Samples.ABSENT,
                Samples.known("{\"id\":" + i + ",\"note\":\"" + "x".repeat(300) + "\"}"));
    }
}
