package io.eventful.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Json;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value that a filter asks for: its text, and the number, boolean or null that is written like it. The key of a long
 * value has only its beginning, so the value itself decides then.
 *
 * @param text as the query has it
 * @param keys of the values that it may mean
 */
record Sought(String text, List<byte[]> keys) {

    static Sought of(String text) {
        return new Sought(text, SortKey.meant(text));
    }

    /** True if no other value has one of the keys. */
    boolean isToldByKeys() {
        return keys.stream().noneMatch(SortKey::isShared);
    }

    boolean fits(@Nullable JsonNode value) {
        byte[] key = SortKey.of(value);
        if (keys.stream().noneMatch(one -> Arrays.equals(one, key))) return false;
        return value == null || !SortKey.isShared(key) || isWrittenLike(value);
    }

    private boolean isWrittenLike(JsonNode value) {
        return value.isNumber() ? isNumber(Json.text(value)) : text.equals(value.textValue());
    }

    private boolean isNumber(String number) {
        if (number.equals(text)) return true;
        try {
            return new BigDecimal(number).compareTo(new BigDecimal(text)) == 0;
        } catch (NumberFormatException e) {
            // The exponent exceeds the range of an int; only its text tells such a number.
            return false;
        }
    }
}
