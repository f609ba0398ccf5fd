package io.eventful.store;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Migrates a schema with the scripts in {@code classpath:db/<name>}. */
final class Migrations {

    /** Classes of SQLSTATE: no connection, no permission to connect, no such database. */
    private static final Set<String> UNCONNECTED = Set.of("08", "28", "3D");

    /** States of what was applied here and is not in this program. */
    private static final Set<MigrationState> NEWER = EnumSet.of(
            MigrationState.FUTURE_SUCCESS,
            MigrationState.FUTURE_FAILED,
            MigrationState.MISSING_SUCCESS,
            MigrationState.MISSING_FAILED);

    private Migrations() {}

    /**
     * Runs the migrations. Several packages share one database and use separate ranges of version numbers, so a migration
     * with a lower number may be added later (out of order).
     *
     * <p>A schema that a newer version of the gateway has changed is left alone: what this one would write there might
     * break rules that it does not know.
     *
     * @throws StoreUnavailableException when the schema cannot be read or changed, or is newer than this program, or when the
     *     database is of a kind that cannot hold it
     */
    static void run(String name, Dialect dialect) {
        try {
            FluentConfiguration configuration = configuration(name, dialect);
            Flyway flyway = configuration.load();
            MigrationInfo[] migrations = flyway.info().all();
            refuseUnfit(name, dialect);
            refuseNewer(name, dialect, migrations);
            boolean late =
                    Arrays.stream(migrations).anyMatch(migration -> migration.getState() == MigrationState.IGNORED);
            // Only then, because Flyway logs a warning about it at each start.
            (late ? configuration.outOfOrder(true).load() : flyway).migrate();
        } catch (FlywayException e) {
            throw new StoreUnavailableException(
                    "store " + name + " at " + dialect.place() + " cannot be " + step(e, dialect) + ": " + reason(e),
                    e);
        }
    }

    private static void refuseUnfit(String name, Dialect dialect) {
        try {
            dialect.unfit().ifPresent(reason -> {
                throw new StoreUnavailableException(
                        "store " + name + " at " + dialect.place() + " cannot be used: " + reason);
            });
        } catch (SQLException e) {
            throw new StoreUnavailableException(
                    "store " + name + " at " + dialect.place() + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private static void refuseNewer(String name, Dialect dialect, MigrationInfo[] migrations) {
        String newer = Arrays.stream(migrations)
                .filter(migration -> NEWER.contains(migration.getState()))
                .map(migration -> migration.getVersion() + " (" + migration.getDescription() + ")")
                .collect(Collectors.joining(", "));
        if (!newer.isEmpty())
            throw new StoreUnavailableException("store " + name + " at " + dialect.place()
                    + " was changed by a newer version of the gateway, which added " + newer
                    + "; start that version, or restore the backup of before the upgrade");
    }

    private static FluentConfiguration configuration(String name, Dialect dialect) {
        return dialect.migrations(Flyway.configure(Migrations.class.getClassLoader()))
                .locations("classpath:db/" + name)
                .failOnMissingLocations(true)
                .table("schema_history_" + name)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .placeholders(dialect.placeholders());
    }

    /** What failed, and how to mend it where the database says that nobody was let in. */
    private static String step(FlywayException e, Dialect dialect) {
        if (deepest(e) instanceof SQLException failure && dialect.fault(failure) == Dialect.Fault.DAMAGE)
            return "used, because it is damaged (restore a backup, see " + Damage.SECTION + ")";
        String state = deepest(e) instanceof SQLException failure ? String.valueOf(failure.getSQLState()) : "";
        boolean connecting = UNCONNECTED.contains(state.substring(0, Math.min(2, state.length())));
        return connecting
                ? "connected to (check eventful.store.url, username and password, and that the database exists)"
                : "migrated to this version's schema";
    }

    /** Of the database itself, where it gave one: Flyway's own words begin with the script that failed, and may name none. */
    private static String reason(FlywayException e) {
        Throwable deepest = deepest(e);
        Throwable cause = deepest.getCause();
        return said(deepest)
                + (cause == null ? "" : " (" + cause.getClass().getSimpleName() + ": " + said(cause) + ")");
    }

    /** What the database or its driver said. */
    private static Throwable deepest(FlywayException e) {
        Throwable deepest = e;
        for (Throwable cause = e; cause != null; cause = cause.getCause())
            if (cause instanceof SQLException) deepest = cause;
        return deepest;
    }

    private static String said(Throwable failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
