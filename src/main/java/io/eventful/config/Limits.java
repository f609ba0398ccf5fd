package io.eventful.config;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/**
 * Validation helpers for settings records. Their error messages contain the dotted key and a remedy.
 *
 * @param prefix prefix of the keys, with a trailing dot
 */
public record Limits(String prefix) {

    private static final DataSize LARGEST = DataSize.ofMegabytes(64);

    /** Checks that a duration is positive. */
    public void positive(String key, Duration value) {
        if (value.isNegative() || value.isZero())
            throw new IllegalArgumentException(prefix + key + " is " + value + "; use a duration above 0, such as 2s");
    }

    /** Checks that a number is positive. */
    public void positive(String key, long value) {
        if (value < 1) throw new IllegalArgumentException(prefix + key + " is " + value + "; use 1 or more");
    }

    /** Checks that a duration is between two limits (inclusive). */
    public void between(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0)
            throw new IllegalArgumentException(
                    prefix + key + " is " + value + "; use a duration from " + least + " to " + most);
    }

    /** Checks that a number is between two limits (inclusive). */
    public void between(String key, long value, long least, long most) {
        if (value < least || value > most)
            throw new IllegalArgumentException(
                    prefix + key + " is " + value + "; use a number from " + least + " to " + most);
    }

    /** Checks that a text can be sent and received in a header field. */
    public void field(String key, String value) {
        FieldText.problem(value).ifPresent(problem -> {
            throw new IllegalArgumentException(prefix + key + " " + problem);
        });
    }

    /** Checks a size of data that is held in memory. */
    public void size(String key, DataSize value) {
        if (value.toBytes() < 1 || value.compareTo(LARGEST) > 0)
            throw new IllegalArgumentException(
                    prefix + key + " is " + value + "; use a size from 1B to 64MB, such as 1MB");
    }
}
