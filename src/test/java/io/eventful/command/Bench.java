package io.eventful.command;

import io.eventful.capture.CaptureOptions;
import io.eventful.capture.TestCaptures;
import io.eventful.edge.Call;
import io.eventful.edge.RequestHead;
import io.eventful.edge.Routing;
import io.eventful.event.Event;
import io.eventful.event.Json;
import io.eventful.ledger.KeyClaim;
import io.eventful.store.Database;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.springframework.util.unit.DataSize;

/** Commands over real capturing, a real edge and a real store. */
final class Bench implements AutoCloseable {

    final TestCaptures captures;
    final List<Event> events = new CopyOnWriteArrayList<>();
    final CommandParts parts;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    /** Takes the events of ends. */
    volatile Announcer announcer = event -> {
        events.add(event);
        return CompletableFuture.completedFuture(null);
    };

    Bench(Path folder, int upstream) {
        this(folder, upstream, settings(100));
    }

    Bench(Path folder, int upstream, CommandSettings settings) {
        this(folder, upstream, settings, Clock.systemUTC());
    }

    Bench(Path folder, int upstream, CommandSettings settings, Clock clock) {
        this(folder, upstream, settings, clock, new PlainSafe());
    }

    Bench(Path folder, int upstream, CommandSettings settings, Clock clock, Safe safe) {
        this(folder, upstream, settings, clock, safe, UnaryOperator.identity());
    }

    /** @param faults puts faults between the commands and the real store */
    Bench(Path folder, int upstream, CommandSettings settings, Clock clock, Safe safe, UnaryOperator<Database> faults) {
        captures = new TestCaptures(folder, upstream);
        parts = CommandParts.of(
                faults.apply(captures.ledgers().databases().open("ledger")),
                new CommandParts.Surroundings(
                        captures.ledgers().ledger(),
                        captures.edge().upstreams(),
                        execution(),
                        safe,
                        event -> announcer.publish(event),
                        clock,
                        new SecureRandom()),
                settings,
                meters);
        captures.captures()
                .serving()
                .deferTo((call, write) -> parts.commands()
                        .take(
                                call,
                                new Submission(
                                        write.options().commands() == CaptureOptions.Commands.ASYNC
                                                ? Submission.Mode.ASYNC
                                                : Submission.Mode.PREFER,
                                        write.item(),
                                        write.isOrdered() ? Submission.Order.SUBJECT : Submission.Order.NONE,
                                        write.options().upstream(),
                                        write.options().laneWait(),
                                        write.isKeyed() ? Submission.Key.GIVEN : Submission.Key.NONE,
                                        write::claim,
                                        write::serve)));
        captures.edge().routing().install(Routing.Layer.OWN, parts.commands().endpoint());
        parts.start();
    }

    static CommandSettings settings(int queue) {
        return new CommandSettings(
                queue,
                8,
                DataSize.ofKilobytes(64),
                DataSize.ofMegabytes(16),
                1_000,
                Duration.ofHours(1),
                Duration.ofHours(1),
                DataSize.ofKilobytes(64),
                Duration.ofSeconds(30),
                100,
                Duration.ofSeconds(1),
                new CommandSettings.Retry(Duration.ofMillis(20), Duration.ofMillis(100), 3));
    }

    private Execution execution() {
        return new Execution() {
            @Override
            public boolean run(Call call, KeyClaim claim) {
                return captures.captures().serving().run(call, claim);
            }

            @Override
            public boolean isSuccess(RequestHead head, int status) {
                return captures.captures().serving().isSuccess(head, status);
            }

            @Override
            public boolean isPositionExposed(RequestHead head) {
                return captures.captures().serving().isPositionExposed(head);
            }
        };
    }

    HttpResponse<String> call(String method, String path, String body, String... fields) {
        try {
            return captures.call(method, path, body, fields);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Submits a write that must become a command; gives its address. */
    String submit(String method, String path, String body, String... more) {
        String[] fields = new String[more.length + 2];
        fields[0] = "Prefer";
        fields[1] = "respond-async";
        System.arraycopy(more, 0, fields, 2, more.length);
        HttpResponse<String> reply = call(method, path, body, fields);
        if (reply.statusCode() != 202) throw new AssertionError(reply.statusCode() + " " + reply.body());
        return reply.headers().firstValue("Location").orElseThrow();
    }

    /** The command as it is when it has ended, or after half a minute. */
    String ended(String location, String... fields) {
        String[] all = new String[fields.length + 2];
        all[0] = "Prefer";
        all[1] = "wait=30";
        System.arraycopy(fields, 0, all, 2, fields.length);
        return call("GET", location, "", all).body();
    }

    static String status(String command) {
        return Json.parse(command).path("status").asText();
    }

    /** Seals nothing, but binds to the place, and tells one credential from another. */
    static class PlainSafe implements Safe {
        @Override
        public byte[] seal(byte[] secret, String place) {
            return (place + '\n' + HexFormat.of().formatHex(secret)).getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public byte[] open(byte[] sealed, String place) {
            String[] parts = new String(sealed, StandardCharsets.US_ASCII).split("\n", 2);
            if (!parts[0].equals(place)) throw new IllegalStateException("sealed for another place");
            return HexFormat.of().parseHex(parts[1]);
        }

        @Override
        public String mac(String text) {
            return Json.digest(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() throws Exception {
        parts.close();
        captures.close();
    }
}
