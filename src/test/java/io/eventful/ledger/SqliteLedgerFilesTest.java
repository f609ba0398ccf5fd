package io.eventful.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.store.Databases;
import io.eventful.store.TestStores;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
            java.util.Arrays.fill(garbage, (byte) 0x5a);
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

    private void fill(int i) {
        append(
                Samples.item("/customers/" + i),
                "created",
                Samples.ABSENT,
                Samples.known("{\"id\":" + i + ",\"note\":\"" + "x".repeat(300) + "\"}"));
    }
}
