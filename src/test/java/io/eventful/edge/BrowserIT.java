package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser's {@code fetch}, in Chromium: the page comes through the edge, and what it sends goes through it. */
class BrowserIT {

    /** What the page calls, in order; its body becomes what came back, a line each. */
    private static final String PAGE = """
        <!doctype html><title>fetch</title><pre id="out"></pre><script>
        const form = new FormData(); form.append("file", new Blob(["x".repeat(1000)]), "a.txt");
        const calls = [
          ["GET"], ["POST", "text"], ["POST", new URLSearchParams({a: "1", b: "2"})], ["POST", form],
          ["PUT", new Blob(["y".repeat(100000)])], ["PATCH", JSON.stringify({a: 1}), {"content-type": "application/json"}],
          ["DELETE"], ["OPTIONS"]];
        (async () => {
          let text = "";
          for (const [method, body, headers] of calls) {
            const reply = await fetch("PATH?q=%20&q", {method, body, headers});
            text += reply.status + " " + reply.headers.get("x-seen") + " " + await reply.text() + "\\n";
          }
          document.getElementById("out").textContent = text + "done";
        })();
        </script>
        """;

    @TempDir
    Path profile;

    private RecordingUpstream upstream;
    private Edge edge;

    @BeforeEach
    void start() throws IOException {
        upstream = new RecordingUpstream(peer -> {
            RawMessage request = peer.request();
            boolean page = request.target().startsWith("/page");
            String path = request.target().endsWith("captured") ? "/captured" : "/plain";
            String text = page
                    ? PAGE.replace("PATH", path)
                    : request.method() + " " + request.target() + " "
                            + request.first("content-type").orElse("-").replaceAll("boundary=.*", "boundary") + " "
                            + request.body().length;
            peer.write("HTTP/1.1 200 OK\r\nX-Seen: " + request.method() + "\r\nContent-Type: "
                    + (page ? "text/html" : "text/plain") + "\r\nContent-Length: "
                    + text.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + text);
        });
        edge = new Edge(upstream.port()).capturing("/captured");
    }

    @AfterEach
    void stop() throws IOException {
        edge.close();
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "captured"})
    void fetch(String path) throws Exception {
        String direct = seen(upstream.port(), path);
        assertThat(seen(edge.port(), path)).isEqualTo(direct);
        assertThat(direct.lines())
                .hasSize(9)
                .startsWith("200 GET GET /" + path + "?q=%20&amp;q - 0")
                .contains("200 PUT PUT /" + path + "?q=%20&amp;q - 100000")
                .endsWith("done");
    }

    private String seen(int port, String path) throws Exception {
        String chromium = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .filter(program -> new File(program).canExecute())
                .findFirst()
                .orElse("");
        assumeTrue(!chromium.isEmpty(), "Chromium is not installed");
        Process browser = new ProcessBuilder(List.of(
                        chromium,
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--no-first-run",
                        "--user-data-dir=" + profile.resolve(path + port),
                        "--virtual-time-budget=20000",
                        "--dump-dom",
                        "http://127.0.0.1:" + port + "/page/" + path))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String page = new String(browser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(browser.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return page.substring(page.indexOf("<pre"), page.indexOf("</pre>")).replaceFirst("<pre[^>]*>", "");
    }
}
