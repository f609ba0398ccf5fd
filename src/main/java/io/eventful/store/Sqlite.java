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
import java.util.regex.Pattern;
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

    private static final Pattern SAME_TEXT = Pattern.compile("same_text\\(([\\w.]+), ([\\w.?]+)\\)");
    private static final Pattern SHORT_TEXT = Pattern.compile("short_text\\(([\\w.]+)\\)");

    private final Path file;

    /** Identity of the file that was opened first; used only by the writer. */
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
        // Checkpoints run concurrently (see Checkpointer), and the WAL keeps its blocks: syncing into
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

    @Override
    public Connection scanner() throws SQLException {
        return reader();
    }

    /** A connection with auto-commit, which checkpoints require. */
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
        // Generated keys are not used; otherwise the driver would run an extra query after every insert.
        config.setGetGeneratedKeys(false);
        // The migrations have created the file. If it is missing now, it must not be replaced by an empty one.
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        return config.createConnection(url());
    }

    private static void pragma(Connection connection, String... settings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String setting : settings) statement.execute("PRAGMA " + setting);
        }
    }

    /**
     * Checks that the file still exists: writes to a removed file succeed, but would be lost. Other writers are excluded by
     * {@link StoreLocks}.
     */
    @Override
    public void beginGroup(Connection connection) throws SQLException {
        if (!Objects.equals(identity, identity()))
            throw new SQLException(
                    file + " was replaced by another file while it was open; restart the gateway", null, CANNOT_OPEN);
    }

    /** Setting the version that applications may use, which is always 0 here, writes a page. */
    @Override
    public void touch(Connection connection) throws SQLException {
        pragma(connection, "user_version=0");
    }

    private @Nullable Object identity() throws SQLException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            throw new SQLException(file + " no longer exists: " + e, null, CANNOT_OPEN, e);
        }
    }

    /** Empty: a commit is a local call whose result cannot get lost. */
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
            case 5, 6, 7, 8, 10, 13, 14, 15, 22 -> Fault.STORE;
            case 11, 26 -> Fault.DAMAGE; // SQLITE_CORRUPT, SQLITE_NOTADB
            default -> Fault.UNIT;
        };
    }

    /** Its indexes hold texts of any length. */
    @Override
    public String sql(String sql) {
        return SHORT_TEXT.matcher(SAME_TEXT.matcher(sql).replaceAll("$1 = $2")).replaceAll("$1");
    }

    @Override
    public FluentConfiguration migrations(FluentConfiguration flyway) {
        return flyway.dataSource(url(), null, null).initSql("PRAGMA journal_mode=WAL");
    }

    @Override
    public Map<String, String> placeholders() {
        return Map.of(
                "blob",
                "BLOB",
                "key",
                "INTEGER PRIMARY KEY",
                "identity",
                "INTEGER PRIMARY KEY AUTOINCREMENT",
                "postgres",
                "-- ");
    }

    private String url() {
        return StoreSettings.SQLITE + file;
    }
}
