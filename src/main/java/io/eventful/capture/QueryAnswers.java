package io.eventful.capture;

import io.eventful.edge.Call;

/** Answers reads that routes give to views ({@code queries=view:NAME}), or passes them to the upstream after all. */
@FunctionalInterface
public interface QueryAnswers {

    /** Invoked on an event loop: must not block. */
    void answer(Call call, ViewQuery query);

    /** The same, unless the request gives several scopes. */
    default void answerOne(Call call, ViewQuery query) {
        query.scope().refusal(call.head()).ifPresentOrElse(call::answer, () -> answer(call, query));
    }
}
