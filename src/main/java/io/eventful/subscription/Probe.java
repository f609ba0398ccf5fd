package io.eventful.subscription;

/** Which part of a text is looked up. */
record Probe(Comparison comparison, int length) {

    static Probe of(Comparison comparison, String wanted) {
        return new Probe(comparison, comparison == Comparison.EXACT ? 0 : wanted.length());
    }

    boolean fits(String value) {
        return value.length() >= length;
    }

    /** That part of a value that is long enough. */
    String part(String value) {
        return switch (comparison) {
            case EXACT -> value;
            case PREFIX -> value.substring(0, length);
            case SUFFIX -> value.substring(value.length() - length);
        };
    }
}
