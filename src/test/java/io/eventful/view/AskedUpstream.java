package io.eventful.view;

import io.eventful.edge.Body;
import io.eventful.edge.Fields;
import io.eventful.edge.RequestHead;
import io.eventful.edge.Upstreams;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** A system that is asked who may read what, behind an edge that replaces {@code X-Forwarded-For}. */
final class AskedUpstream implements Upstreams {

    static final String JSON = "application/json";

    private final Queue<Question> asked = new ConcurrentLinkedQueue<>();
    private volatile Function<Question, Fetched> replies = question -> reply(200, JSON, "{}");

    /** A GET. */
    record Question(String target, Fields fields) {
        String field(String name) {
            return String.join(", ", fields.all(name));
        }

        String bearer() {
            return field("Authorization").replace("Bearer ", "");
        }
    }

    static Fetched reply(int status, String type, String body) {
        Fields fields = type.isEmpty() ? Fields.NONE : Fields.NONE.and("Content-Type", type);
        return new Fetched(status, fields, new Body.Whole(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** How it answers from now on. */
    void replies(Function<Question, Fetched> given) {
        replies = given;
    }

    /** The status of its answers from now on, whose body is a document. */
    void says(ToIntFunction<Question> status) {
        replies = question -> reply(status.applyAsInt(question), JSON, "{}");
    }

    List<Question> asked() {
        return List.copyOf(asked);
    }

    @Override
    public Set<String> names() {
        return Set.of("default");
    }

    @Override
    public boolean hasCredential(String name) {
        return false;
    }

    @Override
    public Fields forwarded(RequestHead head) {
        return head.fields().endToEnd().without("X-Forwarded-For").and("X-Forwarded-For", head.remote());
    }

    @Override
    public CompletionStage<Fetched> getAs(String name, String target, Fields fields, int limit) {
        Question question = new Question(target, fields);
        asked.add(question);
        return CompletableFuture.completedFuture(replies.apply(question));
    }

    @Override
    public CompletionStage<Fetched> get(String name, String target, Fields fields, int limit) {
        throw new AssertionError("asked with the gateway's own credential");
    }

    @Override
    public CompletionStage<Fetched> forward(String name, RequestHead head, byte[] body, int limit) {
        throw new AssertionError("nothing is written by a read");
    }

    @Override
    public CompletionStage<Fetched> send(
            String name, String method, String target, Fields fields, byte[] body, int limit) {
        throw new AssertionError("nothing is written by a read");
    }
}
