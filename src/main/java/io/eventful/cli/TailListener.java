package io.eventful.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Collects the events that a gateway publishes, with their channels. */
final class TailListener implements AutoCloseable {

    private static final String CHANNEL = ":channel ";
    private static final String DATA = "data:";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Stream<String> lines;
    private final List<JsonNode> events = new ArrayList<>();
    private String channel = "";

    private TailListener(Stream<String> lines) {
        this.lines = lines;
    }

    /** Connects; returns when the gateway has accepted the connection. */
    static TailListener start(HttpClient http, AdminOptions admin) throws IOException, InterruptedException {
        HttpResponse<Stream<String>> reply =
                http.send(admin.request("/api/tail").build(), HttpResponse.BodyHandlers.ofLines());
        if (reply.statusCode() != 200)
            throw new CommandException("the gateway at " + admin.admin() + " answered " + reply.statusCode());
        TailListener listener = new TailListener(reply.body());
        Thread.ofVirtual().name("tail").start(listener::listen);
        return listener;
    }

    private void listen() {
        try {
            lines.forEach(this::line);
        } catch (RuntimeException e) {
            // The stream was closed; the events received so far are complete.
            channel = "";
        }
    }

    private synchronized void line(String line) {
        if (line.startsWith(CHANNEL)) channel = line.substring(CHANNEL.length());
        if (!line.startsWith(DATA)) return;
        try {
            ObjectNode event = JSON.createObjectNode().put("channel", channel);
            event.setAll((ObjectNode) JSON.readTree(line.substring(DATA.length())));
            events.add(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the tail sent something that is not JSON", e);
        }
    }

    synchronized List<JsonNode> events() {
        return List.copyOf(events);
    }

    @Override
    public void close() {
        lines.close();
    }
}
