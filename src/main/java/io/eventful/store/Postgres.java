package io.eventful.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL database; each name of a store has its own tables and its own history of migrations in it. */
record Postgres(
        String name,
        String url,
        @Nullable String username,
        @Nullable String password) implements Dialect {

    /** First half of the advisory lock's key; the second is the store's name. */
    private static final int LOCK_SPACE = 0x65766e74;

    @Override
    public String place() {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }

    @Override
    public Connection writer() throws SQLException {
        Connection connection = connect();
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public Connection reader() throws SQLException {
        Connection connection = connect();
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        return connection;
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        if (username != null) properties.setProperty("user", username);
        if (password != null) properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "eventful " + name);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("tcpKeepAlive", "true");
        return DriverManager.getConnection(url, properties);
    }

    /** One writer over all replicas: numbers given in a group are seen by readers in their order. */
    @Override
    public void beginGroup(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?, ?)")) {
            lock.setInt(1, LOCK_SPACE);
            lock.setInt(2, name.hashCode());
            lock.execute();
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
            default -> state.equals("25006") ? Fault.STORE : Fault.UNIT;
        };
    }

    @Override
    public FluentConfiguration migrations(FluentConfiguration flyway) {
        return flyway.dataSource(url, username, password);
    }

    @Override
    public Map<String, String> placeholders() {
        return Map.of(
                "blob",
                "BYTEA",
                "key",
                "BIGINT PRIMARY KEY",
                "identity",
                "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY");
    }

    @Override
    public String toString() {
        return "Postgres[" + name + " at " + place() + "]";
    }
}
