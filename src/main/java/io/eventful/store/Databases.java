package io.eventful.store;

/**
 * Opens the gateway's databases. With SQLite, each name is a separate file, so that retention, rebuilds and replays do not
 * delay intents; with PostgreSQL, all names share one database.
 */
public interface Databases {

    /**
     * Opens (or creates) a database and migrates its schema.
     *
     * @param name {@code ledger}, {@code delivery}, …; its migrations are {@code classpath:db/<name>/V*.sql}, one text
     *     for SQLite and PostgreSQL alike
     * @throws DataFolderException if another process uses its file
     */
    Database open(String name);
}
