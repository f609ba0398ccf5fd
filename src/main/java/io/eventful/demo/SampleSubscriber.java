package io.eventful.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A subscriber that verifies each webhook by the Standard Webhooks specification and stores it. It consents to receive them
 * (CloudEvents HTTP WebHooks, 4). What arrives before its secret is known waits for it.
 */
public final class SampleSubscriber implements AutoCloseable {

    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final Clock clock;
    private final HttpServer server;
    private final BlockingQueue<Webhook> arrived = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> secret = new CompletableFuture<>();

    /**
     * Starts on the loopback interface.
     *
     * @param port 0 for a free one
     */
    public SampleSubscriber(Clock clock, int port) throws IOException {
        this.clock = clock;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/hook", this::receive);
        server.start();
    }

    /** URL that receives the webhooks. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /** Sets the signing secret of the subscription, {@code whsec_…}. */
    public void secret(String text) {
        secret.complete(text);
    }

    /** Waits for the next webhook; empty if none arrived in time. */
    public Optional<Webhook> next(Duration wait) throws InterruptedException {
        return Optional.ofNullable(arrived.poll(wait.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void receive(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("OPTIONS")) {
            consent(exchange);
            return;
        }
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean verified = verify(exchange, body);
            exchange.sendResponseHeaders(verified ? 204 : 401, -1);
            // Responds first, because the receiver of the last webhook may close this server immediately.
            arrived.add(new Webhook(
                    header(exchange, "webhook-id"),
                    header(exchange, "ce-type"),
                    header(exchange, "ce-subject"),
                    header(exchange, "ce-pattern"),
                    verified,
                    new String(body, UTF_8)));
        }
    }

    private static void consent(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("WebHook-Allowed-Origin", header(exchange, "WebHook-Request-Origin"));
            exchange.getResponseHeaders().set("WebHook-Allowed-Rate", "*");
            exchange.sendResponseHeaders(204, -1);
        }
    }

    private boolean verify(HttpExchange exchange, byte[] body) {
        String timestamp = header(exchange, "webhook-timestamp");
        if (!timestamp.matches("\\d{1,12}")) return false;
        long age = Math.abs(clock.instant().getEpochSecond() - Long.parseLong(timestamp));
        if (age > TOLERANCE.toSeconds()) return false;
        String expected = "v1," + sign(header(exchange, "webhook-id"), timestamp, body);
        for (String signature : header(exchange, "webhook-signature").split(" ")) {
            if (MessageDigest.isEqual(expected.getBytes(UTF_8), signature.getBytes(UTF_8))) return true;
        }
        return false;
    }

    private String sign(String id, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            String text = secret.join();
            byte[] key = Base64.getDecoder().decode(text.substring(text.indexOf('_') + 1));
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((id + "." + timestamp + ".").getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
