package io.eventful.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void aFileThatIsNoDatabaseIsNamed() throws Exception {
        Path file = Files.writeString(
                folder.resolve("x.db"), "this is not a database, but long enough to look at".repeat(99));
        assertThatThrownBy(() -> Migrations.run("late", new Sqlite(file)))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aNameWithoutMigrationsIsRefused() {
        assertThatThrownBy(() -> Migrations.run("nothing", new Sqlite(folder.resolve("x.db"))))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("nothing");
    }
}
