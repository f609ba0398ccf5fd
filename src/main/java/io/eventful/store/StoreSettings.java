package io.eventful.store;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The database of the gateway.
 *
 * @param url JDBC URL, {@code jdbc:sqlite:…} or {@code jdbc:postgresql:…}; {@code <data>} stands for the data folder
 * @param username user of the PostgreSQL database; null if the URL contains it or none is needed
 * @param password of that user; never printed
 * @param queue maximum number of writes waiting for the writer of a database; further ones are rejected
 * @param group maximum number of writes in one transaction
 * @param readers maximum number of concurrent reads of a database; further ones wait
 */
@ConfigurationProperties("eventful.store")
public record StoreSettings(
        @DefaultValue("jdbc:sqlite:<data>/eventful.db") String url,
        @Nullable String username,
        @Nullable String password,
        @DefaultValue("10000") int queue,
        @DefaultValue("1024") int group,
        @DefaultValue("4") int readers) {

    static final String SQLITE = "jdbc:sqlite:";
    static final String POSTGRESQL = "jdbc:postgresql:";
    /** A URL with user information may contain a password, and the URL appears in messages. */
    private static final Pattern HAS_USER = Pattern.compile(POSTGRESQL + "//[^/?]*@");

    public StoreSettings {
        if (!url.startsWith(SQLITE) && !url.startsWith(POSTGRESQL))
            throw new IllegalArgumentException(
                    "eventful.store.url must start with jdbc:sqlite: or jdbc:postgresql:; no other store is supported");
        if (url.equals(SQLITE) || url.startsWith(SQLITE + ":memory:"))
            throw new IllegalArgumentException(
                    "eventful.store.url has no file name; use a URL such as jdbc:sqlite:<data>/eventful.db");
        if (HAS_USER.matcher(url).lookingAt())
            throw new IllegalArgumentException(
                    "eventful.store.url contains a user before the host, which the PostgreSQL"
                            + " driver ignores; set eventful.store.username and eventful.store.password");
        onlyOfServer("username", username, url);
        onlyOfServer("password", password, url);
        atLeastOne("queue", queue);
        atLeastOne("group", group);
        atLeastOne("readers", readers);
    }

    /** The file of the main database for a data folder; empty for a database server. */
    public Optional<Path> file(Path data) {
        return file(url, data);
    }

    static Optional<Path> file(String url, Path data) {
        if (!url.startsWith(SQLITE)) return Optional.empty();
        String path = url.substring(SQLITE.length()).replace("<data>", data.toString());
        return Optional.of(Path.of(path).toAbsolutePath().normalize());
    }

    private static void onlyOfServer(String key, @Nullable String value, String url) {
        if (value != null && url.startsWith(SQLITE))
            throw new IllegalArgumentException("eventful.store." + key
                    + " is set, but SQLite does not use it; remove it, or set eventful.store.url to a"
                    + " jdbc:postgresql: URL");
    }

    private static void atLeastOne(String key, int value) {
        if (value < 1)
            throw new IllegalArgumentException("eventful.store." + key + " is " + value + "; it must be at least 1");
    }

    /** Without secrets: a PostgreSQL URL may contain a password. */
    @Override
    public String toString() {
        int query = url.indexOf('?');
        return "StoreSettings[url=" + (query < 0 ? url : url.substring(0, query)) + ", queue=" + queue + ", group="
                + group + ", readers=" + readers + "]";
    }
}
