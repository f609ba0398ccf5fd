package io.eventful.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** What differs between the databases that can hold a store. */
sealed interface Dialect permits Sqlite, Postgres {

    /** Whose fault a failure is. */
    enum Fault {
        /** The unit's own: a constraint, wrong SQL. The others of its group can go on. */
        UNIT,
        /** The store cannot take or give data now. */
        STORE,
        /** The connection was lost. Before the commit nothing has happened; after it, the store knows. */
        CONNECTION
    }

    /** Name for logs; no secrets. */
    String place();

    /** A connection for the only writer, without auto-commit. */
    Connection writer() throws SQLException;

    /** A connection that cannot write, without auto-commit. */
    Connection reader() throws SQLException;

    /** Runs first in each group; makes sure that no other process writes the same database in between. */
    void beginGroup(Connection connection) throws SQLException;

    /**
     * What the transaction is called that is about to be committed, for {@link #committed}; empty when it wrote nothing,
     * or where an answer cannot be lost on its way.
     */
    Optional<String> transaction(Connection connection) throws SQLException;

    /**
     * Whether a transaction was committed of which the answer was lost. Asked on the writer's next connection, when the
     * former one is known to have ended.
     *
     * @throws SQLException when the store cannot tell
     */
    boolean committed(Connection connection, String transaction) throws SQLException;

    Fault fault(SQLException e);

    FluentConfiguration migrations(FluentConfiguration flyway);

    /**
     * Values of {@code ${…}} in migrations: {@code blob} (type of bytes), {@code identity} (a generated 64-bit primary
     * key, never reused), {@code key} (a 64-bit primary key that the unit gives).
     */
    Map<String, String> placeholders();
}
