package io.eventful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eventful.admin.SubscriptionsServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SubscriptionCommandTest {

    private static final String SINK = "http://127.0.0.1:9/hook";

    @TempDir
    Path folder;

    private SubscriptionsServer server;

    private record Ran(int exit, String out, String err) {
        JsonNode json() throws Exception {
            return new ObjectMapper().readTree(out);
        }
    }

    @BeforeEach
    void start() {
        server = SubscriptionsServer.start(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Ran run(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of("subscription", command));
        arguments.addAll(List.of("--admin", server.address().toString(), "--key", SubscriptionsServer.KEY));
        arguments.addAll(List.of(more));
        return plain(arguments);
    }

    private static Ran plain(List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exit = line.execute(arguments.toArray(String[]::new));
        return new Ran(exit, out.toString(), err.toString());
    }

    @Test
    void aSubscriptionIsMadeShownAndEnded() throws Exception {
        Ran made = run("create", "--sink", SINK, "--type", "customer.created", "--channel", "customers");
        assertThat(made.exit()).as(made.err()).isZero();
        assertThat(made.out()).contains("active", SINK, "customers", "whsec_", "shown only once");
        Ran listed = run("list", "--json");
        String id = listed.json().at("/items/0/id").asText();
        assertThat(run("list").out().lines().toList())
                .hasSize(2)
                .satisfies(
                        lines -> assertThat(lines.get(0)).startsWith("ID  ").contains("NAME", "STATUS", "LAG", "SINK"))
                .satisfies(lines -> assertThat(lines.get(1)).startsWith(id).contains("customer.created", SINK));
        assertThat(run("show", id).out()).contains(id, "active").doesNotContain("whsec_");
        assertThat(run("pause", id).out()).contains("paused (paused-by-owner)");
        assertThat(run("resume", id).out()).contains("active");
        assertThat(run("rotate-secret", id).out()).contains("whsec_");
        assertThat(run("delete", id)).isEqualTo(new Ran(0, "deleted " + id + System.lineSeparator(), ""));
        Ran gone = run("show", id);
        assertThat(gone.exit()).isOne();
        assertThat(gone.err())
                .isEqualTo("eventful: No such subscription: There is no subscription " + id + "."
                        + System.lineSeparator());
        assertThat(run("list").out()).contains("no subscriptions");
    }

    @Test
    void whatIsUnknownKeepsNoOtherFromBeingDeleted() throws Exception {
        for (int i = 0; i < 2; i++)
            assertThat(run("create", "--sink", SINK).exit()).isZero();
        JsonNode items = run("list", "--json").json().path("items");
        String first = items.at("/0/id").asText();
        String second = items.at("/1/id").asText();
        String line = System.lineSeparator();
        assertThat(run("delete", "nope", first, "nope2", second))
                .isEqualTo(new Ran(
                        CommandErrorHandler.FAILED,
                        "deleted " + first + line + "deleted " + second + line,
                        "eventful: No such subscription: There is no subscription nope." + line
                                + "eventful: No such subscription: There is no subscription nope2." + line));
        assertThat(run("list").out()).contains("no subscriptions");
    }

    @Test
    void whatNoGatewayCanDoIsToldOnce() {
        Ran wrong = plain(List.of(
                "subscription",
                "delete",
                "a",
                "b",
                "--key",
                "wrong-key",
                "--admin",
                server.address().toString()));
        assertThat(wrong.exit()).isEqualTo(CommandErrorHandler.FAILED);
        assertThat(wrong.err()).containsOnlyOnce("rejected the admin key");
    }

    @Test
    void theGatewayIsFoundByItsConfiguration() throws Exception {
        int port = server.address().getPort();
        Path config = Files.writeString(folder.resolve("gateway.yaml"), """
            eventful:
              admin: {port: %d, bind: 0.0.0.0}
              data: "%s"
            """.formatted(port, folder.resolve("kept")));
        Files.createDirectories(folder.resolve("kept"));
        Files.writeString(folder.resolve("kept/admin.key"), SubscriptionsServer.KEY + "\n");
        for (List<String> where : List.of(
                List.of("--config", config.toString()),
                List.of(
                        "--admin-port",
                        "" + port,
                        "--data",
                        folder.resolve("kept").toString()))) {
            List<String> arguments = new ArrayList<>(List.of("subscription", "list"));
            arguments.addAll(where);
            Ran listed = plain(arguments);
            assertThat(listed.exit()).as(listed.err()).isZero();
            assertThat(listed.out()).contains("no subscriptions");
        }
        Ran none =
                plain(List.of("subscription", "list", "--admin-port", "" + port, "--data", "" + folder.resolve("x")));
        assertThat(none.err()).contains("no admin key", folder.resolve("x").toString());
    }

    @Test
    void everyOptionReachesTheRequest() throws Exception {
        JsonNode made = run(
                        "create",
                        "--json",
                        "--sink",
                        SINK,
                        "--source",
                        "/upstreams/default",
                        "--filter",
                        "prefix:subject=/customers/",
                        "--filter",
                        "sql:EXISTS subject",
                        "--filter",
                        "data:{\"state\":{\"country\":[\"DE\"]}}",
                        "--filter",
                        "{\"not\":{\"exact\":{\"type\":\"x\"}}}",
                        "--content-mode",
                        "structured",
                        "--ordering",
                        "none",
                        "--rate-limit",
                        "7",
                        "--start",
                        "earliest",
                        "--header",
                        "X-Tenant=blue=green",
                        "--label",
                        "team=crm",
                        "--bearer=tok")
                .json();
        assertThat(made.path("filters").toString())
                .isEqualTo("[{\"prefix\":{\"subject\":\"/customers/\"}},{\"sql\":\"EXISTS subject\"},"
                        + "{\"data\":{\"state\":{\"country\":[\"DE\"]}}},{\"not\":{\"exact\":{\"type\":\"x\"}}}]");
        assertThat(made.at("/protocolsettings/headers/X-Tenant").asText()).isEqualTo("blue=green");
        assertThat(made.at("/sinkcredential/credentialtype").asText()).isEqualTo("ACCESSTOKEN");
        assertThat(made.at("/config/contentmode").asText()).isEqualTo("structured");
        assertThat(made.at("/config/ordering").asText()).isEqualTo("none");
        assertThat(made.at("/config/ratelimit").asInt()).isEqualTo(7);
        assertThat(made.at("/config/start").asText()).isEqualTo("earliest");
        assertThat(made.at("/config/labels/team").asText()).isEqualTo("crm");
        assertThat(made.at("/config/secret").asText()).startsWith("whsec_");
    }

    @Test
    void aFileIsABaseThatOptionsAddTo() throws Exception {
        Path file = Files.writeString(
                folder.resolve("request.json"), "{\"sink\":\"http://127.0.0.1:1/\",\"types\":[\"a\"]}");
        JsonNode made = run("create", "--json", "--file", file.toString(), "--sink", SINK, "--types", "b,c")
                .json();
        assertThat(made.path("sink").asText()).isEqualTo(SINK);
        assertThat(made.path("types").toString()).isEqualTo("[\"a\",\"b\",\"c\"]");
        assertThat(run("create", "-f", folder.resolve("none.json").toString()).err())
                .contains("cannot be read");
        Files.writeString(file, "{\n oops");
        assertThat(run("create", "-f", file.toString()).err()).contains("line 2");
    }

    @Test
    void aTestSaysWhetherTheSinkTookIt() throws Exception {
        String good = run("create", "--json", "--sink", SINK).json().path("id").asText();
        String bad = run("create", "--json", "--sink", "http://127.0.0.1:9/broken")
                .json()
                .path("id")
                .asText();
        assertThat(run("test", good))
                .isEqualTo(new Ran(0, "delivered: status 204, 12 ms, event test-1" + System.lineSeparator(), ""));
        Ran failed = run("test", bad);
        assertThat(failed.exit()).isOne();
        assertThat(failed.out()).startsWith("not delivered: no response, connection-refused");
    }

    @Test
    void whatTheGatewayRefusesIsToldLineByLine() {
        Ran refused = run("create", "--sink", "http://10.0.0.1/", "--ordering", "strict");
        assertThat(refused.exit()).isOne();
        assertThat(refused.err().lines().toList()).hasSize(3).satisfies(lines -> {
            assertThat(lines.get(0)).isEqualTo("eventful: Invalid subscription");
            assertThat(lines.get(1)).startsWith("  /sink resolves to a forbidden address");
            assertThat(lines.get(2)).startsWith("  /config/ordering ");
        });
        assertThat(run("create", "--sink", SINK, "--filter", "nonsense").err()).contains("--filter nonsense");
    }

    @Test
    void whatIsWrongInAFileHasItsPlace() throws Exception {
        Path file = Files.writeString(
                folder.resolve("subscriptions.yaml"),
                "subscriptions:\n  crm:\n    sink: " + SINK
                        + "\n    types: [customer.created, \"a.*\"]\n    tpyes: []\n");
        Ran refused = run("import", file.toString());
        assertThat(refused.exit()).isOne();
        assertThat(refused.err())
                .contains(
                        "  " + file + ":5:5: /subscriptions/crm/tpyes unknown member",
                        "  " + file + ":4:31: /subscriptions/crm/types/1 types are matched exactly");
        Files.writeString(file, "subscriptions: [");
        assertThat(run("import", file.toString()).err())
                .contains(file + ":1:17: is not valid YAML: ")
                .doesNotContain("column");
    }

    @Test
    void whatAnImportStillNeedsIsTold() throws Exception {
        Path file = Files.writeString(
                folder.resolve("subscriptions.yaml"),
                "subscriptions:\n  crm:\n    sink: " + SINK
                        + "\n    sinkcredential: {credentialtype: PLAIN, identifier: bob}\n");
        Ran loaded = run("import", file.toString());
        assertThat(loaded.exit()).isZero();
        assertThat(loaded.out()).contains("crm", "created", "whsec_");
        assertThat(loaded.err()).startsWith("warning: crm is held").contains("sinkcredential.secret");
    }

    @Test
    void aWrongKeyAndAnAbsentGatewayAreToldInWords() {
        String admin = server.address().toString();
        assertThat(plain(List.of("subscription", "list", "--admin", admin, "--key", "wrong"))
                        .err())
                .contains("rejected the admin key", "--key");
        assertThat(plain(List.of("subscription", "list", "--admin", "http://127.0.0.1:1", "--key", "x"))
                        .err())
                .contains("no gateway responds at http://127.0.0.1:1");
        assertThat(plain(List.of("subscription")).exit()).isEqualTo(2);
    }
}
