package io.eventful.event;

/** A text is not the JSON, pointer or event it has to be. The message names the place, never the content. */
public final class JsonFormatException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    JsonFormatException(String message) {
        super(message);
    }
}
