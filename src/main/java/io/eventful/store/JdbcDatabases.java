package io.eventful.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** Opens each database once; the same name returns the same database until this object is closed. */
final class JdbcDatabases implements Databases, AutoCloseable {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,30}");

    /** The database in the configured file, for whose commits callers wait; the files of the others are next to it. */
    static final String MAIN = "ledger";

    private static final Duration WATCH = Duration.ofSeconds(1);

    private final StoreSettings settings;
    private final DataFolder folder;
    private final BiConsumer<String, Dialect> schemas;
    private final BiConsumer<String, JdbcDatabase> opened;
    private final Map<String, JdbcDatabase> open = new ConcurrentHashMap<>();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("store-watch").unstarted(task));

    /** Without locks: for stores that no other process can reach. */
    JdbcDatabases(StoreSettings settings, DataFolder folder) {
        this(settings, folder, Migrations::run, (name, database) -> {});
    }

    /**
     * @param schemas locks a database and migrates its schema before it is used
     * @param opened is told of each database when it is open
     */
    JdbcDatabases(
            StoreSettings settings,
            DataFolder folder,
            BiConsumer<String, Dialect> schemas,
            BiConsumer<String, JdbcDatabase> opened) {
        this.settings = settings;
        this.folder = folder;
        this.schemas = schemas;
        this.opened = opened;
        watch.scheduleWithFixedDelay(
                () -> open.values().forEach(JdbcDatabase::watch),
                WATCH.toMillis(),
                WATCH.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized Database open(String name) {
        if (!NAME.matcher(name).matches())
            throw new IllegalArgumentException("not a name of a store: " + name + "; it must match " + NAME);
        return open.computeIfAbsent(name, this::openNew);
    }

    private JdbcDatabase openNew(String name) {
        Dialect dialect = dialect(name);
        schemas.accept(name, dialect);
        JdbcDatabase database = new JdbcDatabase(name, dialect, settings);
        opened.accept(name, database);
        return database;
    }

    /** Per open database, what is wrong with it; empty where all is well. */
    SortedMap<String, Optional<String>> problems() {
        SortedMap<String, Optional<String>> all = new TreeMap<>();
        open.forEach((name, database) -> all.put(name, database.problem()));
        return all;
    }

    private Dialect dialect(String name) {
        return settings.file(folder.path())
                .<Dialect>map(main -> new Sqlite(file(main, name)))
                .orElseGet(() -> new Postgres(name, settings.url(), settings.username(), settings.password()));
    }

    private static Path file(Path main, String name) {
        if (name.equals(MAIN)) return main;
        String file = String.valueOf(main.getFileName());
        int dot = file.lastIndexOf('.');
        String sibling = dot < 1 ? file + "-" + name : file.substring(0, dot) + "-" + name + file.substring(dot);
        return main.resolveSibling(sibling);
    }

    @Override
    public synchronized void close() {
        List<JdbcDatabase> all = new ArrayList<>(open.values());
        open.clear();
        for (JdbcDatabase database : all) database.close();
        watch.shutdownNow();
    }
}
