package io.eventful.claim;

import io.eventful.edge.Answer;
import io.eventful.edge.Call;
import io.eventful.edge.Fields;
import io.eventful.edge.Handler;
import io.eventful.edge.Matcher;
import io.eventful.edge.Problems;
import io.eventful.edge.RequestHead;
import io.eventful.ledger.States;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /.eventful/states/{position}?sig=…} on the data port: the state that a change left (of a delete, the last one; {@code null} when it left none otherwise),
 * as the ledger keeps it, so what was redacted stays so. Who has the link needs nothing else.
 */
final class StatesEndpoint implements Matcher {

    private static final Logger log = LoggerFactory.getLogger(StatesEndpoint.class);
    private static final byte[] NOTHING = {};

    private final SignedLinks links;
    private final States states;
    private final ExecutorService calls;
    private final Semaphore turns;
    private final Duration wait;

    StatesEndpoint(SignedLinks links, States states, ExecutorService calls, ClaimSettings settings) {
        this.links = links;
        this.states = states;
        this.calls = calls;
        this.turns = new Semaphore(settings.concurrent(), true);
        this.wait = settings.turnWait();
    }

    @Override
    public @Nullable Handler match(RequestHead head) {
        // The ledger may be waited for, which an event loop must not.
        return head.path().startsWith(SignedLinks.PATH) ? call -> calls.execute(() -> serve(call)) : null;
    }

    private void serve(Call call) {
        RequestHead head = call.head();
        boolean reads = head.method().equals("GET") || head.method().equals("HEAD");
        if (!reads) {
            Answer refusal = Problems.problem(405, "Method Not Allowed", "This resource supports only GET and HEAD.");
            call.answer(new Answer(405, refusal.fields().and("Allow", "GET, HEAD"), refusal.body()));
            return;
        }
        String number = head.path().substring(SignedLinks.PATH.length());
        long position = number.matches("[1-9][0-9]{0,17}") ? Long.parseLong(number) : 0;
        SignedLinks.Verdict verdict = links.verify(position, signature(head.query()));
        switch (position == 0 ? SignedLinks.Verdict.WRONG : verdict) {
            case WRONG ->
                call.answer(Problems.problem(
                        403,
                        "Forbidden",
                        "The signature of the link is missing or wrong. Use the link of the event unchanged."));
            case EXPIRED ->
                call.answer(Problems.problem(
                        410,
                        "Gone",
                        "The link has expired. Read the item itself, or use the link of a newer event. The lifetime of"
                                + " links is set by eventful.claims.expiry."));
            case GOOD -> send(call, position);
        }
    }

    private void send(Call call, long position) {
        try {
            if (!turns.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                call.answer(unavailable("Too many states are being read at the same time. Try again later."));
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            call.answer(unavailable("The gateway is shutting down. Try again later."));
            return;
        }
        try {
            call.answer(answer(call.head(), position)).whenComplete((sent, failure) -> turns.release());
        } catch (RuntimeException e) {
            turns.release();
            log.error("claim.failed position={}", position, e);
            call.answer(unavailable("The ledger cannot be read at the moment. Try again later."));
        }
    }

    private Answer answer(RequestHead head, long position) {
        Optional<States.Tag> tag = states.tag(position);
        if (tag.isEmpty())
            return Problems.problem(404, "Not Found", "The ledger no longer has the state of this change.");
        String entity = '"' + tag.get().digest() + '"';
        Fields fields = Fields.NONE
                .and("ETag", entity)
                .and("Cache-Control", "private, no-cache")
                .and("X-Content-Type-Options", "nosniff");
        if (head.fields().all("If-None-Match").stream().anyMatch(given -> names(given, entity)))
            return new Answer(304, fields, NOTHING);
        return states.json(position)
                .map(json -> new Answer(200, fields.and("Content-Type", "application/json"), json))
                .orElseGet(
                        () -> Problems.problem(404, "Not Found", "The ledger no longer has the state of this change."));
    }

    private static boolean names(String given, String entity) {
        return Arrays.stream(given.split(","))
                .map(String::strip)
                .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                .anyMatch(tag -> tag.equals("*") || tag.equals(entity));
    }

    private static Answer unavailable(String detail) {
        Answer answer = Problems.problem(503, "Service Unavailable", detail);
        return new Answer(503, answer.fields().and("Retry-After", "1"), answer.body());
    }

    private static String signature(String query) {
        for (String pair : query.split("&")) if (pair.startsWith("sig=")) return pair.substring(4);
        return "";
    }
}
