package io.eventful.store;

/**
 * Opens the gateway's databases. On SQLite each name is a file of its own, so that retention, rebuilds and replays
 * never queue before an intent; on PostgreSQL all names are one database.
 */
public interface Databases {

    /**
     * Opens (or creates) a database and brings its schema up to date.
     *
     * @param name {@code ledger}, {@code delivery}, …; its migrations are {@code classpath:db/<name>/V*.sql}, one text
     *     for SQLite and PostgreSQL alike
     */
    Database open(String name);
}
