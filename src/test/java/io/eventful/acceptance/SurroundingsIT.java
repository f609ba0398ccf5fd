package io.eventful.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.eventful.harness.GatewayProcess;
import io.eventful.harness.RecordingSystem;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher among other programs: a terminal that goes, a pipe that ends, a folder with files of another one. */
class SurroundingsIT {

    @TempDir
    Path folder;

    @Test
    void theGatewayEndsInOrderWhenItsTerminalGoes() throws Exception {
        assumeFalse(ignoresHangUps(), "SIGHUP is ignored here, as below nohup, and so by what is started");
        try (RecordingSystem system = new RecordingSystem(Duration.ZERO);
                GatewayProcess gateway = GatewayProcess.run(folder, system.address())) {
            new ProcessBuilder("kill", "-HUP", Long.toString(gateway.pid())).start();

            assertThat(gateway.exit()).as(gateway.log()).isZero();
            assertThat(gateway.log()).contains("edge.closed");
        }
    }

    private static boolean ignoresHangUps() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) return false;
        String ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElse("0");
        // SIGHUP is signal 1, the lowest bit.
        return "13579bdf".indexOf(ignored.charAt(ignored.length() - 1)) >= 0;
    }

    /** A folder of a Spring program has such files. */
    @Test
    void settingsOfAnotherProgramInTheFolderAreNotRead() throws Exception {
        Files.writeString(folder.resolve("application.properties"), "server.servlet.context-path=/other\n");
        try (RecordingSystem system = new RecordingSystem(Duration.ZERO);
                GatewayProcess gateway = GatewayProcess.run(folder, system.address());
                HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> reply = client.send(
                    HttpRequest.newBuilder(gateway.admin().resolve("/actuator/health"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(reply.statusCode()).isEqualTo(200);
        }
    }

    /** The user's heap is smaller than the young generation that the launcher would choose. */
    @Test
    void withLittleMemoryItStartsTooAndStandardOutputHasTheReadyLineAlone() throws Exception {
        Path said = folder.resolve("said");
        ProcessBuilder launch = new ProcessBuilder(
                        GatewayProcess.repository().resolve("eventful").toString(),
                        "run",
                        "--port",
                        "0",
                        "--admin-port",
                        "0")
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(said.toFile());
        launch.environment().put("EVENTFUL_JAVA_OPTS", "-Xmx256m");
        Process gateway = launch.start();
        try {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> Files.readString(said).contains("ready http"));
            assertThat(Files.readAllLines(said)).singleElement().asString().startsWith("ready http");
        } finally {
            gateway.destroy();
            gateway.waitFor();
        }
    }

    @Test
    void levelsOfTheLogAreThoseOfTheConfiguration() throws Exception {
        Path file = Files.writeString(
                folder.resolve("gateway.yaml"), "logging: {level: {io.eventful: WARN, io.eventful.edge: INFO}}\n");
        try (RecordingSystem system = new RecordingSystem(Duration.ZERO);
                GatewayProcess gateway = GatewayProcess.run(folder, system.address(), "--config", file.toString())) {
            assertThat(gateway.log()).contains("edge.opened").doesNotContain("delivery.started");
        }
    }

    @Test
    void aTailEndsWhenNobodyReadsItAnyMore() throws Exception {
        try (RecordingSystem system = new RecordingSystem(Duration.ZERO);
                GatewayProcess gateway = GatewayProcess.run(folder, system.address());
                HttpClient client = HttpClient.newHttpClient()) {
            String tail = GatewayProcess.repository().resolve("eventful") + " tail --admin " + gateway.admin();
            Process reading = new ProcessBuilder("/bin/sh", "-c", tail + " | head -n 1")
                    .directory(folder.toFile())
                    .start();
            HttpRequest write = HttpRequest.newBuilder(gateway.data().resolve("/customers"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"Ada\"}"))
                    .build();

            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        client.send(write, HttpResponse.BodyHandlers.discarding());
                        return !reading.isAlive();
                    });
            assertThat(new String(reading.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("customers.created");
        }
    }
}
