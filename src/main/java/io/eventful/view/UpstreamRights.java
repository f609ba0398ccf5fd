package io.eventful.view;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.eventful.edge.Body;
import io.eventful.edge.Fields;
import io.eventful.edge.RequestHead;
import io.eventful.edge.Upstreams;
import io.eventful.event.Item;
import io.eventful.event.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Asks the upstream whether a caller may read an item, with a GET of that item as it would be passed on from the caller;
 * but always for JSON, the only representation of a view, because who gets a page may not get the item. Answers are cached
 * for a limited time, separately for everything in the request that may be a credential; of credentials only a digest is
 * stored.
 */
final class UpstreamRights {

    private static final String SOURCE = "/upstreams/";
    private static final String JSON = "application/json";
    private static final int NOT_ACCEPTABLE = 406;

    /** Maximum number of bytes of a reply that are read, so that its connection can be reused. */
    private static final int BODY = 65_536;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Fields that are not sent either: about the body, about the representation, and conditions on that of the view. */
    private static final Set<String> LEFT_OUT = Set.of(
            "accept",
            "accept-charset",
            "accept-encoding",
            "trailer",
            "expect",
            "content-length",
            "content-type",
            "content-encoding",
            "if-match",
            "if-none-match",
            "if-modified-since",
            "if-unmodified-since",
            "if-range",
            "range",
            "prefer",
            "eventful-min-position");

    /** Fields that do not affect access rights: requests that differ only in these share an answer. */
    private static final Set<String> INDIFFERENT =
            Set.of("host", "cache-control", "pragma", "date", "traceparent", "tracestate", "x-request-id");

    private final Upstreams upstreams;
    private final AsyncCache<String, Answered> kept;

    UpstreamRights(Upstreams upstreams, Clock clock, ViewSettings settings) {
        this.upstreams = upstreams;
        this.kept = Caffeine.newBuilder()
                .maximumSize(settings.accessEntries())
                .expireAfterWrite(settings.accessKept())
                .ticker(new Onward(clock))
                .buildAsync();
    }

    /**
     * The answer of the upstream.
     *
     * @param status status of its reply; 406 also if it is no JSON
     * @param challenge its {@code WWW-Authenticate}; empty for none
     */
    record Answered(int status, String challenge) {
        static final Answered NOT = new Answered(503, "");
        static final Answered ABSENT = new Answered(404, "");

        boolean tells() {
            return status < 500 && status != 429;
        }

        /** What the upstream has no JSON of tells nothing about the caller. */
        boolean isKept() {
            return tells() && status != NOT_ACCEPTABLE;
        }

        boolean allowed() {
            return status / 100 == 2;
        }
    }

    /** What is asked: under which key the answer is kept, and the answer. */
    private record Question(String key, CompletableFuture<Answered> answer) {}

    /**
     * Asks the upstreams of some items, all at once. Blocks.
     *
     * @return for each item in its place; empty if its upstream could not be reached or gave no usable answer
     */
    List<Optional<Answered>> ask(Reading reading, List<Item> items) throws InterruptedException {
        List<Question> questions = items.stream()
                .map(item -> question(item, reading.headFor(item), reading.queryFor(item)))
                .toList();
        try {
            CompletableFuture.allOf(questions.stream().map(Question::answer).toArray(CompletableFuture[]::new))
                    .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Those that are answered count.
        }
        return questions.stream().map(this::answer).toList();
    }

    private Question question(Item item, RequestHead head, String query) {
        String upstream = item.source().startsWith(SOURCE) ? item.source().substring(SOURCE.length()) : "";
        if (!upstreams.names().contains(upstream))
            return new Question("", CompletableFuture.completedFuture(Answered.ABSENT));
        String target = query.isEmpty() ? item.subject() : item.subject() + '?' + query;
        Fields fields = upstreams.forwarded(head).without(LEFT_OUT).and("Accept", JSON);
        String key = key(item, target, head.authority(), fields);
        return new Question(key, kept.get(key, (ignored, executor) -> fetch(upstream, target, fields)));
    }

    private Optional<Answered> answer(Question question) {
        CompletableFuture<Answered> answer = question.answer();
        if (!answer.isDone() || answer.isCompletedExceptionally()) return Optional.empty();
        Answered answered = answer.join();
        if (!answered.isKept()) kept.synchronous().invalidate(question.key());
        return Optional.of(answered).filter(Answered::tells);
    }

    private CompletableFuture<Answered> fetch(String upstream, String target, Fields fields) {
        return upstreams
                .getAs(upstream, target, fields, BODY)
                .toCompletableFuture()
                .handle((reply, failure) -> failure != null ? Answered.NOT : answered(reply));
    }

    private static Answered answered(Upstreams.Fetched reply) {
        if (reply.status() / 100 == 2 && isSomethingElse(reply)) return new Answered(NOT_ACCEPTABLE, "");
        return new Answered(
                reply.status(), reply.fields().first("www-authenticate").orElse(""));
    }

    /**
     * Whether the reply is no JSON, such as a page to sign in with: a body of unknown type is tried, as far as it is here
     * whole. A reply without a body says by its status alone that the caller may read.
     */
    private static boolean isSomethingElse(Upstreams.Fetched reply) {
        if (!reply.fields().mayBeJsonItem()) return true;
        boolean typed = !reply.fields().mediaType().isEmpty();
        return switch (reply.body()) {
            case Body.Whole(byte[] bytes) ->
                bytes.length > 0 && !typed && Json.tryParse(bytes).isEmpty();
            case Body.Partial beginning -> !typed;
        };
    }

    private static String key(Item item, String target, String authority, Fields sent) {
        List<String> parts = new ArrayList<>(List.of(item.source(), item.scope(), target, authority));
        for (Fields.Field field : sent.without(INDIFFERENT).entries()) {
            parts.add(field.name().toLowerCase(Locale.ROOT));
            parts.add(field.value());
        }
        MessageDigest digest = DigestUtils.getSha256Digest();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
