package io.eventful.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.eventful.event.Json;
import io.eventful.routetest.Recording;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Makes a call through a running gateway and writes the call, reply, changes and events as a test. */
record RecordTest(CommandSpec spec, RecordOptions options) {

    int write(List<String> written) throws IOException, InterruptedException {
        if (written.size() != 2)
            throw new ParameterException(
                    spec.commandLine(), "--record requires METHOD and PATH, such as PUT /customers/42");
        // What is sent is also what the change tells, and what the test's stubs are asked for.
        List<String> call = List.of(written.get(0), Recording.sent(written.get(1)));
        request(call);
        if (options.to != null && Files.exists(options.to))
            throw new CommandException(options.to + " already exists; choose another file with --to");
        Path folder = options.to == null ? null : options.to.toAbsolutePath().getParent();
        // Checked before the call, which is made only once.
        if (folder != null) Files.createDirectories(folder);
        AdminApi api = new AdminApi(options.admin);
        long before = api.newestPosition();
        JsonNode routes = api.get("/api/routes");
        Recording recording = recording(call, routes);
        try (HttpClient http = HttpClient.newHttpClient();
                TailListener tail = TailListener.start(http, options.admin)) {
            HttpResponse<byte[]> reply = sent(http, request(call));
            Optional<String> command = recording.reply(reply);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(options.settle.toMillis()));
            if (command.isPresent()) ended(http, command.get(), recording);
            List<JsonNode> changes = api.all("/api/changes?after=" + before).stream()
                    .filter(change -> isOf(change, call))
                    .toList();
            changes.forEach(recording::change);
            if (changes.isEmpty() && reply.statusCode() / 100 == 2)
                recording.item(routes).flatMap(item -> latest(api, item)).ifPresent(recording::unchanged);
            tail.events().forEach(recording::event);
        }
        String text = recording.text(routes);
        if (options.to == null) {
            spec.commandLine().getOut().print(text);
            spec.commandLine().getOut().flush();
        } else Files.writeString(options.to, text);
        return 0;
    }

    /** The latest change of an item; none of items in scopes, because nothing says in which the call was. */
    private static Optional<JsonNode> latest(AdminApi api, String subject) {
        return api.all("/api/changes?subject=" + AdminApi.segment(subject)).stream()
                .filter(change -> !change.has("scope"))
                .reduce((earlier, later) -> later);
    }

    private Recording recording(List<String> call, JsonNode routes) {
        Set<String> redacted = new HashSet<>(options.redact);
        redacted.addAll(RedactedMembers.of(routes));
        try {
            return new Recording(call.get(0), call.get(1), options.headers, options.json, redacted);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--json: " + e.getMessage(), e);
        }
    }

    private HttpResponse<byte[]> sent(HttpClient http, HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new CommandException("no gateway responds at " + options.gateway
                    + "; check that it is running and that --gateway is correct");
        }
    }

    /** Asks what has become of a command, with the credentials of the call. */
    private void ended(HttpClient http, String location, Recording recording) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target(location));
        options.headers.forEach(request::setHeader);
        HttpResponse<byte[]> response = sent(http, request.build());
        JsonNode command = Json.tryParse(response.body()).orElse(MissingNode.getInstance());
        if (recording.command(command)) return;
        String status = command.path("status").asText(Integer.toString(response.statusCode()));
        throw new CommandException(
                "the command " + location + " is " + status + ", and the upstream's reply to it is not"
                        + " known, so there is no test; if it only takes longer, give it more time with --settle");
    }

    /** Whether a change belongs to the call; other clients may make calls at the same time. */
    private static boolean isOf(JsonNode change, List<String> call) {
        String path = call.get(1).replaceFirst("\\?.*", "");
        return change.at("/request/method").asText().equalsIgnoreCase(call.get(0))
                && change.at("/request/target")
                        .asText()
                        .replaceFirst("\\?.*", "")
                        .equals(path);
    }

    private HttpRequest request(List<String> call) {
        String json = options.json;
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(target(call.get(1)))
                    .method(
                            call.get(0),
                            json == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8));
            if (json != null) request.setHeader("Content-Type", "application/json");
            options.headers.forEach(request::setHeader);
            return request.build();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--record cannot send this request: " + e.getMessage(), e);
        }
    }

    private URI target(String path) {
        if (!path.startsWith("/")) throw new IllegalArgumentException("the path " + path + " must start with /");
        return URI.create(options.gateway.toString().replaceAll("/$", "") + path);
    }
}
