package io.eventful.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/**
 * Empty databases whose schema is up to date, for whoever opens many new ones, as route tests do: the migrations run once
 * for each name, and every further database begins as a copy. SQLite only.
 */
public final class ReadySchemas {

    private final Path folder;
    private final Set<String> ready = new HashSet<>();

    /** @param folder for the copies; nobody else writes there */
    public ReadySchemas(Path folder) {
        this.folder = folder;
    }

    /** Brings a database up to date: a new one by a copy, when there is one to copy. */
    synchronized void prepare(String name, Dialect dialect) {
        if (!(dialect instanceof Sqlite sqlite) || Files.exists(sqlite.file())) {
            Migrations.run(name, dialect);
            return;
        }
        Path template = folder.resolve(name + ".db");
        try {
            if (ready.add(name)) {
                Migrations.run(name, dialect);
                keep(sqlite, template);
            } else Files.copy(template, sqlite.file());
        } catch (IOException e) {
            throw new UncheckedIOException("the database " + sqlite.file() + " cannot be written", e);
        } catch (SQLException e) {
            throw new StoreUnavailableException("the database " + sqlite.file() + " cannot be copied", e);
        }
    }

    private static void keep(Sqlite sqlite, Path template) throws SQLException {
        try (Connection connection = sqlite.checkpointer();
                Statement statement = connection.createStatement()) {
            statement.execute("VACUUM INTO '" + template.toString().replace("'", "''") + "'");
        }
    }
}
