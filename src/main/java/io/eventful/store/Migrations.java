package io.eventful.store;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

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
            dialect.migrations(Flyway.configure(Migrations.class.getClassLoader()))
                    .locations("classpath:db/" + name)
                    .failOnMissingLocations(true)
                    .table("schema_history_" + name)
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .outOfOrder(true)
                    .placeholders(dialect.placeholders())
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new StoreUnavailableException(
                    "the schema of store " + name + " at " + dialect.place() + " cannot be brought up to date: "
                            + firstLine(e.getMessage()),
                    e);
        }
    }

    private static String firstLine(@org.jspecify.annotations.Nullable String message) {
        return message == null ? "no reason given" : message.lines().findFirst().orElse("");
    }
}
