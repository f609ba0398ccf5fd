package io.eventful.event;

import java.util.Optional;

/** The values of the type String of context attributes (CloudEvents 1.0, section 3.1, type system). */
public final class AttributeText {

    private AttributeText() {}

    /** What keeps a text from being such a value, such as {@code it contains U+000A}; empty if it is one. */
    public static Optional<String> problem(String text) {
        if (isPlain(text)) return Optional.empty();
        return text.codePoints()
                .filter(point -> !isAllowed(point))
                .mapToObj(point -> String.format("it contains U+%04X", point))
                .findFirst();
    }

    /** Most texts are printable ASCII, which is known soon. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) if (text.charAt(i) < ' ' || text.charAt(i) > '~') return false;
        return true;
    }

    /** No control characters, surrogates without their other half, or noncharacters. */
    private static boolean isAllowed(int point) {
        boolean control = Character.isISOControl(point);
        boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        boolean none = (point >= 0xFDD0 && point <= 0xFDEF) || (point & 0xFFFE) == 0xFFFE;
        return !control && !surrogate && !none;
    }
}
