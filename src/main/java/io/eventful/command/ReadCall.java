package io.eventful.command;

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

/** A call whose body has been read, for a handler that reads it once more. */
record ReadCall(Call call, Body read) implements Call {

    @Override
    public RequestHead head() {
        return call.head();
    }

    @Override
    public CompletionStage<Body> body(int limit) {
        return CompletableFuture.completedFuture(read);
    }

    @Override
    public CompletionStage<Reply> forward(String upstream, ReadAhead ahead) {
        return call.forward(upstream, ahead);
    }

    @Override
    public CompletionStage<Digest> requestDigest() {
        return call.requestDigest();
    }

    @Override
    public CompletionStage<Void> answer(Reply reply, Fields extra) {
        return call.answer(reply, extra);
    }

    @Override
    public CompletionStage<Void> answer(Answer answer) {
        return call.answer(answer);
    }

    @Override
    public CompletionStage<Void> proxy(String upstream, Set<String> leftOut) {
        return call.proxy(upstream, leftOut);
    }
}
