package io.eventful.view;

import io.eventful.edge.Answer;
import io.eventful.edge.Body;
import io.eventful.edge.Call;
import io.eventful.edge.Digest;
import io.eventful.edge.Fields;
import io.eventful.edge.ReadAhead;
import io.eventful.edge.Reply;
import io.eventful.edge.RequestHead;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A call that wants nothing but an answer. */
record Asking(RequestHead head, CompletableFuture<Answer> answered) implements Call {

    /** Status of the answer to a call that is passed on, whose fields are those that were. */
    static final int PASSED_ON = 299;

    @Override
    public CompletionStage<Body> body(int limit) {
        throw new AssertionError("not read");
    }

    @Override
    public CompletionStage<Reply> forward(String upstream, ReadAhead ahead) {
        throw new AssertionError("not forwarded");
    }

    @Override
    public CompletionStage<Digest> requestDigest() {
        throw new AssertionError("not read");
    }

    @Override
    public CompletionStage<Void> answer(Reply reply, Fields extra) {
        throw new AssertionError("no reply");
    }

    @Override
    public CompletionStage<Void> answer(Answer answer) {
        answered.complete(answer);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> proxy(String upstream, Set<String> leftOut) {
        return answer(new Answer(PASSED_ON, head.fields().without(leftOut), new byte[0]));
    }
}
