package io.eventful.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Json;
import io.eventful.routes.LiveGateway;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that show what a running gateway has captured and sent. */
class ActivityCommandsTest {

    @TempDir
    static Path folder;

    private static LiveGateway gateway;
    private static String subscription;

    private record Ran(int exit, String out, String err) {
        JsonNode json() {
            return Json.parse(out);
        }
    }

    @BeforeAll
    static void start() throws Exception {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Files.writeString(routes.resolve("customers.yaml"), SampleRoutes.CUSTOMERS);
        gateway = new LiveGateway(
                folder.resolve("data"),
                routes,
                Map.of("eventful.delivery.retry-schedule", "0s", "eventful.broker.kind", "artemis"));
        subscription = gateway.admin(
                        "POST", "/api/subscriptions", "{\"sink\": \"http://127.0.0.1:9/none\", \"protocol\": \"HTTP\"}")
                .path("id")
                .asText();
        for (int i = 1; i <= 3; i++)
            gateway.call("PUT", "/customers/42", "{\"name\": \"Ada " + i + "\", \"order\": \"a\\u0007b\"}");
        gateway.call("PUT", "/customers/7", "{\"name\": \"Bob\"}");
        await().atMost(Duration.ofSeconds(60)).until(() -> dead().size() == 4);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static JsonNode dead() {
        return gateway.admin("GET", "/api/deliveries?state=dead", "").path("items");
    }

    private static Ran run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--admin", gateway.adminAddress().toString(), "--key", LiveGateway.KEY));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
        return new Ran(exit, out.toString(), err.toString());
    }

    @Test
    void theNewestChangesAreListedAndOneIsShown() {
        Ran listed = run("changes");
        assertThat(listed.exit()).as(listed.err()).isZero();
        assertThat(listed.out().lines().toList())
                .hasSize(5)
                .satisfies(lines -> assertThat(lines.getFirst()).startsWith("POSITION  TIME"))
                .satisfies(lines -> assertThat(lines.get(1)).contains("/customers/42", " 1 ", "PUT 20", "confirmed"))
                .satisfies(lines -> assertThat(lines.getLast()).contains("/customers/7"));
        Ran limited = run("changes", "--limit", "1", "--subject", "/customers/42", "--json");
        assertThat(limited.json().path("items")).hasSize(1);
        assertThat(limited.json().path("next").isNull()).isTrue();
        assertThat(limited.json().at("/items/0/revision").asInt()).isEqualTo(3);
        Ran first = run("changes", "--after", "0", "--limit", "2");
        assertThat(first.out().lines()).hasSize(3);
        assertThat(first.err()).contains("there are more: add --after 2");
        assertThat(run("changes", "--resource", "order").out()).isEqualTo("no changes" + System.lineSeparator());
        assertThat(run("changes", "show", "1").out())
                .contains("subject", "/customers/42", "Ada 1")
                .doesNotContain("\u0007");
        Ran none = run("changes", "show", "99");
        assertThat(none.exit()).isOne();
        assertThat(none.err()).contains("No such change");
        assertThat(run("changes", "--limit", "0").exit()).isEqualTo(2);
    }

    @Test
    void deliveriesAreListedShownAndRetried() {
        Ran listed = run("deliveries", "--state", "dead", "--subscription", subscription);
        assertThat(listed.exit()).as(listed.err()).isZero();
        assertThat(listed.out().lines().toList())
                .hasSize(5)
                .satisfies(
                        lines -> assertThat(lines.getFirst()).startsWith("ID").contains("STATE", "REASON", "SUBJECT"))
                .satisfies(lines -> assertThat(lines.getLast()).contains("dead", "customer.", subscription));
        Ran some = run("deliveries", "--limit", "1", "--json");
        assertThat(some.json().path("items")).hasSize(1);
        String cursor = some.err().strip().replaceFirst(".*--after ", "");
        assertThat(some.json().path("next").asText()).isEqualTo(cursor);
        assertThat(run("deliveries", "--after", cursor, "--json").json().path("items"))
                .hasSize(3);
        String id = run("deliveries", "--position", "4", "--json")
                .json()
                .at("/items/0/id")
                .asText();
        assertThat(run("deliveries", "show", id).out()).contains("state", "/customers/7", "ATTEMPT", "connect");
        assertThat(run("deliveries", "retry", id)).isEqualTo(new Ran(0, "queued " + id + System.lineSeparator(), ""));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> run("deliveries", "show", id, "--json")
                                .json()
                                .path("attempts")
                                .size()
                        > 1);
        assertThat(run("deliveries", "retry", "--subject", "/customers/42").out())
                .isEqualTo("queued 3" + System.lineSeparator());
        assertThat(run("deliveries", "retry", "--subject", "/customers/nobody", "--json")
                        .json()
                        .path("queued")
                        .asInt(-1))
                .isZero();
        Ran nobody = run("deliveries", "--subscription", "nope");
        assertThat(nobody.exit()).isOne();
        assertThat(nobody.err()).contains("There is no subscription nope");
        assertThat(run("deliveries", "--state", "lost").err()).contains("state must be pending");
    }

    @Test
    void aRetryOfEverythingIsAskedForByName() {
        assertThat(run("deliveries", "retry").exit()).isEqualTo(2);
        assertThat(run("deliveries", "retry", "--state", "failed").exit()).isEqualTo(2);
        assertThat(run("deliveries", "retry", "x", "--all").exit()).isEqualTo(2);
        assertThat(run("deliveries", "retry", "x").err()).contains("No such delivery");
        assertThat(run("deliveries", "retry", "--all", "--state", "failed").out())
                .isEqualTo("queued 0" + System.lineSeparator());
    }
}
