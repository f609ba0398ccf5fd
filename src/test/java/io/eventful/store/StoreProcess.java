package io.eventful.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventful.harness.GatewayProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A store in a process of its own, so that the system can refuse it what it refuses no other. */
final class StoreProcess implements AutoCloseable {

    static final String FILE = "eventful-contract.db";
    private static final String COMMITTED = "committed";
    private static final String REFUSED = "refused";

    private final Process process;
    private final PrintWriter input;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Queue<String> log = new ConcurrentLinkedQueue<>();

    StoreProcess(Path folder) throws IOException {
        process = new ProcessBuilder(
                        GatewayProcess.java(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreProcess.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        input = new PrintWriter(process.outputWriter(UTF_8), true);
        BufferedReader output = process.inputReader(UTF_8);
        Thread.ofVirtual()
                .start(() -> output.lines()
                        .forEach(line -> (line.equals(COMMITTED) || line.equals(REFUSED) ? answers : log).add(line)));
    }

    /** Whether so many bytes could be committed. */
    boolean commits(int bytes) throws InterruptedException {
        input.println(bytes);
        String answer = answers.poll(60, TimeUnit.SECONDS);
        if (answer == null) throw new IllegalStateException("no answer: " + log);
        return answer.equals(COMMITTED);
    }

    /** What it has told of something. */
    List<String> told(String event) {
        return log.stream().filter(line -> line.contains(event)).toList();
    }

    /** From now on the system lets it write no file beyond a size (setrlimit(2)), as it may be on a disk that is full. */
    void limitFiles(String bytes) throws IOException, InterruptedException {
        Process limit = new ProcessBuilder("prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + bytes + ":")
                .inheritIO()
                .start();
        if (limit.waitFor() != 0) throw new IllegalStateException("prlimit gave " + limit.exitValue());
    }

    /** Ends it in good order; gives what it ended with. */
    int end() throws InterruptedException {
        input.close();
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        try (JdbcDatabases databases =
                new JdbcDatabases(TestStores.sqliteSettings(), new DataFolder(Path.of(arguments[0])))) {
            Database database = databases.open("contract");
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                int bytes = Integer.parseInt(line);
                try {
                    database.write(insert(bytes)).join();
                    System.out.println(COMMITTED);
                } catch (CompletionException e) {
                    System.out.println(e.getCause() + "\n" + REFUSED);
                }
            }
        }
    }

    private static Database.Unit<Integer> insert(int bytes) {
        return connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO entry (name, body) VALUES (hex(randomblob(16)), zeroblob(?))")) {
                insert.setInt(1, bytes);
                return insert.executeUpdate();
            }
        };
    }
}
