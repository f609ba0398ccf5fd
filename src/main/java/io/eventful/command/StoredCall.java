package io.eventful.command;

import io.eventful.edge.Answer;
import io.eventful.edge.Body;
import io.eventful.edge.Call;
import io.eventful.edge.Digest;
import io.eventful.edge.Fields;
import io.eventful.edge.ReadAhead;
import io.eventful.edge.Reply;
import io.eventful.edge.RequestHead;
import io.eventful.edge.UpstreamException;
import io.eventful.edge.Upstreams;
import io.eventful.event.Causes;
import io.eventful.event.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A call without a client: its request was kept, and whoever runs it asks afterwards how far it came. */
final class StoredCall implements Call {

    private static final int CALLERS_FAULT = 4;

    private final StoredRequest request;
    private final Upstreams upstreams;
    private final int replyLimit;
    private final Supplier<CompletionStage<?>> doubt;
    private volatile Attempt attempt = new Attempt.NotSent();
    private volatile boolean forwarded;

    /** @param doubt notes durably that nobody knows what became of the call, before anybody is told so */
    StoredCall(StoredRequest request, Upstreams upstreams, int replyLimit, Supplier<CompletionStage<?>> doubt) {
        this.request = request;
        this.upstreams = upstreams;
        this.replyLimit = replyLimit;
        this.doubt = doubt;
    }

    /** How far the call came. */
    sealed interface Attempt {
        /** Nothing reached the upstream. */
        record NotSent() implements Attempt {}

        /** Something was sent, and no reply came. */
        record Lost() implements Attempt {}

        /** A reply came. */
        record Replied(Upstreams.Fetched reply) implements Attempt {}

        /** Nothing was sent, and nothing will be however often it is tried: the request itself is refused. */
        record Refused(Answer answer) implements Attempt {}
    }

    /** How far the call came by now. */
    Attempt attempt() {
        return attempt;
    }

    @Override
    public RequestHead head() {
        return request.head();
    }

    @Override
    public CompletionStage<Body> body(int limit) {
        byte[] all = request.body();
        return CompletableFuture.completedFuture(
                all.length <= limit ? new Body.Whole(all) : new Body.Partial(Arrays.copyOf(all, limit)));
    }

    @Override
    public CompletionStage<Digest> requestDigest() {
        return CompletableFuture.completedFuture(digest(request.body()));
    }

    private static Digest digest(byte[] bytes) {
        return new Digest(bytes.length, bytes.length == 0 ? "" : Json.digest(bytes));
    }

    /** The reply is read whole, whatever is wanted of it. */
    @Override
    public CompletionStage<Reply> forward(String upstream, ReadAhead ahead) {
        forwarded = true;
        attempt = new Attempt.Lost();
        return upstreams
                .forward(upstream, request.head(), request.body(), replyLimit)
                .thenApply(reply -> {
                    attempt = new Attempt.Replied(reply);
                    return (Reply) new StoredReply(reply);
                })
                .exceptionallyCompose(this::failed);
    }

    private CompletionStage<Reply> failed(Throwable failure) {
        Throwable cause = Causes.of(failure);
        if (cause instanceof UpstreamException upstream && upstream.sent() == UpstreamException.Sent.NOTHING) {
            attempt = new Attempt.NotSent();
            return CompletableFuture.failedFuture(cause);
        }
        return doubt.get()
                .<@Nullable Void>handle((done, ignored) -> null)
                .thenCompose(done -> CompletableFuture.failedFuture(cause));
    }

    @Override
    public CompletionStage<Void> answer(Reply reply, Fields extra) {
        if (attempt instanceof Attempt.Replied(Upstreams.Fetched fetched)) {
            List<Fields.Field> fields = new ArrayList<>(fetched.fields().entries());
            fields.addAll(extra.entries());
            attempt = new Attempt.Replied(new Upstreams.Fetched(fetched.status(), new Fields(fields), fetched.body()));
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> answer(Answer answer) {
        if (!forwarded && answer.status() / 100 == CALLERS_FAULT) attempt = new Attempt.Refused(answer);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> proxy(String upstream, Set<String> leftOut) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException("a command is always captured"));
    }

    /** A reply that has been read. */
    private record StoredReply(Upstreams.Fetched fetched) implements Reply {

        @Override
        public int status() {
            return fetched.status();
        }

        @Override
        public Fields fields() {
            return fetched.fields();
        }

        @Override
        public CompletionStage<Body> body(int limit) {
            Body read = fetched.body() instanceof Body.Whole(byte[] all) && all.length > limit
                    ? new Body.Partial(Arrays.copyOf(all, limit))
                    : fetched.body();
            return CompletableFuture.completedFuture(read);
        }

        @Override
        public CompletionStage<Digest> digest() {
            byte @Nullable [] all = fetched.body() instanceof Body.Whole(byte[] whole) ? whole : null;
            return CompletableFuture.completedFuture(all == null ? new Digest(-1, "") : StoredCall.digest(all));
        }
    }
}
