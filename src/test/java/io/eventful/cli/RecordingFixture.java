package io.eventful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.eventful.routes.LiveGateway;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A gateway whose calls are recorded. What is recorded passes when it is run at once. */
abstract class RecordingFixture {

    private static final String ROUTE = """
        - route:
            id: %1$s
            from:
              uri: capture:/%1$s/{id}
              parameters: {resource: thing%2$s}
              steps:
                - multicast:
                    steps:
        """;
    private static final String RENDERED = """
        - pipeline: {steps: [{transformDataType: {toType: "event:%s"}}, {to: {uri: "channel:%s"}}]}
        """;

    private static final String[] RENDERINGS = {
        "notification",
        "notification?title=at {position} {id} on {time}&tags=a={position}",
        "notification-firebase",
        "state",
        "state-eventbridge",
        "change",
        "change-object",
        "change-generic",
        "change-generic?split=true"
    };

    @TempDir
    static Path folder;

    static Path routes;
    static ThingSystem system;
    static LiveGateway gateway;
    static int recorded;

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final List<Path> files = new ArrayList<>();
    List<String> headers = List.of("X-Tenant=a", "X-Other=b");
    private Level level;

    @BeforeAll
    static void start() throws IOException {
        routes = Files.createDirectory(folder.resolve("routes"));
        write("all", "", RENDERINGS);
        write("things", ", actions: cancel", "state", "change");
        write("fetched", ", before: fetch", "state", "change");
        write("careless", ", before: none", "state", "change");
        write("scoped", ", scope: X-Tenant", "state", "change");
        write("preferred", ", commands: prefer", "state", "change");
        write("queued", ", commands: async", "state", "change");
        write("replicated", ", upstream: second, queryUpstream: replica", "state");
        write("secrets", ", actions: cancel, redact: \"/ssn,/card/number\"", "state", "change");
        system = new ThingSystem();
        gateway = new LiveGateway(
                folder.resolve("data"),
                routes,
                Map.of(
                        "eventful.upstreams.default.url",
                        system.address(),
                        "eventful.upstreams.second.url",
                        system.address(),
                        "eventful.upstreams.replica.url",
                        system.address(),
                        "eventful.edge.public-url",
                        "https://api.example.org"));
    }

    private static void write(String id, String options, String... renderings) throws IOException {
        StringBuilder route = new StringBuilder(ROUTE.formatted(id, options));
        for (int i = 0; i < renderings.length; i++)
            route.append(RENDERED.formatted(renderings[i], id + i).indent(12));
        Files.writeString(routes.resolve(id + ".yaml"), route);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        system.close();
    }

    @BeforeEach
    void keep() {
        level = root.getLevel();
    }

    /** The command silences the log. */
    @AfterEach
    void restore() {
        root.setLevel(level);
    }

    /** Records a call; the test's text must contain some more. Returns the text. */
    String record(String method, String path, String json, String... more) throws IOException {
        Path file = routes.resolve("recorded-" + ++recorded + ".test.yaml");
        assertThat(run(recording(method, path, json, file))).isEmpty();
        files.add(file);
        String text = Files.readString(file);
        assertThat(text).contains(more);
        return text;
    }

    List<String> recording(String method, String path, String json, Path file) {
        List<String> given = new ArrayList<>(List.of("test", "--record", method, path, "--settle", "700ms"));
        for (String header : headers) given.addAll(List.of("--header", header));
        given.addAll(List.of("--gateway", gateway.data("").toString(), "--to", file.toString()));
        given.addAll(List.of("--admin", gateway.adminAddress().toString(), "--key", LiveGateway.KEY));
        if (!json.isEmpty()) given.addAll(List.of("--json", json));
        return given;
    }

    @AfterEach
    void theRecordedPass() throws IOException {
        List<String> all = new ArrayList<>(List.of("test"));
        StringBuilder texts = new StringBuilder();
        for (Path each : files) {
            all.add(each.toString());
            texts.append(each).append('\n').append(Files.readString(each));
        }
        assertThat(run(all)).as(texts.toString()).isEmpty();
        for (Path each : files) Files.delete(each);
    }

    /** What a command has told, when it has failed. */
    static String run(List<String> arguments) {
        StringWriter out = new StringWriter();
        int exit = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(arguments.toArray(String[]::new));
        return exit == 0 ? "" : out.toString();
    }
}
