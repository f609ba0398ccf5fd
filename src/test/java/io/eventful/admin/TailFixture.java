package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Event;
import io.eventful.event.Publication;
import io.eventful.event.Publications;
import jakarta.servlet.http.HttpServletRequest;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.web.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** A tail of publications that a test makes, over HTTP. */
abstract class TailFixture {

    final Recorded publications = new Recorded();
    final AtomicBoolean allowed = new AtomicBoolean(true);
    final HttpClient client = HttpClient.newHttpClient();
    AnnotationConfigServletWebServerApplicationContext server;

    @EnableWebMvc
    static class Mvc {}

    /** A stream for whoever may read at the moment, as the console's is. */
    @RestController
    static class Guarded {
        private final TailApi api;
        private final AtomicBoolean allowed;

        Guarded(TailApi api, AtomicBoolean allowed) {
            this.api = api;
            this.allowed = allowed;
        }

        @GetMapping("/guarded")
        ResponseEntity<SseEmitter> stream(
                @RequestHeader(name = "Last-Event-ID", required = false) String last, HttpServletRequest request) {
            return api.open(null, null, last, request, allowed::get);
        }
    }

    /** Publications as the listener and the cursor show them. */
    static final class Recorded implements Publications {
        final List<Publication> all = new CopyOnWriteArrayList<>();
        final List<Consumer<Publication>> listeners = new CopyOnWriteArrayList<>();

        /** Runs when a reader asks for what is stored after a number. */
        volatile LongConsumer asked = sequence -> {};

        void publish(String channel, String type, String data) {
            Event event = new Event(
                    "e" + all.size(),
                    "/s",
                    type,
                    "/x",
                    Instant.EPOCH,
                    "application/json",
                    null,
                    Map.of(),
                    data.getBytes(StandardCharsets.UTF_8));
            Publication publication = new Publication(all.size() + 1, channel, event, Instant.EPOCH);
            all.add(publication);
            listeners.forEach(listener -> listener.accept(publication));
        }

        @Override
        public Optional<Publication> find(String channel, long position, String source, String eventId) {
            return Optional.empty();
        }

        @Override
        public List<Publication> after(long sequence, int limit) {
            asked.accept(sequence);
            return all.stream()
                    .filter(p -> p.sequence() > sequence)
                    .limit(limit)
                    .toList();
        }

        @Override
        public long head() {
            return all.size();
        }

        @Override
        public Publication keep(String channel, Event event) {
            throw new IllegalStateException("not used");
        }

        @Override
        public AutoCloseable listen(Consumer<Publication> listener) {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }
    }

    @BeforeEach
    void start() {
        server = new AnnotationConfigServletWebServerApplicationContext();
        server.registerBean(TomcatServletWebServerFactory.class, () -> new TomcatServletWebServerFactory(0));
        server.registerBean(DispatcherServlet.class);
        server.registerBean(ServletRegistrationBean.class, () -> {
            ServletRegistrationBean<DispatcherServlet> servlet =
                    new ServletRegistrationBean<>(server.getBean(DispatcherServlet.class), "/");
            servlet.setAsyncSupported(true);
            return servlet;
        });
        server.registerBean(TailApi.class, () -> new TailApi(publications));
        server.registerBean(Guarded.class, () -> new Guarded(server.getBean(TailApi.class), allowed));
        server.register(Mvc.class);
        server.refresh();
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    InputStream tail(String query, String... headers) throws Exception {
        return stream("/api/tail" + query, headers);
    }

    InputStream stream(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.getWebServer().getPort() + path));
        for (int i = 0; i < headers.length; i += 2) request.header(headers[i], headers[i + 1]);
        HttpResponse<InputStream> reply =
                client.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        return reply.body();
    }

    /** Reads until so many messages have come, or the stream ends. */
    static List<String> data(InputStream stream, int count) throws Exception {
        return lines(stream, "data:", count);
    }

    /** Reads until so many messages have come, or the stream ends; gives the lines that begin like that, without it. */
    static List<String> lines(InputStream stream, String beginning, int messages) throws Exception {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int come = 0;
        while (come < messages) {
            int next = stream.read();
            if (next < 0) break;
            if (next != '\n') {
                line.append((char) next);
                continue;
            }
            if (line.indexOf("data:") == 0) come++;
            if (line.indexOf(beginning) == 0) lines.add(line.substring(beginning.length()));
            line.setLength(0);
        }
        return lines;
    }

    void publish(int count) {
        for (int i = 0; i < count; i++) publications.publish("c", "t", String.valueOf(publications.all.size() + 1));
    }
}
