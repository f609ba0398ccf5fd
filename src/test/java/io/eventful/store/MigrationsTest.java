package io.eventful.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationsTest {

    @TempDir
    Path folder;

    private void execute(Sqlite sqlite, String sql) throws SQLException {
        try (Connection connection = sqlite.checkpointer();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void anOlderNumberThatArrivesLateIsApplied() throws Exception {
        Sqlite sqlite = new Sqlite(folder.resolve("x.db"));
        Migrations.run("late", sqlite);
        execute(sqlite, "DELETE FROM schema_history_late WHERE version = '10'");
        execute(sqlite, "DROP TABLE older");
        Migrations.run("late", sqlite);
        execute(sqlite, "INSERT INTO older (id) VALUES (1)");
        Migrations.run("late", sqlite);
        execute(sqlite, "INSERT INTO older (id) VALUES (2)");
    }

    /** 5 lies among the numbers that this program knows, 99 after them. */
    @ParameterizedTest
    @ValueSource(strings = {"5", "99"})
    void aStoreThatANewerVersionChangedIsRefused(String version) throws Exception {
        Sqlite sqlite = new Sqlite(folder.resolve("x.db"));
        Migrations.run("late", sqlite);
        execute(
                sqlite,
                "INSERT INTO schema_history_late SELECT 99, '" + version + "', 'from tomorrow', type, script, checksum,"
                        + " installed_by, installed_on, execution_time, success FROM schema_history_late"
                        + " WHERE version = '10'");
        assertThatThrownBy(() -> Migrations.run("late", sqlite))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContainingAll("newer version", version + " (from tomorrow)", folder.toString());
    }

    @Test
    void aFileThatIsNoDatabaseIsNamedWithTheReason() throws Exception {
        Path file = Files.writeString(
                folder.resolve("x.db"), "this is not a database, but long enough to look at".repeat(99));
        assertThatThrownBy(() -> Migrations.run("late", new Sqlite(file)))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContainingAll(file.toString(), "is damaged (restore a backup", "SQLITE_NOTADB");
    }

    @Test
    void aNameWithoutMigrationsIsRefused() {
        assertThatThrownBy(() -> Migrations.run("nothing", new Sqlite(folder.resolve("x.db"))))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("nothing");
    }
}
