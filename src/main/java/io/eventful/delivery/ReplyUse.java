package io.eventful.delivery;

import io.vertx.core.buffer.Buffer;

/** What a reply is read for. */
sealed interface ReplyUse {

    /** Its head decides. The body is read, within bounds, only so that the connection can be used again. */
    record Status() implements ReplyUse {}

    /** Its body, so it has to come whole, up to the limit. */
    record Body(Buffer into) implements ReplyUse {}
}
