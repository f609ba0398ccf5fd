package io.eventful.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * One SQLite file, in WAL mode with a sync per commit ({@code synchronous=FULL}): what is committed survives a power
 * loss. See sqlite.org/wal.html and sqlite.org/pragma.html.
 */
final class Sqlite implements Dialect {

    private static final int BUSY_TIMEOUT_MILLIS = 5_000;
    private static final int CACHE_KIB = 16 * 1024;

    /** SQLITE_CANTOPEN. */
    private static final int CANNOT_OPEN = 14;

    private final Path file;

    /** Of the file that was opened first; used by the writer only. */
    private @Nullable Object identity;

    Sqlite(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    @Override
    public String place() {
        return file.toString();
    }

    @Override
    public Connection writer() throws SQLException {
        Connection connection = open();
        if (identity == null) identity = identity();
        // Checkpoints run beside the commits (see Checkpointer), and the WAL keeps its blocks: syncing into
        // allocated blocks is several times faster than into a growing file.
        pragma(connection, "wal_autocheckpoint=0", "journal_size_limit=-1", "temp_store=MEMORY");
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public Connection reader() throws SQLException {
        Connection connection = open();
        pragma(connection, "query_only=1", "wal_autocheckpoint=0", "temp_store=MEMORY");
        connection.setAutoCommit(false);
        return connection;
    }

    /** With auto-commit, as checkpoints need it. */
    Connection checkpointer() throws SQLException {
        Connection connection = open();
        pragma(connection, "wal_autocheckpoint=0");
        return connection;
    }

    private Connection open() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setPageSize(4096);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.setCacheSize(-CACHE_KIB);
        // Nobody asks for generated keys; the driver would look for them, with a query, after every insert.
        config.setGetGeneratedKeys(false);
        // The migrations have made the file. When it is gone, an empty one in its place would not be the store.
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        return config.createConnection(url());
    }

    private static void pragma(Connection connection, String... settings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String setting : settings) statement.execute("PRAGMA " + setting);
        }
    }

    /**
     * The data folder belongs to one process, and a database has one writer in it. But a file that was removed takes what
     * is written all the same, and nobody would ever read it.
     */
    @Override
    public void beginGroup(Connection connection) throws SQLException {
        if (!Objects.equals(identity, identity()))
            throw new SQLException(
                    file + " is another file than the one that was opened; start again", null, CANNOT_OPEN);
    }

    private @Nullable Object identity() throws SQLException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            throw new SQLException(file + " is gone: " + e, null, CANNOT_OPEN, e);
        }
    }

    /** A commit is a call of this process: there is no answer to lose. */
    @Override
    public Optional<String> transaction(Connection connection) {
        return Optional.empty();
    }

    @Override
    public boolean committed(Connection connection, String transaction) {
        throw new IllegalStateException("no transaction has a name");
    }

    /** Primary result codes of sqlite.org/rescode.html. */
    @Override
    public Fault fault(SQLException e) {
        return switch (e.getErrorCode() & 0xff) {
            case 5, 6, 7, 8, 10, 11, 13, 14, 15, 22, 26 -> Fault.STORE;
            default -> Fault.UNIT;
        };
    }

    @Override
    public FluentConfiguration migrations(FluentConfiguration flyway) {
        return flyway.dataSource(url(), null, null).initSql("PRAGMA journal_mode=WAL");
    }

    @Override
    public Map<String, String> placeholders() {
        return Map.of("blob", "BLOB", "key", "INTEGER PRIMARY KEY", "identity", "INTEGER PRIMARY KEY AUTOINCREMENT");
    }

    private String url() {
        return StoreSettings.SQLITE + file;
    }
}
