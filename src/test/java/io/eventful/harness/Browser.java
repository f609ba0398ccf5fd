package io.eventful.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** A headless Chromium, led by its DevTools protocol. */
public final class Browser implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration WAIT = Duration.ofSeconds(30);

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private Browser(Process process, URI page) {
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page, new Listener())
                .join();
        call("Page.enable", Map.of());
        call("Runtime.enable", Map.of());
        call("Log.enable", Map.of());
    }

    /** Starts one with a profile of its own. */
    public static Browser start(Path profile) {
        try {
            Process process = process(
                    "chromium",
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--no-first-run",
                    "--remote-debugging-port=0",
                    "--user-data-dir=" + profile,
                    "about:blank");
            BufferedReader output = process.inputReader();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                int at = line.indexOf("ws://");
                if (at < 0) continue;
                Thread.ofVirtual().start(() -> output.lines().forEach(rest -> {}));
                return new Browser(process, page(URI.create(line.substring(at).strip())));
            }
            throw new IllegalStateException("chromium ended with " + process.waitFor());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Process process(String... command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return Assumptions.abort(command[0] + " is not installed");
        }
    }

    private static URI page(URI browser) throws IOException, InterruptedException {
        URI list = URI.create("http://127.0.0.1:" + browser.getPort() + "/json/list");
        String targets = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        for (JsonNode target : JSON.readTree(targets))
            if (target.path("type").asText().equals("page"))
                return URI.create(target.path("webSocketDebuggerUrl").asText());
        throw new IllegalStateException("chromium has no page: " + targets);
    }

    /** Goes to an address and waits until the page is there. */
    public void open(URI address) {
        call("Page.navigate", Map.of("url", address.toString()));
        settle(address.getPath());
    }

    /** Does something that leads to another page, and waits until that is there. */
    public void follow(String script, String path) {
        eval(script);
        settle(path);
    }

    private void settle(String path) {
        await("document.readyState === 'complete' && location.pathname.startsWith('" + path + "')");
    }

    /** Waits until an expression is true. */
    public void await(String condition) {
        Awaitility.await()
                .atMost(WAIT)
                .ignoreExceptions()
                .until(() -> eval(condition).asBoolean());
    }

    /** Value of an expression. */
    public JsonNode eval(String script) {
        JsonNode answer = call("Runtime.evaluate", Map.of("expression", script, "returnByValue", true));
        if (answer.has("exceptionDetails")) throw new IllegalStateException(script + ": " + answer);
        return answer.at("/result/value");
    }

    /** Text of the page. */
    public String text() {
        return eval("document.body.innerText").asText();
    }

    /** What the browser refused or failed at: policy violations, errors of scripts, addresses that failed. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    public void width(int pixels) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1, "mobile", pixels < 600));
    }

    /** A picture of the whole page. */
    public void screenshot(Path file) {
        JsonNode picture = call("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
        try {
            Files.write(file, Base64.getDecoder().decode(picture.path("data").asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode call(String method, Map<String, Object> parameters) {
        int number = numbers.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(number, answer);
        ObjectNode message = JSON.createObjectNode().put("id", number).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        socket.sendText(message.toString(), true).join();
        return answer.orTimeout(WAIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    private final class Listener implements WebSocket.Listener {
        private final List<CharSequence> parts = new ArrayList<>();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            parts.add(data.toString());
            from.request(1);
            if (!last) return null;
            String whole = String.join("", parts);
            parts.clear();
            try {
                received(JSON.readTree(whole));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return null;
        }
    }

    private void received(JsonNode message) {
        CompletableFuture<JsonNode> answer = answers.remove(message.path("id").asInt());
        if (answer != null) answer.complete(message.path("result"));
        String method = message.path("method").asText();
        if (method.equals("Runtime.exceptionThrown")
                || method.equals("Log.entryAdded")
                        && message.at("/params/entry/level").asText().equals("error"))
            complaints.add(message.path("params").toString());
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }
}
