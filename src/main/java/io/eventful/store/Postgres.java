package io.eventful.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL database; each store has its own tables and migration history in it. */
record Postgres(
        String name,
        String url,
        @Nullable String username,
        @Nullable String password) implements Dialect {

    /** First half of the key of the advisory lock; the second half is a hash of the schema and the name of the store. */
    private static final int LOCK_SPACE = 0x65766e74;

    private static final String KEY = "hashtext(current_schema() || '/' || ?)";
    private static final Duration OWNER_WAIT = Duration.ofSeconds(5);

    /**
     * How long an answer of the server is waited for. {@code socketTimeout} and {@code loginTimeout} in the URL take
     * precedence.
     *
     * @param answer maximum wait for an answer, in seconds
     * @param login maximum wait for a new connection, in seconds: a server that is frozen still takes connections, but says
     *     nothing
     */
    private record Patience(int answer, int login) {

        /** Much longer than a group takes, but much shorter than the TCP time-out of a network that drops packets. */
        static final Patience WRITER = new Patience(60, 10);
        /** Callers wait for it. */
        static final Patience READER = new Patience(10, 5);

        static final Patience SCAN = new Patience(600, 10);
    }

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String READ_ONLY = "25006";

    @Override
    public String place() {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }

    /**
     * A connection that holds the advisory lock of the store; without it nothing is written. Of two gateways on one
     * database, only one starts, and one that lost its connection and was replaced meanwhile writes nothing more. Waits a
     * moment for the lock, because the session of a killed process ends with a delay.
     */
    @Override
    public Connection writer() throws SQLException {
        Connection connection = connect(Patience.WRITER);
        try {
            own(connection);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private void own(Connection connection) throws SQLException {
        try (Statement settings = connection.createStatement()) {
            // The server must soon notice that this machine is gone, because it holds the lock until then.
            settings.execute("SET tcp_keepalives_idle = 10");
            settings.execute("SET tcp_keepalives_interval = 5");
            settings.execute("SET tcp_keepalives_count = 3");
            settings.execute("SET lock_timeout = " + OWNER_WAIT.toMillis());
        }
        try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_lock(?, " + KEY + ")")) {
            lock.setInt(1, LOCK_SPACE);
            lock.setString(2, name);
            lock.execute();
        } catch (SQLException e) {
            if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) throw e;
            throw new SQLException(
                    "it is in use by another gateway (" + owner(connection)
                            + "); only one gateway can use a database: stop the other one, or set eventful.store.url"
                            + " to another database or schema",
                    LOCK_NOT_AVAILABLE,
                    e);
        }
        try (Statement settings = connection.createStatement()) {
            settings.execute("RESET lock_timeout");
            settings.execute(
                    "CREATE TABLE IF NOT EXISTS commit_mark (store TEXT PRIMARY KEY, transaction TEXT NOT NULL)");
        }
        try (PreparedStatement mark = connection.prepareStatement(
                "INSERT INTO commit_mark (store, transaction) VALUES (?, '') ON CONFLICT (store) DO NOTHING")) {
            mark.setString(1, name);
            mark.executeUpdate();
        }
    }

    /** The owner of the lock, as far as this user may see it. */
    private String owner(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT COALESCE(host(a.client_addr), 'local'), a.client_port, a.backend_start FROM pg_locks l"
                        + " JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory' AND l.granted"
                        + " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
                        + " AND l.classid = ? AND l.objid::bigint = (" + KEY + ")::bigint & 4294967295")) {
            select.setLong(1, LOCK_SPACE);
            select.setString(2, name);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? "from " + rows.getString(1) + ':' + rows.getString(2) + ", since " + rows.getString(3)
                        : "which has just disconnected";
            }
        }
    }

    @Override
    public Connection reader() throws SQLException {
        return reader(Patience.READER);
    }

    @Override
    public Connection scanner() throws SQLException {
        return reader(Patience.SCAN);
    }

    private Connection reader(Patience patience) throws SQLException {
        Connection connection = connect(patience);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        return connection;
    }

    private Connection connect(Patience patience) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(properties(patience));
        if (username != null) properties.setProperty("user", username);
        if (password != null) properties.setProperty("password", password);
        return DriverManager.getConnection(url, properties);
    }

    private Map<String, String> properties(Patience patience) {
        return Map.of(
                "ApplicationName",
                "eventful " + name,
                "connectTimeout",
                "5",
                "loginTimeout",
                String.valueOf(patience.login()),
                "socketTimeout",
                String.valueOf(patience.answer()),
                "tcpKeepAlive",
                "true");
    }

    /** Empty: the session of the writer holds the lock. */
    @Override
    public void beginGroup(Connection connection) {}

    @Override
    public void touch(Connection connection) throws SQLException {
        try (PreparedStatement mark =
                connection.prepareStatement("UPDATE commit_mark SET transaction = transaction WHERE store = ?")) {
            mark.setString(1, name);
            mark.executeUpdate();
        }
    }

    /** Writes a random mark: after a crash, the server may reuse the ids of lost transactions. */
    @Override
    public Optional<String> transaction(Connection connection) throws SQLException {
        String transaction = UUID.randomUUID().toString();
        try (PreparedStatement mark = connection.prepareStatement("UPDATE commit_mark SET transaction = ?"
                + " WHERE store = ? AND txid_current_if_assigned() IS NOT NULL")) {
            mark.setString(1, transaction);
            mark.setString(2, name);
            return mark.executeUpdate() == 0 ? Optional.empty() : Optional.of(transaction);
        }
    }

    /**
     * Reads the mark. This session holds the advisory lock now, so the former session has ended and the outcome of its
     * commit is final.
     */
    @Override
    public boolean committed(Connection connection, String transaction) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT transaction FROM commit_mark WHERE store = ?")) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                return row.next() && transaction.equals(row.getString(1));
            }
        }
    }

    /** Classes of SQLSTATE, appendix A of the PostgreSQL manual. */
    @Override
    public Fault fault(SQLException e) {
        String state = e.getSQLState();
        if (state == null) return Fault.UNIT;
        if (state.startsWith("08") || state.startsWith("57P")) return Fault.CONNECTION;
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "53", "54", "57", "58", "40", "XX", "F0" -> Fault.STORE;
            default -> state.equals(LOCK_NOT_AVAILABLE) || state.equals(READ_ONLY) ? Fault.STORE : Fault.UNIT;
        };
    }

    /** PostgreSQL's text has no U+0000; it is kept as the replacement character. */
    @Override
    public String text(String text) {
        return text.replace('\0', '\uFFFD');
    }

    @Override
    public FluentConfiguration migrations(FluentConfiguration flyway) {
        return flyway.jdbcProperties(properties(Patience.SCAN)).dataSource(url, username, password);
    }

    @Override
    public Map<String, String> placeholders() {
        return Map.of(
                "blob",
                "BYTEA",
                "key",
                "BIGINT PRIMARY KEY",
                "identity",
                "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
                "postgres",
                "");
    }

    @Override
    public String toString() {
        return "Postgres[" + name + " at " + place() + "]";
    }
}
