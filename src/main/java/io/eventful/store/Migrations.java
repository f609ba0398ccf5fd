package io.eventful.store;

import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/** Brings a schema up to date from {@code classpath:db/<name>}. */
final class Migrations {

    private Migrations() {}

    /**
     * Several packages share one database and number their migrations in ranges of their own, so an older number may
     * arrive after a newer one.
     *
     * @throws StoreUnavailableException when the schema cannot be read or changed
     */
    static void run(String name, Dialect dialect) {
        try {
            FluentConfiguration configuration = configuration(name, dialect);
            Flyway flyway = configuration.load();
            boolean late = Arrays.stream(flyway.info().all())
                    .anyMatch(migration -> migration.getState() == MigrationState.IGNORED);
            // Not always, because Flyway warns of it at each start.
            (late ? configuration.outOfOrder(true).load() : flyway).migrate();
        } catch (FlywayException e) {
            throw new StoreUnavailableException(
                    "the schema of store " + name + " at " + dialect.place() + " cannot be brought up to date: "
                            + firstLine(e.getMessage()),
                    e);
        }
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

    private static String firstLine(@Nullable String message) {
        return message == null ? "no reason given" : message.lines().findFirst().orElse("");
    }
}
