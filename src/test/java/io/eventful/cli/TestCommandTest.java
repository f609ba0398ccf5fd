package io.eventful.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.eventful.routes.LiveGateway;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class TestCommandTest {

    private static final String ROUTES = """
        - route:
            id: customers
            from:
              uri: capture:/customers/{id}
              parameters: {resource: customer}
              steps:
                - transformDataType: {toType: "event:state"}
                - to: {uri: "channel:customers"}
        """;

    private static final String TESTS = """
        tests:
          - name: a new customer is told
            given: {upstream: [{when: {method: PUT}, reply: {status: 201, json: {id: 1}}}, {reply: 404}]}
            when: {method: PUT, path: /customers/1, json: {id: 1}}
            then: {events: [{channel: customers, type: customer.created}]}
        """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private Level level;

    @TempDir
    Path folder;

    private Path routes;

    @BeforeEach
    void write() throws IOException {
        level = root.getLevel();
        routes = Files.createDirectory(folder.resolve("routes"));
        Files.writeString(routes.resolve("customers.yaml"), ROUTES);
    }

    /** The command silences the log. */
    @AfterEach
    void restore() {
        root.setLevel(level);
    }

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void aRouteFileStandsForTheTestsBesideIt() throws IOException {
        Path file = routes.resolve("customers.yaml");
        assertThat(run("test", file.toString())).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo(file
                        + ": this is not a test file, and there is none next to it; write customers.test.yaml, or name"
                        + " a *.test.yaml file" + System.lineSeparator());
        Files.writeString(routes.resolve("customers.test.yaml"), TESTS);
        assertThat(run("test", file.toString())).as(err.toString()).isZero();
        assertThat(out.toString()).contains("a new customer is told", "1 passed");
    }

    @Test
    void withoutAPathTheConfiguredRoutesAreTested() throws IOException {
        Files.writeString(routes.resolve("customers.test.yaml"), TESTS);
        Path config = Files.writeString(
                folder.resolve("application.yaml"), "eventful: {routes: {directory: '" + routes + "'}}\n");
        assertThat(run("test", "--config", config.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("a new customer is told", "1 passed");
    }

    @Test
    void aWatchedFileIsTestedAgainWhenItsRouteChanges() throws Exception {
        Path test = Files.writeString(routes.resolve("customers.test.yaml"), TESTS);
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        Thread thread = new Thread(() -> ended.complete(run("test", "--watch", test.toString())), "watch");
        thread.start();
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> out.toString().contains("1 passed"));
            Files.writeString(
                    routes.resolve("customers.yaml"), ROUTES.replace("resource: customer", "resource: buyer"));
            await().atMost(Duration.ofSeconds(60)).until(() -> out.toString().contains("1 failed"));
            assertThat(out.toString()).contains(test + ":5: event is not as expected at /type", "buyer.created");
            Files.writeString(routes.resolve("customers.yaml"), ROUTES);
            await().atMost(Duration.ofSeconds(60)).until(() -> out.toString().split("1 passed", -1).length == 3);
        } finally {
            thread.interrupt();
        }
        assertThat(ended.get(30, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void aRecordedTestPassesAndKeepsNoSecret() throws Exception {
        Files.writeString(
                routes.resolve("customers.yaml"),
                ROUTES.replace("resource: customer", "resource: customer, redact: \"/phone/0/number,/note\""));
        Path file = routes.resolve("recorded.test.yaml");
        try (LiveGateway gateway = new LiveGateway(folder.resolve("data"), routes, Map.of())) {
            gateway.call("PUT", "/customers/42", "{\"password\":\"first-secret\",\"email\":\"old@x.example\"}");
            String[] recording = {
                "test",
                "--record",
                "PUT",
                "/customers/42?api_key=query-secret",
                "--json",
                "{\"password\":\"second-secret\",\"email\":\"new@x.example\",\"name\":\"Ada\","
                        + "\"phone\":[{\"number\":\"phone-secret\"}],\"note\":\"note-secret\"}",
                "--header",
                "Authorization=Bearer header-secret",
                "--redact",
                "email",
                "--settle",
                "1s",
                "--gateway",
                gateway.data("").toString(),
                "--admin",
                gateway.adminAddress().toString(),
                "--key",
                LiveGateway.KEY,
                "--to",
                file.toString()
            };
            assertThat(run(recording)).as(err.toString()).isZero();
            Path elsewhere = folder.resolve("new/again.test.yaml");
            recording[recording.length - 1] = elsewhere.toString();
            assertThat(run(recording)).as(err.toString()).isZero();
            assertThat(elsewhere).exists();
        }
        String recorded = Files.readString(file);
        assertThat(recorded)
                .contains("routes: [customers.yaml]", "(redacted)", "Ada", "customer.updated", "api_key=redacted")
                .doesNotContain("-secret", "x.example");
        assertThat(run("test", file.toString())).as(out.toString() + err).isZero();
        assertThat(run("test", "--record", "PUT", "/customers/42", "--to", file.toString()))
                .isOne();
        assertThat(err.toString()).contains(file + " already exists; choose another file with --to");
    }
}
