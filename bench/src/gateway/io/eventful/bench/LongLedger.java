package io.eventful.bench;

import io.eventful.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * The gateway, as its users start it, on a long ledger in which a crash has left calls open, and with little memory: how
 * soon the calls are settled, and how soon a page of changes is there. Arguments: a folder, the repository, then options
 * as {@code bench/run} takes them.
 */
public final class LongLedger {

    private static final String HEAP = "-Xms256m -Xmx256m -Xmn96m";
    private static final long LIMIT = 600_000_000_000L;

    private final Path folder;
    private final Path root;
    private final int entries;
    private final int intents;

    private LongLedger(Path folder, Path root, int entries, int intents) {
        this.folder = folder;
        this.root = root;
        this.entries = entries;
        this.intents = intents;
    }

    public static void main(String[] args) throws Exception {
        List<String> options = List.of(args);
        boolean quick = options.contains("--quick");
        LongLedger bench = new LongLedger(
                Path.of(args[0]),
                Path.of(args[1]),
                Arguments.number(options, "--entries", quick ? 20_000 : 1_000_000),
                Arguments.number(options, "--intents", quick ? 5_000 : 100_000));
        int status = 1;
        try {
            bench.run();
            status = 0;
        } catch (Exception e) {
            e.printStackTrace();
        } finally {
            System.exit(status); // the system behind has threads of its own
        }
    }

    private void run() throws Exception {
        Folders.delete(folder);
        Files.createDirectories(folder);
        try (AnnotationConfigApplicationContext context = Ledgers.open(folder.resolve("data"))) {
            LongLedgerFill fill = new LongLedgerFill(context.getBean(Ledger.class));
            fill.changes(entries);
            fill.openCalls(intents);
        }
        int upstream = Child.freePort();
        VertxBackend.main(new String[] {
            String.valueOf(upstream),
            Files.writeString(folder.resolve("item.json"), LongLedgerFill.NOW).toString()
        });
        int admin = Child.freePort();
        long start = System.nanoTime();
        try (Child gateway = gateway(upstream, admin)) {
            double ready = seconds(start);
            double settled = settled(start);
            System.out.printf(
                    """

                    **A ledger of %,d changes and %,d calls that a crash left open; the gateway with a heap of 256 MB**

                    | | goal | |
                    |---|--:|--:|
                    | ready after the start, s | | %.1f |
                    | all open calls settled after the start, s | 30 | %.1f |
                    | processor time until then, s | | %.1f |
                    """,
                    entries, intents, ready, settled, gateway.processorTime().toMillis() / 1e3);
            System.out.print(new Pages(admin, folder.resolve("data/admin.key"), entries).rows());
        }
        Folders.delete(folder);
    }

    private Child gateway(int upstream, int admin) throws IOException, InterruptedException {
        List<String> command = List.of(
                "env",
                "EVENTFUL_JAVA_OPTS=" + HEAP,
                "EVENTFUL_UPSTREAMS_DEFAULT_CREDENTIAL_BEARER=token",
                root.resolve("eventful").toString(),
                "run",
                "--upstream",
                "http://127.0.0.1:" + upstream,
                "--port",
                "0",
                "--admin-port",
                String.valueOf(admin),
                "--data",
                folder.resolve("data").toString());
        return Child.start(root, folder.resolve("log"), command).awaitLine("ready ");
    }

    private double settled(long start) throws SQLException {
        try (Connection connection =
                DriverManager.getConnection("jdbc:sqlite:file:" + folder.resolve("data/eventful.db") + "?mode=ro")) {
            while (open(connection)) {
                if (System.nanoTime() - start > LIMIT) return Double.NaN;
                LockSupport.parkNanos(100_000_000);
            }
        }
        return seconds(start);
    }

    private static boolean open(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("SELECT 1 FROM intent LIMIT 1")) {
            return rows.next();
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
