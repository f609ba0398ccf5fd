package io.eventful.store;

import java.nio.file.Path;

/** Real stores for the tests of other packages. The result is {@link AutoCloseable}. */
public final class TestStores {

    private TestStores() {}

    public static Databases sqlite(Path folder) {
        return new JdbcDatabases(sqliteSettings(), new DataFolder(folder));
    }

    /** The defaults: a file in the data folder. */
    public static StoreSettings sqliteSettings() {
        return settings("jdbc:sqlite:<data>/eventful.db");
    }

    public static Databases postgres(String url) {
        return new JdbcDatabases(settings(url), new DataFolder(Path.of("unused")));
    }

    private static StoreSettings settings(String url) {
        return new StoreSettings(url, null, null, 10_000, 1024, 4);
    }
}
