package io.eventful.config;

import java.util.Optional;

/**
 * Text of the configuration that stands in a header field, such as a key or a credential. Only visible ASCII characters,
 * with spaces between them, arrive as they were written: control characters are not allowed there, spaces at the ends are
 * removed on the way, and what another character becomes depends on who reads it (RFC 9110, section 5.5).
 */
public final class FieldText {

    private FieldText() {}

    /** What keeps a text from arriving, and what to do; the text itself may be a secret and is not repeated. */
    public static Optional<String> problem(String text) {
        if (text.isEmpty()) return Optional.of("is empty; write a value, or leave it out");
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0)
            return Optional.of("contains a line break, which a header field does not carry; remove it: the last line of"
                    + " a file often ends with one");
        if (text.chars().anyMatch(Character::isISOControl))
            return Optional.of("contains a control character, which a header field does not carry; remove it");
        if (text.chars().anyMatch(letter -> letter > '~'))
            return Optional.of(
                    "contains a character that is not ASCII, which a header field does not carry; remove it");
        if (text.startsWith(" ") || text.endsWith(" "))
            return Optional.of("begins or ends with a space, which a header field does not carry; remove it");
        return Optional.empty();
    }
}
