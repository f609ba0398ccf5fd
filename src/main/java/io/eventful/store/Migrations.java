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
     * @throws StoreUnavailableException when the schema cannot be read or changed, or is newer than this program
     */
    static void run(String name, Dialect dialect) {
        try {
            FluentConfiguration configuration = configuration(name, dialect);
            Flyway flyway = configuration.load();
            MigrationInfo[] migrations = flyway.info().all();
            refuseNewer(name, dialect, migrations);
            boolean late =
                    Arrays.stream(migrations).anyMatch(migration -> migration.getState() == MigrationState.IGNORED);
            // Only then, because Flyway logs a warning about it at each start.
            (late ? configuration.outOfOrder(true).load() : flyway).migrate();
        } catch (FlywayException e) {
            throw new StoreUnavailableException(
                    "the schema of store " + name + " at " + dialect.place() + " cannot be migrated: " + reason(e), e);
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

    /** Of the database itself, where it gave one: Flyway's own words begin with the script that failed, and may name none. */
    private static String reason(FlywayException e) {
        Throwable deepest = e;
        for (Throwable cause = e; cause != null; cause = cause.getCause())
            if (cause instanceof SQLException) deepest = cause;
        String message = deepest.getMessage();
        return message == null
                ? deepest.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
