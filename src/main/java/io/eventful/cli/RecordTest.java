package io.eventful.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.routetest.Recording;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Makes a call through a running gateway and writes what came of it as a test. */
record RecordTest(CommandSpec spec, RecordOptions options) {

    int write(List<String> call) throws IOException, InterruptedException {
        if (call.size() != 2)
            throw new ParameterException(
                    spec.commandLine(), "--record takes METHOD and PATH, such as PUT /customers/42");
        AdminApi api = new AdminApi(options.admin);
        long before = head(api);
        Recording recording = new Recording(call.get(0), call.get(1), options.json, Set.copyOf(options.redact));
        try (HttpClient http = HttpClient.newHttpClient();
                TailListener tail = TailListener.start(http, options.admin)) {
            recording.reply(http.send(request(call), HttpResponse.BodyHandlers.ofByteArray()));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(options.settle.toMillis()));
            api.get("/api/changes?limit=100&after=" + before).path("items").forEach(recording::change);
            tail.events().forEach(recording::event);
        }
        String text = recording.text(files(api));
        if (options.to == null) {
            spec.commandLine().getOut().print(text);
            spec.commandLine().getOut().flush();
        } else if (Files.exists(options.to)) throw new CommandException(options.to + " exists; name another file");
        else Files.writeString(options.to, text);
        return 0;
    }

    private static long head(AdminApi api) {
        long head = 0;
        List<JsonNode> page = new ArrayList<>();
        do {
            page.clear();
            api.get("/api/changes?limit=500&after=" + head).path("items").forEach(page::add);
            if (!page.isEmpty()) head = page.getLast().path("position").asLong();
        } while (!page.isEmpty());
        return head;
    }

    private HttpRequest request(List<String> call) {
        String json = options.json;
        HttpRequest.Builder request = HttpRequest.newBuilder(target(call.get(1)))
                .method(
                        call.get(0),
                        json == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8));
        if (json != null) request.setHeader("Content-Type", "application/json");
        options.headers.forEach(request::setHeader);
        return request.build();
    }

    private URI target(String path) {
        return URI.create(options.gateway.toString().replaceAll("/$", "") + path);
    }

    /** The gateway's route files. */
    private static Set<String> files(AdminApi api) {
        Set<String> files = new LinkedHashSet<>();
        api.get("/api/routes")
                .path("routes")
                .forEach(route -> files.add(route.path("file").asText()));
        return files;
    }
}
