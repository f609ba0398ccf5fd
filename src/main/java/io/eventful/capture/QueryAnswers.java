package io.eventful.capture;

import io.eventful.edge.Call;

/** Answers reads that routes give to views ({@code queries=view:NAME}), or passes them to the upstream after all. */
@FunctionalInterface
public interface QueryAnswers {

    /** Invoked on an event loop: must not block. */
    void answer(Call call, ViewQuery query);
}
