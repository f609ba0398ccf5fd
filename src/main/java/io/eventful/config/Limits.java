package io.eventful.config;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/**
 * Checks of values in settings records. What they refuse, they refuse with the value's dotted key and a remedy.
 *
 * @param prefix of the keys, with a dot at its end
 */
public record Limits(String prefix) {

    private static final DataSize LARGEST = DataSize.ofMegabytes(64);

    /** A time that passes. */
    public void positive(String key, Duration value) {
        if (value.isNegative() || value.isZero())
            throw new IllegalArgumentException(
                    prefix + key + " is " + value + "; write a duration above zero, such as 2s");
    }

    /** A number of things. */
    public void positive(String key, long value) {
        if (value < 1) throw new IllegalArgumentException(prefix + key + " is " + value + "; write 1 or more");
    }

    /** A time within bounds, which are allowed themselves. */
    public void between(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0)
            throw new IllegalArgumentException(
                    prefix + key + " is " + value + "; write a duration from " + least + " to " + most);
    }

    /** A number within bounds, which are allowed themselves. */
    public void between(String key, long value, long least, long most) {
        if (value < least || value > most)
            throw new IllegalArgumentException(
                    prefix + key + " is " + value + "; write a number from " + least + " to " + most);
    }

    /** Something that is held in memory at once. */
    public void size(String key, DataSize value) {
        if (value.toBytes() < 1 || value.compareTo(LARGEST) > 0)
            throw new IllegalArgumentException(
                    prefix + key + " is " + value + "; write a size of 1B to 64MB, such as 1MB");
    }
}
