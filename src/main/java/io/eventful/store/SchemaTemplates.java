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
 * Creates many new databases quickly, as route tests need it: the migrations run once for each name, and further databases
 * start as copies of the result. SQLite only.
 */
public final class SchemaTemplates {

    private final Path folder;
    private final Set<String> ready = new HashSet<>();

    /** @param folder folder for the templates; used only by this object */
    public SchemaTemplates(Path folder) {
        this.folder = folder;
    }

    /** Migrates a database; a new one is copied from a template if there is one. */
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
