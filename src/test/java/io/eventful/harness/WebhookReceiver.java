package io.eventful.harness;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpServer;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.message.MessageReader;
import io.cloudevents.http.HttpMessageFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/** A subscriber that trusts nothing but the official libraries: Standard Webhooks verifies, CloudEvents reads. */
public final class WebhookReceiver implements AutoCloseable {

    private final HttpServer server;
    private final Queue<CloudEvent> events = new ConcurrentLinkedQueue<>();
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private volatile String secret = "";

    public WebhookReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                try {
                    new Webhook(secret)
                            .verify(body, HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true));
                    events.add(read(exchange.getRequestHeaders(), body));
                    exchange.sendResponseHeaders(204, -1);
                } catch (WebhookVerificationException | RuntimeException e) {
                    refused.add(e.toString());
                    exchange.sendResponseHeaders(401, -1);
                }
            }
        });
        server.start();
    }

    private static CloudEvent read(com.sun.net.httpserver.Headers headers, String body) {
        MessageReader reader = HttpMessageFactory.createReader(
                consumer -> headers.forEach((name, values) -> consumer.accept(name, values.getFirst())),
                body.getBytes(StandardCharsets.UTF_8));
        return reader.toEvent();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    }

    public void secret(String text) {
        secret = text;
    }

    /** Verified events in the order of their arrival. */
    public List<CloudEvent> events() {
        return List.copyOf(events);
    }

    /** What was refused, and why. */
    public List<String> refused() {
        return List.copyOf(refused);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
