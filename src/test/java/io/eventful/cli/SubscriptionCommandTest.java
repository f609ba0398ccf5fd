package io.eventful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.admin.SubscriptionsServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubscriptionCommandTest extends SubscriptionCommandFixture {

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
}
