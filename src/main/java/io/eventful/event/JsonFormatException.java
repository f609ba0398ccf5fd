package io.eventful.event;

/** Invalid JSON, JSON Pointer or event. The message contains the position, never the content. */
public final class JsonFormatException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    JsonFormatException(String message) {
        super(message);
    }
}
