package io.eventful.routetest;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The answers of a stand-in as the test file writes them: a list of requests and replies; the first that fits answers. */
final class Stubs {

    private record Stub(Yam.@Nullable Mapping when, List<Yam> replies, AtomicInteger used) {}

    private final List<Stub> stubs;

    Stubs(List<Yam> given) {
        this.stubs = given.stream()
                .map(each -> (Yam.Mapping) each)
                .map(each -> new Stub(
                        each.get("when") instanceof Yam.Mapping when ? when : null,
                        each.get("reply") instanceof Yam reply ? reply.many() : List.of(),
                        new AtomicInteger()))
                .toList();
    }

    /** The next reply to a request; null when no stub fits it. */
    @Nullable
    StubReply reply(StubRequest request) {
        for (Stub stub : stubs) if (stub.when() == null || fits(stub.when(), request)) return next(stub);
        return null;
    }

    private static StubReply next(Stub stub) {
        if (stub.replies().isEmpty()) return StubReply.of(200);
        int number = Math.min(stub.used().getAndIncrement(), stub.replies().size() - 1);
        return reply(stub.replies().get(number), 200);
    }

    /** A reply as written: a status alone, or a mapping. */
    static StubReply reply(Yam written, int usual) {
        if (!(written instanceof Yam.Mapping reply)) return StubReply.of(Integer.parseInt(written.text()));
        Map<String, String> headers = new LinkedHashMap<>();
        if (reply.get("headers") instanceof Yam.Mapping given)
            given.members()
                    .forEach((name, member) -> headers.put(name, member.value().text()));
        byte[] body = body(reply);
        if (reply.get("json") != null && headers.keySet().stream().noneMatch("content-type"::equalsIgnoreCase))
            headers.put("Content-Type", "application/json");
        Yam status = reply.get("status");
        Yam failure = reply.get("failure");
        return new StubReply(
                status == null ? usual : Integer.parseInt(status.text()),
                headers,
                body,
                delay(reply),
                failure == null
                        ? StubReply.Failure.NONE
                        : StubReply.Failure.valueOf(failure.text().toUpperCase(Locale.ROOT)));
    }

    /** How long a reply takes on the test's clock. */
    static Duration delay(Yam written) {
        String delay = written instanceof Yam.Mapping reply ? TestCase.text(reply, "delay") : "";
        return Durations.read(delay).orElse(Duration.ZERO);
    }

    /** The longest delay of a reply. */
    Duration slowest() {
        return stubs.stream()
                .flatMap(stub -> stub.replies().stream())
                .map(Stubs::delay)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** The body of a call or reply: {@code json}, or {@code body} as it stands. */
    static byte[] body(Yam.Mapping message) {
        Yam json = message.get("json");
        if (json != null) return Json.bytes(json.json());
        Yam body = message.get("body");
        return body == null ? new byte[0] : body.text().getBytes(StandardCharsets.UTF_8);
    }

    private static boolean fits(Yam.Mapping when, StubRequest request) {
        Yam method = when.get("method");
        if (method != null && !method.text().equalsIgnoreCase(request.method())) return false;
        Yam path = when.get("path");
        if (path != null && !Paths.fit(AsciiTarget.of(path.text()), request)) return false;
        if (when.get("headers") instanceof Yam.Mapping headers)
            for (Map.Entry<String, Yam.Member> each : headers.members().entrySet())
                if (!Comparison.fits(
                        HeaderFields.value(each.getValue().value()),
                        Observed.text(request.header(each.getKey().toLowerCase(Locale.ROOT))))) return false;
        Yam body = when.get("body");
        if (body != null && !body.text().equals(new String(request.body(), StandardCharsets.UTF_8))) return false;
        Yam json = when.get("json");
        if (json == null) return true;
        JsonNode actual = Json.tryParse(request.body()).orElse(null);
        return actual != null && Comparison.fits(json, actual);
    }

    /** Paths of stubs: exact, or with {@code {name}} for one segment and {@code **} for any rest. */
    static final class Paths {
        private Paths() {}

        static boolean fit(String pattern, StubRequest request) {
            String actual = pattern.contains("?") ? request.target() : request.path();
            StringBuilder regex = new StringBuilder();
            for (String piece : pattern.split("(?=\\{[^}]*})|(?<=})|(?=\\*\\*)|(?<=\\*\\*)"))
                regex.append(piece.startsWith("{") ? "[^/]+" : piece.equals("**") ? ".*" : Pattern.quote(piece));
            return actual.matches(regex.toString());
        }
    }
}
