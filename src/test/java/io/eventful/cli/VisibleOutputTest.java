package io.eventful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.eventful.demo.Webhook;
import io.eventful.event.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others wrote reaches a terminal as text, whichever command shows it. */
class VisibleOutputTest {

    /** Colours and clears where a terminal obeys it, and turns the rest of its line round. */
    private static final String HOSTILE = "\u009b31mred\u009b2J \u202e abc";

    private static final ObjectNode DOCUMENT =
            JsonNodeFactory.instance.objectNode().put("after", HOSTILE);

    @TempDir
    private Path folder;

    private record Ran(int exit, String out, String err) {}

    private static Ran run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Ran(exit, out.toString(), err.toString());
    }

    /** With an admin port that gives one answer to everything. */
    private static Ran answered(int status, String body, String... arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", call -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(status, bytes.length);
            call.getResponseBody().write(bytes);
            call.close();
        });
        server.start();
        try {
            String[] all = new String[arguments.length + 4];
            System.arraycopy(arguments, 0, all, 0, arguments.length);
            all[arguments.length] = "--admin";
            all[arguments.length + 1] =
                    "http://127.0.0.1:" + server.getAddress().getPort();
            all[arguments.length + 2] = "--key";
            all[arguments.length + 3] = "k";
            return run(all);
        } finally {
            server.stop(0);
        }
    }

    private static void assertVisible(String text) {
        assertThat(text).isNotEmpty().doesNotContainPattern("[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u202e]");
    }

    @Test
    void aChangeIsShownAsText() throws IOException {
        Ran shown = answered(200, DOCUMENT.toString(), "changes", "show", "1");
        assertVisible(shown.out());
        assertThat(shown.out()).contains("?31mred?2J ? abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"changes show 1 --json", "subscription show x --json", "deliveries show x --json"})
    void jsonSaysTheSameInOtherCharacters(String command) throws IOException {
        Ran shown = answered(200, DOCUMENT.toString(), command.split(" "));
        assertVisible(shown.out());
        JsonNode same = Json.parse(shown.out());
        assertThat(same.path("after").asText()).isEqualTo(HOSTILE);
    }

    @Test
    void anEventOfTheTailToo() throws IOException {
        Ran shown = answered(200, "data:" + DOCUMENT + "\n\n", "tail");
        assertVisible(shown.out());
        assertThat(Json.parse(shown.out()).path("after").asText()).isEqualTo(HOSTILE);
    }

    @Test
    void whatTheGatewayRefusesIsTold() throws IOException {
        String problem =
                "{\"title\": \"Invalid\", \"errors\": [{\"pointer\": \"/x\", \"detail\": \"is " + HOSTILE + "\"}]}";
        Ran refused = answered(422, problem, "changes", "show", "1");
        assertVisible(refused.err());
        assertThat(refused.err().lines()).hasSize(2);
        Ran each = answered(422, problem, "subscription", "delete", "x");
        assertVisible(each.err());
        assertThat(each.err()).contains("?31mred");
        assertVisible(answered(200, "{\"reason\": \"" + HOSTILE + "\"}", "subscription", "test", "x")
                .out());
    }

    @Test
    void aWebhookThatIsListenedToIsShownAsText() {
        String shown = ListenCommand.shown(
                new Webhook("id\u001b[2J", "t" + HOSTILE, "/s", "state", true, "{\"a\": \"" + HOSTILE + "\"}\u001b"));
        assertVisible(shown);
        assertThat(shown.lines()).hasSize(2);
        assertThat(shown).contains("\\u009b31mred\\u009b2J \\u202e abc");
    }

    @Test
    void aLineOfAFileIsShownAsText() throws IOException {
        Path faulty = Files.writeString(
                folder.resolve("faulty.yaml"), "- route: {id: a, \"" + HOSTILE.replace("\u009b", "\\x9b") + "\": 1}\n");
        for (String format : new String[] {"text", "json", "sarif"})
            assertVisible(run("lint", faulty.toString(), "--format", format).out());
    }
}
