package io.eventful.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.harness.AdminClient;
import io.eventful.harness.GatewayProcess;
import io.eventful.harness.RecordingSystem;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what the README says, in its order, word for word but for the ports; a new command there must be added here. */
class ReadmeIT {

    private static final Pattern BLOCK = Pattern.compile("(?m)^```(\\w+)\\n([\\s\\S]*?)^```$");

    @TempDir
    Path folder;

    private record Block(String language, String text) {}

    private static List<Block> blocks() throws IOException {
        Matcher matcher =
                BLOCK.matcher(Files.readString(GatewayProcess.repository().resolve("README.md")));
        List<Block> blocks = new ArrayList<>();
        while (matcher.find()) blocks.add(new Block(matcher.group(1), matcher.group(2)));
        return blocks;
    }

    private static List<String> of(String language) throws IOException {
        return blocks().stream()
                .filter(block -> block.language().equals(language))
                .map(Block::text)
                .toList();
    }

    @Test
    void everyCommandDoesWhatItSays() throws Exception {
        Files.createSymbolicLink(
                folder.resolve("eventful"), GatewayProcess.repository().resolve("eventful"));
        Path routes = Files.createDirectory(folder.resolve("routes"));
        for (String name : List.of("everything.yaml", "everything.test.yaml"))
            Files.copy(GatewayProcess.repository().resolve("routes").resolve(name), routes.resolve(name));
        List<String> commands = of("sh").stream().map(String::strip).toList();
        assertThat(commands).hasSize(9);

        assertThat(commands.get(0)).isEqualTo("./eventful demo");
        assertThat(shell(commands.get(0) + " --once", 0)).contains("Every webhook arrived and was verified.");
        assertThat(commands.get(1)).isEqualTo("./mvnw verify");
        assertThat(Files.readString(GatewayProcess.repository().resolve(".ci/run")))
                .contains("./mvnw -B -ntp verify");
        assertThat(commands.get(8)).isEqualTo("./eventful test");
        assertThat(shell(commands.get(8), 0)).contains("5 passed, 0 failed");
        try (RecordingSystem system = new RecordingSystem(Duration.ZERO);
                GatewayProcess gateway = start(commands.get(2), system)) {
            subscribers(gateway, commands);
            assertThat(shell(here(commands.get(6), gateway), 0)).contains("customers", "created");
            await().untilAsserted(() ->
                    assertThat(shell(here(commands.get(7), gateway), 0)).contains("delivered"));
            route(gateway, routes);
            assertThat(gateway.terminate()).isZero();
        }
    }

    private GatewayProcess start(String command, RecordingSystem system) {
        String[] words = command.replace(
                        "http://127.0.0.1:9000", system.address().toString())
                .split(" ");
        assertThat(words[0]).isEqualTo("./eventful");
        List<String> arguments = new ArrayList<>(List.of(words).subList(1, words.length));
        arguments.addAll(List.of("--port", "0", "--admin-port", "0"));
        GatewayProcess gateway =
                GatewayProcess.launch(folder, folder.resolve("data"), Map.of(), arguments.toArray(String[]::new));
        gateway.awaitReady();
        return gateway;
    }

    /** Each of the three subscribers of the README, running, registered by its curl, and sent a webhook. */
    private void subscribers(GatewayProcess gateway, List<String> commands) throws Exception {
        Map<String, List<String>> programs = Map.of(
                "Subscriber.java", List.of("java", GatewayProcess.java(), "Subscriber.java"),
                "subscriber.mjs", List.of("js", "node", "subscriber.mjs"),
                "subscriber.py", List.of("python", "python3", "subscriber.py"));
        for (Map.Entry<String, List<String>> program : programs.entrySet()) {
            String language = program.getValue().get(0);
            Files.writeString(folder.resolve(program.getKey()), of(language).getFirst());
            int port = freePort();
            JsonNode subscription =
                    AdminClient.parse(shell(here(commands.get(3), gateway).replace(":9100/", ":" + port + "/"), 0));
            String id = subscription.get("id").asText();
            assertThat(shell(here(commands.get(4), gateway) + " --admin " + gateway.admin(), 0))
                    .contains(id);
            Path output = folder.resolve(language + ".out");
            ProcessBuilder builder = new ProcessBuilder(program.getValue().subList(1, 3))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment()
                    .put("WEBHOOK_SECRET", subscription.at("/config/secret").asText());
            builder.environment().put("PORT", Integer.toString(port));
            Process subscriber = builder.start();
            try {
                await().atMost(Duration.ofSeconds(20)).until(() -> listens(port));
                shell(here(commands.get(5), gateway), 0);
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> assertThat(Files.readString(output))
                                .contains("verified ")
                                .doesNotContain("refused"));
                for (int i = 0; i < 2; i++)
                    assertThat(unsigned(port)).as(language).isEqualTo(401);
            } finally {
                subscriber.destroyForcibly();
            }
            gateway.adminClient().call("DELETE", "/api/subscriptions/" + id, "");
        }
    }

    /** What is answered to whoever finds the port: a health check or a scan must not end the program. */
    private static int unsigned(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hook"))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    private void route(GatewayProcess gateway, Path routes) throws Exception {
        Files.writeString(routes.resolve("customers.yaml"), of("yaml").getFirst());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(gateway.adminClient()
                                .json("GET", "/api/routes", "")
                                .toString())
                        .contains("customer-notification")
                        .contains("everything"));
    }

    private static String here(String command, GatewayProcess gateway) {
        return command.replace("http://127.0.0.1:8080", gateway.data().toString())
                .replace("http://127.0.0.1:8081", gateway.admin().toString());
    }

    private String shell(String command, int status) throws IOException, InterruptedException {
        Path errors = folder.resolve("stderr");
        Process process = new ProcessBuilder("/bin/sh", "-c", command)
                .directory(folder.toFile())
                .redirectError(errors.toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(command + "\n" + output + Files.readString(errors))
                .isEqualTo(status);
        return output;
    }

    private static boolean listens(int port) {
        try (java.net.Socket socket = new java.net.Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }
}
