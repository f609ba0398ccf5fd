package io.eventful.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.harness.GatewayProcess;
import io.eventful.harness.RecordingSystem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a user meets it: the demo, the run, and what it says when something is wrong. */
class LauncherIT {

    @TempDir
    Path folder;

    private GatewayProcess launch(String... arguments) {
        return GatewayProcess.launch(folder, folder.resolve("data"), Map.of(), arguments);
    }

    @Test
    void theDemoShowsThreeChangesInThreePatternsVerified() {
        GatewayProcess demo = launch("demo", "--once");

        assertThat(demo.exit()).as(demo.log()).isZero();
        assertThat(demo.log())
                .contains("POST /customers", "PUT /customers/42", "DELETE /customers/42")
                .contains("customer.created", "customer.updated", "customer.deleted")
                .contains("EN ", "ECS", "ES ")
                .doesNotContain("SIGNATURE WRONG")
                .contains("Every webhook arrived and was verified.");
        assertThat(demo.log().split("signature verified", -1)).hasSize(10);
    }

    @Test
    void aDemoThatIsEndedWhileItStartsLeavesNoFolder() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        Map<String, String> environment = Map.of("EVENTFUL_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary);
        try (GatewayProcess demo = GatewayProcess.launch(folder, folder.resolve("data"), environment, "demo")) {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> !demoFolders(temporary).isEmpty());
            demo.terminate();
            assertThat(demoFolders(temporary)).as(demo.log()).isEmpty();
        }
    }

    private static List<Path> demoFolders(Path temporary) throws IOException {
        try (Stream<Path> all = Files.list(temporary)) {
            return all.filter(path -> path.getFileName().toString().startsWith("eventful-demo-"))
                    .toList();
        }
    }

    @Test
    void runSaysWhereItIsAndEndsWithZeroOnSigterm() throws Exception {
        try (RecordingSystem system = new RecordingSystem(Duration.ZERO);
                GatewayProcess gateway = GatewayProcess.run(folder, system.address())) {
            assertThat(gateway.log()).contains(" -> " + system.address() + ", admin http://127.0.0.1:");
            assertThat(Files.getPosixFilePermissions(folder.resolve("data/admin.key")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(gateway.terminate()).as(gateway.log()).isZero();
        }
    }

    @Test
    void anUpstreamThatIsNotThereIsAnsweredForWithAProblem() throws Exception {
        int nobody;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = probe.getLocalPort();
        }
        try (GatewayProcess gateway = GatewayProcess.run(folder, URI.create("http://127.0.0.1:" + nobody));
                HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> reply = client.send(
                    HttpRequest.newBuilder(gateway.data().resolve("/customers")).build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(reply.statusCode()).isEqualTo(502);
            assertThat(reply.headers().firstValue("content-type")).contains("application/problem+json");
        }
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            GatewayProcess gateway = launch(
                    "run",
                    "--port",
                    Integer.toString(taken.getLocalPort()),
                    "--admin-port",
                    "0",
                    "--data",
                    folder.resolve("data").toString());

            assertThat(gateway.exit()).isEqualTo(1);
            assertThat(gateway.log())
                    .contains(Integer.toString(taken.getLocalPort()))
                    .contains("--port")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aTakenAdminPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            GatewayProcess gateway = launch(
                    "run",
                    "--port",
                    "0",
                    "--admin-port",
                    Integer.toString(taken.getLocalPort()),
                    "--data",
                    folder.resolve("data").toString());

            assertThat(gateway.exit()).isEqualTo(1);
            assertThat(gateway.log()).contains("--admin-port").doesNotContain("\tat ");
        }
    }

    @Test
    void aDataFolderThatAnotherProcessHoldsNamesThatProcess() {
        try (RecordingSystem system = new RecordingSystem(Duration.ZERO);
                GatewayProcess first = GatewayProcess.run(folder, system.address())) {
            GatewayProcess second = launch(
                    "run",
                    "--port",
                    "0",
                    "--admin-port",
                    "0",
                    "--data",
                    folder.resolve("data").toString());

            assertThat(second.exit()).isEqualTo(1);
            assertThat(second.log()).contains("process " + first.pid()).doesNotContain("\tat ");
        }
    }

    @Test
    void aDataFolderThatCannotBeMadeIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        GatewayProcess gateway = launch(
                "run",
                "--port",
                "0",
                "--admin-port",
                "0",
                "--data",
                file.resolve("data").toString());

        assertThat(gateway.exit()).isEqualTo(1);
        assertThat(gateway.log()).contains(file.toString()).doesNotContain("\tat ");
    }

    @Test
    void aBadRouteFileIsNamedWithItsLine() throws Exception {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Files.writeString(
                routes.resolve("bad.yaml"),
                "- route:\n"
                        + "    id: bad\n"
                        + "    from:\n"
                        + "      uri: capture:/x/{id}\n"
                        + "      stepz:\n"
                        + "        - to: {uri: \"channel:x\"}\n");
        GatewayProcess gateway = launch(
                "run",
                "--port",
                "0",
                "--admin-port",
                "0",
                "--routes",
                routes.toString(),
                "--data",
                folder.resolve("data").toString());

        assertThat(gateway.exit()).isEqualTo(1);
        assertThat(gateway.log()).contains("bad.yaml:5").contains("stepz").doesNotContain("\tat ");
    }

    @Test
    void allProblemsOfTheConfigurationAreToldAtOnce() throws Exception {
        Path file = Files.writeString(
                folder.resolve("gateway.yaml"),
                "eventful:\n  edge: {prot: 1}\n  delivery: {timeout: soon}\n  broker: {kind: rabbit}\n");
        GatewayProcess gateway = launch("run", "--config", file.toString());

        assertThat(gateway.exit()).isEqualTo(2);
        assertThat(gateway.log())
                .contains("eventful.edge.prot", "Did you mean port?")
                .contains("eventful.delivery.timeout", "gateway.yaml:3")
                .contains("eventful.broker.kind", "artemis");
    }

    @Test
    void aJdkThatIsTooOldIsNamed() throws Exception {
        Path jdk = Files.createDirectories(folder.resolve("jdk/bin"));
        Path java = Files.writeString(jdk.resolve("java"), "#!/bin/sh\necho 'openjdk version \"17.0.1\"' >&2\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path launcher = Files.copy(GatewayProcess.repository().resolve("eventful"), folder.resolve("eventful"));
        Files.writeString(
                launcher,
                Files.readString(launcher).replaceAll("(?m)^for _java in [\\s\\S]*?; do$", "for _java in; do"));
        ProcessBuilder isolated = new ProcessBuilder("/bin/sh", launcher.toString(), "run").redirectErrorStream(true);
        isolated.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        isolated.environment().put("PATH", jdk + ":/usr/bin:/bin");
        Process old = isolated.start();
        String said = new String(old.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(old.waitFor()).isEqualTo(2);
        assertThat(said.strip()).doesNotContain("\n").contains("21").contains("version 17");
    }
}
