package io.eventful.subscription;

/** How a text is compared with what is wanted. */
enum Comparison {
    EXACT,
    PREFIX,
    SUFFIX;

    /** Whether a value equals, starts or ends with a text. */
    boolean holds(String value, String text) {
        return switch (this) {
            case EXACT -> value.equals(text);
            case PREFIX -> value.startsWith(text);
            case SUFFIX -> value.endsWith(text);
        };
    }
}
