package io.eventful.routetest;

import io.eventful.routetest.Timeline.Place;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Makes the calls of a test, one after the other; the clock stands unless somebody waits for it. */
final class Player {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);
    /** A reply that a stand-in delays is waited for this long before the clock is turned. */
    private static final long DELAYED_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** And one that is late for another reason this long. */
    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** What was held back until the clock is turned has this long to be done. */
    private static final long HELD_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Rig rig;
    private final HttpClient http;
    private final Stillness stillness;

    /**
     * What came back from a call.
     *
     * @param failure why no reply came; null when one came
     */
    record Reply(
            @Nullable HttpResponse<byte[]> response,
            @Nullable String failure) {}

    Player(Rig rig, HttpClient http, Stillness stillness) {
        this.rig = rig;
        this.http = http;
        this.stillness = stillness;
    }

    /** Replies in the order of the calls; {@code wait} steps have none. */
    List<Reply> play(TestCase test) throws InterruptedException {
        List<Reply> replies = new ArrayList<>();
        Signing signing = new Signing(test, rig.time());
        for (Yam.Mapping call : test.calls()) {
            String wait = TestCase.text(call, "wait");
            if (!wait.isEmpty()) {
                rig.timeline().call("wait " + wait);
                stillness.until(Durations.read(wait).orElse(Duration.ZERO));
            } else replies.add(call(call, signing));
            stillness.now();
        }
        return replies;
    }

    private Reply call(Yam.Mapping call, Signing signing) throws InterruptedException {
        String method = TestCase.text(call, "method").isEmpty() ? "GET" : TestCase.text(call, "method");
        String path = TestCase.text(call, "path").isEmpty() ? "/" : AsciiTarget.of(TestCase.text(call, "path"));
        byte[] body = Stubs.body(call);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(rig.address() + path))
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        if (call.get("json") != null) request.setHeader("Content-Type", "application/json");
        Map<String, String> given = headers(call);
        signing.headers(path, lowerCase(given), body).forEach(request::setHeader);
        given.forEach(request::setHeader);
        rig.timeline().call("call " + method + " " + path);
        // A read that waits for a view waits for the routes, too.
        boolean waits = lowerCase(given).containsKey("eventful-min-position");
        try {
            if (!waits) rig.holdback().close();
            Reply reply = await(http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
            rig.timeline()
                    .reply(
                            "reply "
                                    + (reply.response() == null
                                            ? reply.failure()
                                            : reply.response().statusCode()),
                            waits ? Place.LAST : place(reply));
            return reply;
        } finally {
            rig.holdback().open();
        }
    }

    /** A command that goes on after its reply: the reply waited for time to pass, if for anything. */
    private static Place place(Reply reply) {
        HttpResponse<byte[]> response = reply.response();
        boolean goesOn = response != null
                && response.statusCode() == 202
                && response.headers().firstValue("Location").orElse("").contains("/.eventful/commands/");
        return goesOn ? Place.FIRST : Place.AFTER_ITS_CALL;
    }

    private static Map<String, String> headers(Yam.Mapping call) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (call.get("headers") instanceof Yam.Mapping given)
            given.members()
                    .forEach((name, member) -> headers.put(name, member.value().text()));
        return headers;
    }

    private static Map<String, String> lowerCase(Map<String, String> headers) {
        Map<String, String> lower = new HashMap<>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        return lower;
    }

    private Reply await(CompletableFuture<HttpResponse<byte[]>> future) throws InterruptedException {
        long begin = System.nanoTime();
        long turned = begin;
        while (!future.isDone() && System.nanoTime() - begin < PATIENCE_NANOS) {
            Stillness.pause();
            long quiet = System.nanoTime() - turned;
            if (quiet > LATE_NANOS || (quiet > DELAYED_NANOS && rig.standIns().delayed() > 0)) {
                forward();
                turned = System.nanoTime();
            }
        }
        return ended(future);
    }

    /** What was held belongs to the time that ends now. */
    private void forward() {
        Holdback holdback = rig.holdback();
        boolean closed = holdback.isClosed();
        if (holdback.open() > 0) stillness.rest(HELD_NANOS);
        if (closed) holdback.close();
        stillness.forward(rig.time().instant().plus(Duration.ofDays(1)));
    }

    private static Reply ended(CompletableFuture<HttpResponse<byte[]>> future) throws InterruptedException {
        try {
            return new Reply(future.get(1, TimeUnit.MILLISECONDS), null);
        } catch (TimeoutException e) {
            return new Reply(null, "no reply");
        } catch (ExecutionException e) {
            return new Reply(null, e.getCause() instanceof IOException ? "broken" : String.valueOf(e.getCause()));
        }
    }
}
