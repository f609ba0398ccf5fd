package io.eventful.delivery;

import io.netty.util.AsciiString;
import java.util.List;
import java.util.Map;

/**
 * A header field of a request, as bytes that are ready to be written: those of an event are the same for every
 * subscription. What is not Latin-1 is written as {@code ?}.
 */
record Field(AsciiString name, AsciiString value) {

    static Field of(String name, String value) {
        return new Field(new AsciiString(name), new AsciiString(value));
    }

    static List<Field> of(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> of(field.getKey(), field.getValue()))
                .toList();
    }

    /** Never prints the value: it may be a credential. */
    @Override
    public String toString() {
        return "Field[" + name + "]";
    }
}
