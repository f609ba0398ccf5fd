package io.eventful.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;

/** A disk has changed pages of the file: whoever meets them is told so, and never that it passes. */
class DamagedSqliteTest {

    private static final int PAGE = 4096;
    private static final int ROWS = 400;

    @TempDir
    Path folder;

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private JdbcDatabases databases;
    private Database database;

    @BeforeEach
    void fill() {
        open();
        for (int i = 0; i < ROWS; i++) database.write(DatabaseContract.insert(i + "x".repeat(600)));
        database.writeAndWait(connection -> 0);
        databases.close();
        open();
        lines.start();
        log().addAppender(lines);
    }

    private void open() {
        databases = new JdbcDatabases(TestStores.sqliteSettings(), new DataFolder(folder));
        database = databases.open("contract");
    }

    private static Logger log() {
        return (Logger) LoggerFactory.getLogger("io.eventful.store");
    }

    @AfterEach
    void close() {
        log().detachAppender(lines);
        databases.close();
    }

    private Path file() {
        return folder.resolve("eventful-contract.db");
    }

    /** Overwrites bytes of the file; pages count from 1. */
    private void damage(int page, int length) throws Exception {
        byte[] noise = new byte[length];
        Arrays.fill(noise, (byte) 0x5a);
        try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
            bytes.seek((long) (page - 1) * PAGE);
            bytes.write(noise);
        }
    }

    private static Database.Unit<Integer> update(String where) {
        return connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE entry SET body = x'00' WHERE " + where)) {
                return update.executeUpdate();
            }
        };
    }

    private void isKnown(String reason) {
        assertThat(databases.problems().get("contract"))
                .hasValueSatisfying(problem -> assertThat(problem).contains("is damaged", reason, "restore a backup"));
        Health health = new StoresHealth(databases).health();
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails().get("contract").toString()).startsWith("is damaged");
        assertThat(told()).singleElement().asString().contains("store=contract", "place=" + file(), "then=", reason);
    }

    private List<String> told() {
        return lines.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> !line.startsWith("store.checkpoint-failed"))
                .toList();
    }

    @Test
    void whatReadsADamagedPageIsToldSoAndHealthUntilTheRestart() throws Exception {
        damage(20, 60 * PAGE);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> database.read(DatabaseContract::names))
                    .isInstanceOf(StoreDamagedException.class)
                    .hasMessageContainingAll("contract", file().toString(), "SQLITE_CORRUPT", "restore a backup");
            assertThatThrownBy(() -> database.scan(DatabaseContract::names)).isInstanceOf(StoreDamagedException.class);
        }
        isKnown("SQLITE_CORRUPT");
        // What does not meet the damage goes on, but the store is not well.
        assertThat(database.writeAndWait(update("id = 1"))).isEqualTo(1);
        isKnown("SQLITE_CORRUPT");
    }

    @Test
    void aWriteThatMeetsADamagedPageIsNotMadeAndSaysSo() throws Exception {
        damage(20, 60 * PAGE);
        for (int i = 0; i < 2; i++)
            assertThatThrownBy(() -> database.writeAndWait(update("id > 0")))
                    .isInstanceOf(StoreDamagedException.class)
                    .hasMessageContainingAll(file().toString(), "restore a backup");
        isKnown("SQLITE_CORRUPT");
        assertThat(database.writeAndWait(update("id = 1"))).isEqualTo(1);
        isKnown("SQLITE_CORRUPT");
    }

    @Test
    void aFileThatIsNoDatabaseAnyMoreIsDamaged() throws Exception {
        damage(1, 100);
        assertThatThrownBy(() -> database.read(DatabaseContract::names))
                .isInstanceOf(StoreDamagedException.class)
                .hasMessageContaining("SQLITE_NOTADB");
        isKnown("SQLITE_NOTADB");
    }

    @Test
    void onlyDamageIsSticky() {
        assertThatThrownBy(() -> database.read(connection -> {
                    throw new SQLException("busy", null, 5);
                }))
                .isInstanceOf(StoreUnavailableException.class)
                .isNotInstanceOf(StoreDamagedException.class);
        assertThat(databases.problems().get("contract")).isEmpty();
        assertThat(told()).isEmpty();
    }

    /** The tool that looks at the ledger is named where it helps. */
    @Test
    void theRemedyOfALedgerNamesTheToolThatChecksIt() {
        Damage damage = new Damage("ledger", new Sqlite(file()));
        assertThat(damage.found(new SQLException("malformed", null, 11)).remedy())
                .contains("stop the gateway", "./eventful ledger verify", "docs/operation.md");
        assertThat(damage.reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("malformed"));
    }
}
