package io.eventful.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** The differences between the supported databases. */
sealed interface Dialect permits Sqlite, Postgres {

    /** The cause of a failure. */
    enum Fault {
        /** The unit itself: a constraint, wrong SQL. The other units of its group can continue. */
        UNIT,
        /** The store is unavailable. */
        STORE,
        /** What the store holds was changed by something else, such as the disk: it stays so until somebody mends it. */
        DAMAGE,
        /** The connection was lost. Before the commit, nothing was written; during the commit, the outcome must be queried. */
        CONNECTION
    }

    /** Name for logs, without secrets. */
    String place();

    /** A connection for the single writer, without auto-commit. */
    Connection writer() throws SQLException;

    /** A read-only connection, without auto-commit. */
    Connection reader() throws SQLException;

    /** A read-only connection for one read that may take minutes, such as a sum over a whole table. */
    Connection scanner() throws SQLException;

    /** Runs at the start of each group; ensures that no other process writes the database. */
    void beginGroup(Connection connection) throws SQLException;

    /** Writes something that changes nothing, to find out whether the store accepts writes. */
    void touch(Connection connection) throws SQLException;

    /**
     * The id of the transaction that is about to be committed, for {@link #committed}; empty if it wrote nothing, or if
     * the result of a commit cannot get lost.
     */
    Optional<String> transaction(Connection connection) throws SQLException;

    /**
     * Whether a transaction was committed whose result was lost. Called on the writer's next connection, after the former
     * one has ended.
     *
     * @throws SQLException if the outcome cannot be determined
     */
    boolean committed(Connection connection, String transaction) throws SQLException;

    Fault fault(SQLException e);

    /** A text as the database can hold it, the same for each text, so that what was written is found again. */
    default String text(String text) {
        return text;
    }

    /**
     * A statement as the database runs it. {@code same_text(a, b)} and {@code short_text(a)} are for texts of any length:
     * comparing them, and naming what an index holds of them (see migration {@code long_texts}).
     */
    default String sql(String sql) {
        return sql;
    }

    /** Why the database cannot hold what the gateway keeps; empty if it can. */
    default Optional<String> unfit() throws SQLException {
        return Optional.empty();
    }

    FluentConfiguration migrations(FluentConfiguration flyway);

    /**
     * Values of {@code ${…}} in migrations: {@code blob} (binary type), {@code identity} (a generated 64-bit primary key,
     * never reused), {@code key} (a 64-bit primary key that the unit supplies), {@code postgres} (begins a line that only
     * PostgreSQL runs).
     */
    Map<String, String> placeholders();
}
