package io.eventful.channel;

import io.eventful.event.UnavailableException;

/** An event was not published now: the broker is away, full, or too slow. Trying again later may succeed. */
final class ChannelUnavailableException extends UnavailableException {

    private static final long serialVersionUID = 1L;

    ChannelUnavailableException(String message) {
        super(message);
    }

    ChannelUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
