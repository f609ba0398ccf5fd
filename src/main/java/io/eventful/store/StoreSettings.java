package io.eventful.store;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the gateway keeps what must survive.
 *
 * @param url JDBC URL, {@code jdbc:sqlite:…} or {@code jdbc:postgresql:…}; {@code <data>} stands for the data folder
 * @param username user of the PostgreSQL database; null when the URL says it or none is needed
 * @param password of that user; never printed
 * @param queue writes that may wait for the writer of one database; more are refused
 * @param group writes that share one transaction at most
 * @param readers reads of one database that may run at the same time; more wait
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
    /** It may hold a password, and the address is told in messages. */
    private static final Pattern HAS_USER = Pattern.compile(POSTGRESQL + "//[^/?]*@");

    public StoreSettings {
        if (!url.startsWith(SQLITE) && !url.startsWith(POSTGRESQL))
            throw new IllegalArgumentException(
                    "eventful.store.url must start with jdbc:sqlite: or jdbc:postgresql:; no other store is supported");
        if (url.equals(SQLITE) || url.startsWith(SQLITE + ":memory:"))
            throw new IllegalArgumentException(
                    "eventful.store.url names no file; give one, such as jdbc:sqlite:<data>/eventful.db");
        if (HAS_USER.matcher(url).lookingAt())
            throw new IllegalArgumentException("eventful.store.url names a user before the host, which PostgreSQL's"
                    + " driver does not read; write eventful.store.username and eventful.store.password");
        atLeastOne("queue", queue);
        atLeastOne("group", group);
        atLeastOne("readers", readers);
    }

    /** The main database's file, for a data folder; empty when it is on a server. */
    public Optional<Path> file(Path data) {
        if (!url.startsWith(SQLITE)) return Optional.empty();
        String path = url.substring(SQLITE.length()).replace("<data>", data.toString());
        return Optional.of(Path.of(path).toAbsolutePath().normalize());
    }

    private static void atLeastOne(String key, int value) {
        if (value < 1)
            throw new IllegalArgumentException("eventful.store." + key + " is " + value + "; it must be at least 1");
    }

    /** Leaves out what may be secret: a PostgreSQL URL may carry a password. */
    @Override
    public String toString() {
        int query = url.indexOf('?');
        return "StoreSettings[url=" + (query < 0 ? url : url.substring(0, query)) + ", queue=" + queue + ", group="
                + group + ", readers=" + readers + "]";
    }
}
