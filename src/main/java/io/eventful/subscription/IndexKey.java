package io.eventful.subscription;

/** What a subscription is filed under: something that its events must have. */
sealed interface IndexKey {

    /** An attribute that compares with a text. */
    record Text(Comparison comparison, String attribute, String value) implements IndexKey {}

    /** Nothing: asked for each event. */
    record Always() implements IndexKey {}

    /** A string, number, boolean or null at a dotted path of the payload, as {@link PayloadFields} walks it. */
    sealed interface Field extends IndexKey {
        String path();
    }

    /** That value, as {@link PayloadFields#key} writes it. */
    record Value(String path, String value) implements Field {}

    /** A text that starts or ends with a text. */
    record Part(Comparison comparison, String path, String value) implements Field {}

    /** A text that is this one in lower case. */
    record Folded(String path, String value) implements Field {}

    /** A number from the lower to the upper bound, both included. */
    record Range(String path, double low, double high) implements Field {}

    /** Any value. */
    record Present(String path) implements Field {}
}
