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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What is recorded passes when it is run at once. */
class RecordedTestsTest {

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

    private static Path routes;
    private static ThingSystem system;
    private static LiveGateway gateway;
    private static int recorded;

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final List<Path> files = new ArrayList<>();
    private List<String> headers = List.of("X-Tenant=a", "X-Other=b");
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
        write("secrets", ", actions: cancel, redact: \"/ssn,/card/number\"", "state", "change");
        system = new ThingSystem();
        gateway = new LiveGateway(
                folder.resolve("data"),
                routes,
                Map.of(
                        "eventful.upstreams.default.url",
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
    private String record(String method, String path, String json, String... more) throws IOException {
        Path file = routes.resolve("recorded-" + ++recorded + ".test.yaml");
        assertThat(run(recording(method, path, json, file))).isEmpty();
        files.add(file);
        String text = Files.readString(file);
        assertThat(text).contains(more);
        return text;
    }

    private List<String> recording(String method, String path, String json, Path file) {
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
    private static String run(List<String> arguments) {
        StringWriter out = new StringWriter();
        int exit = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(arguments.toArray(String[]::new));
        return exit == 0 ? "" : out.toString();
    }

    @Test
    void inEveryRendering() throws IOException {
        String made = record("PUT", "/all/1", "{\"id\":1,\"name\":\"Ada\",\"a\":{\"b\":[1]}}", "thing.created");
        assertThat(made).doesNotContain("api.example.org", "sha-256", "evt_");
        record("PUT", "/all/1", "{\"id\":1,\"name\":\"Eve\",\"a\":{\"b\":[2,3]}}", "thing.updated");
        record("DELETE", "/all/1", "", "thing.deleted");
    }

    @Test
    void ofAnAction() throws IOException {
        gateway.call("PUT", "/things/1", "{\"id\":1,\"state\":\"open\"}");
        record("POST", "/things/1/cancel", "{\"why\":\"late\"}", "thing.cancel");
        system.put("/things/2", "{\"id\":2,\"state\":\"open\"}");
        record("POST", "/things/2/cancel", "", "thing.cancel", "- {status: 200, json: {id: 2, state: open}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"things", "fetched", "careless"})
    void afterAWriteBehindTheGateway(String collection) throws IOException {
        String path = "/" + collection + "/3";
        gateway.call("PUT", path, "{\"id\":3,\"state\":\"open\",\"old\":1}");
        system.put(path, "{\"id\":3,\"state\":\"closed\",\"new\":[1]}");
        record("PATCH", path, "{\"name\":\"Ada\"}", "thing.updated");
        system.put(path, "{\"id\":3,\"state\":\"open\"}");
        record("DELETE", path, "", "thing.deleted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"things", "careless", "secrets"})
    void ofItemsThatTheGatewaySeesForTheFirstTime(String collection) throws IOException {
        String path = "/" + collection;
        String item = "{\"id\":4,\"state\":\"open\",\"ssn\":\"1\"}";
        for (int i = 4; i < 7; i++) system.put(path + "/" + i, item);
        record("PUT", path + "/4", item.replace("open", "closed"), "thing.");
        record("PATCH", path + "/5", "{\"name\":\"Ada\"}", "thing.updated");
        record("DELETE", path + "/6", "", "thing.deleted");
        record("POST", path, item, "thing.created");
    }

    @Test
    void ofItemsThatWereGone() throws IOException {
        system.put("/things/7", "{\"id\":7}");
        gateway.call("DELETE", "/things/7", "");
        record("PUT", "/things/7", "{\"id\":7,\"name\":\"Ada\"}", "thing.created", "revision: \"2\"");
        gateway.call("DELETE", "/things/7", "");
        record("PUT", "/things/7", "{\"id\":7,\"name\":\"Eve\"}", "thing.created", "revision: \"4\"");
    }

    @ParameterizedTest
    @CsvSource({"DELETE,/secrets/8,", "POST,/secrets/9/cancel,", "PUT,/secrets/10,{\"id\":1}"})
    void ofItemsWithRedactedMembers(String method, String path, String json) throws IOException {
        String item = "{\"id\":1,\"state\":\"open\",\"ssn\":\"12-34\",\"card\":{\"number\":\"56-78\"}}";
        gateway.call("PUT", path.replace("/cancel", ""), item);
        String text = record(method, path, json == null ? "" : json, "reason: redacted");
        assertThat(text).doesNotContain("12-34", "56-78");
    }

    @Test
    void ofItemsInAScope() throws IOException {
        String made = record("PUT", "/scoped/1", "{\"id\":1}", "thing.created");
        assertThat(made).contains("X-Tenant: a").doesNotContain("X-Other");
        record("PUT", "/scoped/1", "{\"id\":1,\"name\":\"Ada\"}", "thing.updated", "scope: a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "preferred | Prefer=respond-async | 202",
                "preferred | Prefer=respond-async, wait=5 | 201",
                "queued | X-Other=b | 202",
                "queued | prefer=wait=5 | 201"
            })
    void ofCommands(String collection, String header, int status) throws IOException {
        headers = List.of(header, "Authorization=Bearer a");
        for (int i = 20; i < 22; i++) {
            String text = record("POST", "/" + collection, "{\"id\":" + i + "}", "thing.created", "Location: /");
            assertThat(text).contains("status: " + status).doesNotContain(".eventful/commands", "Bearer");
        }
        String path = "/" + collection + "/new-" + recorded;
        assertThat(record("PUT", path, "{\"id\":20}", "thing.created", "status: 201"))
                .contains("status: " + status);
    }

    @Test
    void aCommandThatHasNotEndedIsNoTest() {
        headers = List.of("Prefer=respond-async");
        Path file = routes.resolve("pending.test.yaml");
        assertThat(run(recording("PUT", "/preferred/busy", "{}", file)))
                .contains("the command /.eventful/commands/", "is pending", "--settle");
        assertThat(file).doesNotExist();
    }

    @Test
    void ofACallThatChangesNothing() throws IOException {
        gateway.call("PUT", "/things/11", "{\"id\":11}");
        record("PUT", "/things/11", "{\"id\":11}", "events: []");
        record("PUT", "/elsewhere/11", "{\"id\":11}", "events: []");
    }
}
