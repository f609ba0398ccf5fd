package io.eventful.capture;

import io.eventful.edge.Answer;
import io.eventful.edge.Fields;
import io.eventful.edge.Reply;
import io.eventful.edge.UpstreamException;

/** How a captured call ends for its caller. */
sealed interface CallEnd {

    /** The reply is passed on, with fields of our own. */
    record Replied(Reply reply, Fields extra) implements CallEnd {}

    /** There is no reply to pass on. */
    record Failed(UpstreamException failure) implements CallEnd {}

    /** Nothing was sent. */
    record Refused(Answer answer) implements CallEnd {}
}
