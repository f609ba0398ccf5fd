package io.eventful.capture;

import io.eventful.edge.Digest;
import io.eventful.edge.Fields;
import io.eventful.edge.RequestHead;
import java.time.Instant;

/**
 * A call that was sent and answered.
 *
 * @param begun when it began
 * @param plan that captured it
 * @param write what it does
 * @param turn how it was allowed to write
 * @param before the item before it
 * @param head of the request
 * @param request what was read of its body
 * @param requestDigest size and digest of the whole body
 * @param status of the reply
 * @param fields of the reply
 * @param replyDigest size and digest of the reply's body, as far as known
 * @param reply what was read of it
 */
record Sent(
        Instant begun,
        CapturePlan plan,
        Write write,
        Turn turn,
        Content before,
        RequestHead head,
        Content request,
        Digest requestDigest,
        int status,
        Fields fields,
        Digest replyDigest,
        Content reply) {

    /** The same under other options. */
    Sent with(CaptureOptions options) {
        return new Sent(
                begun,
                plan.with(options),
                write,
                turn,
                before,
                head,
                request,
                requestDigest,
                status,
                fields,
                replyDigest,
                reply);
    }

    /** The same as another plan would have captured it. */
    Sent under(CapturePlan other) {
        return new Sent(
                begun,
                other,
                write,
                turn,
                before,
                head,
                Documents.again(request, other.options()),
                requestDigest,
                status,
                fields,
                replyDigest,
                Documents.again(reply, other.options()));
    }

    CaptureOptions options() {
        return plan.options();
    }
}
