package io.eventful.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL database; each store has its own tables and migration history in it. */
final class Postgres implements Dialect {

    private final String name;
    private final String url;
    private final @Nullable String username;
    private final @Nullable String password;
    private final Ownership ownership;

    Postgres(String name, String url, @Nullable String username, @Nullable String password) {
        this.name = name;
        this.url = url;
        this.username = username;
        this.password = password;
        this.ownership = new Ownership(name);
    }

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

    private static final String READ_ONLY = "25006";

    /** Data corrupted, index corrupted. */
    private static final Set<String> DAMAGED = Set.of("XX001", "XX002");

    @Override
    public String place() {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }

    /**
     * A connection that holds the advisory lock of the store; without it nothing is written. Of two gateways on one
     * database, only one starts, and one that lost its connection and was replaced meanwhile writes nothing more.
     */
    @Override
    public Connection writer() throws SQLException {
        ownership.require();
        Connection connection = connect(Patience.WRITER);
        try {
            ownership.take(connection);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
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
        ownership.touch(connection);
    }

    @Override
    public Optional<String> transaction(Connection connection) throws SQLException {
        return ownership.mark(connection);
    }

    /**
     * Reads the mark. This session holds the advisory lock now, so the former session has ended and the outcome of its
     * commit is final.
     */
    @Override
    public boolean committed(Connection connection, String transaction) throws SQLException {
        return ownership.committed(connection, transaction);
    }

    /** Classes of SQLSTATE, appendix A of the PostgreSQL manual. */
    @Override
    public Fault fault(SQLException e) {
        if (e instanceof SupersededException) return Fault.STORE;
        String state = e.getSQLState();
        if (state == null) return Fault.UNIT;
        if (state.startsWith("08") || state.startsWith("57P")) return Fault.CONNECTION;
        if (DAMAGED.contains(state)) return Fault.DAMAGE;
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "53", "54", "57", "58", "40", "XX", "F0" -> Fault.STORE;
            default -> state.equals(Ownership.LOCK_NOT_AVAILABLE) || state.equals(READ_ONLY) ? Fault.STORE : Fault.UNIT;
        };
    }

    /** PostgreSQL's text has no U+0000; it is kept as the replacement character. */
    @Override
    public String text(String text) {
        return text.replace('\0', '\uFFFD');
    }

    /** In another encoding, a client's text may be one that cannot be written. */
    @Override
    public Optional<String> unfit() throws SQLException {
        try (Connection connection = connect(Patience.WRITER);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW server_encoding")) {
            String encoding = row.next() ? row.getString(1) : "";
            return encoding.equals("UTF8")
                    ? Optional.empty()
                    : Optional.of("the encoding of the database is " + encoding + " and must be UTF8; set"
                            + " eventful.store.url to another one, created with"
                            + " CREATE DATABASE name ENCODING 'UTF8' TEMPLATE template0");
        }
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
